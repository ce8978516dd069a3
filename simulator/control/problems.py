"""Errors of the control API: RFC 9457 problem documents."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from simulator.kernel.clock import ClockRange
from simulator.kernel.store import Duplicate
from simulator.kernel.violation import Violation
from simulator.kernel.worlds import BadBirth, NameTaken

log = logging.getLogger(__name__)
REFUSALS: Mapping[type[Exception], int] = {BadBirth: 400, ClockRange: 400, Duplicate: 409, NameTaken: 409}
"""What the kernel refuses, as a status; its own words are the detail."""


class Problem(Exception):
    """A request that is refused: `detail` says why, `violations` where."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        violations: Sequence[Violation] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.violations = violations
        self.headers = dict(headers or {})

    def response(self) -> Response:
        title = HTTPStatus(self.status).phrase
        body: dict[str, Any] = {"type": "about:blank", "title": title, "status": self.status}
        body["detail"] = self.detail
        if self.violations:
            body["errors"] = [_located(violation) for violation in self.violations]
        return Response(
            orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE),
            self.status,
            self.headers,
            content_type="application/problem+json",
        )


def _located(violation: Violation) -> dict[str, str]:
    row = violation.describe()
    return {name: row[name] for name in ("in", "pointer", "keyword", "message")}


def register(app: Flask) -> None:
    """Every failure of `app` comes out as a problem document."""
    app.register_error_handler(Problem, Problem.response)
    for kind in REFUSALS:
        app.register_error_handler(kind, _refused)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(Exception, _failed)


def _refused(error: Exception) -> Response:
    return Problem(REFUSALS[type(error)], str(error)).response()


def _from_http(error: HTTPException) -> Response:
    detail = error.description or ""
    if error.code == 404:
        detail = f"{request.path} is not here; GET {request.script_root}/openapi.json says what is"
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Location")}
    return Problem(error.code or 500, detail, headers=headers).response()


def _failed(error: Exception) -> Response:
    log.exception("%s %s failed", request.method, request.path, exc_info=error)
    return Problem(500, "the simulator failed; its log says why").response()
