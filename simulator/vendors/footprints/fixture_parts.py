"""The shapes of the stored documents that a fixture may hold, as JSON schemas.

What answers show has the contract's own schemas; those are referred to as `#/components/schemas/…`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from simulator import data
from simulator.kernel.fixture_shape import COUNT, FLAG, MAP, TEXT, array, model, nullable, of
from simulator.vendors.footprints.customers.record import OF_A_PERSON
from simulator.vendors.footprints.state import LISTED, PLACEMENTS

Shape = dict[str, Any]


ANY_TEXT = {"type": "string"}
NUMBER = {"type": "number"}
ID = of("PathId")
INSTANT = of("Instant")
KEY = {"type": "string", "pattern": "^[^:]+$"}
STATUS = of("LeadStatus")

APPLICATION = model("id name key secret", {"id": ID, "name": TEXT, "key": KEY, "secret": TEXT})
PERSON = model(
    "id firstName lastName email phone",
    {
        "id": ID,
        **dict.fromkeys(("role", "groupRole", "firstName", "lastName", "email", "phone"), ANY_TEXT),
        **dict.fromkeys(("username", "password", "pin"), nullable(TEXT)),
        **dict.fromkeys(("locations", "offerCategories"), array(ID)),
    },
)
TOKEN = model(
    "id token refresh application",
    {
        "id": ID,
        "token": TEXT,
        "refresh": nullable(TEXT),
        "application": ID,
        "person": nullable(ID),
        "scope": of("Token", "scope"),
        "seconds": COUNT,
        "expires": INSTANT,
    },
)
CATALOGUE = model(
    "id name",
    {
        "id": ID,
        "name": ANY_TEXT,
        "description": ANY_TEXT,
        "createdAt": INSTANT,
        **dict.fromkeys(("consultants", "locations"), array(ID)),
    },
)
OFFER = model(
    "id name offerCategoryId",
    {
        "id": ID,
        "name": ANY_TEXT,
        "description": ANY_TEXT,
        "price": NUMBER,
        "externalId": nullable(ANY_TEXT),
        "offerCategoryId": ID,
        "userId": nullable(ID),
        "createdAt": INSTANT,
    },
)
SKU = model(
    "id name offerId",
    {
        "id": ID,
        "name": ANY_TEXT,
        "price": NUMBER,
        "externalId": nullable(ANY_TEXT),
        "quantity": COUNT,
        "offerId": ID,
    },
)
LOCATION = model(
    "id name",
    {
        "id": ID,
        **dict.fromkeys(("name", "description", "address", "image"), ANY_TEXT),
        **dict.fromkeys(("country", "county"), nullable(ANY_TEXT)),
        "areaId": nullable(ID),
        "coords": of("Location", "coords"),
        "createdAt": INSTANT,
    },
)
CAMPAIGN_OF_ANY_TYPE: Shape = {
    "id": ID,
    "name": ANY_TEXT,
    **dict.fromkeys(("startDate", "endDate", "createdAt"), INSTANT),
    "people": array(ID),
}
CHANNEL = model("id name mediaType", {"id": ID, "name": ANY_TEXT, "mediaType": of("Channel", "mediaType")})
ACTION_TYPE = model("id name", {"id": ID, "name": ANY_TEXT, "createdAt": INSTANT})
TEMPLATE = model("id name subject text", {"id": TEXT, **dict.fromkeys(("name", "subject", "text"), ANY_TEXT)})
TIMELINE_ENTRY = model(
    "createdAt timestamp icon offlineCampaignId offerCategoryId leadId",
    {
        **dict.fromkeys(("createdAt", "timestamp"), INSTANT),
        "icon": ANY_TEXT,
        **dict.fromkeys(("offlineCampaignId", "offerCategoryId"), nullable(TEXT)),
        "leadId": ID,
    },
)
COMMENT = model("id text createdAt about", {"id": ID, "text": ANY_TEXT, "createdAt": INSTANT, "about": TEXT})
CONTRACT = model(
    "id lead",
    {
        "id": ID,
        "lead": ID,
        "number": nullable(ANY_TEXT),
        "value": nullable(NUMBER),
        "date": nullable(INSTANT),
        "description": nullable(ANY_TEXT),
        **dict.fromkeys(("createdAt", "updatedAt"), INSTANT),
    },
)
ACTION = model(
    "id lead leadActionTypeId",
    {
        "id": ID,
        "lead": ID,
        "leadActionTypeId": ID,
        "actionDetail": nullable(ANY_TEXT),
        "date": nullable(INSTANT),
        **dict.fromkeys(("createdAt", "updatedAt"), INSTANT),
        "attachments": array(ID),
    },
)
DOCUMENT = model(
    "id lead type name size",
    {
        "id": ID,
        "lead": ID,
        "type": of("DocumentType"),
        "name": TEXT,
        "size": COUNT,
        "action": nullable(ID),
        "createdAt": INSTANT,
    },
)
CODE: Shape = {
    **model(
        "id code campaign prize",
        {
            "id": ID,
            "code": TEXT,
            "campaign": ID,
            "prize": model("name pointsValue", {"name": ANY_TEXT, "pointsValue": NUMBER}),
            "status": {"enum": ["free", "associated", "redeemed", "blocked"]},
            **dict.fromkeys(("client", "hostess", "location"), nullable(ID)),
            "changedAt": INSTANT,
        },
    ),
    "if": {"properties": {"status": {"const": "free"}}},
    "then": {"properties": {"client": {"type": "null"}}},
    "else": {"required": ["client"], "properties": {"client": ID}},
}
NOTIFICATION = model(
    "id template email",
    {
        "id": ID,
        "template": TEXT,
        "email": TEXT,
        **dict.fromkeys(("firstName", "lastName"), nullable(ANY_TEXT)),
        "attachment": nullable(model("name size", {"name": TEXT, "size": COUNT})),
        "createdAt": INSTANT,
    },
)
VISITOR: Shape = {
    **model(
        "id kind application",
        {
            "id": {"type": "string", "pattern": "^[cp]?[0-9a-f]{64}$"},
            "kind": {"enum": ["web", "mobile"]},
            "application": ID,
            "client": nullable(ID),
            **dict.fromkeys(("email", "phone", "push", "device"), nullable(TEXT)),
            "technicalInfo": MAP,
            "variables": MAP,
            "linked": array(TEXT),
            **dict.fromkeys(("createdAt", "seenAt"), INSTANT),
        },
    ),
    "if": {"properties": {"kind": {"const": "web"}}},
    "then": {"properties": {"id": {"pattern": "^[0-9a-f]{64}$"}}},
    "else": {"properties": {"id": {"pattern": "^[cp][0-9a-f]{64}$"}}},
}
TRACKED = model(
    "visitor application kind data createdAt",
    {
        "visitor": TEXT,
        "application": ID,
        "kind": {"enum": ["web", "mobile", "sensors", "geo", "content"]},
        **dict.fromkeys(("requestType", "actionType"), nullable(TEXT)),
        "data": {},
        "createdAt": INSTANT,
    },
)
# --- shapes made of the contract's -----------------------------------------------------------


def schemas() -> Shape:
    """The schemas of the contract."""
    found: Shape = data.contract("footprints")["components"]["schemas"]
    return found


@cache
def shapes() -> dict[str, Shape]:
    """The shape of the documents of each collection."""
    sponsored, recommended = (_product(kind) for kind in ("sponsored", "recommended"))
    return {
        "applications": APPLICATION,
        "people": PERSON,
        "tokens": TOKEN,
        "catalogues": CATALOGUE,
        "offers": OFFER,
        "skus": SKU,
        "locations": LOCATION,
        "channels": CHANNEL,
        "action_types": ACTION_TYPE,
        "templates": TEMPLATE,
        "variables": model("id", {"id": TEXT}),
        "contracts": CONTRACT,
        "actions": ACTION,
        "documents": DOCUMENT,
        "codes": CODE,
        "notifications": NOTIFICATION,
        "visitors": VISITOR,
        "tracked": TRACKED,
        "campaigns": _by("type", offline=_offline(), drive_loyalty=_loyalty()),
        "clients": _client(),
        "leads": _lead(),
        "ads": _ad(),
        "products": _by("kind", sponsored=sponsored, recommended=recommended),
    }


def _by(member: str, **shapes: Shape) -> Shape:
    """The shape that belongs to the value of `member`."""
    return {
        "type": "object",
        "required": [member],
        "properties": {member: {"enum": list(shapes)}},
        "allOf": [
            {"if": {"properties": {member: {"const": value}}}, "then": shape}
            for value, shape in shapes.items()
        ],
    }


def _but(of: Shape, *own: str, required: str = "") -> Shape:
    """The members of an answer's schema but those that a stored document has beside them."""
    return model(required, {name: shape for name, shape in of["properties"].items() if name not in own})


