"""Runs of pytest within tests of its plugin: a client that does right and wrong, and tests of it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

CLIENT = """
    import http.client, json
    from base64 import b64encode
    from urllib.parse import urlsplit

    def call(api, method, path, body=None):
        url = urlsplit(api.base_url + path)
        login = b64encode(f"{api.username}:{api.password}".encode()).decode()
        headers = {"Content-Type": "application/json", "Authorization": f"Basic {login}"}
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
        try:
            connection.request(method, url.path, body and json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def right(simulator):
        return call(simulator.infact, "GET", "/Account/token")

    def wrong(simulator):
        return call(simulator.infact, "PUT", "/Campaign", {"ClientId": "DemoClient", "CampaginId": "1"})
"""
COMPLAINT = """
Simulator: 3 contract violations, 1 warning in 1 call

  infact addObsoleteCampaignRecipients: PUT /v1/Campaign
  request 1, answered with 400
    body /CampaginId: 'CampaginId' is no field here
      sent: "CampaginId": "1"
      did you mean CampaignId?
      rule: additionalProperties, documented, contract
    body /CampaignId: "CampaignId" is a required property
      rule: required, assumed, contract
    body /Recipients: "Recipients" is a required property
      rule: required, assumed, contract
    warning: operation: addObsoleteCampaignRecipients is deprecated
      rule: deprecated, documented, contract
"""
HEADS = ("import pytest", "from client import right, wrong", "")


def make(pytester: pytest.Pytester, **files: str) -> None:
    """A client and tests of it."""
    heads = "\n".join(HEADS)
    pytester.makepyfile(client=CLIENT, **{name: heads + dedent(code) for name, code in files.items()})


def lines(text: str) -> list[str]:
    """Without what a contract's version makes of them."""
    return [line.partition(", contract")[0] for line in text.strip().splitlines()]


class Imported:
    """All modules, as they were at the end of a run."""

    def __init__(self) -> None:
        self.modules: dict[str, ModuleType] = {}

    def pytest_unconfigure(self) -> None:
        self.modules = dict(sys.modules)


def kept(modules: Mapping[str, ModuleType], folder: Path) -> dict[str, ModuleType]:
    """Those that are not a test's own."""
    own = str(folder)
    return {
        name: module
        for name, module in modules.items()
        if not (getattr(module, "__file__", None) or "").startswith(own)
    }


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    """In this process; what was first imported within stays, see the fixture `imported`."""
    imported = Imported()
    result = pytester.runpytest_inprocess("-p", "no:randomly", *options, plugins=[imported])
    for name, module in kept(imported.modules, pytester.path).items():
        sys.modules.setdefault(name, module)
    return result
