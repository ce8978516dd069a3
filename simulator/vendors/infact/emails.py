"""E-mail addresses: text around one @, the same in any case (infact.email-form)."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def normalised(text: str) -> str | None:
    """`Kari@example.com ` as `kari@example.com`; None where it can be no address."""
    trimmed = text.strip()
    return trimmed.lower() if ADDRESS.fullmatch(trimmed) else None