def _offline() -> Shape:
    own = ("_id", "name", "type", "startDate", "endDate", "createdAt", "locationId")
    return model(
        "id type name startDate endDate",
        {
            **CAMPAIGN_OF_ANY_TYPE,
            "type": {"const": "offline"},
            "locationId": nullable(ID),
            "fields": _but(schemas()["OfflineCampaign"], *own),
        },
    )


def _loyalty() -> Shape:
    own = ("_id", "name", "type", "internalId", "startDate", "endDate", "createdAt", "locationId", "total")
    listed = schemas()["LoyaltyCampaigns"]["properties"]["campaigns"]["items"]
    return model(
        "id type name internalId startDate endDate",
        {
            **CAMPAIGN_OF_ANY_TYPE,
            "type": {"const": "drive_loyalty"},
            "internalId": TEXT,
            "locationId": nullable(ID),
            "fields": _but(listed, *own),
        },
    )


def _person() -> Shape:
    """Fields of a person, as they are stored: those of Get customer, a birthday as it was sent."""
    shown = schemas()["Customer"]["properties"]
    return {name: of("Customer", name) for name in OF_A_PERSON if name in shown} | {
        "userBirthday": {"allOf": [of("Day"), TEXT]},
        "agreeToCollect": FLAG,
        "customDetails": MAP,
    }


