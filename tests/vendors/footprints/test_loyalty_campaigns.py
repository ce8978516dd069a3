"""Loyalty campaigns: which a user has, which run now, and what is shown of them."""

from __future__ import annotations

import pytest

from tests.vendors.footprints.conftest import Footprints, MakeFootprints, docs
from tests.vendors.footprints.test_loyalty import (
    CAMPAIGN,
    CONSULTANT,
    FREE,
    INTERNAL,
    get,
    give,
    names,
    second_campaign,
)


def test_active_campaigns_are_short(footprints: Footprints) -> None:
    answer = get(footprints, "active-campaigns")
    assert answer.json == {
        "status": "success",
        "campaigns": [
            {
                "_id": CAMPAIGN,
                "internalId": INTERNAL,
                "name": "Demo Campaign 2",
                "startDate": "2024-01-26T10:59:08.000Z",
                "endDate": "2024-12-26T10:59:08.000Z",
                "expireCodesDate": "2025-01-27T10:59:08.000Z",
                "loyaltySettings": {"loyaltyPrizeTypes": [{"name": "Prize 1"}, {"name": "Prize 2"}]},
                "location": {"name": "Mega Mall"},
                "total": 3,
            }
        ],
    }
    assert "footprints.campaign-total" in answer.headers["X-Simulator-Assumed"]


def test_campaigns_are_shown_whole_and_without_offline_ones(footprints: Footprints) -> None:
    answer = get(footprints, "campaigns")
    (campaign,) = answer.json["campaigns"]
    assert list(campaign) == [
        *("_id", "internalId", "name", "type", "budget", "salesCost", "monthlySellingCost"),
        *("monthlyServicingCost", "productionCost", "profitabilityTime", "retentionRate", "landingPageURL"),
        *("startDate", "endDate", "expireCodesDate", "timestamp", "createdAt", "__v", "locationId"),
        *("loyaltySettings", "extraAllocations", "leads", "total"),
    ]
    assert campaign["loyaltySettings"]["codeLength"] == "9"
    assert campaign["extraAllocations"][0]["value"] == 120
    assert (campaign["__v"], campaign["budget"], campaign["salesCost"]) == (15, 0, None)


@pytest.mark.parametrize(
    ("instant", "active"),
    [
        ("2024-01-26T10:59:07.999Z", False),
        ("2024-01-26T10:59:08Z", True),
        ("2024-12-26T10:59:08Z", True),
        ("2024-12-26T10:59:08.001Z", False),
    ],
)
def test_a_campaign_is_active_from_start_to_end(footprints: Footprints, instant: str, active: bool) -> None:
    footprints.move_to(instant)
    assert bool(names(footprints, "active-campaigns")) is active
    assert names(footprints, "campaigns") == ["Demo Campaign 2"]


def test_a_campaign_may_be_active_until_its_codes_expire(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(clock="2025-01-27T10:59:08Z", active_campaign="expireCodesDate")
    assert names(footprints, "active-campaigns") == ["Demo Campaign 2"]
    footprints.move_to("2025-01-27T10:59:09Z")
    assert names(footprints, "active-campaigns") == []


def test_a_campaign_without_settings_has_empty_ones(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(docs(campaigns=[second_campaign()]), clock="2024-04-02T00:00:00Z")
    active = get(footprints, "active-campaigns").json["campaigns"][1]
    assert active["expireCodesDate"] == active["endDate"] == "2024-04-30T00:00:00.000Z"
    assert (active["location"], active["loyaltySettings"], active["total"]) == (
        None,
        {"loyaltyPrizeTypes": []},
        0,
    )
    whole = get(footprints, "campaigns").json["campaigns"][1]
    assert (whole["locationId"], whole["landingPageURL"], whole["extraAllocations"]) == (None, "", [])


def test_campaigns_that_name_people_are_theirs(make_footprints: MakeFootprints) -> None:
    fixture = docs(campaigns=[second_campaign(people=[CONSULTANT])])
    both, one = ["Demo Campaign 2", "Demo Campaign 4"], ["Demo Campaign 2"]
    footprints = make_footprints(fixture)
    consultant = footprints.token(
        grant_type="password", username=footprints.username, password=footprints.password
    )
    assert names(footprints, "campaigns", consultant) == both
    assert names(footprints, "campaigns", footprints.token()) == both
    assert names(footprints, "campaigns") == one
    assert names(make_footprints(fixture, loyalty_campaigns_of_user="all"), "campaigns") == both


def test_total_may_count_the_leads_of_the_campaign(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(campaign_total="leads")
    path = "active-campaigns"
    assert get(footprints, path).json["campaigns"][0]["total"] == 0
    lead = footprints.kept("leads")[0]
    lead["fields"]["offlineCampaignId"] = CAMPAIGN
    footprints.control.put(f"/_simulator/state/footprints/leads/{lead['id']}", json=lead)
    assert get(footprints, path).json["campaigns"][0]["total"] == 1


def test_total_grows_with_each_code_that_is_given(footprints: Footprints) -> None:
    give(footprints, FREE)
    path = "active-campaigns"
    assert get(footprints, path).json["campaigns"][0]["total"] == 4
