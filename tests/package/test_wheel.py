"""The wheel, built, looked into, installed by itself and started in an empty folder."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from contextlib import closing
from email.parser import Parser
from pathlib import Path

import pytest

import simulator
from tests.process import QUIET

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_it_holds_what_the_server_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        for path in (*ROOT.glob("contracts/*/**/*"), *ROOT.glob("fixtures/*/*")):
            assert path.is_dir() or f"simulator/_data/{path.relative_to(ROOT)}" in names
        for path in (ROOT / "simulator").rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert str(path.relative_to(ROOT)) in names
        assert not [name for name in names if re.match(r"tests|benchmarks|scripts|docs", name)]
        (about,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        (license_file,) = [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]
        (points,) = [name for name in names if name.endswith(".dist-info/entry_points.txt")]
        assert "[pytest11]\nsimulator = simulator.testing.plugin\n" in packed.read(points).decode()
        assert packed.read(license_file) == (ROOT / "LICENSE").read_bytes()
        metadata = Parser().parsestr(packed.read(about).decode())
    assert metadata["Version"] == simulator.__version__
    assert metadata["License-Expression"] == "Apache-2.0"
    assert "simulator/py.typed" in names
    assert {
        "simulator/_data/contracts/infact/openapi.yaml",
        "simulator/_data/contracts/infact/openapi.json",
    } <= names


def test_it_serves_where_nothing_else_is(wheel: Path, tmp_path: Path) -> None:
    home, empty = tmp_path / "venv", tmp_path / "empty"
    empty.mkdir()
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index"]
    subprocess.run([*install, "--quiet", str(wheel)], check=True, capture_output=True)
    # what it depends on comes from here; this checkout does not, as its own .pth is not read there
    (site,) = home.glob("lib/python3*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    running = subprocess.Popen(
        [str(home / "bin" / "simulator"), "serve", "--port", "0"],
        cwd=empty,
        env={name: value for name, value in QUIET.items() if name != "PYTHONPATH"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with running:
        assert running.stdout is not None
        address = re.search(r"http://(127.0.0.1:\d+)", running.stdout.readline())
        assert address
        with closing(http.client.HTTPConnection(address[1], timeout=60)) as connection:
            connection.request("GET", "/_simulator/ready")
            answer = connection.getresponse()
            assert (answer.status, json.loads(answer.read())) == (200, {"status": "ready"})
        where = "import simulator, sys; print(simulator.__file__)"
        found = subprocess.run(
            [str(python), "-c", where], cwd=empty, check=True, capture_output=True, text=True
        )
        running.terminate()
    assert Path(found.stdout.strip()).is_relative_to(home)
    assert running.returncode == 0
    assert list(empty.iterdir()) == []
