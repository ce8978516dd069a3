"""How sure a statement of a contract is: `documented`, `observed` or `assumed`.

A part that states no grade has that of the schema it refers to, else that of what encloses it.
`x-required-evidence` grades the fact that a property is required, `x-enum-evidence` single members
of an enumeration.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

GRADES = ("documented", "observed", "assumed")
"""The surest first."""
NOTHING = ("", "null")
"""Members of an enumeration that stand for no value at all."""
INWARD = frozenset({"properties", "patternProperties", "additionalProperties", "items", "prefixItems"})
"""Keywords whose schemas are about what is inside the instance, not about the instance."""

Step = tuple[str, Any]
"""A step on a way through a document, and the node it leads to."""


def weakest(grades: Iterable[str]) -> str:
    return max(grades, key=GRADES.index)


def stated(node: Any) -> str | None:
    """The grade that a part states itself. (A property may be called x-evidence: a grade is text.)"""
    grade = node.get("x-evidence") if isinstance(node, Mapping) else None
    return grade if grade in GRADES else None


def unescape(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")


def way(document: Any, steps: Iterable[str | int]) -> list[Step]:
    """The nodes that `steps` lead through from the root, `$ref` to what is referred to; None past the end."""
    found: list[Step] = []
    node = document
    for step in steps:
        node = referred(document, node) if step == "$ref" else _child(node, str(step))
        found.append((str(step), node))
    return found


def referred(document: Any, node: Any) -> Any:
    """What a `$ref` of this document refers to."""
    target = document
    for step in node["$ref"].partition("#")[2].split("/")[1:]:
        target = _child(target, unescape(step))
    return target


def _child(node: Any, step: str) -> Any:
    if isinstance(node, list):
        return node[int(step)] if step.isdigit() and int(step) < len(node) else None
    return node.get(step) if isinstance(node, Mapping) else None


def inherited(steps: Sequence[Step]) -> str | None:
    """The grade of the last node of a way, its own or that of what it is part of."""
    found: str | None = None
    refers = False  # whether what refers here has stated its own grade
    for number, (step, node) in enumerate(steps):
        refers = step == "$ref" and (refers or (number > 0 and stated(steps[number - 1][1]) is not None))
        grade = stated(node)
        if grade is not None and not refers:
            found = grade
    return found


def of_required(steps: Sequence[Step], name: str) -> str | None:
    """The grade of the duty to send `name`, if one is stated. The way ends at the keyword."""
    for step, node in reversed(steps[:-1]):
        duties = node.get("x-required-evidence") if isinstance(node, Mapping) else None
        if isinstance(duties, Mapping) and name in duties:
            return str(duties[name])
        if step in INWARD:
            return None
    return None


def of_enum(steps: Sequence[Step], enclosing: str) -> str:
    """How sure it is that no other value is taken. The way ends at the keyword.

    Where a member had to be guessed, the vendor's own list is known not to be whole, so that nobody can
    be surer of what it leaves out than of that member. Members that stand for nothing do not count:
    to take them besides says nothing of the list.
    """
    holder = steps[-2][1] if len(steps) > 1 else {}
    members = holder.get("x-enum-evidence", {}) if isinstance(holder, Mapping) else {}
    return weakest([enclosing, *(grade for name, grade in members.items() if name not in NOTHING)])
