"""Recipient lists: POST /v1/Campaign with type 2, then PUT /v1/Campaign part by part."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.vendors.infact.obsolete_campaigns import containers
from tests.vendors.infact.bodies import obsolete, part, recipient
from tests.vendors.infact.refusals import refused


def create(infact: Any, campaign: str = "18", **more: Any) -> None:
    answer = infact.post("/Campaign", obsolete(2, campaign, **more), auth="basic")
    assert answer.status_code == 200, answer.text


def add(infact: Any, *people: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = infact.put("/Campaign", part(Recipients=list(people) or [recipient()], **more), auth="basic")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def person(number: int, **more: Any) -> dict[str, Any]:
    own = {"UserId": str(number), "CellularPhone": f"400000{number:02}", "Email": f"p{number}@example.com"}
    return recipient(**{**own, **more})


def document(infact: Any, number: int = 70001) -> dict[str, Any]:
    with infact.world.entered():
        found: dict[str, Any] = infact.world.store.tables()["infact/campaigns"][number]
        return found


def users(infact: Any, number: int = 70001) -> list[str]:
    """Who is in the list."""
    with infact.world.entered():
        campaign = infact.world.store.tables()["infact/campaigns"][number]
        return [found["UserId"] for found in containers.listed(infact.world, campaign)]


def test_the_vendors_example_an_empty_list_then_one_recipient(infact: Any) -> None:
    create(infact, Name="Recipient list 21-06-2022", AllowDuplicates=False)
    assert (document(infact)["state"], document(infact)["counts"]["recipients"]) == ("Collecting", 0)
    answer = infact.put("/Campaign", part(AllowDuplicates=False), auth="basic")
    assert answer.json == {"CampaignId": "18", "PartNumber": 1, "PartCount": 1, "RecipientsCount": 1}
    assert answer.headers["X-Simulator-Contract"] == "ok"
    assert {"infact.part-numbers", "infact.campaign-response"} <= set(
        answer.headers["X-Simulator-Assumed"].split(", ")
    )
    assert document(infact)["state"] == "Ready"
    assert document(infact)["name"] == "Recipient list 21-06-2022"
    assert (document(infact)["listed"], document(infact)["statistics"]) == (False, False)
    assert not infact.outbox, "nothing is ever sent"


def test_ready_when_every_part_has_come_in_any_order(infact: Any) -> None:
    create(infact, PartCount=3)
    for number, state in ((3, "Collecting"), (1, "Collecting"), (1, "Collecting"), (2, "Ready")):
        add(infact, person(number), PartNumber=number)
        assert document(infact)["state"] == state
    assert users(infact) == ["1", "2", "3"]


@pytest.mark.parametrize("more", [{}, {"PartNumber": 0}, {"PartNumber": 1}, {"partnumber": 1.0}])
def test_no_part_number_is_the_first(infact: Any, more: dict[str, Any]) -> None:
    create(infact, PartCount=2)
    assert add(infact, **more)["PartNumber"] == 1


def test_parts_from_zero_under_the_other_reading(make_infact: Any) -> None:
    infact = make_infact(judged=False, part_numbers=0)
    create(infact, PartCount=2)
    assert add(infact, person(1))["PartNumber"] == 0
    assert add(infact, person(2), PartNumber=1)["PartNumber"] == 1
    assert document(infact)["state"] == "Ready"
    assert infact.put("/Campaign", part(PartNumber=2), auth="basic").status_code == 400


def test_recipients_of_the_post_are_the_first_part(infact: Any) -> None:
    create(infact, PartCount=2, Recipients=[person(1), person(2)])
    assert document(infact)["counts"]["recipients"] == 2
    assert add(infact, person(3), PartNumber=2)["RecipientsCount"] == 3
    assert document(infact)["state"] == "Ready"
    create(infact, "19", Recipients=[person(1)])
    assert document(infact, 70002)["state"] == "Ready"


def test_a_part_sent_again_takes_the_place_of_the_first(infact: Any) -> None:
    create(infact, PartCount=2)
    add(infact, person(1), person(2), PartNumber=1)
    assert add(infact, person(3), PartNumber=1)["RecipientsCount"] == 1
    assert users(infact) == ["3"]
    assert document(infact)["state"] == "Collecting"
    assert "infact.part-again" in document(infact)["assumed"]


def test_duplicates_are_left_out_across_parts(infact: Any) -> None:
    create(infact, PartCount=2)
    same = person(1, UserId="again", CellularPhone="+47 400 00 001", Email="P1@example.com")
    other_email = person(1, UserId="other", Email="other@example.com")
    nobody = person(1, CellularPhone=None, Email=None)
    assert add(infact, person(1), same, PartNumber=2)["RecipientsCount"] == 1
    people = [same, other_email, nobody | {"UserId": "x"}, nobody | {"UserId": "y"}]
    assert add(infact, *people, PartNumber=1)["RecipientsCount"] == 4
    assert users(infact) == ["again", "other", "x", "y"]


def test_duplicates_hidden_by_a_part_come_back_when_it_is_replaced(infact: Any) -> None:
    """Seen to fail with duplicates dropped when they arrive."""
    create(infact, PartCount=2)
    add(infact, person(1), person(2), PartNumber=1)
    assert add(infact, person(1), person(3), PartNumber=2)["RecipientsCount"] == 3
    assert add(infact, person(2), PartNumber=1)["RecipientsCount"] == 3
    assert users(infact) == ["2", "1", "3"]
    assert add(infact, person(2), PartNumber=2)["RecipientsCount"] == 1


def test_duplicates_stay_where_the_list_allows_them(infact: Any) -> None:
    create(infact, PartCount=2, AllowDuplicates=1)
    add(infact, person(1), person(1))
    assert add(infact, person(1), PartNumber=2, AllowDuplicates=False)["RecipientsCount"] == 3
    assert add(infact, person(1), PartNumber=1)["RecipientsCount"] == 2
    assert users(infact) == ["1", "1"]


def test_put_means_the_newest_list_of_that_name(infact: Any) -> None:
    create(infact, Recipients=[person(1)])
    create(infact, AllowDuplicateCampaignId=True)
    infact.post("/Campaign", obsolete(1, "18", AllowDuplicateCampaignId=True), auth="basic")
    assert add(infact, person(2))["RecipientsCount"] == 1
    assert users(infact, 70001) == ["1"]
    assert users(infact, 70002) == ["2"]


def test_an_unknown_campaign_is_404(infact: Any) -> None:
    before = infact.state()
    assert infact.put("/Campaign", part("nowhere"), auth="basic").status_code == 404
    infact.post("/Campaigns", {}, auth="")
    assert infact.state() == before


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"CampaignId": "17"}, "CampaignId"),
    ({"CampaignId": ""}, "CampaignId"),
    ({"ClientId": "Other"}, "ClientId"),
    ({"ClientId": None}, "ClientId"),
    ({"PartNumber": 3}, "PartNumber"),
    ({"PartNumber": 2**31 - 1}, "PartNumber"),
    ({"PartNumber": -1}, "PartNumber"),
    ({"PartNumber": None}, "PartNumber"),
    ({"PartNumber": "1"}, "PartNumber"),
    ({"PartNumber": 1.5}, "PartNumber"),
    ({"AllowDuplicates": "no"}, "AllowDuplicates"),
    ({"Recipients": []}, "Recipients"),
    ({"Recipients": None}, "Recipients"),
    ({"Recipients": [recipient(), {"UserId": "1", "EmailEnabled": 1}]}, "Recipients[1].SMSEnabled"),
    ({"Recipients": [recipient(SMSEnabled=-1)]}, "Recipients[0].SMSEnabled"),
    ({"Recipients": [1]}, "Recipients[0]"),
]


@pytest.mark.parametrize(("more", "field"), REFUSED)
def test_refused(infact: Any, more: dict[str, Any], field: str) -> None:
    create(infact, PartCount=2)
    infact.post("/Campaign", obsolete(1), auth="basic")
    assert len(infact.sent) == 1
    assert list(refused(infact, "PUT", "/Campaign", part(**more), auth=infact.basic)) == [field]


def test_parts_are_kept_apart(infact: Any) -> None:
    """A part costs what it holds: nothing of those before it is written again."""
    create(infact, PartCount=50)
    for number in range(1, 51):
        add(infact, *(person(n) for n in range(20)), PartNumber=number)
    before = infact.state()["infact/recipients"]
    add(infact, person(1), PartNumber=50)
    after = infact.state()["infact/recipients"]
    assert {key for key in after if after[key] is not before[key]} == {"70001/50"}
    assert document(infact)["counts"]["recipients"] == 20
    assert len(infact.state()["infact/campaigns"][70001]) < 2000
