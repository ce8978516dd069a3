"""Infact, asked by its base URL over a socket."""

from __future__ import annotations

import base64
import json
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from simulator.testing import Simulator

START = "2024-01-01T08:00:00Z"


def ask(simulator: Simulator, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Status and answer."""
    api = simulator.infact
    url = urlsplit(api.base_url + path)
    login = base64.b64encode(f"{api.username}:{api.password}".encode()).decode()
    headers = {"Content-Type": "application/json", "Authorization": f"Basic {login}"}
    with closing(HTTPConnection(url.hostname or "", url.port, timeout=60)) as connection:
        target = url.path + (f"?{url.query}" if url.query else "")
        connection.request(method, target, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
    return answer.status, json.loads(text) if text else None
