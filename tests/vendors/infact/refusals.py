"""What a refused request must look like, and what it must not leave behind."""

from __future__ import annotations

from typing import Any


def refused(infact: Any, method: str, path: str, body: Any, *, auth: str) -> dict[str, list[str]]:
    """The errors of a 400 that stored nothing; `auth` is a whole header: no token is made meanwhile."""
    with infact.world.entered():
        pass  # what is due is not the request's doing
    before = infact.state()
    answer = infact.call(method, path, body, auth=auth)
    assert answer.status_code == 400, answer.text
    assert answer.content_type == "application/problem+json; charset=utf-8"
    assert infact.state() == before
    errors: dict[str, list[str]] = answer.json["errors"]
    return errors
