"""Make fixtures/infact/demo.yaml, the believable customer: `python scripts/make_infact_demo.py`.

A Norwegian chain of outdoor shops that does not exist, with its customer club and its workshop.
Schemes and templates are written by hand in infact_demo_scheme.yaml; rows and lists are drawn here.
The same code and the same Faker give the same file, byte for byte, on any day; a test holds the
file to that. With `-` as argument the document goes to standard output instead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml
from faker import Faker

from simulator.vendors.infact.generator import member, mobile

HERE = Path(__file__).parent
SCHEME = HERE / "infact_demo_scheme.yaml"
TARGET = HERE.parent / "fixtures" / "infact" / "demo.yaml"

FIRST_DAY, LAST_DAY = date(2019, 3, 1), date(2025, 12, 31)
FIRST_MEMBER, FIRST_NUMBER = 1001, 101
"""The first member's id and phone, +4740000101: the vendor's examples have those below to themselves."""
MEMBERS, VISITS, PURCHASES, CONTRACTS, SERVICES = 360, 420, 520, 90, 120

HEADER = """\
# Vidderypa Friluft, an invented Norwegian chain of outdoor shops: its customer club (datasource 265)
# and its workshop (270). Made by scripts/make_infact_demo.py; change that, not this. Names come from
# Faker and belong to nobody, e-mail addresses end in example.com, .net or .org, and all phone numbers
# are +4740000xxx. About one member in sixteen has no e-mail address, one in twenty no phone, and a
# few share both with a parent, so that campaigns have somebody to skip.
"""

STORES = {
    "Oslo": "Vidderypa Torggata",
    "Sandvika": "Vidderypa Sandvika",
    "Asker": "Vidderypa Sandvika",
    "Jar": "Vidderypa Sandvika",
    "Bergen": "Vidderypa Bergen",
    "Voss": "Vidderypa Bergen",
    "Trondheim": "Vidderypa Trondheim",
    "Tromsø": "Vidderypa Tromsø",
    "Lillehammer": "Vidderypa Lillehammer",
    "Hamar": "Vidderypa Lillehammer",
    "Gjøvik": "Vidderypa Lillehammer",
}
ONLINE = "Nettbutikken"
INTERESTS = {
    "ski": ("Langrennsski", "Skisko", "Smøring"),
    "sykkel": ("Terrengsykkel", "Sykkelhjelm", "Slange og dekk"),
    "fjelltur": ("Telt", "Sovepose", "Fjellstøvler"),
    "løping": ("Joggesko", "Pulsklokke", "Løpetights"),
    "fiske": ("Fiskestang", "Sluker", "Vadere"),
}
LEVELS = ((2500, "Gull"), (1000, "Sølv"), (0, "Bronse"))
REPAIRS = ("Girjustering", "Nye bremseklosser", "Stålkantsliping", "Glider og feste", "Batterikontroll")

Values = dict[str, Any]
Row = dict[str, Any]


def document() -> dict[str, Any]:
    """The fixture."""
    people = Faker("no_NO")
    people.seed_instance("vidderypa")
    draw = people.random
    customer = yaml.safe_load(SCHEME.read_text(encoding="utf-8"))
    members = [club_member(people, number) for number in range(MEMBERS)]
    share_addresses(members)
    contracts = [contract(draw, number, draw.choice(members)) for number in range(1, CONTRACTS + 1)]
    rows = {
        "members": members,
        "visits": [visit(draw, number, draw.choice(members)) for number in range(1, VISITS + 1)],
        "purchases": [purchase(draw, number, draw.choice(members)) for number in range(1, PURCHASES + 1)],
        "contracts": contracts,
        "services": [service(draw, number, draw.choice(contracts)) for number in range(1, SERVICES + 1)],
    }
    for datasource in customer["datasources"]:
        for found in datasource["objects"]:
            order = [prop["name"] for prop in found["properties"]]
            drawn = rows.get(found["name"], found.get("rows"))
            found["rows"] = [row | {"values": {n: row["values"][n] for n in order}} for row in drawn or []]
    customer["blacklists"] = [
        {"id": 3, "name": "Reserverte numre", "entries": entries(members[20::60], "phone")},
        {"id": 4, "name": "Ansatte", "entries": entries(members[7::90], "phone", "email")},
    ]
    customer["forms"] = [
        {"id": 7, "name": "Avmelding på nettsiden", "entries": entries(members[33::70], "phone", "email")},
        {"id": 8, "name": "Avmelding i butikk", "entries": entries(members[50::100], "email")},
    ]
    listed = platform_wide(draw, members)
    return {"customers": [customer], "global_blacklist": listed, "sequences": {"import": 20411}}


# --- the customer club ------------------------------------------------------------------


def club_member(people: Faker, number: int) -> Row:
    """A member's row; what a few lack, they lack by their number."""
    draw = people.random
    values = member(people, FIRST_MEMBER + number, mobile(FIRST_NUMBER + number))
    points = draw.randint(0, 60) * draw.randint(0, 60)
    level = next(name for least, name in LEVELS if points >= least)
    wants_email = draw.random() < 0.8
    values |= {
        "dateOfBirth": f"{values['dateOfBirth']}T00:00:00",
        "phone": None if number % 20 == 9 else values["phone"],
        "email": None if number % 16 == 3 else values["email"],
        "createdDate": some_day(draw, FIRST_DAY),
        "clubLevel": level,
        "points": points,
        "homeStore": STORES.get(values["city"], ONLINE),
        "smsConsent": draw.random() < 0.7,
        "emailConsent": wants_email,
    }
    tags = [draw.choice(list(INTERESTS))]
    tags += ["nyhetsbrev"] if wants_email else []
    tags += ["vip"] if level == "Gull" else []
    return {"values": values, "tags": tags}


