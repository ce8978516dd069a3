"""Who may use the control API. Each rule was seen to fail with its line taken out of guard.py."""

from __future__ import annotations

import pytest

from simulator.control import Guard
from tests.acme import Server, serve


def status(server: Server, path: str = "/clock", **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return server.control("GET", path, headers=named).status_code


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:7470", "127.0.0.1:7470", "127.9.9.9", "[::1]:7470", "LocalHost.", "a.localhost"],
)
def test_loopback_hosts_are_known(host: str) -> None:
    assert status(serve(), Host=host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "192.168.0.7",
        "127.0.0.1.evil.example",
        "[bad",
        "api.acme.example",
    ],
)
def test_foreign_host_is_refused(host: str) -> None:
    """A page whose name was made to resolve to this computer."""
    server = serve()
    response = server.control("GET", "/clock", headers={"Host": host})
    assert response.status_code == 403
    assert "does not answer to the Host" in response.json["detail"]  # type: ignore[index]


def test_foreign_host_is_refused_before_anything_is_told() -> None:
    assert status(serve(), "/nothing-here", Host="evil.example") == 403


def test_hosts_may_be_allowed() -> None:
    guard = Guard(host="10.1.2.3", allow_hosts=("simulator",), token="t0ken")
    for host in ("simulator:7470", "10.1.2.3:7470", "localhost"):
        assert status(serve(guard=guard), Host=host, Authorization="Bearer t0ken") == 200
    assert status(serve(guard=guard), Host="10.1.2.4", Authorization="Bearer t0ken") == 403


def test_bound_to_every_address_answers_to_any_address_but_no_name() -> None:
    server = serve(guard=Guard(host="0.0.0.0", token="t0ken"))
    assert status(server, Host="192.168.0.7:7470", Authorization="Bearer t0ken") == 200
    assert status(server, Host="evil.example", Authorization="Bearer t0ken") == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:3000", "null", ""])
def test_foreign_origin_is_refused(origin: str) -> None:
    assert status(serve(), Host="localhost:7470", Origin=origin) == 403


def test_own_origin_is_welcome() -> None:
    assert status(serve(), Host="localhost:7470", Origin="http://localhost:7470") == 200


@pytest.mark.parametrize("presented", [None, "Bearer wrong", "Basic t0ken", "t0ken", "Bearer", "Bearer ütf"])
def test_token_is_demanded_where_there_is_one(presented: str | None) -> None:
    server = serve(guard=Guard(host="0.0.0.0", token="t0ken"))
    headers = {"Authorization": presented} if presented else {}
    response = server.control("GET", "/clock", headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert status(server, "/nothing-here") == 401


def test_token_opens() -> None:
    server = serve(guard=Guard(host="0.0.0.0", token="t0ken"))
    assert status(server, Authorization="Bearer t0ken") == 200
    assert status(server, Authorization="bearer t0ken") == 200


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_supervisors_need_no_token(path: str) -> None:
    assert status(serve(guard=Guard(host="0.0.0.0", token="t0ken")), path) == 200


def test_off_loopback_there_is_always_a_token() -> None:
    with pytest.raises(ValueError, match="needs a token"):
        Guard(host="0.0.0.0")
    with pytest.raises(ValueError, match="needs a token"):
        Guard(host="192.168.0.7", token="")


def test_vendors_are_not_guarded() -> None:
    server = serve(guard=Guard(host="0.0.0.0", token="t0ken"))
    headers = {"Host": "evil.example", "Origin": "http://evil.example"}
    assert server.call("GET", "/v1/things/1", headers=headers).status_code == 200
