"""Credentials are shown as `***`: in documents, in query strings and in bodies as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

MASK = "***"


class Mask:
    """Hides what stands under certain names, whatever their case."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name.lower() for name in names}
        either = "|".join(map(re.escape, sorted(self._names))) or r"(?!)"
        self._member = re.compile(rf'"(?:{either})"\s*:\s*', re.IGNORECASE)
        self._pair = re.compile(rf"(?:(?<=^)|(?<=[?&;\s]))((?:{either})=)[^&\s\"]+", re.IGNORECASE)

    def document(self, value: Any) -> Any:
        """`value` with what stands under a secret name hidden, at any depth."""
        if isinstance(value, dict):
            return {
                key: MASK if key.lower() in self._names and inner is not None else self.document(inner)
                for key, inner in value.items()
            }
        return [self.document(inner) for inner in value] if isinstance(value, list) else value

    def hides(self, value: Any) -> bool:
        """Whether a mask stands in `value` where a credential should: it was read, and is being put back."""
        if isinstance(value, dict):
            return any(
                (inner == MASK and key.lower() in self._names) or self.hides(inner)
                for key, inner in value.items()
            )
        return isinstance(value, list) and any(map(self.hides, value))

    def finding(self, row: dict[str, Any]) -> dict[str, Any]:
        """A violation whose message, which may quote what it complains of, shows no credential."""
        name = row["pointer"].rpartition("/")[2]
        if name.lower() in self._names:
            return row | {"message": f"breaks {row['keyword']} (value not shown)"}
        return row | {"message": self.text(row["message"])}

    def text(self, text: str) -> str:
        """JSON, a form or a query string, whole or cut off; the rest of the text stays as it is."""
        shown, at = "", 0
        for name in self._member.finditer(text):
            if name.start() < at:
                continue  # inside what is hidden already
            end = _end_of_value(text, name.end())
            if text[name.end() : end] != "null":
                shown, at = f'{shown}{text[at : name.end()]}"{MASK}"', end
        return self._pair.sub(rf"\1{MASK}", shown + text[at:])


def _end_of_value(text: str, start: int) -> int:
    """Where the JSON value that starts there ends; the end of the text if it is broken or cut off."""
    try:
        return json.JSONDecoder().raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        return len(text)


class NoMask(Mask):
    """Shows everything, to who asked for it."""

    def __init__(self) -> None:
        super().__init__(())
