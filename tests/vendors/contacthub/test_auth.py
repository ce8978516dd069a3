"""Who may call what: the order and the texts of refusals, and what every answer carries."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

OTHER = "11111111-1111-4111-8111-111111111112"
NOBODY = "99999999-9999-4999-8999-999999999999"
UNAUTHENTICATED = "The client is not authorized to access the API"


def source(hub: Any, **changes: Any) -> None:
    """Change the trusted source as if in the vendor's user interface."""
    from simulator.vendors.contacthub.state import SOURCES  # noqa: PLC0415

    with hub.world.entered(), hub.world.store.transaction():
        kept = hub.world.store.table(SOURCES)["44444444-4444-4444-8444-444444444444"]
        hub.world.store.table(SOURCES).put(kept | changes)


def workspace(hub: Any, **changes: Any) -> None:
    from simulator.vendors.contacthub.state import WORKSPACES  # noqa: PLC0415

    with hub.world.entered(), hub.world.store.transaction():
        kept = hub.world.store.table(WORKSPACES)[hub.workspace_id]
        hub.world.store.table(WORKSPACES).put(kept | changes)


def refused(answer: Any, status: int, message: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.json.keys() == {"message", "logref", "data", "errors"}
    assert answer.json["message"] == message
    assert answer.json["data"] is None
    assert answer.json["errors"] == []


# --- 401 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer nobody", "Basic Og==", "nobody", "Bearer ü"]
)
def test_without_a_known_token_everything_is_401(hub: Any, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    for path in (f"/customers?nodeId={hub.node_id}", f"/hub/v1/workspaces/{NOBODY}/customers", "/hub/v1/me"):
        refused(hub.get(path, token="", headers=headers), 401, UNAUTHENTICATED)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_in_any_case(hub: Any, scheme: str) -> None:
    headers = {"Authorization": f"{scheme} {hub.token}"}
    assert hub.get(f"/customers?nodeId={hub.node_id}", token="", headers=headers).status_code == 200


def test_the_public_documents_ask_for_no_token(hub: Any) -> None:
    assert hub.get("/hub/v1/docs/schema/enums.json", token="").status_code == 200
    assert hub.get("/hub/v1/docs/schema/enums.json", token="nobody").status_code == 200


def test_a_disabled_source_is_401(hub: Any) -> None:
    source(hub, enabled=False)
    refused(hub.get(f"/customers?nodeId={hub.node_id}"), 401, UNAUTHENTICATED)
    assert hub.get("/hub/v1/me", token=hub.admin_token).status_code == 200


@pytest.mark.parametrize(
    ("allowed", "status"),
    [
        (None, 200),
        ("", 200),
        ("127.0.0.1", 200),
        ("192.0.2.1, 127.0.0.1", 200),
        ("192.0.2.1 127.0.0.1", 200),
        ("127.0.0.0/24", 200),
        ("127.0.0.77/24", 200),
        ("192.0.2.1", 401),
        ("127.0.1.0/24", 401),
        ("2001:db8::/32", 401),
        ("127.0.0", 401),
        ("anywhere", 401),
    ],
)
def test_a_source_may_be_bound_to_addresses(hub: Any, allowed: str | None, status: int) -> None:
    source(hub, properties={"allowedIPs": allowed})
    options = {"environ_overrides": {"REMOTE_ADDR": "127.0.0.1"}}
    answer = hub.get(f"/customers?nodeId={hub.node_id}", **options)
    assert answer.status_code == status
    assert ("contacthub.source-refused" in answer.headers.get("X-Simulator-Assumed", "")) == (status == 401)


def test_addresses_of_the_newer_kind_can_be_allowed(hub: Any) -> None:
    source(hub, properties={"allowedIPs": "2001:db8::/32"})
    for address, status in (("2001:db8:1::7", 200), ("2001:db9::7", 401), ("192.0.2.1", 401)):
        options = {"environ_overrides": {"REMOTE_ADDR": address}}
        assert hub.get("/hub/v1/me", **options).status_code == status


# --- 403 and 404 in their order ---------------------------------------------------------------


@pytest.mark.parametrize("other", [OTHER, "not-a-uuid"])
def test_a_workspace_that_is_not_the_tokens_is_403(hub: Any, other: str) -> None:
    answer = hub.get(f"/hub/v1/workspaces/{other}/customers?nodeId={NOBODY}")
    refused(answer, 403, f"workspace not found: {other}")


@pytest.mark.parametrize("node", [NOBODY, "not-a-uuid"])
def test_an_unknown_node_is_404_before_the_role_is_looked_at(hub: Any, node: str) -> None:
    refused(hub.get(f"/customers?nodeId={node}"), 404, f"node not found {node}")
    for path in (
        f"/configuration/nodes/entries/{node}/retention-policy",
        f"/configuration/nodes/aggregates/{node}",
        f"/nodes/{node}/bulk-jobs",
    ):
        refused(hub.get(path, token=hub.untrusted_token), 404, f"node not found {node}")


@pytest.mark.parametrize(
    ("path", "token"),
    [
        ("/customers/55555555-5555-4555-8555-555555555555", "untrusted_token"),
        ("/configuration/users", "token"),
        ("/consent-logs", "admin_token"),
        ("/configuration", "dpo_token"),
        ("/updates?offset=1", "token"),
        ("/hub/v1/workspaces", "admin_token"),
    ],
)
def test_a_role_that_may_not_is_403(hub: Any, path: str, token: str) -> None:
    answer = hub.get(path, token=getattr(hub, token))
    refused(answer, 403, "Access is denied")
    assert "contacthub.refused-role" in answer.headers["X-Simulator-Assumed"]


@pytest.mark.parametrize("path", ["nodes/aggregates/{}", "nodes/{}/retention-policy"])
def test_a_node_that_is_not_the_callers_is_403(hub: Any, path: str) -> None:
    aggregate = "33333333-3333-4333-8333-333333333333"
    user = {"nodes": [{"id": hub.node_id, "permission": "W"}]}
    assert hub.put("/configuration/users/1", user, token=hub.admin_token).status_code == 200
    answer = hub.get(f"/configuration/{path.format(aggregate)}", token=hub.admin_token)
    refused(answer, 403, "Access is denied")
    assert "contacthub.node-access" in answer.headers["X-Simulator-Assumed"]
    own = f"/configuration/nodes/entries/{hub.node_id}"
    assert hub.get(own, token=hub.admin_token).status_code == 200


def test_the_role_comes_before_the_body(hub: Any) -> None:
    refused(hub.post("/customers", {"no": "node"}, token=hub.dpo_token), 403, "Access is denied")


@pytest.mark.parametrize("status", ["SUSPENDED", "DISABLED"])
def test_a_workspace_that_is_not_enabled_is_403(hub: Any, status: str) -> None:
    workspace(hub, status=status)
    answer = hub.get(f"/customers?nodeId={hub.node_id}")
    assert answer.status_code == 403
    assert "contacthub.workspace-status" in answer.headers["X-Simulator-Assumed"]


# --- routes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/nowhere", "/customers/1/2/3", "/hub/v1/nowhere", "/hub/v2/me", "/hub/"])
def test_an_unknown_route_is_the_frameworks_404(hub: Any, path: str) -> None:
    answer = hub.get(path)
    assert answer.status_code == 404
    whole = path if path.startswith("/hub/") else f"/hub/v1/workspaces/{hub.workspace_id}{path}"
    assert answer.json == {
        "timestamp": 1709280000000,
        "status": 404,
        "error": "Not Found",
        "message": "No message available",
        "path": whole,
    }


def test_a_method_that_is_not_there_is_405_with_the_standard_body(hub: Any) -> None:
    answer = hub.delete("/customers")
    refused(answer, 405, "Request method 'DELETE' not supported")
    assert answer.headers["Allow"] == "GET, POST"


# --- browsers ---------------------------------------------------------------------------------


def test_answers_may_be_read_by_any_page(hub: Any) -> None:
    for answer in (
        hub.get(f"/customers?nodeId={hub.node_id}"),
        hub.get("/nowhere"),
        hub.get("/customers", token=""),
    ):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_preflight_names_methods_and_headers(hub: Any) -> None:
    asked = {"Origin": "https://shop.example.com", "Access-Control-Request-Method": "PATCH"}
    answer = hub.call("OPTIONS", "/customers/55555555-5555-4555-8555-555555555555", token="", headers=asked)
    assert answer.status_code == 200
    assert answer.data == b""
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "DELETE, GET, PATCH, PUT"
    assert (
        answer.headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type, Contactlab-ClientId"
    )
    assert answer.headers["X-Simulator-Contract"] == "ok"


def test_options_that_is_no_preflight_tells_the_methods(hub: Any) -> None:
    answer = hub.call("OPTIONS", "/customers", token="")
    assert (answer.status_code, answer.headers["Allow"]) == (200, "GET, POST")
    assert hub.call("OPTIONS", "/nowhere", token="").status_code == 404


# --- throttling -------------------------------------------------------------------------------


def test_calls_above_the_workspaces_limit_are_429_until_the_minute_is_over(hub: Any) -> None:
    workspace(hub, maxRequestsPerMinute=3)
    path = f"/customers?nodeId={hub.node_id}"
    hub.move_to("2024-03-01T08:00:45Z")
    assert [hub.get(path).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = hub.get(path, token=hub.admin_token)
    refused(answer, 429, "too many requests")
    assert answer.headers["Retry-After"] == "15"
    assert "contacthub.throttling" in answer.headers["X-Simulator-Assumed"]
    assert hub.get("/hub/v1/me").status_code == 200
    hub.move_to("2024-03-01T08:01:00Z")
    assert hub.get(path).status_code == 200


def test_calls_of_strangers_do_not_count(hub: Any) -> None:
    workspace(hub, maxRequestsPerMinute=2)
    path = f"/customers?nodeId={hub.node_id}"
    for _ in range(5):
        assert hub.get(path, token="nobody").status_code == 401
    assert hub.get(path).status_code == 200


@pytest.mark.parametrize(
    ("status", "method", "path", "options"),
    [
        (400, "POST", "/customers", {"data": b"{", "content_type": "application/json"}),
        (400, "POST", "/customers", {"json": {}}),
        (400, "GET", "/customers", {}),
        (401, "GET", "/customers", {"token": ""}),
        (403, "GET", "/configuration/users", {}),
        (404, "GET", "/customers/nobody", {}),
        (404, "GET", "/events/nothing", {}),
        (405, "DELETE", "/customers", {}),
        (
            409,
            "PATCH",
            "/customers/{other}",
            {"json": {"base": {"contacts": {"email": "giulia.esempio@example.com"}}}},
        ),
        (413, "POST", "/customers", {"json": {"extra": "x" * 70_000}}),
        (415, "POST", "/customers", {"data": b"{}", "content_type": "text/plain"}),
    ],
)
def test_every_error_has_the_four_keys(
    make_hub: Any, status: int, method: str, path: str, options: dict[str, Any]
) -> None:
    hub = make_hub(judged=False, too_large=413)
    if status == 409:
        body = {"nodeId": hub.node_id, "base": {"contacts": {"email": "other@example.com"}}}
        path = path.format(other=hub.post("/customers", body).json["id"])
    answer = hub.call(method, path, **options)
    assert answer.status_code == status, answer.text
    assert list(answer.json) == ["message", "logref", "data", "errors"]
    assert answer.json["message"]
    assert str(uuid.UUID(answer.json["logref"])) == answer.json["logref"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    for error in answer.json["errors"]:
        assert list(error) == ["message", "path", "data", "code"]


def test_a_conflict_names_the_other_customer_to_who_may_read(hub: Any) -> None:
    giulia = "55555555-5555-4555-8555-555555555555"
    body = {"nodeId": hub.node_id, "base": {"contacts": {"email": "other@example.com"}}}
    other = hub.post("/customers", body).json["id"]
    taken = {"base": {"contacts": {"email": "GIULIA.esempio@example.com"}}}
    href = f"https://api.contactlab.it/hub/v1/workspaces/{hub.workspace_id}/customers/{giulia}"
    for token, data in ((hub.token, {"customer": {"id": giulia, "href": href}}), (hub.untrusted_token, None)):
        answer = hub.patch(f"/customers/{other}", taken, token=token)
        assert (answer.status_code, answer.json["data"], answer.json["errors"]) == (409, data, [])
        assert answer.json["message"] == f"Conflict with exiting customer {giulia}"


def test_errors_have_a_reference_of_their_own(hub: Any) -> None:
    references = {hub.get("/customers", token="").json["logref"] for _ in range(5)}
    assert len(references) == 5
