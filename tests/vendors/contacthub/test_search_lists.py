"""Search of customers: what is shown, in what order, on which page, and to whom."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.vendors.contacthub.searching import AGGREGATE, ENTRY, GIULIA, asked, atom, names, search


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("base.firstName", "Anna Carla Giulia bruno"),
        ("base.firstName,desc", "bruno Giulia Carla Anna"),
        ("base.dob,asc", "bruno Giulia Anna Carla"),
        ("base.dob,DESC", "Anna Giulia bruno Carla"),
        ("extended.points,asc", "Carla bruno Anna Giulia"),
        ("registeredAt,asc", "Giulia Anna bruno Carla"),
    ],
)
def test_sort(people: Any, sort: str, expected: str) -> None:
    assert names(search(people, sort=sort)) == expected.split()


def test_sort_by_several_members(hub: Any) -> None:
    """Seen to fail with only the last of several `sort` read, and with the first one sorted by last."""
    for number, (last, first) in enumerate((("Bianchi", "Ugo"), ("Verdi", "Ada"), ("Bianchi", "Ada"))):
        base = {"lastName": last, "firstName": first, "contacts": {"email": f"p{number}@example.com"}}
        assert hub.post("/customers", {"nodeId": ENTRY, "base": base}).status_code == 201

    def whole_names(*sort: str) -> list[str]:
        bases = [element["base"] for element in search(hub, sort=list(sort)).json["elements"]]
        return [f"{base['firstName']} {base['lastName']}" for base in bases]

    assert whole_names("base.lastName", "base.firstName") == [
        "Ada Bianchi",
        "Ugo Bianchi",
        "Giulia Esempio",
        "Ada Verdi",
    ]
    assert whole_names("base.firstName,desc", "base.lastName,desc") == [
        "Ugo Bianchi",
        "Giulia Esempio",
        "Ada Verdi",
        "Ada Bianchi",
    ]
    assert whole_names("base.dob", "base.lastName,desc")[:2] == ["Giulia Esempio", "Ada Verdi"]
    assert search(hub, sort=["base.lastName", "nonsense"]).status_code == 400


def test_pages(people: Any) -> None:
    answer = search(people, size=3, page=1)
    assert names(answer) == ["Giulia"]
    assert answer.json["page"] == {
        "size": 3,
        "number": 1,
        "totalElements": 4,
        "totalPages": 2,
        "totalUnfilteredElements": 4,
        "maxElements": 10000,
        "maxPages": 3334,
    }
    beyond = search(people, size=3, page=2_147_483_647)
    assert beyond.json["elements"] == []
    filtered = search(people, query=asked(atom("base.dob", "IS_NULL")))
    assert filtered.json["page"]["totalElements"] == 1
    assert filtered.json["page"]["totalUnfilteredElements"] == 4
    assert search(people).json["page"]["size"] == 10


def test_fields(people: Any) -> None:
    fields = (
        "base.firstName, base.contacts.email,tags.manual,base.jobs.companyName,nonsense.x,base.firstName.x"
    )
    answer = search(people, externalId="E-1", fields=fields)
    (anna,) = answer.json["elements"]
    assert anna.keys() == {"id", "base", "tags"}
    assert anna["base"].keys() == {"firstName", "contacts", "jobs"}
    assert anna["base"]["firstName"] == "Anna"
    assert anna["base"]["contacts"] == {"email": "anna@example.com"}
    assert anna["tags"] == {"auto": [], "manual": ["x", "vip"]}
    assert [job["companyName"] for job in anna["base"]["jobs"]] == ["Acme", "Prova"]
    assert search(people, fields="sourceInfo.updatedBy").status_code == 200
    whole = search(people, fields="base,base.firstName", externalId="E-1").json["elements"][0]["base"]
    assert whole["dob"] == "1990-07-01"
    twice = search(people, fields="base.firstName,base", externalId="E-1").json["elements"][0]["base"]
    assert twice == whole
    assert search(people, fields="", externalId="E-1").json["elements"][0]["registeredAt"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"size": 51},
        {"size": "x"},
        {"page": -1},
        {"sort": "nonsense"},
        {"sort": "base.firstName,up"},
        {"sort": ""},
    ],
)
def test_parameters_that_are_wrong(hub: Any, parameters: dict[str, Any]) -> None:
    answer = search(hub, **parameters)
    assert answer.status_code == 400
    assert answer.json["errors"][0]["path"].startswith(f"/{next(iter(parameters))}")


def test_node(hub: Any) -> None:
    assert hub.get("/customers").status_code == 400
    unknown = search(hub, nodeId="99999999-9999-4999-8999-999999999999")
    assert unknown.status_code == 404
    assert unknown.json["message"] == "node not found 99999999-9999-4999-8999-999999999999"


def test_rights(hub: Any) -> None:
    def status(token: str, node: str = ENTRY) -> int:
        answer = hub.get("/customers", token=token, query_string={"nodeId": node})
        return int(answer.status_code)

    assert status(hub.untrusted_token) == 200
    assert status("example-token-of-olga") == 200
    assert status("example-token-of-olga", AGGREGATE) == 403
    assert status(hub.dpo_token) == 403
    assert status("") == 401


def test_raw_brackets_in_the_query_string(hub: Any) -> None:
    text = quote(json.dumps(asked(atom("id", "IN", [GIULIA]))), safe="[]:,$")
    assert names(hub.get(f"/customers?nodeId={ENTRY}&query={text}")) == ["Giulia"]
