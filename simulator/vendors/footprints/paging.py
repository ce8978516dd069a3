"""Pages: counted from 1, with their numbers in headers (List Catalogues, response headers)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

EXPOSED = "X-Total-Pages, X-Records, X-Current-Page"


def page(records: Sequence[Any], number: int, size: int) -> Sequence[Any]:
    """The records of one page; none beyond the last."""
    return records[(number - 1) * size : number * size]


def headers(total: int, number: int, size: int) -> dict[str, str]:
    """What a page says of itself."""
    return {
        "X-Current-Page": str(number),
        "X-Records": str(total),
        "X-Total-Pages": str(-(-total // size)),
        "Access-Control-Expose-Headers": EXPOSED,
    }
