"""What a fixture document must look like, told to people who write their own."""

from __future__ import annotations

from typing import Any


def check(document: Any) -> None:
    """Raises ValueError naming the first place that is not as it must be."""
