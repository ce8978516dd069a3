"""What the benchmarks send and get: one row, as an import takes it and as it is read."""

from __future__ import annotations

import orjson

ROW = {
    "id": 900001,
    "firstname": "Kari",
    "lastname": "Nordmann",
    "dateOfBirth": "1980-02-03",
    "gender": "K",
    "phone": "+4740001234",
    "email": "kari@example.com",
    "address": "Storgata 1",
    "zip": "0155",
    "city": "Oslo",
}
IMPORT_BODY = orjson.dumps({"MergeKey": "id", "Items": [ROW]})
UNSET = ("clubLevel", "points", "homeStore", "smsConsent", "emailConsent")
ITEM_ANSWER = orjson.dumps(ROW | {"createdDate": "2024-01-01T00:00:00"} | dict.fromkeys(UNSET))
