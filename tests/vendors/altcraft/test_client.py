"""A client in the manner of those in public code, against a server that listens.

One session with the token as Bearer, JSON bodies, paths with a slash at the end, and a second try when the
answer's `error` is not 0; the HTTP status is looked at only to see that the service answered at all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests
from werkzeug.serving import make_server

ANNA, VERA = "anna.primerova@example.com", "vera.testova@example.com"


class Refused(Exception):
    """`error` was not 0, also at the last try."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code} {text}")
        self.code = code


@dataclass
class Client:
    """What such callers have: base URL, token, tries; `before_retry` is where they would wait."""

    base_url: str
    token: str
    tries: int = 3
    before_retry: Callable[[], None] = lambda: None
    session: requests.Session = field(default_factory=requests.Session)
    calls: int = 0

    def call(self, method: str, **body: Any) -> dict[str, Any]:
        for number in range(self.tries):
            if number:
                self.before_retry()
            self.calls += 1
            answer = self.session.post(
                f"{self.base_url}/api/v1.1/{method}/",
                json=body,
                headers={"Authorization": f"Bearer {self.token}"},
                timeout=30,
            )
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
            if found["error"] == 0:
                return found
        raise Refused(found["error"], found["error_text"])


@pytest.fixture
def base_url(make_altcraft: Any) -> Iterator[str]:
    """A server with the world of the fixture `docs`."""
    application = make_altcraft("docs").client.application
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/altcraft"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def client(base_url: str) -> Iterator[Client]:
    found = Client(base_url, "example-token-of-shop")
    yield found
    found.session.close()


def test_a_customer_is_sent_and_found_again(client: Client) -> None:
    """As a shop's backend does at each change: by phone, which stands in the data only."""
    person = {
        "phones": ["+70000000003"],
        "_fname": "Vera",
        "CRM_ID": "777",
        "_sex": 2,
        "_bdate": 631152000000,
    }
    id = client.call("profiles/import", db_id=5, matching="phone", data=person)["profile_id"]
    again = client.call("profiles/import", db_id=5, matching="phone", data={**person, "bonus": 50})
    assert again["profile_id"] == id
    found = client.call("profiles/get", db_id=5, matching="phone", phone="+70000000003")["data"]
    assert (found["_id"], found["bonus"], found["CRM_ID"]) == (id, 50, "777")
    assert found["_bdate"] == "1990-01-01T00:00:00.000Z"
    assert client.calls == 3


def test_subscriptions_are_kept_in_step(client: Client) -> None:
    by_id = {"db_id": 5, "matching": "profile_id"}
    id = client.call("profiles/get", db_id=5, email=ANNA)["data"]["_id"]
    named = {"db_id": 5, "profile_id": id, "resource_id": 1, "channel": "email", "email": ANNA}
    client.call("subscriptions/set", **named, status="unsubscribed")
    assert client.call("subscriptions/get", **named)["data"]["status"] == "unsubscribed"
    subs = client.call("profiles/get", **by_id, profile_id=id)["data"]["subscriptions"]
    assert [(sub["channel"], sub["status"]) for sub in subs] == [
        ("email", "unsubscribed"),
        ("sms", "subscribed"),
        ("push", "subscribed"),
    ]


def test_a_batch_is_sent_and_its_failures_are_sent_again(client: Client) -> None:
    people = [{"email": ANNA, "_city": "Tver"}, {"email": "vera.testova"}, {"email": "new@example.com"}]
    result = client.call("profiles/import_batch", db_id=5, data=people)["result"]
    failed = [person for person, item in zip(people, result, strict=True) if item["error"] != 0]
    assert failed == [{"email": "vera.testova"}]
    (item,) = client.call("profiles/import_batch", db_id=5, data=[{"email": VERA}])["result"]
    assert item["profile_id"] == client.call("profiles/get", db_id=5, email=VERA)["data"]["_id"]


def test_every_database_is_listed_part_by_part(client: Client) -> None:
    seen: list[int] = []
    from_id = 1
    while part := client.call("databases/list", from_id=from_id, limit=1):
        if not part["data"]:
            break
        seen += [database["id"] for database in part["data"]]
        from_id = part["next_from_id"]
    assert seen == [1, 2, 5]


def test_a_refusal_comes_with_http_200_and_is_tried_again(client: Client) -> None:
    with pytest.raises(Refused, match="Not found") as refused:
        client.call("profiles/update", db_id=5, email=VERA, data={"_city": "Tver"})
    assert (refused.value.code, client.calls) == (404, 3)


def test_a_second_try_succeeds_once_the_reason_is_gone(client: Client, base_url: str) -> None:
    def somebody_adds_vera() -> None:
        with requests.Session() as session:
            body = {"token": client.token, "db_id": 5, "data": {"email": VERA}}
            session.post(f"{base_url}/api/v1.1//profiles/add", json=body, timeout=30).raise_for_status()

    client.before_retry = somebody_adds_vera
    client.call("profiles/update", db_id=5, email=VERA, data={"_city": "Tver"})
    assert client.calls == 2
    assert client.call("profiles/get", db_id=5, email=VERA)["data"]["_city"] == "Tver"


def test_an_unknown_token_is_refused(base_url: str) -> None:
    stranger = Client(base_url, "nobody's", tries=1)
    with stranger.session, pytest.raises(Refused, match="401 API token required"):
        stranger.call("databases/list")


def test_a_client_may_be_sent_here_by_the_vendors_host_name(base_url: str) -> None:
    """The host of the cloud, the paths at the root as there."""
    origin = base_url.removesuffix("/altcraft")
    with requests.Session() as session:
        session.headers["Host"] = "ru.altkraft.com"
        body = {"token": "example-token-of-shop"}
        answer = session.post(f"{origin}/api/v1.1/databases/list", json=body, timeout=30)
    assert [database["id"] for database in answer.json()["data"]] == [1, 2, 5]
