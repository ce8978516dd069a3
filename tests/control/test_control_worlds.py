"""Worlds, resets and fixtures over the control API."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acme import KEY, Server, serve


def refused(server: Server, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, str]:
    response = server.control(method, path, body, **options)
    assert response.content_type == "application/problem+json", response.text
    found: Any = response.json
    return response.status_code, found["detail"]


# --- worlds --------------------------------------------------------------------------


def test_create_world_expected_all_a_client_needs() -> None:
    server = serve()
    response = server.control(
        "POST", "/worlds", {"name": "w", "fixture": "empty", "seed": 7, "clock": "2023-05-06T07:08:09Z"}
    )
    assert response.status_code == 201
    world: Any = response.json
    assert response.headers["Location"] == "http://localhost/_worlds/w/_simulator/worlds/w"
    assert world.pop("vendors")["acme"]["base_url"] == "http://localhost/_worlds/w/acme/v1"
    assert world == {
        "name": "w",
        "control_url": "http://localhost/_worlds/w/_simulator",
        "fixture": "empty",
        "fixtures": {},
        "seed": 7,
        "clock": {"now": "2023-05-06T07:08:09Z", "mode": "frozen"},
        "ttl_seconds": None,
        "unique_credentials": False,
        "assume": {},
    }
    assert server.create("bolt", at="/_worlds/w/acme").json["id"] == 1  # type: ignore[index]
    assert server.ids() == [1, 2]


def test_created_world_is_described_alike_everywhere() -> None:
    server = serve()
    made: Any = server.control("POST", "/worlds", {"clock": "2023-05-06T07:08:09Z"}).json
    assert made["name"] == "world-1"
    assert server.get("/worlds/world-1") == made
    assert server.get("/worlds/world-1", world="world-1") == made
    del made["vendors"]
    assert [world["name"] for world in server.get("/worlds")["worlds"]] == ["default", "world-1"]
    assert server.get("/worlds")["worlds"][1] == made


def test_a_body_is_not_needed_to_create_a_world() -> None:
    assert serve().control("POST", "/worlds").status_code == 201


def test_created_world_takes_fixtures_by_vendor_and_guesses() -> None:
    server = serve()
    inline = {"accounts": [{"id": 1, "key": KEY}], "things": [{"name": "cog"}]}
    made: Any = server.control(
        "POST", "/worlds", {"name": "w", "fixtures": {"acme": inline}, "assume": {"acme.delete-missing": 204}}
    ).json
    assert made["fixtures"] == {"acme": None}
    assert [thing["name"] for thing in server.get("/state/acme/things", world="w")["documents"]] == ["cog"]
    assert server.call("DELETE", "/_worlds/w/acme/v1/things/99").status_code == 204
    assert server.call("DELETE", "/v1/things/99").status_code == 404


def test_created_world_may_have_credentials_of_its_own() -> None:
    server = serve()
    made: Any = server.control("POST", "/worlds", {"name": "w", "unique_credentials": True}).json
    key = made["vendors"]["acme"]["credentials"]["key"]
    assert key != KEY
    assert server.create("bolt", key=key).status_code == 201
    assert server.ids(world="w") == [1, 2, 3]
    assert server.ids() == [1, 2]


def test_taken_name_is_a_conflict() -> None:
    server = serve()
    assert server.control("POST", "/worlds", {"name": "w"}).status_code == 201
    assert refused(server, "POST", "/worlds", {"name": "w"}) == (409, "there is a world 'w'")
    assert refused(server, "POST", "/worlds", {"name": "default"})[0] == 409


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"name": ""}, "'' is no world name"),
        ({"name": "a/b"}, "is no world name"),
        ({"name": "x" * 65}, "is no world name"),
        ({"fixture": "none"}, "no fixture 'none' for acme; there are demo, empty"),
        ({"fixtures": {"none": "demo"}}, "no vendor 'none'"),
        ({"fixtures": {"acme": {"accounts": [{}]}}}, "acme fixture: KeyError('id')"),
        ({"clock": "yesterday"}, "/clock"),
        ({"clock": "1869-01-01"}, "1869 is not between"),
        ({"assume": {"acme.none": 1}}, "no assumption 'acme.none'"),
        ({"assume": {"acme.delete-missing": 500}}, "takes one of 404, 204"),
        ({"ttl_seconds": 0}, "/ttl_seconds"),
        ({"seed": 1.5}, "/seed"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_world_that_cannot_be_is_refused_and_not_made(body: dict[str, Any], named: str) -> None:
    server = serve()
    status, detail = refused(server, "POST", "/worlds", body)
    assert status == 400
    assert named in detail
    assert len(server.worlds.all()) == 1


def test_deleted_world_is_gone() -> None:
    server = serve()
    server.control("POST", "/worlds", {"name": "w"})
    assert server.control("DELETE", "/worlds/w", world="w").status_code == 204
    assert refused(server, "GET", "/worlds/w") == (404, "no world 'w'; there are default")
    assert refused(server, "DELETE", "/worlds/w")[0] == 404
    assert server.control("GET", "/clock", world="w").status_code == 404


def test_the_default_world_stays() -> None:
    assert refused(serve(), "DELETE", "/worlds/default")[0] == 409


# --- reset ---------------------------------------------------------------------------


def lived(**options: Any) -> Server:
    """A server in whose default world something of everything has happened."""
    server = serve(**options)
    server.create("bolt")
    server.call("POST", "/v1/things/1/reminders", {"minutes": 1, "to": "+4740000001"})
    server.control("PATCH", "/clock", {"advance": 60})
    server.call("POST", "/v1/things/1/reminders", {"minutes": 1, "to": "+4740000001"})
    return server


def seen(server: Server) -> dict[str, Any]:
    return {
        "things": server.ids(),
        "outbox": server.get("/outbox")["matched"],
        "clock": server.get("/clock"),
        "requests": server.get("/requests")["last_index"],
    }


def test_reset_is_as_if_nothing_had_happened() -> None:
    server, fresh = lived(), serve()
    assert seen(server) != seen(fresh)
    response = server.control("POST", "/reset")
    assert response.json == {
        "world": "default",
        "parts": ["state", "ids", "clock", "journal"],
        "clock": {"now": "2024-01-01T08:00:00Z", "mode": "frozen"},
    }
    assert seen(server) == seen(fresh)
    assert server.create("bolt").data == fresh.create("bolt").data


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        (["journal"], {"requests": 0}),
        (["clock"], {"clock": "2024-01-01T08:00:00Z"}),
        (["clock", "journal"], {"clock": "2024-01-01T08:00:00Z", "requests": 0}),
        (["state"], {"things": [1, 2], "outbox": 0}),
        (["state", "ids"], {"things": [1, 2], "outbox": 0}),
        (["state", "ids", "clock"], {"things": [1, 2], "outbox": 0, "clock": "2024-01-01T08:00:00Z"}),
    ],
)
def test_reset_of_parts_leaves_the_others(parts: list[str], left: dict[str, Any]) -> None:
    """Seen to fail with kept_without giving nothing: the clock went back with the state."""
    server = lived()
    response = server.control("POST", "/reset", {"parts": parts})
    assert response.json["parts"] == parts  # type: ignore[index]
    after = seen(server)
    expected = {"things": [1, 2, 3], "outbox": 1, "clock": "2024-01-01T08:01:00Z", "requests": 3} | left
    assert {**after, "clock": after["clock"]["now"]} == expected
    assert after["clock"]["pending"] == (0 if "state" in parts else 1)
    new = server.create("nut").json["id"]  # type: ignore[index]
    assert new == (3 if "ids" in parts else 4)


def test_reset_of_ids_alone_would_overwrite() -> None:
    status, detail = refused(lived(), "POST", "/reset", {"parts": ["ids"]})
    assert (status, "only with state" in detail) == (400, True)


@pytest.mark.parametrize("parts", [["faults"], ["everything"], [], "state", ["state", "state"], [1]])
def test_unknown_part_is_refused(parts: Any) -> None:
    server = lived()
    before = seen(server)
    assert refused(server, "POST", "/reset", {"parts": parts})[0] == 400
    assert seen(server) == before


def test_reset_stays_within_its_world() -> None:
    server = lived()
    server.control("POST", "/worlds", {"name": "w"})
    server.control("POST", "/reset", world="w")
    assert server.ids() == [1, 2, 3]


def test_reset_world_keeps_its_own_credentials() -> None:
    server = serve()
    server.control("POST", "/worlds", {"name": "w", "unique_credentials": True})
    before = server.get("/vendors", world="w")
    for body in (None, {"parts": ["state"]}):
        server.control("POST", "/reset", body, world="w")
        assert server.get("/vendors", world="w") == before
        assert server.create("bolt", key=f"{KEY}-w").json["id"]  # type: ignore[index]


# --- fixtures ------------------------------------------------------------------------


def test_fixtures_are_listed() -> None:
    expected = {"current": {"acme": "demo"}, "fixtures": {"acme": ["demo", "empty"]}}
    assert serve().get("/fixtures") == expected


@pytest.mark.parametrize("only", ["", "?vendor=acme"])
def test_loaded_fixture_is_where_resets_return_to(only: str) -> None:
    server = lived()
    response = server.control("POST", f"/fixtures/empty{only}")
    assert response.json["current"] == {"acme": "empty"}  # type: ignore[index]
    assert server.ids() == []
    assert server.get("/clock")["now"] == "2024-01-01T08:00:00Z"
    server.create("bolt")
    server.control("POST", "/reset")
    assert server.ids() == []


def test_documents_of_ones_own_are_where_resets_return_to() -> None:
    server = lived()
    document = {"accounts": [{"id": 1, "key": KEY}], "things": [{"name": "cog"}]}
    response = server.control("POST", "/fixtures", {"acme": document})
    assert response.json["current"] == {"acme": None}  # type: ignore[index]
    assert server.ids() == [1]
    server.create("bolt")
    server.control("POST", "/reset")
    assert [thing["name"] for thing in server.get("/state/acme/things")["documents"]] == ["cog"]
    server.control("POST", "/fixtures/demo")
    assert server.ids() == [1, 2]


@pytest.mark.parametrize(
    ("path", "body", "status", "named"),
    [
        ("/fixtures/none", None, 404, "no fixture 'none' for acme; there are demo, empty"),
        ("/fixtures/demo?vendor=none", None, 400, "no vendor 'none'"),
        ("/fixtures", {"none": {}}, 400, "no vendor 'none'"),
        ("/fixtures", {"acme": {"accounts": [{"id": 1}]}}, 400, "KeyError('key')"),
        ("/fixtures", {"acme": {"things": 7}}, 400, "acme fixture: TypeError"),
        ("/fixtures", {"acme": {"things": [{"name": "a"}, {"name": "a"}]}}, 400, "name 'a' is taken"),
        ("/fixtures", {"acme": "demo"}, 400, "/acme"),
        ("/fixtures", {}, 400, "body"),
        ("/fixtures", None, 400, "a body is required"),
    ],
)
def test_fixture_that_cannot_be_changes_nothing(path: str, body: Any, status: int, named: str) -> None:
    server = lived()
    before = seen(server)
    found = refused(server, "POST", path, body)
    assert found[0] == status
    assert named in found[1]
    assert seen(server) == before
    assert server.get("/fixtures")["current"] == {"acme": "demo"}


def test_fixtures_sent_do_not_fill_the_memory() -> None:
    """Seen to fail without the bound in Worlds._frozen."""
    server = serve()
    for number in range(300):
        server.worlds._frozen("acme", {"things": [{"name": f"n{number}"}]})
    assert len(server.worlds._planted) == 256
