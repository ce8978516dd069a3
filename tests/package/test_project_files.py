"""The files around the package say what is so: image, pinned versions, commands, changelog."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import simulator

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def pinned() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): Version(version) for name, version in pairs}


def wanted() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"].values()
    texts = [*PROJECT["dependencies"], *(text for extra in extras for text in extra)]
    found = [Requirement(text) for text in texts]
    return [requirement for requirement in found if requirement.name != PROJECT["name"]]


@pytest.mark.parametrize("requirement", wanted(), ids=str)
def test_every_dependency_is_pinned_to_what_it_allows(requirement: Requirement) -> None:
    assert pinned()[canonicalize_name(requirement.name)] in requirement.specifier


def test_everything_below_them_is_pinned_too() -> None:
    pins, seen = pinned(), set()
    queue = [requirement.name for requirement in wanted()]
    while queue:
        name = canonicalize_name(queue.pop())
        if name in seen:
            continue
        seen.add(name)
        assert name in pins
        try:
            below = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # of an extra that is not installed here
        requirements = [Requirement(text) for text in below]
        queue += [
            each.name for each in requirements if not each.marker or each.marker.evaluate({"extra": ""})
        ]


def test_what_is_installed_is_what_is_pinned() -> None:
    for name, version in pinned().items():
        try:
            assert Version(metadata.version(name)) == version, name
        except metadata.PackageNotFoundError:
            continue


def test_constraints_name_no_place() -> None:
    assert not re.search(r"https?:|//|@|--", (ROOT / "constraints.txt").read_text())


def test_the_changelog_knows_this_version_or_what_comes() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    assert "## [Unreleased]" in text or f"## [{simulator.__version__}]" in text


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_ci_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("target", ["serve", "test", "check", "lint", "format", "bundle", "bench", "help"])
def test_make_knows_its_targets(target: str) -> None:
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# --- the image -----------------------------------------------------------------------------


def stages() -> list[list[tuple[str, str]]]:
    """The Dockerfile's instructions, a list for each stage, after one of what stands before them."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found: list[list[tuple[str, str]]] = [[]]
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest.strip()))
    return found


def said(word: str) -> list[str]:
    """What the last stage, which is the image, says with this instruction."""
    return [rest for each, rest in stages()[-1] if each == word]


def test_the_image_is_small_and_runs_as_nobody() -> None:
    before, *two = stages()
    assert before == [("ARG", "BASE=python:3.13-slim")]
    assert [dict(stage)["FROM"].split()[0] for stage in two] == ["${BASE}", "${BASE}"]
    assert said("USER") == ["10001:10001"]
    assert not any("pip" in rest for rest in said("RUN"))


def test_the_image_serves_on_its_port() -> None:
    assert said("ENTRYPOINT") == ['["simulator"]']
    assert said("CMD") == ['["serve", "--host", "0.0.0.0"]']
    assert said("EXPOSE") == ["7470"]


def test_the_image_is_labelled() -> None:
    labels = " ".join(said("LABEL"))
    for name in ("title", "description", "licenses", "version", "revision"):
        assert f"org.opencontainers.image.{name}=" in labels
    assert f'VERSION="{simulator.__version__}"' in said("ARG")


def test_everything_copied_is_there_and_not_ignored() -> None:
    kept = re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    copied = [name for word, rest in stages()[1] if word == "COPY" for name in rest.split()[:-1]]
    assert sorted(copied) == sorted(kept)
    assert all((ROOT / name).exists() for name in copied)
