"""What a workspace has set, read and written by its administrator."""

from __future__ import annotations

from typing import Any

BASE = "/configuration"
OPERATOR = "example-token-of-operator"


def get(hub: Any, path: str = "", token: str | None = None) -> Any:
    answer = hub.get(BASE + path, token=token or hub.admin_token)
    assert answer.status_code == 200, answer.text
    return answer.json


def put(hub: Any, path: str, body: Any, token: str | None = None) -> Any:
    answer = hub.put(BASE + path, body, token=token or hub.admin_token)
    assert answer.status_code == 200, answer.text
    return answer.json


def refused(hub: Any, path: str, body: Any, status: int = 400) -> Any:
    before = hub.state()
    answer = hub.put(BASE + path, body, token=hub.admin_token)
    assert answer.status_code == status, answer.text
    assert hub.state() == before
    return answer.json
