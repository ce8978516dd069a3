"""Infact's paging: `Start` is the id of the first record wanted, `Count` how many (api/blacklist)."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest


def page(keys: Iterable[int], start: int, count: int) -> list[int]:
    """The ids from `start` on, in their order, at most `count`."""
    return nsmallest(count, (key for key in keys if key >= start))
