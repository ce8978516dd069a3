"""`--state FILE`: what is in the file, that it comes back, and that TinyDB and its users can use it."""

from __future__ import annotations

import stat
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from tinydb import TinyDB, where

from simulator.kernel.saved import BadStateFile
from tests.kept import TABLE, Kept


@pytest.fixture
def kept(tmp_path: Path) -> Any:
    made = Kept(tmp_path / "state.json")
    yield made
    made.state.close()


@pytest.fixture(params=["reopen", "crash"])
def again(request: pytest.FixtureRequest, kept: Kept) -> Any:
    return getattr(kept, request.param)


def test_what_was_acknowledged_comes_back(kept: Kept, again: Any) -> None:
    kept.server.create("bolt", color="grey")
    kept.server.call("DELETE", "/v1/things/1")
    again()
    assert kept.names() == ["rocket", "bolt"]
    assert kept.server.create("nut").get_json()["id"] == 4


def test_an_untouched_vendor_is_its_fixture(kept: Kept, again: Any) -> None:
    again()
    assert kept.names() == ["anvil", "rocket"]


def test_what_was_refused_does_not_come_back(kept: Kept, again: Any) -> None:
    assert kept.server.create("forbidden").status_code == 422
    again()
    assert kept.names() == ["anvil", "rocket"]
    assert kept.server.create("bolt").get_json()["id"] == 3


def test_time_agenda_outbox_and_sequences_come_back(kept: Kept, again: Any) -> None:
    kept.server.call("POST", "/v1/things/1/reminders", {"minutes": 5, "to": "+4740001234", "again": 1})
    kept.server.control("PATCH", "/clock", {"advance": "PT6M"})
    now = kept.server.get("/clock")
    again()
    assert kept.server.get("/clock") == now
    assert len(kept.server.get("/outbox")["messages"]) == 1
    kept.server.control("PATCH", "/clock", {"advance": "PT5M"})
    assert len(kept.server.get("/outbox")["messages"]) == 2


def test_worlds_come_back_with_their_births_and_credentials(kept: Kept, again: Any) -> None:
    birth = {"fixture": "empty", "seed": 7, "unique_credentials": True, "clock": "2024-02-01T00:00:00Z"}
    made = {"name": "other", **birth}
    assert kept.server.control("POST", "/worlds", made).status_code == 201
    before = kept.server.get("/worlds/other")
    kept.server.create("bolt", key="acme-key-other")
    again()
    assert kept.server.get("/worlds/other") == before
    assert kept.names("other") == ["bolt"]
    assert kept.server.create("nut", key="acme-key-other").status_code == 201
    assert kept.names("other") == ["bolt", "nut"]
    assert kept.names() == ["anvil", "rocket"]


def test_a_deleted_world_stays_away(kept: Kept, again: Any) -> None:
    kept.server.control("POST", "/worlds", {"name": "other"})
    kept.server.create("bolt", at="/_worlds/other/acme")
    kept.server.control("DELETE", "/worlds/other")
    again()
    assert kept.server.control("GET", "/worlds/other").status_code == 404
    kept.server.control("POST", "/worlds", {"name": "other"})
    assert kept.names("other") == ["anvil", "rocket"]


def test_a_reset_is_remembered(kept: Kept, again: Any) -> None:
    kept.server.create("bolt")
    kept.server.control("POST", "/reset")
    kept.server.create("nut")
    again()
    assert kept.names() == ["anvil", "rocket", "nut"]


def test_order_is_kept(kept: Kept, again: Any) -> None:
    for name in ("a", "b", "c"):
        kept.server.create(name)
    kept.server.call("DELETE", "/v1/things/2")
    kept.server.create("rocket")
    before = kept.names()
    again()
    assert kept.names() == before == ["anvil", "a", "b", "c", "rocket"]


def test_the_journal_is_folded_when_it_has_grown(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "state.json", fold_at=500)
    for number in range(40):
        kept.server.create(f"thing {number}")
    assert len(kept.tables()[TABLE]) > 20
    assert len(list(tmp_path.glob("*.journal.*"))) == 1
    kept.crash()
    assert len(kept.names()) == 42
    kept.state.close()


def test_folding_while_requests_run_loses_nothing(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "state.json", fold_at=300)

    def work(worker: int) -> None:
        for number in range(40):
            assert kept.server.create(f"{worker}/{number}").status_code == 201

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept.crash()
    wanted = {f"{worker}/{number}" for worker in range(4) for number in range(40)}
    assert set(kept.names()) == wanted | {"anvil", "rocket"}
    assert len({document["id"] for document in kept.tables()[TABLE].values()}) == 162
    kept.state.close()


