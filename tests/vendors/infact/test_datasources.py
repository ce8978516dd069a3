"""Datasources: scheme, rows read, changed, inserted, in batches; what is refused leaves no trace."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.kernel.store import Table
from tests.vendors.infact.documents import customer, table

MEMBERS = "/datasources/265/objects/members"
DATA = f"{MEMBERS}/data"
TODAY = "2022-06-17T00:00:00"
KARI = {
    "id": 12,
    "firstname": "Kari 12",
    "lastname": "Testesen",
    "dateOfBirth": None,
    "gender": "Gender",
    "phone": "+4740000001",
    "email": "kari@example.com",
    "address": "Address",
    "zip": 1358,
    "city": "Jar",
    "createdDate": TODAY,
}
NAMES = list(KARI)


@pytest.fixture
def strict(make_infact: Any) -> Any:
    """The documents' world, but that an id is inserted only once; their samples insert 12 again."""
    return make_infact(duplicate_id="conflict")


def assumed(answer: Any) -> set[str]:
    return set(answer.headers.get("X-Simulator-Assumed", "").split(", "))


# --- scheme ------------------------------------------------------------------------------


def test_objects_are_pairs_of_name_and_key(infact: Any) -> None:
    answer = infact.get("/datasources/265/objects/")
    assert answer.status_code == 200
    assert answer.json == [{"Key": "members", "Value": "3387_2"}]


def test_properties_come_in_the_order_of_the_scheme(infact: Any) -> None:
    answer = infact.get(f"{MEMBERS}/properties")
    assert [prop["Name"] for prop in answer.json] == NAMES
    assert answer.json[0] == {"Name": "id", "Caption": None, "Type": "Integer"}
    assert answer.json[5] == {"Name": "phone", "Caption": "Phone", "Type": "Mobile"}


def test_object_names_match_in_any_case(infact: Any) -> None:
    assert infact.get("/datasources/265/objects/MEMBERS/properties").status_code == 200


# --- one row -----------------------------------------------------------------------------


def test_a_row_has_every_property_in_order(infact: Any) -> None:
    answer = infact.get(f"{DATA}/12")
    assert answer.status_code == 200
    assert list(answer.json.items()) == list(KARI.items())
    assert assumed(answer) == {"infact.item-id"}


@pytest.mark.parametrize(
    "path",
    [
        "/datasources/999/objects",
        "/datasources/-1/objects",
        "/datasources/999/objects/members/properties",
        "/datasources/265/objects/visits/properties",
        "/datasources/265/objects/members/data/13",
        "/datasources/265/objects/__tags/properties",
    ],
)
def test_what_does_not_exist_is_404(infact: Any, path: str) -> None:
    answer = infact.get(path)
    assert answer.status_code == 404
    assert answer.json["title"] == "Not Found"
    assert "infact.not-found" in assumed(answer)


@pytest.mark.parametrize("number", ["x", "1.0", "99999999999", "2147483648", "1e2", "١٢", "%00", "12 13"])
def test_an_id_in_a_path_that_is_no_number_is_400(infact: Any, number: str) -> None:
    assert infact.get(f"/datasources/{number}/objects").json["errors"].keys() == {"datasourceId"}
    assert infact.get(f"{DATA}/{number}").json["errors"].keys() == {"itemId"}


def test_data_of_another_customer_is_not_found(make_infact: Any) -> None:
    own = table("members", {"id": "Integer"}, rows=[{"values": {"id": 1}}])
    infact = make_infact(
        {"customers": [customer(1, own), customer(2, {**own, "key": "key-theirs"})]},
    )
    assert infact.get("/datasources/1/objects/members/data/1").status_code == 200
    before = infact.state()["infact/rows-key-theirs"]
    theirs = "/datasources/2/objects/members/data"
    for method, path, body in [
        ("GET", "/datasources/2/objects", None),
        ("GET", "/datasources/2/objects/members/properties", None),
        ("GET", f"{theirs}/1", None),
        ("PUT", f"{theirs}/1", {}),
        ("POST", theirs, {"id": 2}),
        ("POST", f"{theirs}/batch", [{"id": 2}]),
        ("POST", f"{theirs}/import/json", {"Items": [{"id": 2}], "MergeKey": "id"}),
    ]:
        assert infact.call(method, path, body).status_code == 404, path
    assert infact.state()["infact/rows-key-theirs"] == before


