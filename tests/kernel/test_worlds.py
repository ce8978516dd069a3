"""Worlds through HTTP: how a request finds its own, and that they share nothing."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from simulator.kernel.store import Change
from simulator.kernel.world import Birth, World
from simulator.kernel.worlds import BadBirth, NameTaken
from tests.acme import BIRTH, KEY, Server, Ticking, serve


def names(server: Server, world: str = "default") -> list[str]:
    prefix = {} if world == "default" else {"world": world}
    return [thing["name"] for thing in server.get("/state/acme/things", **prefix)["documents"]]


def worldly(**options: Any) -> Server:
    """A server with the further worlds a and b, b with credentials of its own."""
    server = serve(**options)
    server.worlds.create(Birth(name="a"))
    server.worlds.create(Birth(name="b", unique_credentials=True))
    return server


# --- finding -------------------------------------------------------------------------


def test_without_a_name_it_is_the_default() -> None:
    server = worldly()
    server.create("bolt")
    assert names(server)[2:] == ["bolt"]
    assert names(server, "a") == names(server, "b") == ["anvil", "rocket"]


def test_path_names_the_world() -> None:
    server = worldly()
    server.create("bolt", at="/_worlds/a/acme")
    assert names(server, "a")[2:] == ["bolt"]
    assert names(server) == ["anvil", "rocket"]


def test_header_names_the_world() -> None:
    server = worldly()
    server.call("POST", "/v1/things", {"name": "bolt"}, headers={"X-Simulator-World": "a"})
    assert names(server, "a")[2:] == ["bolt"]


def test_credential_finds_the_world_that_owns_it() -> None:
    server = worldly()
    assert server.create("bolt", key=f"{KEY}-b").status_code == 201
    assert names(server, "b")[2:] == ["bolt"]
    assert names(server) == names(server, "a") == ["anvil", "rocket"]


def test_path_goes_before_header_and_header_before_credential() -> None:
    server = worldly()
    headers = {"X-Simulator-World": "b"}
    assert server.call("GET", "/_worlds/a/acme/v1/things/1", headers=headers).status_code == 200
    assert (
        server.call("GET", "/v1/things/1", key=f"{KEY}-b", headers={"X-Simulator-World": "a"}).status_code
        == 401
    )
    assert [world.journal.last_index for world in server.worlds.all()] == [0, 2, 0]


def test_real_host_is_served_at_the_root() -> None:
    server = worldly()
    auth = {"Authorization": f"Bearer {KEY}"}
    for host in ("api.acme.example", "api.acme.example:443", "eu.things.example", "API.acme.example"):
        assert server.client.get("/v1/things/1", headers={"Host": host, **auth}).status_code == 200, host
    assert server.client.get("/v1/things/1", headers={"Host": "things.example", **auth}).status_code == 404
    url = "/_worlds/a/v1/things/1"
    assert server.client.get(url, headers={"Host": "api.acme.example", **auth}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/_worlds/none/acme/v1/things/1", "/_worlds/none/_simulator/clock", "/_worlds//acme"]
)
def test_unknown_world_is_not_found(path: str) -> None:
    response = worldly().client.get(path)
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert response.json["title"] == "No such world"  # type: ignore[index]


def test_path_below_no_vendor_is_told_where_they_are() -> None:
    response = worldly().client.get("/v1/things")
    assert response.status_code == 404
    assert "/acme/v1" in response.json["detail"]  # type: ignore[index]


# --- making --------------------------------------------------------------------------


def test_same_seed_same_calls_same_bytes() -> None:
    answers = []
    for _ in range(2):
        server = serve()
        answers.append([server.create(name).data for name in ("bolt", "nut", "bolt")])
    assert answers[0] == answers[1]


def test_another_seed_draws_otherwise_and_tokens_differ_between_worlds() -> None:
    server = serve()
    for name, seed in (("same", 0), ("other", 1)):
        server.worlds.create(Birth(name=name, seed=seed))
    drawn = {
        at: server.create("bolt", at=at).json for at in ("/acme", "/_worlds/same/acme", "/_worlds/other/acme")
    }
    first, same, other = drawn.values()
    assert first["serial"] == same["serial"] != other["serial"]  # type: ignore[index]
    assert len({thing["secret"] for thing in drawn.values()}) == 3  # type: ignore[index]


def test_a_draw_does_not_shift_the_draws_of_another_kind() -> None:
    one, two = (World(Birth()) for _ in range(2))
    with one.store.transaction(), two.store.transaction():
        one.random("acme/other").random()
        assert one.random("acme/serial").random() == two.random("acme/serial").random()
        assert one.random("acme/serial").random() != one.random("acme/serial").random()
        assert one.token("acme/x") != one.token("acme/x")


@pytest.mark.parametrize("name", ["", "-a", "a/b", "a b", "ä", "x" * 65, "..", "a\n"])
def test_names_that_would_not_go_into_a_path(name: str) -> None:
    with pytest.raises(BadBirth, match="is no world name"):
        serve().worlds.create(Birth(name=name))


def test_taken_name() -> None:
    server = worldly()
    with pytest.raises(NameTaken, match="there is a world 'a'"):
        server.worlds.create(Birth(name="a"))


def test_unnamed_worlds_get_free_names() -> None:
    server = serve()
    server.worlds.create(Birth(name="world-2"))
    assert [server.worlds.free_name() for _ in range(2)] == ["world-1", "world-3"]


def test_all_vendors_credentials_are_the_worlds_own() -> None:
    server = serve()
    for name in ("a", "b"):
        server.control("POST", "/worlds", {"name": name, "unique_credentials": True})
    keys = [
        server.get("/vendors", **options)["vendors"]["acme"]["credentials"]["key"]
        for options in ({}, {"world": "a"}, {"world": "b"})
    ]
    assert len(set(keys)) == 3


def test_a_forgotten_worlds_credentials_lead_nowhere() -> None:
    server = worldly()
    assert server.worlds.delete("b") is True
    assert server.worlds.delete("b") is False
    assert server.create("bolt", key=f"{KEY}-b").status_code == 401
    server.worlds.create(Birth(name="b"))
    assert server.create("bolt", key=f"{KEY}-b").status_code == 401


# --- time to live --------------------------------------------------------------------


def test_world_is_forgotten_when_nobody_speaks_to_it() -> None:
    """Seen to fail with get() not noting who was spoken to."""
    system = Ticking()
    server = serve(system=system)
    server.worlds.create(Birth(name="brief", ttl_seconds=60, unique_credentials=True, start=BIRTH.start))
    for _ in range(3):
        system.pass_(seconds=59)
        assert server.call("GET", "/_worlds/brief/acme/v1/things/1", key=f"{KEY}-brief").status_code == 200
    system.pass_(seconds=59)
    assert server.create("bolt", key=f"{KEY}-brief").status_code == 201
    system.pass_(seconds=61)
    assert server.create("nut", key=f"{KEY}-brief").status_code == 401
    assert server.call("GET", "/_worlds/brief/acme/v1/things/1").status_code == 404
    assert [world.name for world in server.worlds.all()] == ["default"]


def test_worlds_without_a_time_to_live_stay() -> None:
    system = Ticking()
    server = worldly(system=system)
    server.worlds.create(Birth(name="brief", ttl_seconds=1))
    system.pass_(days=10_000)
    server.get("/health")
    assert [world.name for world in server.worlds.all()] == ["default", "a", "b"]


# --- reset ---------------------------------------------------------------------------


class Notes:
    """A log that keeps what it is told."""

    def __init__(self) -> None:
        self.lines: list[Any] = []

    def born(self, birth: Birth) -> None:
        self.lines.append(("born", birth.name))

    def changed(self, world: str, changes: list[Change]) -> None:
        self.lines.append(("changed", world, sorted({name for name, _, _ in changes})))

    def gone(self, world: str) -> None:
        self.lines.append(("gone", world))


def test_log_hears_of_everything_before_it_is_acknowledged() -> None:
    notes = Notes()
    server = serve(log=notes)
    server.worlds.create(Birth(name="a"))
    server.create("bolt", at="/_worlds/a/acme")
    server.control("POST", "/reset", {"parts": ["journal"]}, world="a")
    server.control("POST", "/reset", {"parts": ["state"]}, world="a")
    server.control("POST", "/reset", world="a")
    server.worlds.delete("a")
    acme = ["acme/draws-secret", "acme/draws-serial"]
    sequences = [line for line in notes.lines if line[0] == "changed"]
    assert [line[:2] for line in notes.lines] == [
        ("born", "default"),
        ("born", "a"),
        ("changed", "a"),
        ("born", "a"),
        ("changed", "a"),
        ("born", "a"),
        ("gone", "a"),
    ]
    assert sequences[0][2] == ["acme/sequences", "acme/things"], acme
    assert sequences[1][2] == ["acme/sequences"]


def test_reset_costs_nothing_per_document() -> None:
    """The old rows are dropped, not visited: none is read after the reset began."""
    server = serve()
    with server.world.entered():
        with server.world.store.transaction():
            for number in range(100):
                server.world.store.table(_things()).put({"id": 1000 + number, "name": f"n{number}"})
        rows = server.world.store.table(_things())
        rows._rows = Untouchable(rows._rows)
        server.worlds.reset(server.world)
    assert names(server) == ["anvil", "rocket"]


class Untouchable(dict[Any, Any]):
    """Rows that may be dropped and not looked at."""

    def __iter__(self) -> Any:
        raise AssertionError("an old row was visited")

    items = values = keys = __iter__
    __getitem__ = get = __iter__  # type: ignore[assignment]


def _things() -> Any:
    from tests.acme import THINGS  # noqa: PLC0415

    return THINGS


# --- side by side --------------------------------------------------------------------


def live(server: Server, at: str, key: str) -> list[bytes]:
    """One client's life in one world; its answers."""
    answers = []
    for number in range(6):
        answers.append(server.create(f"n{number % 5}", at=at, key=key))
        body = {"minutes": number, "to": "+4740000001", "again": 1}
        answers.append(server.call("POST", f"{at}/v1/things/{number}/reminders", body, key=key))
        answers.append(server.call("DELETE", f"{at}/v1/things/{number // 2}", key=key))
        answers.append(server.call("GET", f"{at}/v1/things/{number}", key=key))
    return [answer.data.replace(at.encode(), b"") for answer in answers]


