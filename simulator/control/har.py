"""Journal rows as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/).

The journal has no durations, since a world's time stands still within a request: all
times are 0, and `startedDateTime` is the world's. What HAR has no name for begins with `_`.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

OWN = ("index", "vendor", "operation", "contract", "violations", "deviations", "assumed")


def archive(entries: list[dict[str, Any]], version: str) -> dict[str, Any]:
    return {
        "log": {"version": "1.2", "creator": {"name": "Simulator", "version": version}, "entries": entries}
    }


def entry(row: Mapping[str, Any], mount: str) -> dict[str, Any]:
    """One exchange, as the journal describes it; `mount` is the URL that its path goes on from."""
    query = f"?{row['query']}" if row["query"] else ""
    return {
        "startedDateTime": row["time"],
        "time": 0,
        "request": _request(row, f"{mount}{row['path']}{query}"),
        "response": _response(row),
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
        **{f"_{name}": row[name] for name in OWN},
    }


def _request(row: Mapping[str, Any], url: str) -> dict[str, Any]:
    message = row["request"]
    found = {
        "method": row["method"],
        "url": url,
        **_shared(message),
        "queryString": [
            {"name": name, "value": value} for name, value in parse_qsl(row["query"], keep_blank_values=True)
        ],
    }
    if message["body"]["size"]:
        found["postData"] = {
            "mimeType": _header(message, "content-type"),
            "params": [],
            "text": message["body"].get("text", ""),
            **_remarks(message["body"], binary="text left out: not UTF-8"),
        }
    return found


def _response(row: Mapping[str, Any]) -> dict[str, Any]:
    message, status = row["response"], row["status"]
    body = message["body"]
    content = {"size": body["size"], "mimeType": _header(message, "content-type"), **_remarks(body)}
    if "base64" in body:
        content |= {"text": body["base64"], "encoding": "base64"}
    else:
        content["text"] = body["text"]
    return {
        "status": status,
        "statusText": HTTPStatus(status).phrase if status in list(HTTPStatus) else "",
        **_shared(message),
        "content": content,
        "redirectURL": _header(message, "location"),
    }


def _shared(message: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [{"name": name, "value": value} for name, value in message["headers"]],
        "headersSize": -1,
        "bodySize": message["body"]["size"],
    }


def _remarks(body: Mapping[str, Any], binary: str = "") -> dict[str, str]:
    remarks = ["only the beginning was kept"] if "truncated" in body else []
    remarks += [binary] if binary and "base64" in body else []
    return {"comment": "; ".join(remarks)} if remarks else {}


def _header(message: Mapping[str, Any], wanted: str) -> str:
    return next((value for name, value in message["headers"] if name.lower() == wanted), "")
