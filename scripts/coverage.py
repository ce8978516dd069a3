"""Writes docs/coverage.md: of each vendor, what is documented, observed or assumed, and what is simulated.

python scripts/coverage.py            write it
python scripts/coverage.py --check    write nothing; exit 1 if it is out of date
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from simulator import data
from simulator.kernel.assumptions import Assumption
from simulator.kernel.contract import Contract
from simulator.kernel.grades import GRADES
from simulator.kernel.ledger import graded
from simulator.kernel.vendor import Vendor, discover

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "coverage.md"
INTRODUCTION = """\
# What is simulated, and how sure it is

Made by `make coverage` from the contracts and the vendors' assumptions; `make lint` compares.

`documented` is what a page of the vendor says or shows, `observed` what a real client or answer shows,
`assumed` what had to be decided without either. The whole ledger, part by part with its source, is
`GET /_simulator/fidelity`. An answer's `X-Simulator-Assumed` header names the assumptions that it rests on.
"""
KINDS = {
    "operation": "operations",
    "parameter": "parameters",
    "property": "properties",
    "body": "request bodies",
    "response": "responses",
    "header": "headers",
    "security": "security schemes",
    "required": "duties graded by themselves",
    "value": "members of enumerations graded by themselves",
}
"""Kinds of parts in the order in which they are counted."""


def page() -> str:
    vendors = discover()
    parts = [INTRODUCTION, *(_about(vendor) for vendor in vendors.values())]
    return "\n".join(parts)


def _about(vendor: Vendor) -> str:
    contract = Contract(data.contract(vendor.name))
    folder = f"contracts/{vendor.name}"
    lines = [
        f"## {vendor.title}",
        "",
        f"Contract: [openapi.yaml](../{folder}/openapi.yaml), version {contract.version}; "
        f"its sources: [PROVENANCE.md](../{folder}/PROVENANCE.md).",
        "",
        *_counts(contract, vendor),
        "",
        f"### Operations of {vendor.title}",
        "",
        *_operations(contract, vendor),
        "",
        f"### Assumptions about {vendor.title}",
        "",
        "A world can take another value where one is named (`--assume`); the other assumptions are built in.",
        "",
        *_assumptions(vendor.parts.assumptions),
        "",
    ]
    return "\n".join(lines)


def _counts(contract: Contract, vendor: Vendor) -> Iterator[str]:
    found = Counter((row["kind"], row["evidence"]) for row in graded(contract))
    yield from _header("", *GRADES)
    for kind, name in KINDS.items():
        if any(found[kind, grade] for grade in GRADES):
            yield _row(name, *(found[kind, grade] for grade in GRADES))
    yield _row("rules that the code follows", "", "", len(vendor.parts.assumptions))


def _operations(contract: Contract, vendor: Vendor) -> Iterator[str]:
    left_out = vendor.parts.not_simulated
    yield from _header("operation", "method", "path", "evidence", "simulated")
    for operation in contract.operations.values():
        reason = left_out.get(operation.id)
        simulated = "yes" if reason is None else f"no: {_text(reason)}"
        path = f"`{operation.path}`"
        yield _row(f"`{operation.id}`", operation.method, path, operation.evidence, simulated)


def _assumptions(rules: Iterable[Assumption[Any]]) -> Iterator[str]:
    yield from _header("assumption", "rule", "value", "the vendor might", "other values")
    for rule in rules:
        yield _row(f"`{rule.id}`", _text(rule.rule), _value(rule), _text(rule.alternative), _others(rule))


def _value(rule: Assumption[Any]) -> str:
    return "" if rule.choices == (True,) else f"`{json.dumps(rule.value, ensure_ascii=False)}`"


def _others(rule: Assumption[Any]) -> str:
    """What may be taken instead of the value; nothing of a reading that is built in."""
    if not rule.choices:
        return f"any {type(rule.value).__name__}"
    others = [choice for choice in rule.choices if choice != rule.value]
    return ", ".join(f"`{json.dumps(choice, ensure_ascii=False)}`" for choice in others) or "built in"


def _text(words: str) -> str:
    """Words as Markdown shows them."""
    return re.sub(r"([\\`*_<])", r"\\\1", words)


def _header(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield "|" + "---|" * len(names)


def _row(*cells: object) -> str:
    texts = (" ".join(str(cell).split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(texts)} |"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write docs/coverage.md.")
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if it is out of date")
    check = parser.parse_args(arguments).check
    text = page().encode()
    if PAGE.is_file() and PAGE.read_bytes() == text:
        return 0
    print(f"{'stale' if check else 'wrote'} {PAGE.relative_to(ROOT)}")
    if not check:
        PAGE.write_bytes(text)
    return int(check)


if __name__ == "__main__":
    sys.exit(main())
