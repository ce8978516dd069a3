"""What Footprints keeps: the shapes of its documents, and how they are found.

Instants are ISO 8601 in UTC with milliseconds (dates.py). `fields` are those of the wire, by their names
there, as the types of the contract; what was never sent is not in them. A birthday in them is a day as sent.

applications    id, name, key (App Key), secret: the data sources
people          id, role (consultant, hostess, …), groupRole, firstName, lastName, email, phone, username,
                password or null, pin or null, locations [id], offerCategories [id]: business users and
                hostesses
tokens          id, token, refresh (null once used), application, person or null, scope [text], seconds (from
                its making), expires
catalogues      id, name, description, createdAt, consultants [id], locations [id]: the API's offerCategory
offers          id, name, description, price, externalId, offerCategoryId, userId or null, createdAt
skus            id, name, price, externalId, quantity, offerId
locations       id, name, description, address, areaId, country, county, coords [number, number], image,
                createdAt
campaigns       id, type (offline or drive_loyalty), name, internalId (drive_loyalty), startDate, endDate,
                createdAt, locationId or null, people [id] (who is associated; none: everybody), and
                `fields`: the other members that the lists of its type show
channels        id, name, mediaType
action_types    id, name, createdAt
templates       id (the templateKey), name, subject, text
variables       id (the name of a custom variable)
clients         id, fields, createdAt, timestamp, version (the API's __v), timeline [{createdAt, timestamp,
                icon, offlineCampaignId or null, offerCategoryId or null, leadId}]
leads           id, client, application, status, fields, createdAt, updatedAt, timestamp,
                timestampStatusChange, isMultipart, isComplete, actionRequired, version, nps or null,
                reasonLost or null, contract (id) or null, history [snapshot], comments [{id, text,
                createdAt, about}], interactions []
contracts       id, lead, number, value, date, description, createdAt, updatedAt
actions         id, lead, leadActionTypeId, actionDetail, date, createdAt, updatedAt, attachments [id of
                documents]
documents       id, lead, type (contracts, offers, consents), name, size (bytes), action or null, createdAt
codes           id, code, campaign, prize {name, pointsValue}, status (free, associated, redeemed, blocked),
                client or null, hostess or null, location or null, changedAt
notifications   id, template, email, firstName, lastName, attachment {name, size} or null, createdAt
visitors        id (what the client holds: uid, pid or mobileId), kind (web or mobile), application, client
                or null, email, phone, push, device (texts or null), technicalInfo, variables {name: value},
                linked [id of visitors] (the anonymous ones that turned out to be this one), createdAt,
                seenAt
tracked         id (number), visitor, application, kind (web, mobile, sensors, geo, content), requestType,
                actionType, data, createdAt
ads             id, placement (PLACEMENTS), application or null, screens [text] or null, link (where the
                smart URL leads) or null, clicks (number), shown {the members of the API's ad but linkUrl}
products        id, kind (sponsored or recommended), application or null, adId or null, shown {the members of
                the API}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.kernel.store import Collection, Document, Index, on

PLACEMENTS = ("displayAd", "videoAdHorizontalVideo", "videoAdVerticalVideo", "leadAd", "mobileNotifications")
"""Where an ad is shown: the lists of content delivery but those of products."""
MARKS = ("email", "phone", "push", "device")
"""What a visitor is recognised by."""
LISTED = ("locationId", "offerCategoryId", "offerId", "consultantId")
"""The ids that a lead needs to be in Get Leads (its text: "Only leads that have…")."""


def email_key(email: str) -> str:
    """What two spellings of an e-mail address have in common (footprints.same-person)."""
    return email.strip().lower()


def phone_key(phone: str) -> str:
    """What two spellings of a phone number have in common (footprints.same-person)."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


def _person(client: Document) -> Iterable[tuple[str, str]]:
    fields = client["fields"]
    email, phone = fields.get("userEmail"), fields.get("userPhone")
    return [(email_key(email), phone_key(phone))] if email and phone else []


