"""Bodies of nodes made up and bent: what is refused leaves no trace, nothing is a fault of the server."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NODE = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
NODES = "/configuration/nodes"
POLICY = {"properties": ["externalId", "base.contacts.email"], "caseSensitive": True}
ENTRY = {
    "id": NODE,
    "name": "n",
    "description": None,
    "imageUrl": "https://www.example.com/x.png",
    "uniqueCustomer": POLICY,
    "sourcePriority": ["44444444-4444-4444-8444-444444444444"],
    "mandatoryProperties": ["base.lastName"],
}
WHOLE = {
    "name": "n",
    "entryNodes": [NODE],
    "matchingProperties": POLICY,
    "exclusionFilters": [{"property": "base.firstName", "value": "x", "pattern": "CONTAINS"}],
    "state": "ACTIVE",
}
BODIES = [
    ("POST", f"{NODES}/entries", ENTRY),
    ("PUT", f"{NODES}/entries/{NODE}", ENTRY),
    ("PUT", f"{NODES}/entries/{NODE}/unique-customer-matching-policy", POLICY),
    ("POST", f"{NODES}/aggregates", WHOLE),
    ("PUT", f"{NODES}/aggregates/{AGGREGATE}", WHOLE),
    ("PUT", f"{NODES}/aggregates/{AGGREGATE}/state", {"state": "ACTIVE"}),
]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.sampled_from(
        ["base.x", "base.", "extended.a.b", "externalId", NODE, AGGREGATE, "ACTIVE", "START_WITH"]
    ),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(0, 3), max_size=2),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    found = [path]
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        found += places(part, (*path, key))
    return found


def bent(body: Any, path: tuple[Any, ...], odd: Any) -> Any:
    if not path:
        return odd
    copy = deepcopy(body)
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = odd
    return copy


@pytest.mark.parametrize(("method", "path", "body"), BODIES)
@given(data=st.data())
@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    # one world for all examples: every one of them must leave it fit for the next
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_bent_bodies(hub: Any, method: str, path: str, body: Any, data: st.DataObject) -> None:
    asked = bent(body, data.draw(st.sampled_from(places(body))), data.draw(ODD))
    before = hub.state()
    answer = hub.call(method, path, asked if asked is not None else [], token=hub.admin_token)
    assert answer.status_code in {200, 201, 400, 404}, answer.text
    if answer.status_code >= 400:
        assert hub.state() == before
    assert hub.get(NODES, token=hub.admin_token).status_code == 200