# --- update ------------------------------------------------------------------------------


def test_update_changes_what_is_given_and_null_clears(infact: Any) -> None:
    answer = infact.put(f"{DATA}/12", {"city": "Oslo", "zip": "0151", "address": None})
    assert answer.status_code == 200
    assert answer.json == {**KARI, "city": "Oslo", "zip": 151, "address": None}
    assert infact.get(f"{DATA}/12").json == answer.json
    assert {"infact.update-is-partial", "infact.value-types", "infact.write-response"} <= assumed(answer)


def test_update_may_replace_the_row(make_infact: Any) -> None:
    answer = make_infact(update_is_partial=False).put(f"{DATA}/12", {"city": "Oslo"})
    assert answer.json == {**dict.fromkeys(NAMES), "id": 12, "city": "Oslo"}


@pytest.mark.parametrize("same", [12, 12.0, "12", None])
def test_update_takes_its_own_id(infact: Any, same: Any) -> None:
    answer = infact.put(f"{DATA}/12", {"id": same, "city": "Oslo"})
    assert answer.json == {**KARI, "city": "Oslo"}


@pytest.mark.parametrize("other", [13, "13", "x", [12], True])
def test_update_refuses_another_id(infact: Any, other: Any) -> None:
    answer = infact.put(f"{DATA}/12", {"id": other, "city": "Oslo"})
    assert answer.json["errors"].keys() == {"id"}
    assert infact.get(f"{DATA}/12").json == KARI


def test_update_keeps_the_tags(infact: Any) -> None:
    before = infact.world.store.tables()["infact/rows-3387_2"][12]["tags"]
    infact.put(f"{DATA}/12", {"city": "Oslo"})
    assert infact.world.store.tables()["infact/rows-3387_2"][12]["tags"] == before == ["tag5"]


def test_update_of_no_row_is_404(infact: Any) -> None:
    assert infact.put(f"{DATA}/13", {"city": "Oslo"}).status_code == 404


# --- insert ------------------------------------------------------------------------------


def test_insert_stores_what_fits_and_null_for_the_rest(infact: Any) -> None:
    sent = {"id": 20, "dateOfBirth": "Birthday", "phone": "x", "email": "y", "zip": "z", "firstname": ["a"]}
    answer = infact.post(DATA, sent)
    assert answer.status_code == 200
    assert answer.json == {**dict.fromkeys(NAMES), "id": 20, "createdDate": TODAY}
    assert infact.get(f"{DATA}/20").json == answer.json
    assert {"infact.lenient-values", "infact.created-date"} <= assumed(answer)


def test_a_short_phone_gets_the_customers_country(infact: Any) -> None:
    answer = infact.post(DATA, {"phone": "400 00 020"})
    assert answer.json["phone"] == "+4740000020"
    assert "infact.phone-form" in assumed(answer)


def test_names_outside_the_scheme_are_ignored_and_match_exactly(infact: Any) -> None:
    answer = infact.post(DATA, {"id": 20, "City": "Oslo", "shoesize": 44, "": 1, "__tags": ["x"]})
    assert answer.json == {**dict.fromkeys(NAMES), "id": 20, "createdDate": TODAY}
    assert "infact.unknown-properties" in assumed(answer)


def test_created_date_is_the_day_in_oslo(make_infact: Any) -> None:
    infact = make_infact(clock="2022-06-17T22:30:00Z")
    assert infact.post(DATA, {}).json["createdDate"] == "2022-06-18T00:00:00"
    assert infact.post(DATA, {"createdDate": "2001-02-03"}).json["createdDate"] == "2001-02-03T00:00:00"
    assert infact.post(DATA, {"createdDate": None}).json["createdDate"] is None
    utc = make_infact(clock="2022-06-17T22:30:00Z", time_zone="UTC")
    assert utc.post(DATA, {}).json["createdDate"] == TODAY


def test_a_taken_id_is_a_conflict(strict: Any) -> None:
    answer = strict.post(DATA, {"id": 12, "city": "Oslo"})
    assert answer.status_code == 409
    assert answer.json["title"] == "Conflict"
    assert strict.get(f"{DATA}/12").json == KARI


