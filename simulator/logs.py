"""What the server says while it runs: one line for each request, and its own troubles, to stderr."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from simulator.kernel.clock import system_now, to_text
from simulator.kernel.pipeline import ENTRY, WORLD

access = logging.getLogger("simulator.access")


def configure(style: str) -> Callable[[Mapping[str, Any], int], None] | None:
    """Log in `text` or `json`; `off` leaves troubles in text. Returns what hears of each request, if any."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if style == "json" else TextLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # a client that hangs up is no trouble of ours
    logging.getLogger("uvicorn.error").addFilter(lambda record: "without completing" not in str(record.msg))
    if style == "off":
        return None
    access.setLevel(logging.INFO)
    return log_request


def log_request(environ: Mapping[str, Any], status: int) -> None:
    """One line for one request: whose, what it met, what the contract says of it. No secret is in it."""
    access.info("", extra={"request": described(environ, status)})


def described(environ: Mapping[str, Any], status: int) -> dict[str, Any]:
    entry, world = environ.get(ENTRY), environ.get(WORLD)
    return {
        "method": environ["REQUEST_METHOD"],
        "path": without_values(environ.get("REQUEST_URI", environ["PATH_INFO"])),
        "status": status,
        "vendor": entry.vendor if entry else None,
        "operation": entry.operation if entry else None,
        "contract": entry.contract if entry else None,
        "world": world.name if world else None,
    }


def without_values(uri: str) -> str:
    """A path and query with the query's values left out, as some vendors want keys and passwords there."""
    path, mark, query = uri.partition("?")
    return path + mark + re.sub(r"=[^&]*", "=…", query)


class TextLines(logging.Formatter):
    """`2024-01-01T00:00:00Z 200 GET /infact/v1/… getItem ok` and, unless it is the default, the world."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is None:
            return f"{_now()} {record.levelname} {super().format(record)}"
        known = [request["operation"] or (request["vendor"] and "unknown operation"), request["contract"]]
        world = None if request["world"] in (None, "default") else f"world={request['world']}"
        words = [str(request["status"]), request["method"], request["path"], *known, world]
        return " ".join([_now(), *(word for word in words if word)])


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"time": _now(), "level": record.levelname.lower()}
        request = getattr(record, "request", None)
        line |= request if request is not None else {"message": super().format(record)}
        return orjson.dumps(line).decode()


def _now() -> str:
    return to_text(system_now().replace(microsecond=0))


def once(say: Callable[[str], None]) -> Callable[[str], None]:
    """Says nothing twice."""
    said: set[str] = set()

    def hear(text: str) -> None:
        if text not in said:
            said.add(text)
            say(text)

    return hear
