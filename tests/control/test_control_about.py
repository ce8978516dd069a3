"""Is it there, what is it, and what does a client need?"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import pytest

import simulator
from simulator.kernel.world import World
from tests.acme import InMemory, Server, acme, plant, serve


def test_health() -> None:
    assert serve().get("/health") == {"status": "ok"}
    assert serve().control("HEAD", "/health").status_code == 200


def test_ready_plants_the_fixtures() -> None:
    server = serve()
    assert server.get("/ready") == {"status": "ready"}
    assert set(server.world.store.tables("acme")) == {"acme/accounts", "acme/sequences", "acme/things"}


def test_no_other_way_here() -> None:
    """Of those that there are tests/tls speaks."""
    assert serve().get("/access") == {"proxy_port": None, "ca": None}


class Broken(InMemory):
    documents: Mapping[str, Mapping[str, Any]] = {"demo": {"accounts": [{"id": 1}]}}


def test_not_ready_while_a_fixture_cannot_be_planted() -> None:
    server = serve()
    server.worlds.fixtures = Broken()
    for _ in range(2):
        response = server.control("GET", "/ready")
        assert response.status_code == 503
        assert "acme fixture: KeyError('key')" in response.json["detail"]  # type: ignore[index]
    assert server.get("/health") == {"status": "ok"}


def test_not_ready_without_a_default_world() -> None:
    server = serve()
    server.control("POST", "/worlds", {"name": "w"})
    server.worlds.delete("default")
    assert server.control("GET", "/ready", world="w").status_code == 503


def test_health_ready_and_version_do_not_wait_for_a_busy_world() -> None:
    """Seen to hang with `entered()` around get_ready."""
    server = serve()
    server.get("/ready")
    entered, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with server.world.entered():
            entered.set()
            leave.wait(10)

    busy = threading.Thread(target=stay)
    busy.start()
    entered.wait(10)
    try:
        answers = [
            within(5, lambda path=path: server.get(path)) for path in ("/health", "/ready", "/version")
        ]
    finally:
        leave.set()
        busy.join()
    assert all(answers)


def within(seconds: float, action: Any) -> Any:
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(action()), daemon=True)
    thread.start()
    thread.join(seconds)
    return found


def test_version_names_the_contracts() -> None:
    assert serve().get("/version") == {
        "name": "Simulator",
        "version": simulator.__version__,
        "commit": None,
        "contracts": {"acme": {"version": "7", "hash": "acme00acme00"}},
    }


def test_vendors_tell_all_that_a_client_needs() -> None:
    server = serve()
    found = server.get("/vendors")
    assert found["world"] == "default"
    assert found["vendors"]["acme"] == {
        "name": "acme",
        "title": "Acme",
        "base_url": "http://localhost/acme/v1",
        "hosts": ["api.acme.example", "*.things.example"],
        "contract_url": "http://localhost/_simulator/vendors/acme/openapi.json",
        "credentials": {"key": "acme-key"},
        "operations": {"documented": 2, "observed": 1, "assumed": 1},
    }


def test_addresses_are_those_the_client_used() -> None:
    headers = {"Host": "127.0.0.1:7470"}
    vendors = serve().control("GET", "/vendors", headers=headers).json["vendors"]  # type: ignore[index]
    assert vendors["acme"]["base_url"] == "http://127.0.0.1:7470/acme/v1"


def test_every_vendor_is_served() -> None:
    """Two vendors share code here; each has its own state."""
    server = serve(vendors={"acme": acme(), "other": acme("other")})
    assert list(server.get("/vendors")["vendors"]) == ["acme", "other"]


@pytest.mark.parametrize("path", ["", "/"])
def test_index_links_to_what_there_is(path: str) -> None:
    server = serve()
    index = server.get(path)
    for name, url in index["links"].items():
        assert server.client.get(url, buffered=True).status_code == 200, name


def test_index_is_a_page_for_a_browser() -> None:
    page = serve().control("GET", "/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.content_type == "text/html; charset=utf-8"
    assert 'href="/_simulator/docs"' in page.text


def problem(server: Server, method: str, path: str, **options: Any) -> dict[str, Any]:
    response = server.control(method, path, **options)
    assert response.content_type == "application/problem+json"
    found: dict[str, Any] = response.json  # type: ignore[assignment]
    assert found["status"] == response.status_code
    assert found["type"] == "about:blank"
    return found


def test_unknown_path_is_a_problem() -> None:
    assert problem(serve(), "GET", "/nothing")["detail"].startswith("/nothing is not here")


def test_wrong_method_is_a_problem_with_allow() -> None:
    server = serve()
    assert problem(server, "POST", "/clock")["status"] == 405
    assert problem(server, "OPTIONS", "/clock")["status"] == 405
    assert set(server.control("PUT", "/clock").headers["Allow"].split(", ")) == {"GET", "HEAD", "PATCH"}


@pytest.mark.parametrize("raw", [b"{", b"\xff", b'{"a": 1', b"[" * 5000, b"nonsense"])
def test_unreadable_body_is_a_problem(raw: bytes) -> None:
    assert problem(serve(), "POST", "/reset", data=raw)["errors"][0]["keyword"] == "encoding"


@pytest.mark.parametrize("raw", [b"[]", b"7", b"null", b'"text"'])
def test_body_of_another_type_is_a_problem(raw: bytes) -> None:
    assert problem(serve(), "POST", "/reset", data=raw)["errors"][0]["keyword"] == "type"


def test_unknown_key_and_unknown_parameter_are_named() -> None:
    found = problem(serve(), "POST", "/reset", json={"part": ["state"]})
    assert found["errors"][0]["pointer"] == "/part"
    found = problem(serve(), "GET", "/clock?colour=red")
    assert found["errors"] == [
        {
            "in": "query",
            "pointer": "/colour",
            "keyword": "undocumented",
            "message": "colour is no parameter of getClock",
        }
    ]


def test_a_missing_body_is_named() -> None:
    assert problem(serve(), "PATCH", "/clock")["detail"] == "body: a body is required"


def test_json_is_understood_whatever_the_content_type() -> None:
    """`curl -d` says it is a form."""
    kind = "application/x-www-form-urlencoded"
    server = serve()
    assert (
        server.control("POST", "/reset", data='{"parts": ["journal"]}', content_type=kind).status_code == 200
    )
    assert server.control("POST", "/reset", data='{"parts": ["journal"]}').status_code == 200


def test_the_simulators_own_failure_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve()

    def fail(_: World) -> None:
        raise ZeroDivisionError

    parts = server.worlds.vendors["acme"].parts
    monkeypatch.setitem(parts.__dict__, "credentials", fail)
    found = problem(server, "GET", "/vendors")
    assert found["status"] == 500
    assert "ZeroDivision" not in str(found)


def test_plant_is_strict_enough_for_these_tests() -> None:
    with pytest.raises(KeyError):
        plant(serve().world, {"accounts": [{}]})
