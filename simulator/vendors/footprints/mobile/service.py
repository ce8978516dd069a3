"""Devices: who uses them, what is done in the app, beacons nearby, positions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints.errors import Broken, BrokenRules
from simulator.vendors.footprints.state import VARIABLES, VISITORS
from simulator.vendors.footprints.tracking import details, record

NEEDED = {
    "email-or-push": ("userEmail", "pushNotificationToken"),
    "or-phone": ("userEmail", "userPhone", "pushNotificationToken"),
    "nothing": (),
}
OF_ANY_ACTION = ("campaignId", "adId", "scrollViewPercentage", "screenOnTime")
"""What the vendor's libraries tell of advertisements and screens."""
OF_A_SENSOR = ("uuid", "rssi", "distance", "macAddress", "txPower", "name", "minor", "major", "proximity")
PAIR = {"attributeName", "attributeValue"}
UNTOLD = "unknown"
"""What Flutter sends for what it could not find out of a device."""

Fields = Mapping[str, Any]


def init(world: World, application: Document, fields: Fields) -> Document:
    """Who uses the device: a visitor, made or met again. Raises BrokenRules where nothing tells."""
    needed = NEEDED[world.assume(rules.MOBILE_INIT_NEEDS)]
    if needed and not any(fields.get(name) for name in needed):
        text = f"must contain at least one of [{', '.join(needed)}]"
        raise BrokenRules([Broken("object.missing", (), text)])
    world.assume(rules.MOBILE_ID)
    technical = fields.get("technicalInfo", {})
    device = technical.get("deviceUuid")
    return record.find_or_make(
        world,
        application,
        "mobile",
        email=fields.get("userEmail"),
        phone=fields.get("userPhone"),
        push=fields.get("pushNotificationToken"),
        device=device if device != UNTOLD else None,
        before=_before(world, application, fields.get("mid")),
        technical=technical,
        variables=_variables(world, fields.get("additionalData", [])),
    )


def send(world: World, application: Document, fields: Fields) -> None:
    """Keep what is done in the app. Raises Invalid for an unknown `mid`, as all below."""
    record.track(
        world,
        record.found(world, application, "mobile", fields["mid"]),
        "mobile",
        details.told(world, fields, OF_ANY_ACTION),
        request_type=fields["requestType"],
        action_type=fields.get("actionType"),
    )


def sensors(world: World, application: Document, fields: Fields) -> None:
    """Keep the beacons near the device, written one by one or member by member."""
    found = fields["sensors"]
    beacons = found if isinstance(found, list) else _one_by_one(found)
    visitor = record.found(world, application, "mobile", fields["mid"])
    known = [{name: beacon[name] for name in OF_A_SENSOR if name in beacon} for beacon in beacons]
    record.track(world, visitor, "sensors", {"sensors": known})


def geo(world: World, application: Document, fields: Fields) -> None:
    """Keep where the device is."""
    visitor = record.found(world, application, "mobile", fields["mid"])
    position = {name: fields[name] for name in ("lat", "lon", "accuracy") if name in fields}
    record.track(world, visitor, "geo", position)


def visit_at_sensors(world: World, application: Document, fields: Fields) -> None:
    """Nothing is kept of a visit sent to the sensors' path, as the page's Ruby sample sends it."""
    record.found(world, application, "mobile", fields["mid"])


def _before(world: World, application: Document, mid: str | None) -> Document | None:
    """The visitor that the device was until now (footprints.returning-device)."""
    world.assume(rules.RETURNING_DEVICE)
    visitor = world.store.table(VISITORS).get(mid) if mid else None
    known = visitor and (visitor["application"], visitor["kind"]) == (application["id"], "mobile")
    return visitor if known else None


def _variables(world: World, sent: list[Any] | Mapping[str, Any]) -> dict[str, Any]:
    """Custom variables by name, those that are declared (footprints.mobile-variables)."""
    if not sent:
        return {}
    world.assume(rules.MOBILE_VARIABLES)
    if isinstance(sent, list):
        sent = {pair["attributeName"]: pair["attributeValue"] for pair in sent if pair.keys() >= PAIR}
    declared = world.store.table(VARIABLES)
    return {name: value for name, value in sent.items() if name in declared}


def _one_by_one(members: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    """{uuid: [a, b], rssi: ["", 2]} as [{uuid: a}, {uuid: b, rssi: 2}]."""
    lists = {name: members[name] for name in OF_A_SENSOR if name in members}
    most = max(map(len, lists.values()), default=0)
    return [
        {name: values[n] for name, values in lists.items() if n < len(values) and values[n] != ""}
        for n in range(most)
    ]
