"""Campaigns of the current API: what they need, and whom they reach.

The documents are those of sending/lifecycle.py; one made by query has its `datasource` as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from simulator.kernel.errors import Invalid
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.blacklists.service import selected
from simulator.vendors.infact.queries import service as queries
from simulator.vendors.infact.sending import lifecycle
from simulator.vendors.infact.sending.service import EMAIL, SMS, Person, Route
from simulator.vendors.infact.state import CAMPAIGNS, CUSTOMERS, Customer

SEND = "send-campaign"

CHANNELS = {"SMS": (SMS,), "Email": (EMAIL,), "EmailAndSMS": (SMS, EMAIL)}
NEEDED = {
    SMS: ("SMSTemplateId", "PhoneName", "CountryCode"),
    EMAIL: ("EmailTemplateId", "EmailName", "EmailSubject"),
}
TEMPLATE = {SMS: "SMSTemplateId", EMAIL: "EmailTemplateId"}
COLUMN = {SMS: "PhoneName", EMAIL: "EmailName"}
BLACKLIST = {SMS: "SMSBlackList", EMAIL: "EmailBlackList"}

Request = Mapping[str, Any]


def create(world: World, customer: Customer, request: Request) -> Document:
    """Plan a campaign to the recipients in `request` and return its document. Raises Invalid."""
    if not request["Recipients"]:
        world.assume(rules.NOTHING_TO_SEND)
        raise Invalid({"Recipients": ["The Recipients field is required."]})
    _check(world, customer, request)
    world.assume(rules.COLUMN_NAMES)
    campaign = _created(world, customer, "createCampaign", request, without="Recipients")
    campaign["counts"]["recipients"] = len(request["Recipients"])
    lifecycle.keep(world, campaign["id"], 1, request["Recipients"])
    return _planned(world, campaign)


def create_by_query(world: World, customer: Customer, datasource: int, request: Request) -> Document:
    """Plan a campaign to the rows that the query finds when it is sent, and return its document.

    Raises NotFound for the datasource, Invalid for the rest.
    """
    queried = queries.check(world, customer, datasource, request["Query"])
    _check(world, customer, request)
    world.assume(rules.COLUMN_CHECK)
    unknown = {
        COLUMN[channel]: [f"{queried.name} has no property {request[COLUMN[channel]]!r}."]
        for channel in CHANNELS[request["Type"]]
        if _column(queried.properties, request[COLUMN[channel]]) is None
    }
    if unknown:
        raise Invalid(unknown)
    world.assume(rules.QUERY_TIME)
    campaign = _created(world, customer, "createCampaignByQuery", request)
    return _planned(world, {**campaign, "datasource": datasource})


def send(world: World, data: dict[str, Any]) -> None:
    """Due work: {campaign: id}; nothing for one that was deleted by hand."""
    campaign = world.store.table(CAMPAIGNS).get(data["campaign"])
    if campaign is None:
        return
    request = campaign["request"]
    people: Callable[[], Iterable[Person]] = partial(_given, world, campaign)
    if campaign["operation"] == "createCampaignByQuery":
        people = partial(_queried, world, campaign)
    lifecycle.send(world, campaign, _routes(world, campaign["customer"], request), people)


def _check(world: World, customer: Customer, request: Request) -> None:
    channels = CHANNELS[request["Type"]]
    missing = lifecycle.required(request, ["Priority"] if len(channels) > 1 else [])
    absent = lifecycle.required(request, [name for channel in channels for name in NEEDED[channel]])
    if absent:
        world.assume(rules.CONDITIONAL_FIELDS)
    if absent or missing:
        raise Invalid(missing | absent)
    wanted = [(TEMPLATE[channel], channel, request[TEMPLATE[channel]]) for channel in channels]
    lifecycle.check_templates(world, customer, wanted)
    _routes(world, customer.id, request)


def _created(
    world: World, customer: Customer, operation: str, request: Request, without: str = ""
) -> Document:
    kept = {name: value for name, value in request.items() if name != without}
    return lifecycle.created(world, customer, operation, request.get("ExternalId"), kept)


def _planned(world: World, campaign: Document) -> Document:
    due = lifecycle.schedule(world, campaign["request"].get("ScheduleDate"))
    lifecycle.plan(world, campaign, due, SEND)
    return campaign


def _routes(world: World, customer: int, request: Request) -> list[Route]:
    """The channels in the order of Priority."""
    channels = CHANNELS[request["Type"]]
    if len(channels) > 1 and request["Priority"] == "Email":
        channels = channels[::-1]
    routes = []
    for channel in channels:
        blacklist = selected(world, customer, request.get(BLACKLIST[channel]))
        subject = request.get("EmailSubject") if channel == EMAIL else None
        column = request[COLUMN[channel]]
        routes.append(Route(channel, column, request[TEMPLATE[channel]], blacklist, subject))
    return routes


def _given(world: World, campaign: Document) -> Iterator[Person]:
    for number, recipient in enumerate(lifecycle.kept(world, campaign["id"])):
        yield _person({"recipient": number}, recipient, campaign["request"])


def _queried(world: World, campaign: Document) -> Iterator[Person]:
    owner = Customer.of(world.store.table(CUSTOMERS)[campaign["customer"]])
    for row in queries.select(world, owner, campaign["datasource"], campaign["request"]["Query"]):
        yield _person({"row": row["id"]}, row["values"], campaign["request"])


def _person(cause: dict[str, Any], values: dict[str, Any], request: Request) -> Person:
    phone = _column(values, request.get("PhoneName", ""))
    email = _column(values, request.get("EmailName", ""))
    return Person(
        cause,
        values,
        [] if phone is None else [values[phone]],
        None if email is None else values[email],
        request.get("CountryCode", ""),
    )


def _column(values: Mapping[str, Any], name: str) -> str | None:
    """The key that is meant: the very name, else the first in another case (infact.column-names)."""
    if name in values:
        return name
    folded = name.lower()
    return next((key for key in values if key.lower() == folded), None)