def test_a_taken_id_may_update(make_infact: Any) -> None:
    infact = make_infact(duplicate_id="upsert")
    assert infact.post(DATA, {"id": 12, "city": "Oslo"}).json == {**KARI, "city": "Oslo"}
    batch = infact.post(f"{DATA}/batch", [{"id": 12, "city": "Bergen"}, {"id": 50}, {"id": 50, "zip": 1}])
    assert [(row["id"], row["city"], row["zip"]) for row in batch.json] == [
        (12, "Bergen", 1358),
        (50, None, None),
        (50, None, 1),
    ]


# --- ids ---------------------------------------------------------------------------------


def test_ids_are_assigned_after_the_highest(infact: Any) -> None:
    assert infact.post(DATA, {}).json["id"] == 17
    assert infact.post(DATA, {"id": None}).json["id"] == 18
    infact.post(DATA, {"id": 100})
    infact.post(DATA, {"id": 60})
    assert infact.post(DATA, {"id": ""}).json["id"] == 101
    infact.post(f"{DATA}/batch", [{"id": 300}, {"id": 200}])
    assert [row["id"] for row in infact.post(f"{DATA}/batch", [{}, {"id": 400}, {}]).json] == [301, 400, 401]


def test_assigning_an_id_reads_the_table_once_and_not_again(infact: Any, monkeypatch: Any) -> None:
    assert infact.post(DATA, {}).json["id"] == 17
    monkeypatch.setattr(Table, "raw", lambda _: pytest.fail("the table was read"))
    assert infact.post(DATA, {"id": 30}).status_code == 200
    assert infact.post(DATA, {}).json["id"] == 31


def test_an_undone_batch_uses_no_ids(strict: Any) -> None:
    assert strict.post(f"{DATA}/batch", [{}, {"id": 500}, {"id": 12}]).status_code == 409
    assert strict.post(DATA, {}).json["id"] == 17


def test_a_row_put_there_by_hand_is_stepped_over(infact: Any) -> None:
    assert infact.post(DATA, {}).json["id"] == 17
    with infact.world.entered(), infact.world.store.transaction():
        rows = infact.world.store.tables()["infact/rows-3387_2"]
        rows.put({**rows[17], "id": 18})
    assert infact.post(DATA, {}).json["id"] == 19


def test_the_first_id_is_one_even_below_zero(make_infact: Any) -> None:
    members = table("members", {"id": "Integer"}, rows=[{"values": {"id": -5}}])
    infact = make_infact({"customers": [customer(1, members)]})
    assert infact.post("/datasources/1/objects/members/data", {}).json == {"id": 1}


def test_no_id_is_left_after_the_last(infact: Any) -> None:
    assert infact.post(DATA, {"id": 2**31 - 1}).status_code == 200
    assert infact.post(DATA, {}).status_code == 409
    assert infact.post(DATA, {"id": 30}).status_code == 200


def test_text_is_no_id_to_be_assigned(make_infact: Any) -> None:
    cars = table("cars", {"id": "ShortString", "seats": "Integer"})
    infact = make_infact({"customers": [customer(1, cars)]})
    data = "/datasources/1/objects/cars/data"
    assert infact.post(data, {"id": "EL 00001"}).json == {"id": "EL 00001", "seats": None}
    assert infact.post(data, {"id": 7}).json == {"id": "7", "seats": None}
    assert infact.post(data, {"seats": 5}).status_code == 409


def test_a_fraction_is_no_id(make_infact: Any) -> None:
    odd = table("odd", {"id": "Decimal"})
    infact = make_infact({"customers": [customer(1, odd)]})
    assert infact.post("/datasources/1/objects/odd/data", {"id": 1.5}).status_code == 409


# --- batch -------------------------------------------------------------------------------


def test_the_documents_batch(infact: Any) -> None:
    """Test vector 3: a birthday that is no date is null, createdDate is today."""
    row = {**KARI, "dateOfBirth": "Birthday"}
    del row["createdDate"]
    answer = infact.post(DATA, [{**row, "id": 112}, {**row, "id": 113, "firstname": "Kari 113"}])
    assert answer.status_code == 200
    assert answer.json == [{**KARI, "id": 112}, {**KARI, "id": 113, "firstname": "Kari 113"}]
    assert infact.get(f"{DATA}/112").json == {**KARI, "id": 112}
    assert "infact.array-on-data" in assumed(answer)