def _address(visitor: Document) -> Iterable[str]:
    """What tells whose visitor it is, client or not: the e-mail address, else the phone number."""
    if visitor["email"]:
        return [email_key(visitor["email"])]
    return [phone_key(visitor["phone"])] if visitor["phone"] else []


def _field(name: str, key: Any = str) -> Index:
    def values(document: Document) -> Iterable[str]:
        value = document["fields"].get(name)
        return [] if value in (None, "") else [key(value)]

    return Index(name, values)


def is_listed(fields: Mapping[str, Any]) -> bool:
    """Whether a lead has all four ids that Get Leads asks for."""
    return all(fields.get(name) for name in LISTED)


APPLICATIONS = Collection("footprints/applications", (on("key", unique=True),))
PEOPLE = Collection("footprints/people", (on("username"), on("pin")))
TOKENS = Collection("footprints/tokens", (on("token", unique=True), on("refresh", unique=True)))
CATALOGUES = Collection("footprints/catalogues")
OFFERS = Collection("footprints/offers", (on("offerCategoryId"),))
SKUS = Collection("footprints/skus", (on("offerId"),))
LOCATIONS = Collection("footprints/locations")
CAMPAIGNS = Collection("footprints/campaigns", (on("type"), on("internalId")))
CHANNELS = Collection("footprints/channels")
ACTION_TYPES = Collection("footprints/action_types")
TEMPLATES = Collection("footprints/templates")
VARIABLES = Collection("footprints/variables")
CLIENTS = Collection(
    "footprints/clients",
    (
        Index("person", _person),
        _field("userEmail", email_key),
        _field("userPhone", phone_key),
        _field("nationalId"),
        _field("userExternalId"),
    ),
)
LEADS = Collection(
    "footprints/leads",
    (
        on("client"),
        Index("listed", lambda lead: [lead["createdAt"]] if is_listed(lead["fields"]) else []),
        Index("listed of", lambda lead: [lead["application"]] if is_listed(lead["fields"]) else []),
        _field("offlineCampaignId"),
    ),
)
CONTRACTS = Collection("footprints/contracts", (on("lead"),))
ACTIONS = Collection("footprints/actions", (on("lead"),))
DOCUMENTS = Collection("footprints/documents", (on("lead"),))
CODES = Collection(
    "footprints/codes",
    (
        on("campaign"),
        on("client"),
        Index("code", lambda code: [(code["campaign"], code["code"])], unique=True),
        Index("free", lambda code: [code["campaign"]] if code["status"] == "free" else []),
        Index("given", lambda code: [code["campaign"]] if code["status"] != "free" else []),
    ),
)
NOTIFICATIONS = Collection("footprints/notifications")
VISITORS = Collection(
    "footprints/visitors",
    (
        on("client"),
        Index(
            "email", lambda v: [(v["application"], v["kind"], email_key(v["email"]))] if v["email"] else []
        ),
        Index("person", _address),
        Index("push", lambda v: [(v["application"], v["push"])] if v["push"] else []),
        Index("device", lambda v: [(v["application"], v["device"])] if v["device"] else []),
    ),
)
TRACKED = Collection("footprints/tracked", (on("visitor"),))
ADS = Collection("footprints/ads", (on("placement"),))
PRODUCTS = Collection("footprints/products", (on("kind"),))
COLLECTIONS = (
    APPLICATIONS,
    PEOPLE,
    TOKENS,
    CATALOGUES,
    OFFERS,
    SKUS,
    LOCATIONS,
    CAMPAIGNS,
    CHANNELS,
    ACTION_TYPES,
    TEMPLATES,
    VARIABLES,
    CLIENTS,
    LEADS,
    CONTRACTS,
    ACTIONS,
    DOCUMENTS,
    CODES,
    NOTIFICATIONS,
    VISITORS,
    TRACKED,
    ADS,
    PRODUCTS,
)
