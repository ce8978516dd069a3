"""How a client comes to a code: by the control API, or by a lead where that is chosen."""

from __future__ import annotations

import pytest

from tests.vendors.footprints.conftest import Footprints, MakeFootprints
from tests.vendors.footprints.test_loyalty import (
    ANA,
    CAMPAIGN,
    FREE,
    HERE,
    HOSTESS,
    MIHAI,
    OTHER_CLIENT,
    TOKEN,
    ask,
    code_of,
    give,
)


def test_a_code_given_by_the_control_api_is_found_and_redeemed(footprints: Footprints) -> None:
    before = ask(footprints, "check", **MIHAI, **HERE).json
    assert (before["code"], before["prize_status"]) == ("B4LK90QW", "blocked")
    give(footprints, FREE, OTHER_CLIENT, changedAt="2024-03-01T08:00:00.000Z")
    after = ask(footprints, "check", **MIHAI, **HERE).json
    assert (after["code"], after["last_update"]) == ("F7ZT11AA", "2024-03-01 08:00:00")
    assert ask(footprints, "change", **MIHAI, **HERE, code="F7ZT11AA").status_code == 200
    assert ask(footprints, "change", **MIHAI, **HERE, code="F7ZT11AA").status_code == 400


def one_lead(footprints: Footprints, **fields: str) -> None:
    lead = {"offlineCampaignId": CAMPAIGN} | ANA | fields
    assert footprints.post("/api/lead", lead, token=TOKEN).status_code == 200


def test_a_lead_gives_no_code(footprints: Footprints) -> None:
    one_lead(footprints, **MIHAI)
    assert code_of(footprints, FREE)["status"] == "free"


def test_a_lead_may_give_its_client_a_code(make_footprints: MakeFootprints) -> None:
    """Seen to fail with the client left out, and with the clock's instant."""
    footprints = make_footprints(codes_by_leads="yes")
    free = code_of(footprints, FREE)
    one_lead(footprints, **MIHAI)
    given = {"status": "associated", "client": OTHER_CLIENT, "changedAt": "2024-03-01T08:00:00.000Z"}
    assert code_of(footprints, FREE) == free | given | {"hostess": HOSTESS}
    assert ask(footprints, "check", **MIHAI, **HERE).json["code"] == free["code"]
    assert ask(footprints, "change", **MIHAI, **HERE, code=free["code"]).status_code == 200


@pytest.mark.parametrize(
    ("fields", "instant"),
    [
        (ANA, "2024-03-01T08:00:00Z"),
        (MIHAI | {"offlineCampaignId": ""}, "2024-03-01T08:00:00Z"),
        (MIHAI | {"offlineCampaignId": "5a0000000000000000000601"}, "2024-03-01T08:00:00Z"),
        (MIHAI | {"offlineCampaignId": "unknown"}, "2024-03-01T08:00:00Z"),
        (MIHAI, "2024-12-27T00:00:00Z"),
    ],
    ids=["who has one to redeem", "no campaign", "an offline one", "an unknown one", "one that is over"],
)
def test_nobody_else_gets_one(make_footprints: MakeFootprints, fields: dict[str, str], instant: str) -> None:
    footprints = make_footprints(codes_by_leads="yes")
    footprints.move_to(instant)
    before = footprints.kept("codes")
    one_lead(footprints, **fields)
    assert footprints.kept("codes") == before


def test_codes_end(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(codes_by_leads="yes")
    people = [{"userEmail": f"{name}@example.com", "userPhone": "1"} for name in "abc"]
    for person in people:
        one_lead(footprints, **person)
    assert "free" not in [code["status"] for code in footprints.kept("codes")]
    found = [ask(footprints, "check", **person, **HERE).status_code for person in people]
    assert found == [200, 200, 404]
