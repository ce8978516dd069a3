"""Status of a subscription, which is also the global one of a profile: a word or its number."""

from __future__ import annotations

STATUSES = ("subscribed", "unsubscribed", "complained", "hardbounced", "unconfirmed", "suspended", "invalid")
"""The words; a status's number is its place (guide, Subscription status)."""

KEEP = -1
"""In the place of a number: as it is (altcraft.minus-one)."""


def word(status: str | int) -> str:
    """The word of a status that is given as word or number."""
    return status if isinstance(status, str) else STATUSES[int(status)]
