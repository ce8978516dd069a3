"""Every document of the project: its links lead somewhere, and it speaks of nothing outside."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
OUTSIDE = re.compile(
    "|".join([r"(?<![\w.])/" + r"work\b(?!flow)", r"\.\./" + "shared", "/tmp" + "/", "/root" + "/"])
)
TEXTS = {".md", ".py", ".yaml", ".yml", ".toml", ".json", ".txt", ".cfg", ""}


@cache
def files() -> list[Path]:
    """All files of the project, without what is built, installed or cached."""
    skipped = re.compile(r"node_modules$|dist$|build$|__pycache__$|\.(?!ci$|github$)")
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if not skipped.match(name)]
        found += [Path(folder, name) for name in names if name != ".git"]  # a file in a second working tree
    return sorted(path for path in found if path.suffix in TEXTS and path.is_file())


def documents() -> list[Path]:
    return [path for path in files() if path.suffix == ".md"]


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ +(.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", named(documents()))
def test_links_lead_somewhere(name: str) -> None:
    document = ROOT / name
    for link in LINK.findall(document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), f"{name}: {link}"
        if anchor:
            assert anchor in anchors(target), f"{name}: {link}"


def test_nothing_speaks_of_places_outside() -> None:
    """No path of anybody's machine, in code or in prose."""
    found = []
    for path in files():
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in OUTSIDE.finditer(text)]
    assert found == []


def test_decisions_are_numbered_once_and_say_what_would_change_them() -> None:
    notes = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [note.name[:4] for note in notes]
    assert len(numbers) == len(set(numbers)) > 0
    for note in notes:
        text = note.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(note.name[:4])}. "), note.name
        for heading in ("## Context", "## Choice", "## What would change it"):
            assert f"\n{heading}\n" in text, f"{note.name}: {heading}"
