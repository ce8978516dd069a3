"""Requests of the sending side, made up and then bent: never a 5xx, never a trace of what was refused.

Where a request is what the contract says, it is accepted, or refused for a rule between it and the
account; where it is not, it is refused. The contract is the judge of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vendors.infact.bodies import by_query, campaign, obsolete, part, recipient

GENERATED = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    # one world for all examples: every one of them must leave it as it was, or as it says
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

COUPONS = {
    "AlreadyGeneratedCouponCode": True,
    "CouponCode": "x",
    "DiscountType": 1,
    "CouponPercentage": "10",
    "CouponAmount": "5",
    "CouponValidityPeriod": 30,
    "CouponValidityDate": "soon",
}
LISTS = {"Type": "Custom", "BlackListIds": [3], "FormIds": [7]}
FULL = recipient(CountryCode="NO", Phone2="40000002", Phone5=None, Level=1, PointBalance=1.5, Brand="x")
SHARED = {
    "ExternalId": "x",
    "ScheduleDate": "2030-01-01 10:00:00",
    "AllowDuplicates": 1,
    "SMSBlackList": LISTS,
    "EmailBlackList": {"Type": "Custom", "FormIds": [7]},
}
CALLED = {
    "AllowDuplicateCampaignId": True,
    "Name": "x",
    "Description": None,
    "ChainId": "x",
    "AllowDuplicates": False,
}

OPERATIONS: dict[str, tuple[str, str, str, list[Any]]] = {
    "createCampaign": (
        "POST",
        "/Campaigns",
        "bearer",
        [campaign("EmailAndSMS", **SHARED), campaign("SMS", **SHARED)],
    ),
    "createCampaignByQuery": (
        "POST",
        "/datasources/265/campaign",
        "bearer",
        [by_query(Description="x", **SHARED), by_query(EmailName="email", Priority="SMS", **SHARED)],
    ),
    "createObsoleteCampaign": (
        "POST",
        "/Campaign",
        "basic",
        [
            obsolete(1, Recipients=[FULL], BlackList=3, ScheduleDate="2030-01-01T10:00:00Z", **CALLED),
            obsolete(2, PartCount=2, Recipients=[FULL], **CALLED),
            obsolete(3, **CALLED, **COUPONS),
        ],
    ),
    "addObsoleteCampaignRecipients": (
        "PUT",
        "/Campaign",
        "basic",
        [part(PartNumber=1, AllowDuplicates=True, Recipients=[FULL])],
    ),
    "addToBlacklist": (
        "POST",
        "/Blacklist",
        "",
        [
            {
                "rc": 43,
                "FormId": 7,
                "Phone": "+4740000077",
                "CountryCode": "NO",
                "Email": "a@b",
                "ClientId": "x",
            }
        ],
    ),
    "addToGlobalBlacklist": (
        "POST",
        "/blacklist/global",
        "basic",
        [{"Phone": "40000078", "CountryCode": "NO"}],
    ),
    "removeFromGlobalBlacklist": (
        "DELETE",
        "/blacklist/global",
        "basic",
        [{"Phone": "40000098", "Email": None}],
    ),
}
RULES = (
    "There is no",
    "There is a campaign",
    "is not that of this login",
    "is no recipient list",
    "is not a valid",
    "must be between",
    "has no property",
    "is no property",
    "is neither a property",
    "is required",
)
"""How the refusal of a request that satisfies the contract reads: a rule that no schema can say."""

COMPARED = re.compile(r"[.](Max)?Value")
"""What a property is compared with must fit its type, which the contract says in words."""

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.sampled_from([0, 1, 2, 3, 0.0, 1.0, 2.5, -0.0, 1e300, 10**30, 2**31]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(["", " ", "NO", "SMS", "Custom", "2022-05-20", "2022-06-20 14:30:18", "40000001", "a@b"]),
    st.sampled_from(["\x00", "x" * 300]),
)
ANY = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def bent(draw: st.DrawFn, bodies: list[Any]) -> Any:
    """One of `bodies` with up to three places replaced, left out or added."""
    body = deepcopy(draw(st.sampled_from(bodies)))
    for _ in range(draw(st.integers(0, 3))):
        node: Any = body
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(node[key], dict | list) and draw(st.booleans()):
                node = node[key]
                continue
            if draw(st.integers(0, 3)):
                node[key] = draw(ANY)
            else:
                del node[key]
            break
    return body


class Sender:
    """Sends to one operation; compares the answer with what the contract says and with what was stored."""

    def __init__(self, infact: Any, operation: str) -> None:
        self.infact = infact
        self.method, self.path, auth, self.bodies = OPERATIONS[operation]
        self.auth = {"bearer": infact.bearer, "basic": infact.basic, "": ""}[auth]
        if operation == "addObsoleteCampaignRecipients":
            infact.post("/Campaign", obsolete(2, "18", PartCount=2), auth="basic")

    def send(self, body: Any) -> None:
        with self.infact.world.entered():
            pass  # what is due is not the request's doing
        before = self.infact.state()
        answer = self.infact.call(self.method, self.path, auth=self.auth, json=body)
        entry = self.infact.world.journal.get(self.infact.world.journal.last_index)
        # the client's mistakes that the vendor does not mind
        ignored = ("additionalProperties", "deprecated")
        wrong = [v for v in entry.violations if v["keyword"] not in ignored]
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert self.infact.state() == before
        if answer.status_code == 200:
            assert not wrong or only_spelling(wrong), (body, wrong)
        elif not wrong:
            assert answer.status_code in (400, 404)
            errors = {k: v for k, v in answer.json.get("errors", {}).items() if not COMPARED.search(k)}
            messages = [text for texts in errors.values() for text in texts]
            assert all(any(rule in text for rule in RULES) for text in messages), (body, errors)


def only_spelling(violations: list[dict[str, str]]) -> bool:
    """An enum's name in another case is taken as well."""
    return all(v["keyword"] == "enum" for v in violations)


