"""Twelve planted faults and twelve right calls of one vendor, and what its verdict must say of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.test import TestResponse

from tests.simulated import Simulated

Fault = tuple[str | None, str, str, str]
"""(operation, in, JSON pointer, keyword)."""


def reported(simulated: Simulated) -> list[Fault]:
    verdict: Any = simulated.control.get("/_simulator/verdict").json
    return [(row["operation"], row["in"], row["pointer"], row["keyword"]) for row in verdict["violations"]]


def send(
    wrong: Mapping[Fault, Callable[[], TestResponse]], right: list[Callable[[], TestResponse]], seed: int
) -> list[Fault]:
    """All twenty-four in some order; the faults, as they are to be reported whatever the order."""
    assert (len(wrong), len(right)) == (12, 12)
    calls = [*wrong.values(), *right]
    random.Random(seed).shuffle(calls)
    for call in calls:
        assert call().status_code < 500
    return sorted(wrong, key=lambda fault: (fault[0] is None, fault[0] or "", fault[1:]))
