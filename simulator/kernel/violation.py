"""What is said of a message that breaks the contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any


def escape(step: str) -> str:
    """A JSON pointer step."""
    return step.replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True)
class Violation:
    """One way in which a message breaks the contract.

    `place` is body, query, path, header or operation; `pointer` a JSON pointer into it;
    `expected` what the keyword asks for, such as the values of an enum; `severity` is error, or warning for
    what the vendor still takes; `nearest` names of the contract that may have been meant.
    """

    place: str
    pointer: str
    keyword: str
    message: str
    evidence: str
    expected: Any = field(default=None, compare=False)
    severity: str = field(default="error", compare=False)
    nearest: tuple[str, ...] = field(default=(), compare=False)

    def describe(self) -> dict[str, Any]:
        row = {
            "in": self.place,
            "pointer": self.pointer,
            "keyword": self.keyword,
            "message": self.message,
            "evidence": self.evidence,
            "severity": self.severity,
        }
        return row | {"nearest": list(self.nearest)} if self.nearest else row


@lru_cache(maxsize=1024)
def likest(name: str, names: frozenset[str]) -> tuple[str, ...]:
    """The one of `names` that a name may be a slip of, if any is like enough."""
    texts = {each.lower(): each for each in sorted(names)}
    return tuple(texts[text] for text in get_close_matches(name.lower(), texts, n=1, cutoff=0.7))
