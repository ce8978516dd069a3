"""Send sources: the links of nodes to user databases of the mailing product."""

from __future__ import annotations

from typing import Any

import pytest

NODE = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
SOURCE = "45454545-4545-4545-8545-454545454545"


@pytest.fixture
def admin(hub: Any) -> Any:
    """The hub, with an administrator's token."""
    hub.token = hub.admin_token
    return hub


def test_link_of_a_node(admin: Any) -> None:
    answer = admin.get(f"/nodes/{NODE}/send-source")
    assert answer.status_code == 200
    link = answer.json["contactSendSource"]
    assert (answer.json["nodeId"], answer.json["nodeName"], answer.json["nodeType"]) == (
        NODE,
        "Example node",
        "ENTRY",
    )
    assert (answer.json["id"], answer.json["name"]) == (admin.workspace_id, "Example shop")
    assert (link["id"], link["token"]) == (SOURCE, "example-token-of-invii")
    assert (link["properties"]["userdbId"], link["properties"]["groupPk"]) == (70, 1)


def test_node_without_a_link(admin: Any) -> None:
    assert admin.get(f"/nodes/{AGGREGATE}/send-source").status_code == 404
    assert admin.get("/nodes/x/send-source").status_code == 404


def test_links_by_group_and_database(admin: Any) -> None:
    link = admin.get(f"/nodes/{NODE}/send-source").json
    assert admin.get("/hub/v1/send-sources").json == {"elements": [link]}
    assert admin.get("/hub/v1/send-sources/groups/1").json == {"elements": [link]}
    assert admin.get("/hub/v1/send-sources/groups/1/user-dbs/70").json == link


@pytest.mark.parametrize("group", ["2", "x", "9" * 30])
def test_links_of_another_group(admin: Any, group: str) -> None:
    assert admin.get(f"/hub/v1/send-sources/groups/{group}").json == {"elements": []}
    assert admin.get(f"/hub/v1/send-sources/groups/{group}/user-dbs/70").status_code == 404


def test_unknown_database(admin: Any) -> None:
    assert admin.get("/hub/v1/send-sources/groups/1/user-dbs/71").status_code == 404


def test_subscriptions_and_columns_of_a_database(admin: Any) -> None:
    assert admin.get("/send-sources/70/subscriptions").json == {
        "elements": [{"id": 1, "name": "newsletter-weekly", "registrationField": "NEWSLETTER_DATE"}]
    }
    assert admin.get("/send-sources/70/fields?groupPk=1").json == {
        "elements": [{"name": "EMAIL", "type": "string"}]
    }


@pytest.mark.parametrize("tail", ["subscriptions", "fields"])
def test_parts_of_an_unknown_database(admin: Any, tail: str) -> None:
    assert admin.get(f"/send-sources/71/{tail}").status_code == 404
    assert admin.get(f"/send-sources/70/{tail}?groupPk=2").status_code == 404
    assert admin.get(f"/send-sources/70/{tail}?groupPk=x").status_code == 400


def test_subscriptions_of_an_aggregate_node(admin: Any) -> None:
    answer = admin.get(f"/configuration/nodes/aggregates/{AGGREGATE}/send-source-subscriptions")
    assert answer.json == [
        {
            "subscriptionId": "newsletter-weekly",
            "path": "base.subscriptions",
            "entryNodeName": "Example node",
            "entryNodeId": NODE,
            "type": "CONTACTSEND",
        }
    ]


def test_links_are_for_administrators(hub: Any) -> None:
    assert hub.get("/hub/v1/send-sources").status_code == 403
    assert hub.get(f"/nodes/{NODE}/send-source").status_code == 403