def _client() -> Shape:
    return model(
        "id fields",
        {
            "id": ID,
            "fields": model("", _person()),
            **dict.fromkeys(("createdAt", "timestamp"), INSTANT),
            "version": COUNT,
            "timeline": array(TIMELINE_ENTRY),
        },
    )


def _lead() -> Shape:
    """A lead; its fields may have others, as custom variables have names of their own."""
    texts = dict.fromkeys((name for name in schemas()["Lead"]["properties"] if name.endswith("Id")), TEXT)
    texts |= dict.fromkeys((*LISTED, "skuId"), TEXT)
    known = texts | {"tags": array(ANY_TEXT)} | _person()
    fields = model("", known) | {"additionalProperties": True}
    score = nullable({"type": "integer", "minimum": 0, "maximum": 10})
    return model(
        "id client application status fields",
        {
            **dict.fromkeys(("id", "client", "application"), ID),
            "status": STATUS,
            "fields": fields,
            **dict.fromkeys(("createdAt", "updatedAt", "timestamp", "timestampStatusChange"), INSTANT),
            **dict.fromkeys(("isMultipart", "isComplete", "actionRequired"), FLAG),
            "version": COUNT,
            "nps": score,
            "reasonLost": nullable(of("LossReason")),
            "contract": nullable(ID),
            "history": array(
                model(
                    "id status createdAt",
                    {"id": ID, "fields": fields, "status": STATUS, "createdAt": INSTANT},
                )
            ),
            "comments": array(COMMENT),
            "interactions": array({}),
        },
    )


def _ad() -> Shape:
    return model(
        "id placement shown",
        {
            "id": ID,
            "placement": {"enum": list(PLACEMENTS)},
            "application": nullable(ID),
            "screens": nullable(array(TEXT)),
            "link": nullable({"type": "string", "pattern": "^https?://"}),
            "clicks": COUNT,
            "shown": _but(
                schemas()["Ad"], "linkUrl", required="adType adId contentUrl bannerType campaignId"
            ),
        },
    )


def _product(kind: str) -> Shape:
    return model(
        "id kind shown",
        {
            "id": ID,
            "kind": {"const": kind},
            "application": nullable(ID),
            "adId": nullable(ID),
            "shown": of("SponsoredProduct" if kind == "sponsored" else "RecommendedProduct"),
        },
    )
