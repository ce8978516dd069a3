"""State over the control API: look, arrange, and never by accident."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from simulator.kernel.store import Collection, Document, Index
from simulator.kernel.world import World
from tests.acme import KEY, Server, acme, serve


def put(server: Server, path: str, document: Any, status: int) -> Any:
    response = server.control("PUT", f"/state/acme/{path}", document)
    assert response.status_code == status, response.text
    return response.json


def detail(server: Server, method: str, path: str, status: int, body: Any = None) -> str:
    response = server.control(method, f"/state/{path}", body)
    assert response.status_code == status, response.text
    found: Any = response.json
    return str(found["detail"])


def keep(server: Server, collection: str, *documents: dict[str, Any]) -> None:
    """Documents in a collection that the vendor does not declare."""
    with server.world.entered(), server.world.store.transaction():
        for document in documents:
            server.world.store.table(Collection(f"acme/{collection}")).put(document)


def test_collections_are_listed_even_while_empty() -> None:
    server = serve()
    server.control("POST", "/fixtures/empty")
    assert server.get("/state/acme") == {"vendor": "acme", "collections": {"accounts": 1, "things": 0}}


def test_collection_and_document_are_shown() -> None:
    server = serve()
    assert server.get("/state/acme/things") == {
        "vendor": "acme",
        "collection": "things",
        "count": 2,
        "documents": [
            {"id": 1, "name": "anvil", "color": "black"},
            {"id": 2, "name": "rocket", "color": "red"},
        ],
        "next": None,
    }
    assert server.get("/state/acme/things/") == server.get("/state/acme/things")
    assert server.get("/state/acme/things/2") == {"id": 2, "name": "rocket", "color": "red"}


def test_credentials_are_masked_unless_asked_for() -> None:
    server = serve()
    assert server.get("/state/acme/accounts/1")["key"] == "***"
    assert server.get("/state/acme/accounts")["documents"][0]["key"] == "***"
    assert server.get("/state/acme/accounts/1?secrets=shown")["key"] == KEY
    keep(server, "deep", {"id": 1, "list": [{"KEY": "a", "other": "b", "secret": None}]})
    assert server.get("/state/acme/deep/1")["list"] == [{"KEY": "***", "other": "b", "secret": None}]


def test_pages_go_on_where_the_last_ended() -> None:
    server = serve()
    keep(server, "rows", *({"id": number} for number in range(250)))
    seen, path = [], "/state/acme/rows"
    while path:
        page = server.get(path)
        seen += [document["id"] for document in page["documents"]]
        path = f"/state/acme/rows?after={page['next']}" if page["next"] is not None else ""
    assert seen == list(range(250))
    page = server.get("/state/acme/rows?limit=3&after=0")
    assert ([document["id"] for document in page["documents"]], page["next"], page["count"]) == (
        [1, 2, 3],
        3,
        250,
    )
    assert server.get("/state/acme/rows?limit=250")["next"] is None


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("none", 404, "no vendor 'none'; there are acme"),
        ("none/things", 404, "no vendor 'none'"),
        ("simulator/outbox", 404, "no vendor 'simulator'"),
        ("acme/thing", 404, "acme has no collection 'thing'; there are accounts, sequences, things"),
        ("acme/things/3", 404, "acme/things has no document '3'"),
        ("acme/things/1/2", 404, "acme/things has no document '1/2'"),
        ("acme/things?after=9", 400, "query /after"),
        ("acme/things?limit=0", 400, "query /limit"),
        ("acme/things?limit=1001", 400, "query /limit"),
        ("acme/things/1?limit=1", 400, "names one document"),
        ("acme/things/1?secrets=please", 400, "query /secrets"),
    ],
)
def test_what_is_not_there_is_named(path: str, status: int, named: str) -> None:
    assert named in detail(serve(), "GET", path, status)


def test_names_with_slashes_are_resolved_by_the_longest_collection() -> None:
    server = serve()
    keep(server, "rows", {"id": "3387_2/a", "in": "rows"}, {"id": "x", "in": "rows"})
    keep(server, "rows/3387_2", {"id": "a", "in": "rows/3387_2"}, {"id": "b/c", "in": "rows/3387_2"})
    assert server.get("/state/acme/rows/3387_2")["count"] == 2
    assert server.get("/state/acme/rows/3387_2/a")["in"] == "rows/3387_2"
    assert server.get("/state/acme/rows/3387_2/b/c")["id"] == "b/c"
    assert server.get("/state/acme/rows/x")["in"] == "rows"


def test_id_of_digits_is_a_number_unless_it_can_only_be_text() -> None:
    server = serve()
    keep(
        server,
        "mixed",
        {"id": 7, "is": "number"},
        {"id": "7", "is": "text"},
        {"id": "+4740000001"},
        {"id": "8"},
    )
    assert server.get("/state/acme/mixed/7")["is"] == "number"
    assert server.get("/state/acme/mixed/7?key=string")["is"] == "text"
    assert server.get("/state/acme/mixed/8")["id"] == "8"
    assert server.get("/state/acme/mixed/+4740000001")["id"] == "+4740000001"
    detail(server, "GET", "acme/mixed/8?key=integer", 404)
    detail(server, "GET", "acme/mixed/007", 404)
    assert server.get("/state/acme/mixed?after=7&key=string")["documents"][0]["id"] == "+4740000001"


def test_put_stores_a_document_whole() -> None:
    server = serve()
    assert put(server, "things/2", {"id": 2, "name": "kite"}, 200) == {"id": 2, "name": "kite"}
    assert put(server, "things/50", {"id": 50, "name": "cog"}, 201) == {"id": 50, "name": "cog"}
    assert server.call("GET", "/v1/things/50").json == {"id": 50, "name": "cog"}
    assert server.ids() == [1, 2, 50]


def test_put_credentials_take_effect_and_are_masked_in_the_answer() -> None:
    server = serve()
    assert put(server, "accounts/1", {"id": 1, "key": "other-key"}, 200) == {"id": 1, "key": "***"}
    assert server.create("bolt", key="other-key").status_code == 201
    assert server.create("nut").status_code == 401


def test_a_mask_that_was_read_is_not_stored() -> None:
    server = serve()
    document = server.get("/state/acme/accounts/1")
    assert "***" in detail(server, "PUT", "acme/accounts/1", 400, document)
    assert server.create("bolt").status_code == 201


def test_put_keeps_unique_values_unique() -> None:
    """In a world whose vendor has not been spoken to yet, too."""
    server = serve()
    assert "name 'anvil' is taken" in detail(server, "PUT", "acme/things/9", 409, {"id": 9, "name": "anvil"})
    assert server.ids() == [1, 2]
    server.control("POST", "/fixtures/empty")
    put(server, "things/1", {"id": 1, "name": "same"}, 201)
    detail(server, "PUT", "acme/things/2", 409, {"id": 2, "name": "same"})


def test_put_of_what_an_index_cannot_read_is_refused() -> None:
    server = serve()
    pairs = Collection("acme/pairs", (Index("pair", lambda document: [(document["a"], document["b"])]),))
    with server.world.entered(), server.world.store.transaction():
        server.world.store.table(pairs).put({"id": 1, "a": 1, "b": 2})
    assert "KeyError('b')" in detail(server, "PUT", "acme/pairs/1", 400, {"id": 1, "a": 1})
    assert server.get("/state/acme/pairs/1") == {"id": 1, "a": 1, "b": 2}


@pytest.mark.parametrize(
    ("path", "body", "status", "named"),
    [
        ("things/1", {"id": 2, "name": "x"}, 400, "body /id: 2 is not the '1' of the path"),
        ("things/1", {"id": 1.0}, 400, "body /id"),
        ("things/1", {"id": True}, 400, "/id"),
        ("things/1?key=string", {"id": 1}, 400, "body /id"),
        ("things/1", {"name": "x"}, 400, "/id"),
        ("things/1", [], 400, "body"),
        ("things/1", None, 400, "a body is required"),
        ("things", {"id": 1}, 400, "things is a collection"),
        ("thing/1", {"id": 1}, 404, "no collection 'thing/1'"),
    ],
)
def test_put_that_cannot_be_meant_changes_nothing(path: str, body: Any, status: int, named: str) -> None:
    server = serve()
    before = server.get("/state/acme/things")
    assert named in detail(server, "PUT", f"acme/{path}", status, body)
    assert server.get("/state/acme/things") == before


def test_put_text_of_digits() -> None:
    server = serve()
    put(server, "things/7", {"id": "7", "name": "text"}, 201)
    assert server.get("/state/acme/things/7")["id"] == "7"


def test_delete_removes_one_document() -> None:
    server = serve()
    assert server.control("DELETE", "/state/acme/things/1").status_code == 204
    assert server.ids() == [2]
    detail(server, "DELETE", "acme/things/1", 404)
    assert "is a collection" in detail(server, "DELETE", "acme/things", 400)
    assert server.create("anvil").status_code == 201


def test_state_is_that_of_the_world_addressed() -> None:
    server = serve()
    server.control("POST", "/worlds", {"name": "w"})
    server.control("DELETE", "/state/acme/things/1", world="w")
    assert server.ids() == [1, 2]
    assert server.ids(world="w") == [2]


def test_put_is_completed_and_checked_by_the_vendor() -> None:
    """And what a world keeps for every vendor, by the world."""

    def arrange(world: World, collection: str, document: Document) -> Document:
        if collection == "things" and not document.get("name"):
            raise ValueError("/name: a thing has one")
        return {"color": "grey", **document}

    vendor = acme()
    parts = replace(vendor.parts, arrange=arrange)
    server = serve(vendors={"acme": replace(vendor, load_parts=lambda: parts)})
    assert detail(server, "PUT", "acme/things/2", 400, {"id": 2}) == "body /name: a thing has one"
    assert put(server, "things/2", {"id": 2, "name": "cog"}, 200)["color"] == "grey"
    assert "/value" in detail(server, "PUT", "acme/sequences/thing", 400, {"id": "thing", "value": "9"})
    put(server, "sequences/thing", {"id": "thing", "value": 40}, 200)
    made: Any = server.create("bolt").json
    assert made["id"] == 41
