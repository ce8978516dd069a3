"""The world of the documents with more in it, as a fixture document; and its one profile."""

from __future__ import annotations

from typing import Any

from simulator.data import FixtureFiles

EMAIL = {"resource_id": 1, "channel": "email", "email": "anna.primerova@example.com"}
SMS = {"resource_id": 1, "channel": "sms", "phone": "+70000000001"}
PUSH = {
    "resource_id": 1,
    "channel": "push",
    "provider": "android-firebase",
    "subscription_id": "push-token-1",
}
TELEGRAM = {"resource_id": 1, "channel": "telegram_bot", "cc_data": {"id": 1}}
WHATSAPP = {"resource_id": 1, "channel": "whatsapp", "cc_data": {"phone": "+70000000001"}}
VIBER = {"resource_id": 1, "channel": "viber", "cc_data": {"phone": "+70000000001"}}
NOTIFY = {"resource_id": 1, "channel": "notify", "cc_data": {"device": "watch"}}
EVERY_CHANNEL = [EMAIL, SMS, PUSH, TELEGRAM, WHATSAPP, VIBER, NOTIFY]


def with_more(**more: list[dict[str, Any]]) -> dict[str, Any]:
    """The fixture `docs` and more documents of some collections; one of the same id takes its place."""
    document = dict(FixtureFiles().read("altcraft", "docs"))
    for name, items in more.items():
        told = {item["id"] for item in items}
        document[name] = [item for item in document.get(name, []) if item["id"] not in told] + items
    return document


def add_profile(altcraft: Any, email: str = "anna.primerova@example.com", *subs: dict[str, Any]) -> str:
    """A profile of database 5 with these subscriptions; returns its id."""
    answer = altcraft.done("profiles/add", db_id=5, data={"email": email, "subscriptions": list(subs)})
    return str(answer["profile_id"])