def share_addresses(members: list[Row]) -> None:
    """Every fiftieth member is reached where the one before is: a parent's phone and e-mail."""
    shared = ("lastname", "phone", "email", "address", "zip", "city", "homeStore")
    for at in range(49, len(members), 50):
        members[at]["values"] |= {name: members[at - 1]["values"][name] for name in shared}


def visit(draw: Random, number: int, by: Row) -> Row:
    values = by["values"]
    return {
        "values": {
            "id": number,
            "member_id": values["id"],
            "store": values["homeStore"] if draw.random() < 0.8 else STORES["Oslo"],
            "visitDate": some_day(draw, since(values)),
            "bought": draw.random() < 0.45,
        }
    }


def purchase(draw: Random, number: int, by: Row) -> Row:
    values = by["values"]
    category = by["tags"][0] if draw.random() < 0.7 else draw.choice(list(INTERESTS))
    return {
        "values": {
            "id": number,
            "member_id": values["id"],
            "receipt": f"K{70_000 + number * 7}",
            "purchaseDate": some_day(draw, since(values)),
            "store": values["homeStore"],
            "category": category,
            "item": draw.choice(INTERESTS[category]),
            "amount": draw.randint(2, 120) * 50 - 0.5,
        }
    }


# --- the workshop -----------------------------------------------------------------------


def contract(draw: Random, number: int, holder: Row) -> Row:
    """A contract, with its holder as the workshop's own register has them."""
    values = holder["values"]
    start = date(2023, 1, 1) + timedelta(days=draw.randint(0, 1000))
    return {
        "values": {
            "id": number,
            "contractNo": f"VR-{start.year}-{number:04d}",
            "contract_type_id": draw.randint(1, 5),
            "startDate": stored(start),
            "endDate": stored(start + timedelta(days=730)),
            "nextService": stored(start + timedelta(days=draw.randint(30, 700))),
            "member_id": values["id"],
            "customerName": f"{values['firstname']} {values['lastname']}",
            "phone": values["phone"],
            "email": values["email"],
        }
    }


def service(draw: Random, number: int, of: Row) -> Row:
    day = some_day(draw, date.fromisoformat(of["values"]["startDate"][:10]))[:10]
    return {
        "values": {
            "id": number,
            "contract_id": of["values"]["id"],
            "deliveredAt": f"{day}T{draw.randint(9, 17):02d}:{draw.choice((0, 15, 30, 45)):02d}:00",
            "repair": draw.choice(REPAIRS),
            "price": draw.randint(0, 30) * 49.0,
        }
    }


# --- lists ------------------------------------------------------------------------------


def entries(rows: Iterable[Row], *names: str) -> list[Values]:
    """Phones and e-mail addresses of these members, for a blacklist."""
    return [{name: row["values"][name]} for row in rows for name in names if row["values"][name]]


def platform_wide(draw: Random, members: list[Row]) -> list[Values]:
    """Some members, and some whom nobody here knows."""
    listed = entries(members[11::45], "phone") + entries(members[13::45], "email")
    listed += [{"phone": mobile(number)} for number in range(90, 94)]
    listed += [{"email": f"nei.takk.{number}@example.org"} for number in range(1, 4)]
    for entry in listed:
        minute, fraction = draw.randint(10, 59), draw.randint(1, 999_999)
        created = f"{some_day(draw, FIRST_DAY)[:10]}T12:{minute}:11.{fraction:06d}+00:00"
        entry |= {"created": created, "updated": created}
    return listed


# --- days, and the file -----------------------------------------------------------------


def since(values: Values) -> date:
    """From when on a member did something that is kept."""
    return max(date.fromisoformat(values["createdDate"][:10]), date(2023, 6, 1))


def some_day(draw: Random, first: date) -> str:
    return stored(first + timedelta(days=draw.randint(0, (LAST_DAY - first).days)))


def stored(day: date) -> str:
    """A Date as rows keep it."""
    return f"{day}T00:00:00"


class Dumper(yaml.SafeDumper):
    """One line for each row, property, relation, template and entry; lists stand in from their key."""

    LINES = ("values", "type", "foreign", "text", "phone", "email")

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - nothing is written as an alias
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)

    def mapping(self, data: dict[str, Any]) -> yaml.MappingNode:
        in_line = any(name in data for name in self.LINES)
        return self.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=in_line)


Dumper.add_representer(dict, Dumper.mapping)


def text() -> str:
    """The file."""
    body: str = yaml.dump(document(), Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100_000)
    return HEADER + body


if __name__ == "__main__":
    if sys.argv[1:] == ["-"]:
        sys.stdout.write(text())
    else:
        TARGET.write_text(text(), encoding="utf-8")
