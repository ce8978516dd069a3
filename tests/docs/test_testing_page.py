"""docs/testing.md: its examples run, and fail as it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.testing import handle, plugin, seen, vendors, verdict
from simulator.testing.clock import SimulatedClock
from simulator.testing.runs import WANTED
from tests.process import QUIET

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"<!-- (\w+\.py) -->\n```python\n(.*?)```", PAGE, re.DOTALL))
(SAYS,) = re.findall(r"<!-- says -->\n```\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, code in FILES.items():
        (tmp_path / name).write_text(code)
    return tmp_path


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=QUIET,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    return done.stdout + done.stderr


def test_the_example_fails_as_is_said(folder: Path) -> None:
    assert plain(SAYS) in plain(run(folder, "pytest", "test_members.py"))


def plain(text: str) -> str:
    """Without the contract's version, which changes for other reasons."""
    return re.sub(r"contract \S+ [0-9a-f]{12}$", "contract", text, flags=re.MULTILINE)


def test_the_example_without_the_mistake_passes(folder: Path) -> None:
    (folder / "members.py").write_text(FILES["members.py"].replace('"Tag":', '"Tags":'))
    command = [sys.executable, "-m", "pytest", "-q", "test_members.py", "test_case.py"]
    done = subprocess.run(command, cwd=folder, env=QUIET, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout


def test_the_case_fails_for_the_same_reason(folder: Path) -> None:
    said = run(folder, "simulator.testing", "test_case")
    assert "AssertionError: Simulator: 1 contract violation in 2 calls" in said
    assert "body /Tag: 'Tag' is no field here" in said
    assert "sent by members.py:13" in said


CAMPAIGNS = """
import requests

URL = "https://api.infact.no/v1"


def send(login, at):
    token = requests.get(f"{URL}/Account/token", auth=login, timeout=30).json()["Token"]
    campaign = {
        "Name": "Spring", "Type": "SMS", "PhoneName": "phone", "CountryCode": "NO", "SMSTemplateId": 2,
        "ScheduleDate": at, "Query": {"ObjectName": "members", "Filter": []},
    }
    headers = {"Authorization": f"Bearer {token}"}
    answer = requests.post(f"{URL}/datasources/265/campaign", json=campaign, headers=headers, timeout=30)
    answer.raise_for_status()
"""


def test_the_example_of_the_readme_passes(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"### In a test suite\n\n```python\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "campaigns.py").write_text(CAMPAIGNS)
    (tmp_path / "test_it.py").write_text(f"import campaigns\nimport pytest\n\n\n{code}")
    command = [sys.executable, "-m", "pytest", "-q"]
    done = subprocess.run(command, cwd=tmp_path, env=QUIET, capture_output=True, check=False, timeout=120)
    assert (done.returncode, b"1 passed" in done.stdout) == (0, True), done.stdout


def test_what_there_is_stands_there() -> None:
    """Each public name of what a test holds, each argument of the marker, each option."""
    kinds = (SimulatedClock, seen.Requests, seen.Outbox, vendors.State, verdict.Verdict)
    names = {name for kind in kinds for name in vars(kind) if not name.startswith("_")}
    names |= {name for name in vars(handle.Simulator) if not name.startswith("_")} - {
        "create",
        "delete",
        "link",
    }
    names |= {*WANTED, "fail_on", "simulator_fail_on", "--simulator-url", "--simulator-report"}
    left = {"calls", "clear", "document", "failure", "vendors"}
    assert {name for name in names - left if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", PAGE)} == set()
    assert plugin.SECTION in PAGE
