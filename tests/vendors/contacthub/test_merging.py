"""Several customers as one: which value counts, member by member."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.vendors.contacthub.nodes.merging import merged


def one(*customers: dict[str, Any], **policies: str) -> dict[str, Any]:
    definitions = {
        name: {"contactlabProperties": {"mergePolicy": policy}} for name, policy in policies.items()
    }
    return merged(customers, definitions)


def test_first_value_counts_and_gaps_are_filled() -> None:
    found = one(
        {"externalId": None, "base": {"firstName": "A", "lastName": None, "contacts": {"email": None}}},
        {"externalId": "x", "base": {"firstName": "B", "lastName": "C", "contacts": {"email": "e"}}},
    )
    assert found["externalId"] == "x"
    assert found["base"] == {"firstName": "A", "lastName": "C", "contacts": {"email": "e"}}


def test_address_is_taken_whole() -> None:
    found = one(
        {"base": {"address": None}},
        {"base": {"address": {"city": "Milano", "street": None}}},
        {"base": {"address": {"city": "Roma", "street": "Via"}}},
    )
    assert found["base"]["address"] == {"city": "Milano", "street": None}


def test_consents_are_merged_leaf_by_leaf() -> None:
    found = one(
        {"consents": {"softSpam": {"email": {"status": False, "objection": None}}}},
        {"consents": {"softSpam": {"email": {"status": True, "objection": True}}}},
        {"consents": None},
    )
    assert found["consents"] == {"softSpam": {"email": {"status": False, "objection": True}}}


def test_subscriptions_are_united_by_id() -> None:
    found = one(
        {"base": {"subscriptions": [{"id": "a", "subscribed": False, "name": None}]}},
        {"base": {"subscriptions": [{"id": "a", "subscribed": True, "name": "n"}, {"id": "b"}]}},
    )
    assert found["base"]["subscriptions"] == [{"id": "a", "subscribed": False, "name": "n"}, {"id": "b"}]


def test_tags_are_united() -> None:
    found = one({"tags": {"auto": [], "manual": ["a", "b"]}}, {"tags": {"auto": ["c"], "manual": ["b", "d"]}})
    assert found["tags"] == {"auto": ["c"], "manual": ["a", "b", "d"]}


@pytest.mark.parametrize(
    ("policy", "values", "result"),
    [
        ("OBJ_PRIORITY", ["a", "b"], "a"),
        ("OBJ_PRIORITY", [["a"], ["b"]], ["a"]),
        ("OBJ_CONCATENATE", ["a", "b", "a"], "a b"),
        ("OBJ_CONCATENATE", [{"x": 1}, {"x": 2, "y": 3}], {"x": 1, "y": 3}),
        ("ARRAY_UNION", [["a", "b"], ["b", "c"]], ["a", "b", "c"]),
        ("ARRAY_INTERSECTION", [["a", "b"], ["b", "c"]], ["b"]),
        ("MATH_SUM", [1, None, 2], 3),
        ("MATH_AVG", [1, 2], 1.5),
        ("MATH_DIFF", [5, 2, 1], 2),
        ("MATH_MIN", [5, 2, 3], 2),
        ("MATH_MAX", [5, 2, 7], 7),
        ("MATH_SUM", [2**60, 2**62, 2**63], float(2**60 + 2**62 + 2**63)),
        ("MATH_SUM", [1e308, 1e308], 1e308),
        ("MATH_SUM", [True, 2], True),
        ("MATH_SUM", ["a", 2], "a"),
        ("MATH_SUM", [None, None], None),
    ],
)
def test_policies_of_extended_properties(policy: str, values: list[Any], result: Any) -> None:
    found = one(*({"extended": {"p": value}} for value in values), p=policy)
    assert found["extended"] == {"p": result}


def test_without_a_policy() -> None:
    found = one({"extended": {"n": 1, "l": [1]}}, {"extended": None}, {"extended": {"n": 2, "l": [2]}})
    assert found["extended"] == {"n": 1, "l": [1, 2]}