def test_an_empty_batch_is_an_empty_answer(infact: Any) -> None:
    for path in (DATA, f"{DATA}/batch"):
        answer = infact.post(path, [])
        assert (answer.status_code, answer.json) == (200, [])


def test_a_batch_without_array_is_400(infact: Any) -> None:
    assert infact.post(f"{DATA}/batch", {"id": 20}).json["errors"].keys() == {"$"}


@pytest.mark.parametrize(
    ("wrong", "status", "place"),
    [
        ({"id": 12}, 409, None),
        ({"id": 20}, 409, None),
        ({"id": "x"}, 400, "[2].id"),
        ({"id": {}}, 400, "[2].id"),
        (7, 400, "[2]"),
        (None, 400, "[2]"),
        ([], 400, "[2]"),
    ],
)
def test_a_batch_is_stored_whole_or_not_at_all(
    strict: Any, wrong: Any, status: int, place: str | None
) -> None:
    auth = strict.bearer
    before = strict.state()
    answer = strict.post(f"{DATA}/batch", [{"id": 20}, {}, wrong, {"id": 30}], auth=auth)
    assert answer.status_code == status
    assert set(answer.json.get("errors", {})) == ({place} if place else set())
    assert strict.state() == before


# --- bad input ---------------------------------------------------------------------------

WRITES = [("PUT", f"{DATA}/12"), ("POST", DATA), ("POST", f"{DATA}/batch"), ("POST", f"{DATA}/import/json")]
HOSTILE = {
    "nothing": b"",
    "malformed": b'{"id": 20',
    "two values": b"{} {}",
    "invalid UTF-8": b'{"id": 20, "city": "\xff\xfe"}',
    "lone surrogate": b'{"city": "\\ud800"}',
    "NaN": b'{"zip": NaN}',
    "infinite": b'{"zip": 1e400}',
    "text": b'"x"',
    "number": b"1e30",
    "null": b"null",
    "true": b"true",
    "array of null": b"[null]",
    "array of text": b'["x"]',
    "huge id": b'[{"id": 1000000000000000000000000000000}]',
    "id of objects": b'{"id": {"id": {"id": 1}}}',
    "bottomless": b"[" * 100_000,
    "very deep": b"[" * 1000 + b"]" * 1000,
    "byte order mark": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(("method", "path"), WRITES)
def test_bad_bodies_are_refused_and_leave_no_trace(infact: Any, method: str, path: str, body: bytes) -> None:
    auth = infact.bearer
    before = infact.state()
    answer = infact.call(method, path, data=body, content_type="application/json", auth=auth)
    assert answer.status_code == 400, answer.text
    assert answer.content_type.startswith("application/problem+json")
    assert answer.json["errors"]
    assert infact.state() == before


@pytest.mark.parametrize(
    "value",
    ["", " ", "\0", "x" * 100_000, -0.0, 1e308, 10**18, 2**64 - 1, True, [], {}, [[[]]], "ÆØÅ 🙂", "'; --"],
    ids=repr,
)
def test_odd_values_are_stored_as_something_or_null(infact: Any, value: Any) -> None:
    answer = infact.post(DATA, {name: value for name in NAMES if name != "id"})
    assert answer.status_code == 200
    assert infact.get(f"{DATA}/{answer.json['id']}").json == answer.json


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_other_media_and_sizes_are_refused(make_infact: Any, method: str, path: str) -> None:
    infact = make_infact(body_limit=40)
    assert infact.call(method, path, data=b"{}", content_type="text/plain").status_code == 415
    assert (
        infact.call(method, path, data=b"{}" + b" " * 39, content_type="application/json").status_code == 413
    )


def test_methods_that_do_not_exist_are_405(infact: Any) -> None:
    answer = infact.call("DELETE", f"{DATA}/12")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, PUT")
    assert infact.call("GET", DATA).headers["Allow"] == "POST"


def test_every_operation_needs_a_token(infact: Any) -> None:
    for method, path in [("GET", MEMBERS.removesuffix("/members")), ("GET", f"{DATA}/12"), *WRITES]:
        assert infact.call(method, path, {} if method != "GET" else None, auth="").status_code == 401
