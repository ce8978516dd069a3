"""Make fixtures/contacthub/demo.yaml, the believable workspace: `python scripts/make_contacthub_demo.py`.

An Italian group of clothes shops that does not exist: its shops and its shop on the web are two entry
nodes, one aggregate node makes one profile of both. The same code and the same Faker give the same
file, byte for byte, on any day; a test holds the file to that. With `-` as argument the document goes
to standard output instead.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml
from faker import Faker

from simulator.vendors.contacthub.dates import parsed, shown
from simulator.vendors.contacthub.generator import DAYS, LAST_DAY, PRODUCTS, customer, moment, order

TARGET = Path(__file__).parent.parent / "fixtures" / "contacthub" / "demo.yaml"
WORKSPACE = "11111111-1111-4111-8111-111111111111"
WEB, SHOPS = "22222222-2222-4222-8222-222222222222", "23232323-2323-4323-8323-232323232323"
GROUP = "33333333-3333-4333-8333-333333333333"
SITE, TILL, BROWSER = (
    "44444444-4444-4444-8444-444444444444",
    "46464646-4646-4646-8646-464646464646",
    "47474747-4747-4747-8747-474747474747",
)
ON_THE_WEB, IN_SHOPS, IN_BOTH = 150, 110, 45
EVENTS = 2200
SITE_URL = "https://www.piazzagrande.example.com"

HEADER = """\
# Piazzagrande, an invented Italian group of clothes shops: a shop on the web, shops in three cities, and
# one profile of both. Made by scripts/make_contacthub_demo.py; change that, not this. Names come from
# Faker and belong to nobody, e-mail addresses end in example.com, .net or .org, phone numbers begin with
# +390000. A third of those who buy in shops have an account on the web under the same address.
"""

Document = dict[str, Any]


def document() -> Document:
    """The fixture."""
    people = Faker("it_IT")
    people.seed_instance("piazzagrande")
    draw = people.random
    online = [web_customer(people, number) for number in range(1, ON_THE_WEB + 1)]
    shops = [shop_customer(people, number, online) for number in range(1, IN_SHOPS + 1)]
    events = [event(draw, number, online, shops) for number in range(1, EVENTS + 1)]
    events.sort(key=lambda found: (found["date"], found["id"]))
    workspace = {
        "id": WORKSPACE,
        "name": "Piazzagrande",
        "slug": "piazzagrande",
        "groupPk": 12,
        "group": "Piazzagrande",
        "shard": "shard-1",
        "configuration": {"industry": "Luxury"},
        "customerExtended": customer_properties(),
        "productsPolicy": {"eventTypes": ["completedOrder"]},
        "nodes": nodes(),
        "sources": sources(),
        "users": users(),
        "customers": [*online, *shops],
        "events": events,
    }
    operators = [
        {"token": "demo-token-of-operator", "roles": ["CLAB_OPERATOR"]},
        {"token": "demo-token-of-updates", "roles": ["PLATFORM_UPDATES"]},
    ]
    return {"workspaces": [workspace], "operators": operators}


# --- the workspace --------------------------------------------------------------------------


def nodes() -> list[Document]:
    by_address = {"properties": ["base.contacts.email"], "caseSensitive": False}
    return [
        {
            "id": WEB,
            "nodeType": "ENTRY",
            "name": "Negozio in rete",
            "description": "Accounts of the shop on the web.",
            "uniqueCustomer": by_address,
            "sourcePriority": [SITE],
        },
        {
            "id": SHOPS,
            "nodeType": "ENTRY",
            "name": "Negozi",
            "description": "Holders of the loyalty card.",
            "uniqueCustomer": {"properties": ["externalId"], "caseSensitive": True},
            "sourcePriority": [TILL],
        },
        {
            "id": GROUP,
            "nodeType": "AGGREGATE",
            "name": "Gruppo",
            "description": "One profile for each address.",
            "entryNodes": [WEB, SHOPS],
            "matchingProperties": by_address,
            "exclusionFilters": [
                {"property": "base.contacts.email", "value": "@prova.example.com", "pattern": "CONTAINS"}
            ],
        },
    ]


def sources() -> list[Document]:
    return [
        {"id": SITE, "name": "Sito web", "token": "demo-token-of-sito-web", "nodes": [WEB, GROUP]},
        {"id": TILL, "name": "Cassa", "token": "demo-token-of-cassa", "nodes": [SHOPS, GROUP]},
        {
            "id": BROWSER,
            "name": "Browser",
            "trusted": False,
            "token": "demo-token-of-browser",
            "nodes": [WEB],
        },
    ]


def users() -> list[Document]:
    found = []
    people = (("Marco", "Modello", "ADMIN"), ("Paola", "Privata", "DPO"), ("Ugo", "Utente", "USER"))
    for number, (first, last, role) in enumerate(people, 1):
        found.append(
            {
                "id": number,
                "token": f"demo-token-of-{role.lower()}",
                "name": first,
                "surname": last,
                "email": f"{first}.{last}@example.com".lower(),
                "roles": [role],
            }
        )
    return found


def customer_properties() -> Document:
    about = {"enabled": True, "indexed": True, "flowEnabled": False}
    return {
        "points": {
            "type": "integer",
            "contactlabProperties": {"label": "Punti", **about, "mergePolicy": "MATH_SUM"},
        },
        "favouriteShop": {
            "type": "string",
            "contactlabProperties": {
                "label": "Negozio preferito",
                **about,
                "maxLength": 255,
                "mergePolicy": "OBJ_PRIORITY",
            },
        },
    }


# --- its customers --------------------------------------------------------------------------


def web_customer(people: Faker, number: int) -> Document:
    draw = people.random
    made = stored(draw, customer(people, number, "WEB"), WEB, SITE)
    made["tags"] = {
        "auto": [],
        "manual": draw.sample(["outlet", "novita", "uomo", "donna"], draw.randint(0, 2)),
    }
    if draw.random() < 0.6:
        made["base"]["subscriptions"] = [newsletter(made)]
    if draw.random() < 0.5:
        session = identifier(draw)
        made["sessions"] = [{"id": session, "value": f"web-{session[:13]}"}]
    return made


def shop_customer(people: Faker, number: int, online: list[Document]) -> Document:
    draw = people.random
    made = stored(draw, customer(people, 1000 + number, "CARTA"), SHOPS, TILL)
    if number <= IN_BOTH:
        twin = online[number * 3 - 1]
        for name in ("firstName", "lastName", "gender", "dob", "contacts"):
            made["base"][name] = twin["base"][name]
    shop = draw.choice(("Milano", "Roma", "Bologna"))
    made["extended"] = {"points": draw.randint(0, 40) * 25, "favouriteShop": shop}
    made["tags"] = {"auto": [], "manual": ["carta-fedelta"]}
    return made


def stored(draw: Random, made: Document, node: str, source: str) -> Document:
    """A customer as a fixture has it, registered some time before the year that is told."""
    registered = LAST_DAY - timedelta(days=DAYS, seconds=draw.randint(0, 2 * DAYS * 86_400))
    return {
        "id": identifier(draw),
        "nodeId": node,
        "registeredAt": shown(registered),
        "source": source,
        **made,
    }


def newsletter(made: Document) -> Document:
    registered = made["registeredAt"]
    return {
        "id": "newsletter",
        "name": "Newsletter",
        "kind": "DIGITAL_MESSAGE",
        "subscribed": made["consents"]["marketing"]["automatic"]["email"]["status"],
        "startDate": registered,
        "subscriberId": made["base"]["contacts"]["email"],
        "registeredAt": registered,
        "updatedAt": registered,
    }


def identifier(draw: Random) -> str:
    return str(uuid.UUID(int=draw.getrandbits(128), version=4))


# --- what they did --------------------------------------------------------------------------


def event(draw: Random, number: int, online: list[Document], shops: list[Document]) -> Document:
    kind = draw.choices([make for make, _ in KINDS], [often for _, often in KINDS])[0]
    made: Document = kind(draw, number)
    at_till = made["context"] == "RETAIL"
    if kind is page and draw.random() < 0.1:
        back = {"type": "SESSION_ID", "value": f"anonymous-{draw.randint(1, 40):03d}", "nodeId": WEB}
        return {"id": identifier(draw), "bringBackProperties": back, **made}
    whose = draw.choice(shops if at_till else online)
    happened = parsed(made["date"])
    registered = shown(happened + timedelta(seconds=draw.randint(0, 3)))
    return {"id": identifier(draw), "customerId": whose["id"], **made, "registeredAt": registered}


def page(draw: Random, _: int) -> Document:
    path = draw.choice(("/", "/novita", "/uomo", "/donna", "/outlet", "/negozi"))
    properties = {"title": path.strip("/").capitalize() or "Home", "url": SITE_URL + path, "path": path}
    return happened(draw, "viewedPage", "WEB", properties)


def product(draw: Random, _: int) -> Document:
    sku, name, category, price = draw.choice(PRODUCTS)
    kind = draw.choice(("viewedProduct", "viewedProduct", "viewedProduct", "addedProduct", "addedWishlist"))
    properties: Document = {"id": sku, "sku": sku, "name": name, "price": price, "category": [category]}
    if kind == "addedProduct":
        properties["quantity"] = 1
    return happened(draw, kind, "ECOMMERCE", properties)


def purchase(draw: Random, number: int) -> Document:
    return order(draw, f"PG-{number:05d}")


def campaign(draw: Random, _: int) -> Document:
    kind = draw.choice(
        ("campaignSent", "campaignSent", "campaignOpened", "campaignOpened", "campaignLinkClicked")
    )
    number = draw.randint(1, 12)
    properties = {"campaignId": f"PG{number:02d}", "campaignName": f"Newsletter {number}", "channel": "EMAIL"}
    return happened(draw, kind, "DIGITAL_CAMPAIGN", properties)


def search(draw: Random, _: int) -> Document:
    words = draw.choice(("scarpe", "giacca", "maglia lana", "zaino", "jeans"))
    return happened(draw, "searched", "WEB", {"keyword": words, "resultCount": draw.randint(0, 40)})


def login(draw: Random, _: int) -> Document:
    return happened(draw, draw.choice(("loggedIn", "loggedIn", "loggedOut")), "WEB", {})


def happened(draw: Random, kind: str, context: str, properties: Document) -> Document:
    return {"type": kind, "context": context, "properties": properties, "date": moment(draw)}


KINDS: tuple[tuple[Callable[[Random, int], Document], int], ...] = (
    (page, 30),
    (product, 26),
    (purchase, 18),
    (campaign, 16),
    (search, 6),
    (login, 4),
)


# --- the file -------------------------------------------------------------------------------


class Dumper(yaml.SafeDumper):
    """Small things on one line each; anchors never."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def text() -> str:
    """The file: a line for each customer and each event."""
    made = document()
    (workspace,) = made["workspaces"]
    lists = {part: workspace.pop(part) for part in ("customers", "events")}
    head = yaml.dump(made, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=110)
    before, operators = head.split("operators:")
    parts = [HEADER, before]
    for name, rows in lists.items():
        parts.append(f"  {name}:\n")
        parts += [f"  - {line(row)}\n" for row in rows]
    return "".join(parts) + "operators:" + operators


def line(row: Document) -> str:
    dumped = yaml.dump(
        row, Dumper=Dumper, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**9
    )
    return str(dumped).strip()


if __name__ == "__main__":
    if sys.argv[1:] == ["-"]:
        sys.stdout.buffer.write(text().encode())
    else:
        TARGET.write_text(text(), encoding="utf-8")
