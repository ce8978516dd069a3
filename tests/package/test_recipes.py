"""docs/containers.md: its recipes are on the page as they are here, and the one in Python is run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.package import engine
from tests.package.engine import ROOT
from tests.process import QUIET

RECIPES = Path(__file__).with_name("recipes")
PAGE = (ROOT / "docs" / "containers.md").read_text("utf-8")
IMAGE = "marketing-api-simulator"


def test_the_page_shows_each_recipe() -> None:
    shown = dict(re.findall(r"<!-- (\S+) -->\n```\w+\n(.*?)```\n", PAGE, re.DOTALL))
    assert shown == {path.name: path.read_text("utf-8") for path in RECIPES.iterdir() if path.is_file()}


def test_a_service_of_ones_own_is_shown_as_compose_takes_it() -> None:
    (shown,) = re.findall(r"```yaml\n(  mine:\n.*?)```", PAGE, re.DOTALL)
    mine = yaml.safe_load(shown)["mine"]
    client = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["client"]
    assert mine["networks"] == client["networks"]
    assert mine["volumes"][0] in client["volumes"]
    assert mine["environment"].items() <= client["environment"].items()
    assert mine["depends_on"] == client["depends_on"]


def test_the_image_has_one_name() -> None:
    assert IMAGE in (RECIPES / "with_testcontainers.py").read_text("utf-8")
    assert f"-t {IMAGE} ." in PAGE
    assert f"-t {IMAGE} ." in (ROOT / "Dockerfile").read_text("utf-8")
    assert f"image: {IMAGE}\n" in (ROOT / "compose.yaml").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(bool(engine.missing()), reason=f"NO CONTAINER IS RUN: {engine.missing()}")
def test_the_recipe_for_python_works(tmp_path: Path) -> None:
    """Against the image that is made here; what ends lost containers is another image, which is not had."""
    recipe = (RECIPES / "with_testcontainers.py").read_text("utf-8")
    (tmp_path / "test_recipe.py").write_text(recipe.replace(IMAGE, engine.simulator()), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env=QUIET | {"TESTCONTAINERS_RYUK_DISABLED": "true"},
        capture_output=True,
        text=True,
        timeout=engine.PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
