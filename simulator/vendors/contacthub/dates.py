"""Contacthub's instants: `2024-01-15T09:30:00.000+0000` out, any ISO 8601 form in."""

from __future__ import annotations

from datetime import UTC, datetime


def shown(instant: datetime) -> str:
    """With milliseconds and an offset without colon, the form that every SDK can read."""
    text = instant.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "+0000")


def parsed(text: str) -> datetime:
    """An instant; without a zone it is UTC. Raises ValueError."""
    instant = datetime.fromisoformat(text)
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
