"""The samples of the vendor's documentation are whole requests, and each is one that the contract knows."""

from __future__ import annotations

import re
import socket
from http.client import HTTPMessage, parse_headers
from urllib.parse import urlsplit

import pytest

from simulator import data
from tests.vendors.footprints.printed import NAMES, blanks, message

LANGUAGES = {"curl", "node", "php", "ruby"}


def read(name: str) -> tuple[str, str, HTTPMessage, bytes]:
    """Method, path, headers and body as a server reads them, and nothing left over."""
    ours, theirs = socket.socketpair()
    with ours, theirs, theirs.makefile("rb") as received:
        ours.sendall(message(name, **dict.fromkeys(blanks(name), "abc")))
        ours.shutdown(socket.SHUT_WR)
        method, target, _ = received.readline().decode().split(" ")
        headers = parse_headers(received)
        if "Transfer-Encoding" in headers:
            body = received.read(int(received.readline(), 16))
            assert received.read(7) == b"\r\n0\r\n\r\n"
        else:
            body = received.read(int(headers.get("Content-Length", 0)))
        rest = received.read()
    assert not rest or name == "deleteCustomer.node", rest
    return method, urlsplit(target).path, headers, body


def test_every_operation_has_a_sample_in_every_language() -> None:
    operations = {name.partition(".")[0] for name in NAMES}
    assert len(operations) == 35
    assert {f"{operation}.{language}" for operation in operations for language in LANGUAGES} == set(NAMES)
    assert operations <= set(known().values())


def known() -> dict[tuple[str, str], str]:
    """Operation by method and pattern of the path, the fixed paths first."""
    paths = data.contract("footprints")["paths"]
    return {
        (method.upper(), re.sub(r"\{\w+\}", "[^/]+", path)): operation["operationId"]
        for path in sorted(paths, key=lambda path: path.count("{"))
        for method, operation in paths[path].items()
        if isinstance(operation, dict)
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_one_request_that_the_contract_knows(name: str) -> None:
    method, path, headers, body = read(name)
    assert headers["Host"] == "abc"
    assert [id for (verb, shape), id in known().items() if verb == method and re.fullmatch(shape, path)]
    if name != "deleteCustomer.node":
        assert bool(body) == (method != "GET")
