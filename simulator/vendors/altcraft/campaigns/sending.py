"""From a campaign that was launched to the message that a profile gets, or the reason why it gets none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from simulator.kernel.ids import object_id
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft import dates
from simulator.vendors.altcraft.state import CAMPAIGNS, MESSAGES, PROFILES
from simulator.vendors.altcraft.subscriptions.record import Subscription
from simulator.vendors.altcraft.subscriptions.status import word

VENDOR = "altcraft"
START = "start-campaign"
VARIABLE = re.compile(r"\{apicontent\.([^{}\s]+)\}")


class Unreached(Exception):
    """The profile gets no message, for the reason given."""


def start(world: World, launch: Mapping[str, Any]) -> None:
    """Due work, and what is done at once without a timeout.

    `launch` is {operation, campaign (id), profile (id), content, custom_data, attach (names of files)}.
    """
    for rule in (rules.CAMPAIGN_MESSAGE, rules.TEMPLATE_VALUES, rules.SMID):
        world.assume(rule)
    campaign = world.store.table(CAMPAIGNS).get(f"{launch['operation']}/{launch['campaign']}")
    cause = {name: value for name, value in launch.items() if name != "content"}
    channel = campaign["message"]["channel"] if campaign and campaign["message"] else None
    try:
        profile = _reachable(world, launch["profile"])
        message = _message(campaign)
        sub = _recipient(message, profile)
    except Unreached as why:
        world.outbox.skip(VENDOR, channel, None, str(why), cause=cause)
        return
    smid = _kept(world, profile, sub)
    world.outbox.send(
        VENDOR,
        sub["channel"],
        address(sub),
        render(message["text"], launch["content"]),
        subject=message["subject"] and render(message["subject"], launch["content"]),
        cause=cause | {"smid": smid},
    )


def render(template: str, content: Mapping[str, Any]) -> str:
    """`template` with the members of `content` in the place of its variables."""
    return VARIABLE.sub(lambda found: _shown(content, found[1].split(".")), template)


def address(sub: Subscription) -> str:
    """Where messages of the subscription go, as a text."""
    contact = sub["contact"]
    if sub["channel"] in ("email", "sms", "push"):
        return str(contact[{"email": "email", "sms": "phone", "push": "subscription_id"}[sub["channel"]]])
    data = contact["cc_data"]
    return str(data.get("phone") or data.get("id") or orjson.dumps(data).decode())


def _reachable(world: World, profile_id: str) -> Document:
    profile = world.store.table(PROFILES).get(profile_id)
    if profile is None:
        raise Unreached("the profile was deleted")
    status = word(profile["fields"].get("_status", 0))
    if status != "subscribed":
        raise Unreached(f"the global status of the profile is {status}")
    return profile


def _message(campaign: Document | None) -> dict[str, Any]:
    """The message of a campaign. Raises Unreached."""
    if campaign is None:
        raise Unreached("the campaign was deleted")
    if campaign["message"] is None:
        raise Unreached("the campaign has no message")
    message: dict[str, Any] = campaign["message"]
    return message


def _recipient(message: Mapping[str, Any], profile: Document) -> Subscription:
    """The profile's subscription that the message goes to. Raises Unreached."""
    subs = [
        sub
        for sub in profile["subscriptions"]
        if (sub["resource_id"], sub["channel"]) == (message["resource_id"], message["channel"])
        and sub["status"] == "subscribed"
        and not sub["is_delete"]
    ]
    if not subs:
        raise Unreached(f"not subscribed to {message['channel']} of resource {message['resource_id']}")
    return min(subs, key=lambda sub: int(sub["priority"]))


def _kept(world: World, profile: Document, sub: Subscription) -> str:
    """Remember the message, so that its reader can unsubscribe; returns its id."""
    message = {
        "id": object_id(world, "altcraft/id"),
        "resource_id": sub["resource_id"],
        "profile": profile["id"],
        "channel": sub["channel"],
        "contact": sub["contact"],
        "time": dates.now(world),
    }
    world.store.table(MESSAGES).put(message)
    return str(message["id"])


def _shown(content: Any, steps: list[str]) -> str:
    for step in steps:
        content = content.get(step) if isinstance(content, Mapping) else None
    if content is None:
        return ""
    return content if isinstance(content, str) else orjson.dumps(content).decode()
