"""What a client does against Infact's contract is said once, and nothing of what it does right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.twelve import Fault, reported, send
from tests.vendors.infact.conftest import Infact

MEMBERS = "/datasources/265/objects/members"
IMPORT = f"{MEMBERS}/data/import/json"
ROWS: dict[str, Any] = {"Items": [{"id": 9_000_001, "firstname": "Kari"}], "MergeKey": "id"}
LIST = "/blacklist/global/phone"


@pytest.mark.parametrize("seed", range(2))
def test_twelve_faults_among_twenty_four_calls(infact: Infact, seed: int) -> None:
    """Seen to fail with a right call that has an unknown field, and with one fault corrected."""

    def imports(body: Any = ROWS, query: str = "", **options: Any) -> Callable[[], TestResponse]:
        return lambda: infact.post(IMPORT + query, body, **options)

    def gets(path: str) -> Callable[[], TestResponse]:
        return lambda: infact.get(path)

    wrong: dict[Fault, Callable[[], TestResponse]] = {
        ("importJson", "body", "/Tgas", "additionalProperties"): imports({**ROWS, "Tgas": ["spring"]}),
        ("importJson", "body", "/Tags", "type"): imports({**ROWS, "Tags": "spring"}),
        ("importJson", "body", "/MergeKey", "required"): imports({"Items": ROWS["Items"]}),
        ("importJson", "body", "", "encoding"): imports(None, data=b"{", content_type="application/json"),
        ("importJson", "query", "/dryrun", "undocumented"): imports(query="?dryrun=true"),
        ("importJson", "header", "/Content-Type", "contentType"): imports(
            None, data=b"{}", content_type="text/plain"
        ),
        ("checkBlacklist", "query", "/Phone", "required"): gets("/Blacklist"),
        ("listGlobalPhoneBlacklist", "query", "/Start", "type"): gets(f"{LIST}?Start=first"),
        ("listGlobalPhoneBlacklist", "query", "/Count", "type"): gets(f"{LIST}?Count=%C3%A6"),
        ("listGlobalEmailBlacklist", "body", "", "undocumented"): lambda: infact.call(
            "GET", "/blacklist/global/email", json={}
        ),
        ("addToBlacklist", "body", "/rc", "type"): lambda: infact.post(
            "/Blacklist", {"rc": "x", "FormId": 7, "Phone": "+4740000077"}
        ),
        (None, "operation", "", "undocumented"): gets("/datasource/265/objects"),
    }
    right = [
        imports(),
        imports({**ROWS, "Tags": ["spring"]}),
        imports({**ROWS, "Items": [{"id": 9_000_002, "zip": 1358}]}),
        gets("/Blacklist?Phone=%2B4740000001"),
        gets("/Blacklist?phone=40000001&countrycode=NO"),
        gets("/datasources/265/objects"),
        gets(f"{MEMBERS}/properties"),
        gets(f"{MEMBERS}/data/999"),
        gets(LIST),
        gets(f"{LIST}?Start=0&Count=5"),
        gets("/blacklist/global/email?Start=0"),
        lambda: infact.post("/Blacklist", {"rc": 43, "FormId": 7, "Phone": "+4740000077"}),
    ]
    faults = send(wrong, right, seed)
    assert reported(infact) == faults


def test_an_unknown_parameter_is_named_as_it_was_sent(infact: Infact) -> None:
    """Known ones match in any case. Seen to fail when names were folded before they were told."""
    infact.get("/blacklist?phone=%2B4740000001&ShoeSize=43", auth="")
    verdict: Any = infact.control.get("/_simulator/verdict").json
    assert [(row["in"], row["pointer"], row["message"]) for row in verdict["violations"]] == [
        ("query", "/ShoeSize", "ShoeSize is no parameter of checkBlacklist")
    ]
