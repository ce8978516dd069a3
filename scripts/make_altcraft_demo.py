"""Make fixtures/altcraft/demo.yaml, the believable account: `python scripts/make_altcraft_demo.py`.

A Russian chain of garden shops that does not exist, with its customers, and the readers of its magazine.
Settings are written by hand in altcraft_demo_settings.yaml; profiles and what happened to them are drawn
here. The same code and the same Faker give the same file, byte for byte, on any day; a test holds the file to
that. With `-` as argument the document goes to standard output instead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml
from faker import Faker

from simulator.kernel.clock import to_milliseconds
from simulator.vendors.altcraft.generator import phone, profile, subscriptions
from simulator.vendors.altcraft.subscriptions.status import STATUSES

HERE = Path(__file__).parent
SETTINGS = HERE / "altcraft_demo_settings.yaml"
TARGET = HERE.parent / "fixtures" / "altcraft" / "demo.yaml"

CUSTOMERS, READERS = 240, 60
SHOP, MAGAZINE = 5, 6
FIRST_NUMBER = 1_000
"""Phones begin after +70000001000: the examples have those below to themselves."""
LAST_DAY = datetime(2024, 2, 29, 20, 0, tzinfo=UTC)
DAYS = 365

HEADER = """\
# Perelesok, an invented Russian chain of garden shops: its customers (database 5) and the readers of its
# magazine (6). Made by scripts/make_altcraft_demo.py; change that, not this. Names come from Faker and belong
# to nobody, e-mail addresses end in example.com, .net or .org, phone numbers begin with +7000. Subscriptions
# have every status; some people have no e-mail address, some are globally unsubscribed, some subscriptions
# are deleted.
"""

Document = dict[str, Any]


def document() -> Document:
    """The fixture."""
    people = Faker("ru_RU")
    people.seed_instance("perelesok")
    draw = people.random
    made: Document = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    customers = [customer(people, number) for number in range(1, CUSTOMERS + 1)]
    profiles = [*customers, *(reader(people, number) for number in range(1, READERS + 1))]
    regulars = [one for one in customers if one["data"].get("bonus", 0) >= 2000]
    for one in regulars:
        one["segments"] = [1]
    made["profiles"] = profiles
    made["messages"] = [found for one in profiles for found in messages(draw, one)]
    found = [event for one in profiles for event in events(draw, one)]
    made["events"] = sorted(found, key=lambda event: (event["time"], event["profile"]))
    return made


# --- people ---------------------------------------------------------------------------------


def customer(people: Faker, number: int) -> Document:
    draw = people.random
    data = profile(people, number, phone(FIRST_NUMBER + number), "PL")
    registered = moment(draw)
    data["_regdate"] = registered
    subs = [shop_subscription(draw, sub) for sub in subscriptions(draw, data)]
    if draw.random() < 0.15:
        chat = {"resource_id": 1, "channel": "telegram_bot", "cc_data": {"id": 700_000_000 + number}}
        subs.append(shop_subscription(draw, chat))
    if draw.random() < 0.4:
        subs.append(sent(draw, {"resource_id": 2, "channel": "email", "email": data["email"]}))
    if draw.random() < 0.06:
        del data["email"]
        subs = [sub for sub in subs if sub["channel"] != "email"]
    if draw.random() < 0.05:
        data["_status"] = draw.choice((1, 2, 3))
    if draw.random() < 0.5:
        data["favourite_shop"] = draw.choice(("Тверская", "Невский", "Баумана", "Красный проспект"))
    return stored(draw, SHOP, registered, data, subs)


def reader(people: Faker, number: int) -> Document:
    draw = people.random
    whole = profile(people, 500 + number, phone(FIRST_NUMBER + 500 + number), "R")
    data = {name: whole[name] for name in ("email", "_fname", "_lname", "_city", "_tz", "interests")}
    subs: list[Document] = [{"resource_id": 2, "channel": "email", "email": data["email"]}]
    if draw.random() < 0.3:
        messenger = draw.choice(("viber", "whatsapp"))
        subs.append({"resource_id": 2, "channel": messenger, "cc_data": {"phone": whole["phones"][0]}})
    return stored(draw, MAGAZINE, moment(draw), data, [sent(draw, sub) for sub in subs])


def shop_subscription(draw: Random, sub: Document) -> Document:
    found = sent(draw, sub)
    if draw.random() < 0.4:
        found["cats"] = draw.sample(["новости", "скидки", "календарь"], draw.randint(1, 2))
    if sub["channel"] == "push":
        os = "ios" if sub["provider"].startswith("ios") else "android"
        found["custom_fields"] = {"_device_type": "phone", "_os": os, "app_launches": draw.randint(1, 90)}
    return found


def sent(draw: Random, sub: Document) -> Document:
    """A subscription with its status and priority; now and then it was deleted."""
    found = {**sub, "status": draw.choices(STATUSES, (70, 8, 2, 5, 6, 6, 3))[0]}
    if draw.random() < 0.3:
        found["priority"] = draw.randint(1, 3)
    if draw.random() < 0.03:
        found["is_delete"] = True
    return found


def stored(draw: Random, database: int, registered: str, data: Document, subs: list[Document]) -> Document:
    """A profile as the fixture has it, created when the person registered."""
    for sub in subs:
        sub["date"] = later(draw, registered)
    return {
        "id": f"{int(datetime.fromisoformat(registered).timestamp()):08x}{draw.getrandbits(64):016x}",
        "database": database,
        "createtime": registered,
        "data": {**data, "subscriptions": subs},
    }


# --- what happened --------------------------------------------------------------------------


def messages(draw: Random, one: Document) -> Iterator[Document]:
    """Messages to whom one may write."""
    for sub in one["data"]["subscriptions"]:
        if sub["status"] != "subscribed" or "is_delete" in sub or draw.random() < 0.6:
            continue
        time = later(draw, sub["date"])
        yield {
            "id": f"{int(datetime.fromisoformat(time).timestamp()):08x}{draw.getrandbits(64):016x}",
            "profile": one["id"],
            **{name: value for name, value in sub.items() if name in IDENTITY},
            "time": time,
        }


def events(draw: Random, one: Document) -> Iterator[Document]:
    """The log of a profile: created, subscribed, changed, put into the segment."""
    fields = sorted(name for name in one["data"] if name != "subscriptions")
    yield happened(one, one["createtime"], "profile_created", {"fields": fields})
    for sub in one["data"]["subscriptions"]:
        added = shown(sub) | {"status": "subscribed"}
        yield happened(one, sub["date"], "subscription_added", added)
        time = sub["date"]
        if sub["status"] != "subscribed":
            time = later(draw, time)
            yield happened(one, time, "subscription_updated", shown(sub))
        if "is_delete" in sub:
            yield happened(one, later(draw, time), "subscription_deleted", {**shown(sub), "is_delete": True})
    for segment in one.get("segments", []):
        yield happened(one, later(draw, one["createtime"]), "segment_added", {"segment_id": segment})
    if draw.random() < 0.5:
        changed = {"fields": draw.sample(["_city", "bonus", "interests"], 1)}
        yield happened(one, later(draw, one["createtime"]), "profile_updated", changed)


def happened(one: Document, time: str, type: str, data: Document) -> Document:
    return {"time": time, "profile": one["id"], "type": type, "data": data}


IDENTITY = ("resource_id", "channel", "email", "phone", "provider", "subscription_id", "cc_data")


def shown(sub: Document) -> Document:
    """A subscription as the log of events has it."""
    return {
        **{name: sub[name] for name in IDENTITY if name in sub},
        "priority": sub.get("priority", 0),
        "status": sub["status"],
        **{name: sub[name] for name in ("custom_fields", "cats") if name in sub},
    }


def moment(draw: Random) -> str:
    """Some second of the year before the last day."""
    return to_milliseconds(LAST_DAY - timedelta(seconds=draw.randint(0, DAYS * 86_400)))


def later(draw: Random, time: str) -> str:
    """Some second between then and the last day."""
    then = datetime.fromisoformat(time)
    return to_milliseconds(then + timedelta(seconds=draw.randint(0, int((LAST_DAY - then).total_seconds()))))


# --- the file -------------------------------------------------------------------------------


class Dumper(yaml.SafeDumper):
    """Small things on one line each; anchors never."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def text() -> str:
    """The file: the settings as they are written by hand, then a line for each profile, message and event."""
    made = document()
    settings = SETTINGS.read_text(encoding="utf-8").partition("\n")[2]
    parts = [HEADER, settings]
    for name in ("profiles", "messages", "events"):
        parts.append(f"{name}:\n")
        parts += [f"  - {line(row)}\n" for row in made[name]]
    return "".join(parts)


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
