"""Months: how long each event type is kept at first, and what is so many months ago."""

from __future__ import annotations

import calendar
from datetime import datetime

from simulator.vendors.contacthub.configuration.catalogue import EVENT_TYPES

BROWSING = frozenset(
    {
        "abandonedSession",
        "addedCompare",
        "removedCompare",
        "clickedLink",
        "viewedPage",
        "viewedProduct",
        "viewedProductCategory",
    }
)
FIRST_MONTHS = {
    kind: 3 if kind in BROWSING else 13 if kind.startswith("campaign") else 12 for kind in EVENT_TYPES
}
"""By event type, from the vendor's user guide."""


def earlier(instant: datetime, months: int) -> datetime:
    """The same time of the same day so many months before; of a shorter month its last day."""
    years, month = divmod(instant.year * 12 + instant.month - 1 - months, 12)
    day = min(instant.day, calendar.monthrange(years, month + 1)[1])
    return instant.replace(year=years, month=month + 1, day=day)
