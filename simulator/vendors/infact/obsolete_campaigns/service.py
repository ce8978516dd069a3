"""Campaigns of the obsolete API: automatic (1) by the queue, transactional (3) within the request,
and recipient lists (2), which containers.py fills.

The documents are those of sending/lifecycle.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from simulator.kernel.errors import Invalid
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.blacklists.service import selected_by_id
from simulator.vendors.infact.obsolete_campaigns import containers
from simulator.vendors.infact.sending import lifecycle
from simulator.vendors.infact.sending.service import EMAIL, SMS, Person, Route
from simulator.vendors.infact.state import CAMPAIGNS, CUSTOMERS, Customer

SEND = "send-obsolete-campaign"

AUTOMATIC, TRANSACTIONAL = 1, 3
CHANNELS = {1: EMAIL, 2: SMS}
NEEDED = {SMS: ("SMSTemplateId",), EMAIL: ("EmailTemplateId", "EmailSubject")}
COLUMN = {SMS: "CellularPhone and Phone2 to Phone5", EMAIL: "Email"}
CONSENT = {SMS: "SMSEnabled", EMAIL: "EmailEnabled"}
VARIABLES = (
    "StartDate",
    "ClosingDate",
    "CouponCode",
    "CouponPercentage",
    "CouponAmount",
    "CouponValidityDate",
    "CouponValidityPeriod",
)
COUPON = ("AlreadyGeneratedCouponCode", "DiscountType", *VARIABLES[2:])

Request = Mapping[str, Any]


def create(world: World, customer: Customer, request: Request) -> Document:
    """Create what CampaignType says and return its document. Raises Invalid."""
    containers.check_client(world, customer, request["ClientId"])
    _check_caller_id(world, customer, request)
    if request["CampaignType"] != containers.LIST:
        _check(world, customer, request)
    kept = {name: value for name, value in request.items() if name != "Recipients"}
    campaign = lifecycle.created(world, customer, containers.OPERATION, request["CampaignId"], kept)
    campaign |= {
        "type": request["CampaignType"],
        "listed": request["CampaignType"] == AUTOMATIC,
        "statistics": request["CampaignType"] == AUTOMATIC,
    }
    if any(request.get(name) is not None for name in COUPON):
        world.assume(rules.COUPONS)
    if request["CampaignType"] == containers.LIST:
        return containers.open(world, customer, campaign, request.get("Recipients") or [])
    campaign["counts"]["recipients"] = len(request["Recipients"])
    lifecycle.keep(world, campaign["id"], 1, request["Recipients"])
    return _sent_or_planned(world, campaign)


def send(world: World, data: dict[str, Any]) -> None:
    """Due work: {campaign: id}; nothing for one that was deleted by hand."""
    campaign = world.store.table(CAMPAIGNS).get(data["campaign"])
    if campaign is not None:
        _send(world, campaign)


def _check_caller_id(world: World, customer: Customer, request: Request) -> None:
    taken = containers.keys_of(world, customer, request["CampaignId"])
    if taken:
        world.assume(rules.CAMPAIGN_ID_TAKEN)
        if not request.get("AllowDuplicateCampaignId"):
            raise Invalid({"CampaignId": ["There is a campaign with this CampaignId already."]})


def _check(world: World, customer: Customer, request: Request) -> None:
    """What types 1 and 3 need to be sent. Raises Invalid."""
    given = len(request.get("Recipients") or ())
    missing = lifecycle.required(request, ["Recipients"])
    channels = _channels(request)
    if not channels:
        missing["Priority1"] = ["Priority1 or Priority2 must be 1 (e-mail) or 2 (SMS)."]
    if missing:
        world.assume(rules.NOTHING_TO_SEND)
    if request["CampaignType"] == TRANSACTIONAL and given > 1:
        missing["Recipients"] = [f"A transactional campaign has exactly one recipient, not {given}."]
    missing |= lifecycle.required(request, [name for channel in channels for name in NEEDED[channel]])
    if missing:
        raise Invalid(missing)
    wanted = [(NEEDED[channel][0], channel, request[NEEDED[channel][0]]) for channel in channels]
    lifecycle.check_templates(world, customer, wanted)


def _channels(request: Request) -> list[str]:
    """The channels in the order of the priorities, each once."""
    priorities = (request.get("Priority1"), request.get("Priority2"))
    return list(dict.fromkeys(CHANNELS[priority] for priority in priorities if priority))


def _sent_or_planned(world: World, campaign: Document) -> Document:
    due = lifecycle.schedule(world, campaign["request"].get("ScheduleDate"))
    if due is not None or campaign["type"] == AUTOMATIC:
        lifecycle.plan(world, campaign, due, SEND)
    else:
        world.assume(rules.QUEUE)
        campaign["assumed"] = world.assumed
        _send(world, campaign)
    return campaign


def _send(world: World, campaign: Document) -> None:
    request = campaign["request"]
    blacklist = selected_by_id(world, campaign["customer"], request.get("BlackList"))
    routes = [
        Route(channel, COLUMN[channel], request[NEEDED[channel][0]], blacklist, request.get("EmailSubject"))
        for channel in _channels(request)
    ]
    country = world.store.table(CUSTOMERS)[campaign["customer"]]["country"]
    variables = {name: request.get(name) for name in VARIABLES}
    people = partial(_people, world, campaign, country)
    lifecycle.send(world, campaign, routes, people, variables=variables)


def _people(world: World, campaign: Document, country: str) -> Iterator[Person]:
    for number, recipient in enumerate(lifecycle.kept(world, campaign["id"])):
        yield Person(
            {"recipient": number, "user_id": recipient["UserId"]},
            recipient,
            [recipient.get(name) for name in containers.PHONES],
            recipient.get("Email"),
            recipient.get("CountryCode") or country,
            {channel: f"{flag} is 0" for channel, flag in CONSENT.items() if not recipient[flag]},
        )