def whole(world: World) -> dict[str, Any]:
    with world.entered():
        world.agenda.run_due(world.clock.now() + timedelta(days=1))
        return {
            name: rows.raw()
            for name, rows in world.store.tables().items()
            if not name.startswith("simulator/cred")
        }


def test_64_worlds_at_once_end_as_each_would_alone() -> None:
    """The same ids and keys in each. Seen to fail with one Store shared by all worlds."""
    server, alone = serve(), serve()
    for each in (server, alone):
        for number in range(64):
            each.worlds.create(Birth(name=f"w{number}", seed=number, start=BIRTH.start))
    got: dict[int, list[bytes]] = {}

    def run(number: int) -> None:
        got[number] = live(server, f"/_worlds/w{number}/acme", KEY)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(64):
        assert got[number] == live(alone, f"/_worlds/w{number}/acme", KEY)
        one, other = (whole(each.worlds.get(f"w{number}")) for each in (server, alone))  # type: ignore[arg-type]
        assert one == other
        assert len(one["acme/things"]) == 5
        assert one["simulator/outbox"]
    assert whole(server.world) == whole(alone.world)


def test_worlds_come_and_go_while_others_work() -> None:
    """Nothing deadlocks and nothing is lost: creating, deleting, listing and working at once."""
    server = serve()
    failures: list[Any] = []

    def work(name: str) -> None:
        for _ in range(10):
            made = server.control("POST", "/worlds", {"name": name, "unique_credentials": True})
            again = server.create("bolt", key=f"{KEY}-{name}")
            listed = server.control("GET", "/worlds")
            gone = server.control("DELETE", f"/worlds/{name}")
            statuses = [answer.status_code for answer in (made, again, listed, gone)]
            if statuses != [201, 201, 200, 204]:
                failures.append(statuses)

    threads = [threading.Thread(target=work, args=(f"t{number}",), daemon=True) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    assert not failures
    assert names(server) == ["anvil", "rocket"]
