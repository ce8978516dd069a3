"""What answers in the place of a vendor's host, and calls of it by libraries that have no session."""

from __future__ import annotations

import asyncio
import http.client
import urllib.request
from collections.abc import Callable
from contextlib import closing
from typing import Any

import httpx
import pytest
import requests
import urllib3

from simulator.testing.interception import Answered, Sent

HOST = "api.infact.no"
URL = f"https://{HOST}/v1"


class Recorder:
    """Answers everything with its own name."""

    def __init__(self, name: str = "ours") -> None:
        self.name = name
        self.sent: list[Sent] = []

    def __call__(self, sent: Sent) -> Answered:
        self.sent.append(sent)
        return Answered(200, [("Content-Type", "text/plain")], self.name.encode())

    @property
    def urls(self) -> list[str]:
        return [sent.url for sent in self.sent]


def is_ours(host: str, port: int) -> bool:
    return host == HOST


async def asynchronous(url: str) -> httpx.Response:
    async with httpx.AsyncClient() as session:
        return await session.get(url)


def by_http_client(url: str) -> bytes:
    secure, host = url.startswith("https:"), url.split("/")[2]
    with closing((http.client.HTTPSConnection if secure else http.client.HTTPConnection)(host)) as connection:
        connection.request("GET", url.split(host)[1])
        return connection.getresponse().read()


def by_urllib(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:
        found: bytes = answer.read()
        return found


LIBRARIES: dict[str, Callable[[str], Any]] = {
    "requests": lambda url: requests.get(url, timeout=30).content,
    "httpx": lambda url: httpx.get(url, timeout=30).content,
    "httpx, asynchronous": lambda url: asyncio.run(asynchronous(url)).content,
    "urllib3": lambda url: urllib3.PoolManager(retries=False).request("GET", url).data,
    "urllib.request": by_urllib,
    "http.client": by_http_client,
}
every_library = pytest.mark.parametrize("fetch", LIBRARIES.values(), ids=LIBRARIES)
