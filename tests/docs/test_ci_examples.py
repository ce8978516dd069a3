"""The examples for CI in docs/ci/: as their schemas want them, shown on the page, and their commands run.

What a runner does besides (`uses:`, images, uploads) is not had here. Seen to fail without
`--simulator-report`, with `--fail-on never`, and with a key that the schema does not know.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.process import PATIENCE, QUIET

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "ci"
SCHEMAS = {
    "github.yml": ["vendor.github-workflows"],
    "gitlab.yml": ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"],
}
PYTHON = """
import requests

def test_a_token(simulator):
    login = (simulator.infact.username, simulator.infact.password)
    with simulator.intercept():
        answer = requests.get("https://api.infact.no/v1/Account/token", auth=login, params=PARAMS, timeout=30)
    assert answer.json()["Token"]
"""
ELSEWHERE = """
def test_a_client_whose_lines_nobody_sees(simulator):
    login = (simulator.infact.username, simulator.infact.password)
    requests.get(f"{simulator.infact.base_url}/Account/token", auth=login, params=PARAMS, timeout=30)
"""
NODE = """
const headers = { Authorization: 'Basic ' + btoa('demo:demo-secret') };
const answer = await fetch('https://api.infact.no/v1/Account/token?PARAMS', { headers });
console.log((await answer.json()).Token);
"""
SHELL = "curl --silent --fail -u demo:demo-secret 'https://api.infact.no/v1/Account/token?PARAMS'\n"
MISTAKE = "expires"
"""A parameter that Infact does not have, and does not mind."""


@dataclass(frozen=True)
class Job:
    """`steps` are shell scripts, each in a shell of its own; `reports` are files that are then collected."""

    example: str
    name: str
    steps: tuple[str, ...]
    reports: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.example}:{self.name}"


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((EXAMPLES / name).read_text("utf-8"))
    return found


def github() -> list[Job]:
    found = []
    for name, job in read("github.yml")["jobs"].items():
        steps = tuple(step["run"] for step in job["steps"] if "run" in step)
        given = [step["with"] for step in job["steps"] if "with" in step]
        uploads = [each.get("sarif_file") or each.get("path") for each in given]
        found.append(Job("github.yml", name, steps, tuple(filter(None, uploads))))
    return found


def gitlab() -> list[Job]:
    whole = read("gitlab.yml")
    reports = (whole[".reports"]["artifacts"]["reports"]["junit"],)
    named = {name: job for name, job in whole.items() if "script" in job}
    return [Job("gitlab.yml", name, ("\n".join(job["script"]),), reports) for name, job in named.items()]


@pytest.mark.parametrize("name", SCHEMAS)
def test_it_is_as_its_schema_wants_it(name: str) -> None:
    checker = Path(sys.executable).with_name("check-jsonschema")
    command = [str(checker), "--builtin-schema", *SCHEMAS[name], str(EXAMPLES / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_page_shows_what_is_run_here() -> None:
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    shown = dict(re.findall(r"<!-- ci/(\S+) -->\n```yaml\n(.*?)```\n", page, re.DOTALL))
    assert shown == {path.name: path.read_text("utf-8") for path in EXAMPLES.iterdir()}
    assert shown.keys() == SCHEMAS.keys()


# --- run ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine that has Python alone, and of the project what `build` makes of it."""
    folder = tmp_path_factory.mktemp("runner")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "python", with_pip=True, symlinks=True)
    quiet = {name: value for name, value in QUIET.items() if name != "PYTHONPATH"}
    return quiet | {
        "PATH": f"{folder / 'python' / 'bin'}:{os.environ['PATH']}",
        "PIP_CONSTRAINT": str(ROOT / "constraints.txt"),
        "SIMULATOR": str(wheel),
    }


def project(folder: Path, mistake: str) -> Path:
    """Somebody's clients; with a mistake in each, or none."""
    params = {mistake: "1"} if mistake else {}
    (folder / "tests").mkdir(parents=True)
    (folder / "requirements.txt").write_text("pytest\nrequests\n")
    (folder / "tests" / "test_client.py").write_text(PYTHON.replace("PARAMS", repr(params)))
    (folder / "client.mjs").write_text(NODE.replace("PARAMS", f"{mistake}=1" if mistake else ""))
    (folder / "client.sh").write_text(SHELL.replace("PARAMS", f"{mistake}=1" if mistake else ""))
    return folder


def carried_out(job: Job, folder: Path, environ: dict[str, str]) -> list[int]:
    """The exit code of each step; a step runs whatever became of the one before."""
    environ = environ | {"GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    codes = []
    for step in job.steps:
        assert "${{" not in step
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step],
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=10 * PATIENCE,
            check=False,
        )
        print(step, done.stdout, done.stderr, sep="\n")
        codes.append(done.returncode)
    return codes


def collected(job: Job, folder: Path) -> dict[str, str]:
    """The files that a runner would keep, by name."""
    places = [path for pattern in job.reports for path in folder.glob(pattern.rstrip("/"))]
    files = [file for path in places for file in (path.iterdir() if path.is_dir() else [path])]
    return {file.name: file.read_text("utf-8") for file in files if file.is_file()}


JOBS = pytest.mark.parametrize("job", [*github(), *gitlab()], ids=str)


@pytest.mark.slow
@JOBS
def test_good_clients_pass(job: Job, runner: dict[str, str], tmp_path: Path) -> None:
    folder = project(tmp_path / "good", "")
    assert set(carried_out(job, folder, runner)) == {0}
    kept = collected(job, folder)
    assert kept
    assert not any(MISTAKE in text for text in kept.values())


@pytest.mark.slow
@JOBS
def test_a_mistake_fails_the_job_and_is_in_what_is_kept(
    job: Job, runner: dict[str, str], tmp_path: Path
) -> None:
    folder = project(tmp_path / "bad", MISTAKE)
    assert {1, 3} & set(carried_out(job, folder, runner))
    kept = collected(job, folder)
    assert any(MISTAKE in text for text in kept.values())
    for name, text in kept.items():
        if name.endswith(".xml"):
            assert ElementTree.fromstring(text).tag == "testsuites"
    if job.example == "github.yml":
        assert MISTAKE in (folder / "summary.md").read_text("utf-8")


@pytest.mark.slow
def test_what_code_scanning_is_given_names_the_clients_line(runner: dict[str, str], tmp_path: Path) -> None:
    """It refuses a file whole in which a result names none. Seen to fail with verdict.sarif as it is: the
    second client's line is not known."""
    folder = project(tmp_path / "bad", MISTAKE)
    with (folder / "tests" / "test_client.py").open("a", encoding="utf-8") as file:
        file.write(ELSEWHERE.replace("PARAMS", repr({MISTAKE: "1"})))
    (job,) = (job for job in github() if job.name == "pytest")
    carried_out(job, folder, runner)
    (given,) = collected(job, folder).values()
    whole = json.loads((folder / "reports" / "verdict.sarif").read_text("utf-8"))["runs"][0]["results"]
    (kept,) = json.loads(given)["runs"][0]["results"]
    assert len(whole) == 2
    place = kept["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "tests/test_client.py"
    assert place["region"]["startLine"] == 1 + PYTHON[: PYTHON.index("requests.get")].count("\n")


def test_what_runs_the_clients_is_on_this_machine() -> None:
    """Or the jobs above could not be told from ones that fail for want of it."""
    assert all(shutil.which(command) for command in ("bash", "curl", "jq", "node"))