WRONG: list[Any] = [
    *(None, True, False, [], [None], [1], ["x"], {}, {"x": 1}, [[]], [{}]),
    *(-1, 0, 1, 2, 3, 4, 1.0, 2.5, -0.0, 1e300, 10**30, 2**31, -(2**31) - 1),
    *("", " ", "1", "NO", "no", "NOR", "x" * 300, "40000001", "a@b"),
    *("2022-05-20", "2022-06-20 14:30:18", "2022-02-30 00:00:00"),
]


def places(node: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths to everything inside a JSON value."""
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        yield (*above, key)
        if isinstance(node[key], dict | list):
            yield from places(node[key], (*above, key))


def with_place(body: Any, path: tuple[Any, ...], *value: Any) -> Any:
    """A copy in which what is at `path` is `value`, or is not there."""
    bent_body = node = deepcopy(body)
    for key in path[:-1]:
        node = node[key]
    if value:
        node[path[-1]] = value[0]
    else:
        del node[path[-1]]
    return bent_body


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_place_with_every_wrong_value(infact: Any, operation: str) -> None:
    """Seen to fail with null taken for a flag or a number, with a Custom that names no list let through, and
    with the types of a recipient's values not compared."""
    sender = Sender(infact, operation)
    for body in sender.bodies:
        for path in places(body):
            sender.send(with_place(body, path))
            for value in WRONG:
                sender.send(with_place(body, path, value))


@pytest.mark.parametrize("operation", OPERATIONS)
@GENERATED
@given(data=st.data())
def test_bent_requests(infact: Any, operation: str, data: st.DataObject) -> None:
    """Several places bent at once."""
    sender = Sender(infact, operation)
    sender.send(data.draw(bent(sender.bodies)))


@pytest.mark.parametrize("operation", OPERATIONS)
@settings(GENERATED, max_examples=25)
@given(body=ANY)
def test_any_json(infact: Any, operation: str, body: Any) -> None:
    Sender(infact, operation).send(body)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_requests_as_they_stand_are_accepted(infact: Any, operation: str) -> None:
    sender = Sender(infact, operation)
    for body in sender.bodies:
        answer = infact.call(sender.method, sender.path, body, auth=sender.auth)
        assert answer.status_code == 200, answer.text
        assert answer.headers["X-Simulator-Contract"] == "ok"


RAW = [
    (b"", 400),
    (b" ", 400),
    (b"{", 400),
    (b"[]", 400),
    (b"null", 400),
    (b'"x"', 400),
    (b'{"Name": 1e400}', 400),
    (b'{"Name": NaN}', 400),
    (b'{"Name": "\xff\xfe"}', 400),
    (b'{"Name": "\\ud800"}', 400),
    (b'{"Recipients": ' + b"[" * 100_000, 400),
    (b'{"Recipients": [{"a": ' + b"[" * 500 + b"]" * 500 + b"}]}", 400),
    (b'{"Recipients": [{"Custom": {"a": ' + b'{"b":' * 200 + b"1" + b"}" * 200 + b"}}]}", 400),
    (b'{"Query": {"ObjectName": "members", "Filter": [' + b'{"Filters": [' * 500 + b"]}" * 500 + b"]}}", 400),
    (b"\xef\xbb\xbf{}", 400),
]


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("raw", RAW, ids=range(len(RAW)))
def test_hostile_bytes(infact: Any, operation: str, raw: tuple[bytes, int]) -> None:
    sender = Sender(infact, operation)
    before = infact.state()
    options = {"data": raw[0], "content_type": "application/json"}
    answer = infact.call(sender.method, sender.path, auth=sender.auth, **options)
    assert answer.status_code == raw[1], answer.text
    assert infact.state() == before


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_other_media_types_are_415(infact: Any, operation: str, kind: str) -> None:
    sender = Sender(infact, operation)
    answer = infact.call(sender.method, sender.path, auth=sender.auth, data=b"{}", content_type=kind)
    assert answer.status_code == 415
