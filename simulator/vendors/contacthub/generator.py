"""Made-up customers and their orders, by the thousand: `simulator generate contacthub`.

    streams(counts, seed)   the customers and the events, one at a time, as POST takes them
    kinds                   dotted paths for CSV, as bulk jobs take them (events: completedOrder)
    envelope                what stands around and between the streams in a JSON document

Customers have the external ids GEN-000001 and on, and belong to the entry node that all fixtures
have; events name a customer by its external id. Names come from Faker's Italian lists and belong to
nobody; e-mail addresses end in example.com, .net or .org, phone numbers begin with +390000. The same
counts and seed give the same rows on every machine with the same Faker; fewer are the beginning of more.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from faker import Faker

NODE = "22222222-2222-4222-8222-222222222222"
kinds: dict[str, tuple[str, ...]] = {
    "customers": (
        "externalId",
        "base.firstName",
        "base.lastName",
        "base.gender",
        "base.dob",
        "base.locale",
        "base.timezone",
        "base.contacts.email",
        "base.contacts.mobilePhone",
        "base.address.street",
        "base.address.city",
        "base.address.province",
        "base.address.region",
        "base.address.zip",
        "base.address.country",
        "consents.marketing.automatic.email.status",
        "tags.manual",
    ),
    "events": (
        "bringBackProperties.type",
        "bringBackProperties.value",
        "bringBackProperties.nodeId",
        "context",
        "date",
        "properties.orderId",
        "properties.type",
        "properties.storeCode",
        "properties.paymentMethod",
        "properties.amount",
        "properties.products",
        "contextInfo.store.id",
        "contextInfo.store.name",
        "contextInfo.store.type",
    ),
}
envelope: tuple[bytes, ...] = (b'{"customers":[', b'],"events":[', b"]}")

MOST = 1_000_000
LAST_DAY = datetime(2024, 2, 29, 20, 0, tzinfo=UTC)
DAYS = 365
DOMAINS = ("example.com", "example.net", "example.org")
PAYMENTS = ("cash", "creditcard", "debitcard", "paypal")
Place = tuple[str, str, str, str, int]
PLACES: tuple[Place, ...] = (
    ("Milano", "MI", "Lombardia", "20121", 20),
    ("Roma", "RM", "Lazio", "00184", 18),
    ("Torino", "TO", "Piemonte", "10121", 9),
    ("Napoli", "NA", "Campania", "80133", 9),
    ("Bologna", "BO", "Emilia-Romagna", "40121", 8),
    ("Firenze", "FI", "Toscana", "50122", 7),
    ("Genova", "GE", "Liguria", "16121", 5),
    ("Bari", "BA", "Puglia", "70121", 5),
    ("Palermo", "PA", "Sicilia", "90133", 5),
    ("Verona", "VR", "Veneto", "37121", 5),
    ("Padova", "PD", "Veneto", "35121", 4),
    ("Trieste", "TS", "Friuli-Venezia Giulia", "34121", 3),
    ("Cagliari", "CA", "Sardegna", "09124", 2),
)
"""City, province, region, postcode, and how often it occurs."""
STREETS = (
    "Via Garibaldi",
    "Via Roma",
    "Via Dante",
    "Corso Italia",
    "Via Verdi",
    "Via Mazzini",
    "Via dei Tigli",
)
PRODUCTS: tuple[tuple[str, str, str, float], ...] = (
    ("SC-101", "Scarpe da trekking", "scarpe", 129.0),
    ("SC-102", "Sneaker bianche", "scarpe", 79.9),
    ("GI-201", "Giacca impermeabile", "giacche", 149.0),
    ("GI-202", "Piumino leggero", "giacche", 119.0),
    ("MA-301", "Maglia di lana", "maglie", 59.9),
    ("MA-302", "Camicia di lino", "camicie", 49.9),
    ("ZA-401", "Zaino da 20 litri", "accessori", 69.0),
    ("ZA-402", "Borraccia", "accessori", 19.9),
    ("PA-501", "Pantaloni chino", "pantaloni", 64.9),
    ("PA-502", "Jeans", "pantaloni", 74.9),
)
STORES = (("S01", "Negozio di Milano"), ("S02", "Negozio di Roma"), ("S03", "Negozio di Bologna"))
ONLINE = ("WEB", "Negozio in rete")


def streams(counts: Mapping[str, int], seed: int) -> dict[str, Iterator[dict[str, Any]]]:
    """`customers` and `events`. Raises ValueError: too many, or events without customers."""
    people, orders = counts.get("customers", 0), counts.get("events", 0)
    if people > MOST:
        raise ValueError(f"{people} customers: from 0 to {MOST} can be made")
    if orders and not people:
        raise ValueError("events need customers that they are of: say how many with --customers")
    return {"customers": _customers(people, seed), "events": _events(orders, people, seed)}


def _customers(count: int, seed: int) -> Iterator[dict[str, Any]]:
    people = Faker("it_IT")
    people.seed_instance(f"contacthub/customers/{seed}")
    for number in range(1, count + 1):
        yield {"nodeId": NODE, **customer(people, number)}


def _events(count: int, customers: int, seed: int) -> Iterator[dict[str, Any]]:
    draw = Random(f"contacthub/events/{seed}")  # noqa: S311 - repeatable on purpose
    for number in range(1, count + 1):
        whose = f"GEN-{draw.randint(1, customers):06d}"
        yield {
            "bringBackProperties": {"type": "EXTERNAL_ID", "value": whose, "nodeId": NODE},
            **order(draw, f"GEN-{number:07d}"),
        }


def customer(people: Faker, number: int, prefix: str = "GEN") -> dict[str, Any]:
    """One customer, the rest drawn from `people`."""
    draw = people.random
    gender = draw.choice("FM")
    first = people.first_name_female() if gender == "F" else people.first_name_male()
    last = people.last_name()
    city, province, region, code, _ = draw.choices(PLACES, [place[4] for place in PLACES])[0]
    born = (1940 + draw.randint(0, 33) + draw.randint(0, 33), draw.randint(1, 12), draw.randint(1, 28))
    mailbox = f"{_mailbox(first)}.{_mailbox(last)}.{number}"
    return {
        "externalId": f"{prefix}-{number:06d}",
        "base": {
            "firstName": first,
            "lastName": last,
            "gender": gender,
            "dob": "{:04d}-{:02d}-{:02d}".format(*born),
            "locale": "it_IT",
            "timezone": "Europe/Rome",
            "contacts": {
                "email": f"{mailbox}@{draw.choice(DOMAINS)}",
                "mobilePhone": f"+390000{number:06d}",
            },
            "address": {
                "street": f"{draw.choice(STREETS)} {draw.randint(1, 120)}",
                "city": city,
                "province": province,
                "region": region,
                "zip": code,
                "country": "Italia",
            },
        },
        "consents": {"marketing": {"automatic": {"email": {"status": draw.random() < 0.75}}}},
        "tags": {"auto": [], "manual": ["generated"]},
    }


def order(draw: Random, number: str) -> dict[str, Any]:
    """A completed order of one to three products, in a shop or on the web, within a year."""
    lines = [_line(draw, *product) for product in draw.sample(PRODUCTS, draw.randint(1, 3))]
    revenue = round(sum(line["subtotal"] for line in lines), 2)
    online = draw.random() < 0.6
    code, name = ONLINE if online else draw.choice(STORES)
    shipping = 4.9 if online and revenue < 100 else 0.0
    amount = {
        "total": round(revenue + shipping, 2),
        "revenue": revenue,
        "shipping": shipping,
        "tax": round(revenue * 0.22 / 1.22, 2),
        "discount": 0.0,
        "local": {"currency": "EUR", "exchangeRate": 1.0},
    }
    return {
        "type": "completedOrder",
        "context": "ECOMMERCE" if online else "RETAIL",
        "properties": {
            "orderId": number,
            "type": "sale",
            "storeCode": code,
            "paymentMethod": "paypal" if online else draw.choice(PAYMENTS),
            "amount": amount,
            "products": lines,
        },
        "contextInfo": {"store": {"id": code, "name": name, "type": "ECOMMERCE" if online else "FLAGSHIP"}},
        "date": moment(draw),
    }


def _line(draw: Random, sku: str, name: str, category: str, price: float) -> dict[str, Any]:
    quantity = draw.choice((1, 1, 1, 2))
    return {
        "id": sku,
        "sku": sku,
        "name": name,
        "type": "sale",
        "price": price,
        "quantity": quantity,
        "subtotal": round(price * quantity, 2),
        "category": [category],
    }


def moment(draw: Random) -> str:
    """Some second of the year before the last day."""
    instant = LAST_DAY - timedelta(seconds=draw.randint(0, DAYS * 86_400))
    return instant.strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def _mailbox(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain if letter.isalnum())
