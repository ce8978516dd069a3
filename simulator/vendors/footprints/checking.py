"""How Footprints is driven: key and secret for a token, the token for all else; forms with brackets."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from simulator.kernel.driving import Ask, Credential, Credentials, Driving

KNOWN = {
    "leadId": "5a0000000000000000000901",
    "actionId": "5a0000000000000000000b01",
    "leadActionTypeId": "5a0000000000000000000a01",
    "mid": "c" + "3" * 64,
}
"""What is stored in the world of the documents, by the names of requests; credentials may say otherwise."""
POSSIBLE = re.compile("[0-9A-Za-z]{1,64}")


def _credential(operation: Mapping[str, Any], credentials: Credentials, _: Ask) -> Credential | None:
    for way in operation.get("security", [{"accessToken": []}]):
        if "basic" in way:
            pair = f"{credentials['key']}:{credentials['secret']}"
            return Credential("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
        return Credential("access_token", credentials["access_token"], "query")
    return None


def _arrange(_: str, place: str, value: Any, credentials: Credentials) -> Any:
    """What requests name, where it could be something, is something that is stored."""
    if place == "query" or not isinstance(value, dict):
        return value
    known = {**KNOWN, "appkey": credentials["appkey"]}
    known |= {name: credentials[name] for name in KNOWN if name in credentials}
    return {
        name: known[name] if name in known and isinstance(inner, str) and POSSIBLE.fullmatch(inner) else inner
        for name, inner in value.items()
    }


def _write_form(value: Any) -> bytes | str:
    """A form as the samples write it, nested members with keys in brackets."""
    if not isinstance(value, dict):
        return value if isinstance(value, bytes) else str(value)
    return urlencode(list(_flat("", value)), errors="surrogatepass")


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """The fields of a form, without what none can write: empty structures, names that have brackets."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key and not key.isdecimal() and not set("[]") & set(key):
                yield from _flat(f"{name}[{key}]" if name else key, inner)
    elif isinstance(value, list):
        written = [inner for inner in value if any(True for _ in _flat("x", inner))]
        for index, inner in enumerate(written):
            yield from _flat(f"{name}[{index}]", inner)
    else:
        yield name, "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


DRIVING = Driving(
    needs=("key", "secret", "appkey", "access_token"),
    credential=_credential,
    arrange=_arrange,
    write_form=_write_form,
)
