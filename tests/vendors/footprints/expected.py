"""What the samples of the vendor's documentation are filled with, are answered, and leave behind."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any

from simulator import data

HOST = "api.footprints-ai.com"
NOW = "2024-03-01T08:00:00.000Z"
LEAD, LEAD_ACTION = "5a0000000000000000000901", "5a0000000000000000000b01"
CODE = "5a0000000000000000000e51"
ANA, HOSTESS = "5a0000000000000000000801", "5a0000000000000000000021"
UID, MID = "2" * 64, "c" + "3" * 64
VALUES = {
    "host": HOST,
    "access_token": "3a53f15f7382f61564e3b16a3b81a37354c88f391263adf31be953e80b3f3",
    "basic": base64.b64encode(b"072f34176f42a855da5ff3b1:example-app-secret").decode(),
    "pin": "1234567890",
    "appkey": "072f34176f42a855da5ff3b1",
    "lead_id": LEAD,
    "action_id": LEAD_ACTION,
    "lead_action_type_id": "5a0000000000000000000a01",
    "offer_category_id": "5a0000000000000000000101",
    "campaign_internal_id": "3irf2dmn8ks",
    "code": "9E58EDI",
    "user_external_id": "2446456",
    "template_key": "irqm1350re7pw",
    "country_name": "Romania",
    "county_name": "Alba",
    "uid": UID,
    "mid": MID,
}


class Hex:
    """Equal to a text that the server made up, of so many hexadecimal digits."""

    def __init__(self, digits: int) -> None:
        self.form = re.compile(f"[0-9a-f]{{{digits}}}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.form.fullmatch(other) is not None

    __hash__ = None  # type: ignore[assignment]


def printed(operation: str) -> Any:
    """The first answer that the contract prints for an operation."""
    operations = [
        found
        for item in data.contract("footprints")["paths"].values()
        for found in item.values()
        if isinstance(found, dict) and found.get("operationId") == operation
    ]
    examples = operations[0]["responses"]["200"]["content"]["application/json"]["examples"]
    return next(iter(examples.values()))["value"]


ID = Hex(24)
SUCCESS = {"status": "success"}
INVALID = "The access token provided is invalid."
REFUSED = {
    "code": 401,
    "error": "invalid_token",
    "error_description": INVALID,
    "status": "error",
    "success": False,
    "message": INVALID,
}
PERSON = {
    "userFirstName": "Ana",
    "userLastName": "Exemplu",
    "userEmail": "ana.exemplu@example.com",
    "userPhone": "0700000000",
}
CHANGED = {
    "_id": LEAD,
    "timestamp": "2024-02-15 16:12:56",
    "createdAt": "2024-02-15 16:12:56",
    "updatedAt": "2024-03-01 08:00:00",
    "status": "sale_lead",
    **PERSON,
    "locationId": "5a0000000000000000000401",
    "offerId": "5a0000000000000000000201",
    "consultantId": "5a0000000000000000000011",
    "assignedBefore": 1,
    "skuId": "5a0000000000000000000301",
    "skuExternalId": "12345",
}
TOKEN = {"access_token": Hex(64), "token_type": "bearer", "expires_in": 31_535_999, "refresh_token": Hex(64)}
OF_HOSTESS = {
    "scope": ["app_scope", "hostess_scope"],
    "hostess_name": "Test Hostess",
    "hostess_id": HOSTESS,
}
AS_PRINTED = (
    "checkClientCode",
    "getLeadActions",
    "getLeadActionTypes",
    "listBusinessUsers",
    "listCatalogues",
    "listChannels",
    "listOfflineCampaigns",
    "listSkus",
)
ANSWERS: dict[str, Any] = {
    **{operation: printed(operation) for operation in AS_PRINTED},
    "addLead": {"_id": ID},
    "addLeadAction": {"status": "success", "_id": ID},
    "addProspect": {"_id": ID},
    "changeCodeStatus": SUCCESS,
    "createToken": TOKEN | OF_HOSTESS,
    "createToken.curl": TOKEN | {"scope": ["app_scope"]},
    "deleteCustomer": SUCCESS,
    "getLeadActionTypes.curl": printed("getLeadActions"),
    "mobileGeo": {"success": True},
    "mobileInit": {"status": "ok", "success": True, "mobileId": MID},
    "mobileSend": {},
    "mobileSensors": {"success": True},
    "sendNotification": {"status": "success", "message": "Message sent!"},
    "updateCustomer": SUCCESS,
    "updateLead": CHANGED,
    "updateLeadAction": {"status": "success", "_id": LEAD_ACTION},
    "updateLostLead": CHANGED | {"status": "lost", "comments": ID},
    "updateNps": SUCCESS,
    "uploadLeadDocuments": {"status": "ok", "uploaded_files": ["filename1.pdf", "filename2.pdf"]},
    "uploadLeadDocuments.node": {"status": "ok", "uploaded_files": ["filename2.pdf"]},
    "uploadLeadDocuments.php": {"status": "ok", "uploaded_files": ["filename2.pdf"]},
    "webInit": {"status": "ok", "uid": UID},
    "webSend": {},
}
"""What is answered to a sample, by its name or by that of its operation."""


LOOKS: dict[str, tuple[Callable[[Any], Any], Any]] = {
    "getActiveLoyaltyCampaigns": (lambda said: [c["internalId"] for c in said["campaigns"]], ["3irf2dmn8ks"]),
    "getCustomer": (
        lambda said: (said["_id"], [lead["_id"] for lead in said["leads"]]),
        (ANA, [LEAD, "5a0000000000000000000903"]),
    ),
    "getLeads": (lambda said: [lead["_id"] for lead in said], ["5a0000000000000000000904", LEAD]),
    "getLoyaltyCampaigns": (
        lambda said: [(c["internalId"], c["total"]) for c in said["campaigns"]],
        [("3irf2dmn8ks", 3)],
    ),
    "getPrizeHistory": (
        lambda said: [(code["code"], code["status"]) for code in said["codes"]],
        [("JGFRZ328", "redeemed"), ("9E58EDI", "associated")],
    ),
    "listCodes": (
        lambda said: ([code["code"] for code in said["clients"]], said["totalResults"]),
        (["JGFRZ328", "B4LK90QW", "9E58EDI"], 3),
    ),
    "listLocations": (lambda said: [location["_id"] for location in said], ["5a0000000000000000000401"]),
    "listOffers": (lambda said: said[0], printed("listOffers")[0]),
}
"""What of a long answer is looked at, and what it is."""

VISIT = {
    "kind": "web",
    "visitor": UID,
    "requestType": "action",
    "actionType": "visit",
    "data": {"brands": ["ExempluSport", "DemoShoes"], "tenants": ["E&X", "D&O"]},
}
BEACONS = [
    {
        "uuid": "88888888-0001",
        "rssi": 5,
        "distance": 4,
        "macAddress": "00-00-00-00-00-01",
        "txPower": 2,
        "name": "entrance",
        "minor": 3.2,
        "major": 4.1,
    },
    {
        "uuid": "88888888-0002",
        "rssi": 5,
        "distance": 44,
        "macAddress": "00-00-00-00-00-01",
        "txPower": 6,
        "name": "checkout",
        "minor": 1.1,
        "major": 2.2,
    },
]
BEACON_BY_MEMBER = {
    "uuid": "88888888-0003",
    "rssi": 5_461_567,
    "distance": 22,
    "macAddress": "00-00-00-00-00-02",
    "txPower": 568,
    "name": "Sensor1",
    "minor": 10.2,
    "major": 22.3,
}
NEAR = {"kind": "sensors", "visitor": MID, "requestType": None, "actionType": None}
SENT = {"lead": LEAD, "type": "contracts", "createdAt": NOW}
ACTION = {
    "lead": LEAD,
    "leadActionTypeId": "5a0000000000000000000a01",
    "actionDetail": "description",
    "date": "2024-02-15T16:12:56.000Z",
    "updatedAt": NOW,
}
KEPT: dict[str, tuple[str, dict[str, Any]]] = {
    "addLead": ("leads", {"id": ID, "client": ANA, "status": "lead", "fields": PERSON, "createdAt": NOW}),
    "addLeadAction": ("actions", ACTION),
    "addProspect": ("leads", {"status": "prospect", "fields": PERSON | {"userPhone": "+40700000000"}}),
    "addProspect.php": ("leads", {"status": "prospect", "client": ANA, "fields": PERSON}),
    "addProspect.curl": (
        "leads",
        {
            "status": "prospect",
            "client": ANA,
            "fields": {
                "avandorSession": "userFirstName=Ana",
                **{name: PERSON[name] for name in ("userLastName", "userEmail", "userPhone")},
            },
        },
    ),
    "changeCodeStatus": (f"codes/{CODE}", {"status": "redeemed", "hostess": HOSTESS, "changedAt": NOW}),
    "createToken": ("tokens", {"person": HOSTESS}),
    "createToken.curl": ("tokens", {"person": None}),
    "mobileGeo": (
        "tracked",
        {"kind": "geo", "visitor": MID, "data": {"lat": 44.43, "lon": 26.1, "accuracy": 3}},
    ),
    "mobileInit": (f"visitors/{MID}", {"push": "100001", "seenAt": NOW}),
    "mobileSend": ("tracked", VISIT | {"kind": "mobile", "visitor": MID}),
    "mobileSensors": ("tracked", NEAR | {"data": {"sensors": BEACONS}}),
    "mobileSensors.node": ("tracked", NEAR | {"data": {"sensors": [BEACON_BY_MEMBER]}}),
    "sendNotification": (
        "notifications",
        {
            "template": "irqm1350re7pw",
            "email": "ana.exemplu@example.com",
            "attachment": {"name": "test.pdf", "size": 95},
        },
    ),
    "updateLead": (f"leads/{LEAD}", {"status": "sale_lead", "updatedAt": NOW, "version": 3}),
    "updateLeadAction": (f"actions/{LEAD_ACTION}", ACTION | {"createdAt": "2024-02-19T12:47:35.847Z"}),
    "updateLostLead": (
        f"leads/{LEAD}",
        {
            "status": "lost",
            "reasonLost": "price_too_high",
            "comments": [{"id": ID, "text": "test", "createdAt": NOW, "about": "leadLost"}],
        },
    ),
    "updateNps": (
        f"leads/{LEAD}",
        {"nps": 10, "comments": [{"id": ID, "text": "test", "createdAt": NOW, "about": "nps"}]},
    ),
    "uploadLeadDocuments": ("documents", SENT | {"name": "filename2.pdf"}),
    "webInit": (f"visitors/{UID}", {"seenAt": NOW}),
    "webSend": ("tracked", VISIT),
}
"""What a sample leaves: the newest document of a collection, or the named one, with these members."""
