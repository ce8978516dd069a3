"""Writes each contract and fixture as the JSON the server reads, beside the YAML it is written in.

    python scripts/bundle.py            write what changed
    python scripts/bundle.py --check    write nothing; exit 1 and list what is out of date

YAML is read by the 1.2 core schema: dates stay text, `no` and `NO` (a country) are text,
`12:30` is text. A key given twice is an error.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
SOURCES = ("contracts/*/openapi.yaml", "fixtures/*/*.yaml", "simulator/control/openapi.yaml")


SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where there is one


class CoreLoader(SafeLoader):  # type: ignore[misc, valid-type]
    """YAML 1.2's core schema, without its octal and hexadecimal numbers."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - how PyYAML is told

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen and key.tag != "tag:yaml.org,2002:merge":
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} again", key.start_mark)
            seen.add(key.value)
        found: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return found


for tag, pattern, first in (
    ("bool", r"true|false", "tf"),
    ("null", r"~|null|", "~n\0"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?", "-+0123456789"),
    ("merge", r"<<", "<"),
):
    starts = [*first.replace("\0", ""), *([""] if "\0" in first else [])]
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), starts)


def sources(root: Path = ROOT) -> Iterator[Path]:
    for pattern in SOURCES:
        yield from sorted(root.glob(pattern))


def bundled(source: Path) -> bytes:
    """The document of a YAML file as JSON, one value a line so that changes can be read."""
    document = read(source)
    if source.name == "openapi.yaml":
        inlined(document.get("paths", {}), source.parent)
        inlined(document.get("components", {}).get("schemas", {}), source.parent)
    return (json.dumps(document, indent=0, ensure_ascii=False, allow_nan=False) + "\n").encode()


def read(source: Path) -> Any:
    return yaml.load(source.read_text(encoding="utf-8"), CoreLoader)


def inlined(section: dict[str, Any], folder: Path) -> None:
    """Put path items and schemas that stand in files of their own (`paths/x.yaml#/name`) in their places.

    What such a file itself refers to, it refers to as the whole document would: `#/components/...`.
    """
    parts: dict[str, Any] = {}
    for name, member in section.items():
        reference = member.get("$ref", "#") if isinstance(member, dict) else "#"
        if not reference.startswith("#"):
            file, _, key = reference.partition("#/")
            if file not in parts:
                parts[file] = read(folder / file)
            section[name] = parts[file][key]


def stale(root: Path = ROOT) -> dict[Path, bytes]:
    """The JSON files that do not say what their YAML says, and what they should hold."""
    wanted = {source.with_suffix(".json"): bundled(source) for source in sources(root)}
    return {path: text for path, text in wanted.items() if not path.is_file() or path.read_bytes() != text}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Bundle contracts and fixtures as JSON.")
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if anything is stale")
    check = parser.parse_args(arguments).check
    found = stale()
    for path, text in found.items():
        print(f"{'stale' if check else 'wrote'} {path.relative_to(ROOT)}")
        if not check:
            path.write_bytes(text)
    return int(check and bool(found))


if __name__ == "__main__":
    sys.exit(main())
