"""A customer whose members visit shops, to be queried."""

from __future__ import annotations

from typing import Any

from simulator.vendors.infact.queries import service
from simulator.vendors.infact.state import Customer
from tests.vendors.infact.documents import customer, rows, table

SHOP = customer(
    1,
    table(
        "members",
        {
            "id": "Integer",
            "name": "ShortString",
            "city": "ShortString",
            "zip": "Integer",
            "born": "Date",
            "seen": "DateTime",
            "phone": "Mobile",
            "active": "Boolean",
            "score": "Decimal",
            "note": "Dictionary",
            "friend": "Integer",
        },
        relations=[
            {"name": "visits", "object": "visits", "local": "id", "foreign": "member"},
            {"name": "odd", "object": "members", "local": "zip", "foreign": "friend"},
        ],
        rows=rows(
            "id name city zip born seen phone active score note friend",
            (4, "Dag", None, None, None, None, None, None, None, None, None),
            (1, "Anna", "Oslo", 151, "1980-05-06", "2022-06-01T10:00:00", "40000001", True, 1.5, "x", 2),
            (2, "Bent", "Bergen", 5003, "1990-01-01", "2022-06-02T10:00:00", "40000002", False, 2, 7, 2),
            (3, "Carl", "oslo", 151, "1980-05-07", "2022-06-03T10:00:00", "40000003", True, -3, True, 1),
            (5, "", "Oslo", 9, "2000-02-29", "2022-06-04T10:00:00", "40000001", False, 10, 1, 9),
            tags={1: ["a", "b"], 2: ["b"], 3: ["B", "c"]},
        ),
    ),
    table(
        "visits",
        {"id": "Integer", "member": "Integer", "shop": "Integer", "amount": "Integer"},
        relations=[
            {"name": "members", "object": "members", "local": "member", "foreign": "id"},
            {"name": "shops", "object": "shops", "local": "shop", "foreign": "id"},
        ],
        rows=rows(
            "id member shop amount",
            (1, 1, 10, 100),
            (2, 1, 11, 5),
            (3, 2, 11, 50),
            (4, 3, 10, None),
            (5, None, 10, 999),
            tags={2: ["late"]},
        ),
    ),
    table("shops", {"id": "Integer", "city": "String"}, rows=rows("id city", (10, "Oslo"), (11, "Bergen"))),
)
OWNER = Customer(1, "client-1", "NO")
CUSTOMERS = {"customers": [SHOP, customer(2, table("theirs", {"id": "Integer"}))]}


def ids(infact: Any, *filters: dict[str, Any], object_name: str = "members", **more: Any) -> list[int]:
    query = {"ObjectName": object_name, "Filter": list(filters), **more}
    with infact.world.entered():
        service.check(infact.world, OWNER, 1, query)
        return [row["id"] for row in service.select(infact.world, OWNER, 1, query)]


def where(path: str, predicate: str, value: Any = None, top: Any = None, **more: Any) -> dict[str, Any]:
    return {"Path": path, "Operations": [{"Predicate": predicate, "Value": value, "MaxValue": top}], **more}


OSLO, BERGEN, NINE = (
    where("city", "Equals", "Oslo"),
    where("city", "Equals", "Bergen"),
    where("zip", "Equals", 9),
)