def test_nothing_is_left_but_the_file_and_its_lock(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "state.json")
    kept.server.create("bolt")
    kept.state.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["state.json", "state.json.lock"]


def test_a_start_without_news_leaves_the_file_as_it_is(kept: Kept) -> None:
    kept.server.create("bolt")
    kept.state.close()
    before = kept.path.read_bytes()
    kept.open()
    kept.reopen()
    assert kept.path.read_bytes() == before


def test_only_its_owner_can_read_it(kept: Kept) -> None:
    kept.server.create("bolt")
    (journal,) = kept.path.parent.glob("*.journal.*")
    for path in (kept.path, journal):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_stays_one(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "real.json")
    kept = Kept(link)
    kept.server.create("bolt")
    kept.state.close()
    assert link.is_symlink()
    assert len(orjson.loads((tmp_path / "real.json").read_bytes())[TABLE]) == 3


def test_each_document_has_a_line_of_its_own(kept: Kept) -> None:
    kept.server.create("bolt")
    kept.reopen()
    (line,) = [line for line in kept.path.read_text().splitlines() if '"bolt"' in line]
    assert orjson.loads(line.rstrip(",").partition(":")[2])["id"] == 3


# --- with TinyDB -----------------------------------------------------------------------


def test_tinydb_reads_it(kept: Kept) -> None:
    kept.server.create("bolt", color="grey")
    kept.state.close()
    with TinyDB(kept.path) as db:
        assert db.table(TABLE).get(where("name") == "bolt")["color"] == "grey"
        assert db.table(TABLE).get(doc_id=1)["name"] == "anvil"
        about = db.table("_simulator").get(where("id") == "file")
        assert about["format"] == 1
    kept.open()


def test_what_is_changed_with_tinydb_counts(kept: Kept) -> None:
    kept.server.create("bolt")
    kept.state.close()
    with TinyDB(kept.path) as db:
        db.table(TABLE).insert({"id": 77, "name": "washer", "color": None})
        db.table(TABLE).update({"color": "pink"}, where("name") == "bolt")
        db.table(TABLE).remove(where("name") == "anvil")
    kept.open()
    assert kept.names() == ["rocket", "bolt", "washer"]
    assert kept.server.call("GET", "/v1/things/3").get_json()["color"] == "pink"
    assert kept.server.call("GET", "/v1/things/77").get_json()["name"] == "washer"
    # indexes know them, too
    assert kept.server.create("washer").status_code == 409
    assert kept.server.create("anvil").status_code == 201


def test_a_table_may_be_added_to_a_vendor_nobody_touched(kept: Kept) -> None:
    kept.reopen()
    kept.state.close()
    with TinyDB(kept.path) as db:
        db.table(TABLE).insert({"id": 77, "name": "washer"})
    kept.open()
    assert kept.names() == ["anvil", "rocket", "washer"]


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda db: db.table(TABLE).insert({"name": "washer"}), "has no id"),
        (lambda db: db.table(TABLE).insert({"id": True}), "has no id"),
        (lambda db: db.table(TABLE).insert({"id": 3.5}), "has no id"),
        (lambda db: db.table(TABLE).insert({"id": 1, "name": "twice"}), "two documents with the id 1"),
        (lambda db: db.table("nobody/acme/things").insert({"id": 1}), "belongs to no world"),
        (lambda db: db.insert({"id": 1}), "belongs to no world"),
        (lambda db: db.table("_simulator").truncate(), "lacks the document about the file"),
        (lambda db: db.drop_table("_simulator"), "no state file of the simulator"),
        (lambda db: db.table("_simulator").update({"format": 9}, where("id") == "file"), "later version"),
        (lambda db: db.table("_simulator").update({"birth": {}}, where("birth").exists()), "wrongly"),
    ],
)
def test_what_cannot_be_honoured_is_refused(kept: Kept, edit: Any, says: str) -> None:
    kept.server.create("bolt")
    kept.state.close()
    good = kept.path.read_bytes()
    with TinyDB(kept.path) as db:
        edit(db)
    bad = kept.path.read_bytes()
    with pytest.raises(BadStateFile, match=says):
        kept.open()
    assert kept.path.read_bytes() == bad
    kept.path.write_bytes(good)
    kept.open()


def test_a_frozen_clock_of_the_file_is_what_counts(kept: Kept) -> None:
    kept.server.control("PATCH", "/clock", {"now": "2031-01-01T00:00:00Z"})
    kept.reopen()
    assert kept.server.world.clock.now() == datetime(2031, 1, 1, tzinfo=UTC)
