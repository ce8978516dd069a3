"""Four customers to search among, and the parts that queries are made of."""

from __future__ import annotations

import json
from typing import Any

ENTRY = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
GIULIA = "55555555-5555-4555-8555-555555555555"
PEOPLE: list[dict[str, Any]] = [
    {
        "externalId": "E-1",
        "base": {
            "firstName": "Anna",
            "dob": "1990-07-01",
            "contacts": {"email": "anna@example.com"},
            "jobs": [{"id": "1", "companyName": "Acme"}, {"id": "2", "companyName": "Prova"}],
        },
        "extended": {"points": 10},
        "tags": {"auto": [], "manual": ["x", "vip"]},
    },
    {
        "externalId": "E-2",
        "base": {
            "firstName": "bruno",
            "dob": "1970-01-01",
            "contacts": {"email": "bruno@example.com"},
        },
        "extended": {"points": 0},
    },
    {
        "externalId": "E-2",
        "base": {"firstName": "Carla", "contacts": {"email": "carla@example.org"}},
        "extended": {"points": -5, "favouriteShop": ""},
    },
]


def search(hub: Any, **parameters: Any) -> Any:
    query = parameters.pop("query", None)
    parameters = {"nodeId": ENTRY, **parameters}
    if query is not None:
        parameters["query"] = query if isinstance(query, str) else json.dumps(query)
    return hub.get("/customers", query_string=parameters)


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [element["base"]["firstName"] for element in answer.json["elements"]]


def atom(attribute: str, operator: str, *value: Any) -> dict[str, Any]:
    condition = {"type": "atomic", "attribute": attribute, "operator": operator}
    return condition | ({"value": value[0]} if value else {})


def simple(condition: dict[str, Any]) -> dict[str, Any]:
    return {"type": "simple", "are": {"condition": condition}}


def asked(condition: dict[str, Any]) -> dict[str, Any]:
    return {"name": "", "query": simple(condition)}


def found(hub: Any, condition: dict[str, Any]) -> list[str]:
    return sorted(names(search(hub, query=asked(condition))))
