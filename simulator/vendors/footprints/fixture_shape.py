"""What a fixture document must look like, told to people who write their own.

The document's shape is a JSON schema (fixture_parts.py); what a schema cannot say, that ids refer to
something and are taken once, is checked after it. The ids among the fields of a lead are free: the
vendor's page refuses none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from simulator.kernel.fixture_shape import MAP, Placed, array, each, held, model, once, validator
from simulator.vendors.footprints.fixture_parts import schemas, shapes

REFERENCES: dict[str, dict[str, str]] = {
    "people": {"locations": "locations", "offerCategories": "catalogues"},
    "tokens": {"application": "applications", "person": "people"},
    "catalogues": {"consultants": "people", "locations": "locations"},
    "offers": {"offerCategoryId": "catalogues", "userId": "people"},
    "skus": {"offerId": "offers"},
    "campaigns": {"locationId": "locations", "people": "people"},
    "leads": {"client": "clients", "application": "applications", "contract": "contracts"},
    "contracts": {"lead": "leads"},
    "actions": {"lead": "leads", "leadActionTypeId": "action_types", "attachments": "documents"},
    "documents": {"lead": "leads", "action": "actions"},
    "codes": {"campaign": "campaigns", "client": "clients", "hostess": "people", "location": "locations"},
    "notifications": {"template": "templates"},
    "visitors": {"application": "applications", "client": "clients", "linked": "visitors"},
    "tracked": {"visitor": "visitors", "application": "applications"},
    "ads": {"application": "applications"},
    "products": {"application": "applications"},
}
"""Which collection the ids in a member are of."""
TAKEN_ONCE = {
    "applications": ("key",),
    "people": ("username", "pin"),
    "tokens": ("token", "refresh"),
    "campaigns": ("internalId",),
}


def check(document: Any) -> None:
    """Raises ValueError naming the first place that is not as it must be."""
    held(document, _validator())
    for name in shapes():
        for member in ("id", *TAKEN_ONCE.get(name, ())):
            once(each(document, name), member)
    _check_codes(document)
    ids = {name: {found.get("id") for found in document.get(name, [])} for name in shapes()}
    for place, target, id in _references(document):
        if id not in ids[target]:
            raise ValueError(f"{place}: {target} has no {id!r}")


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    collections = {name: array(shape) for name, shape in shapes().items()}
    return validator(model("", {**collections, "assume": MAP}), schemas())


def _check_codes(document: Mapping[str, Any]) -> None:
    """A code is one in its campaign."""
    by_campaign: dict[str, list[Placed]] = {}
    for placed in each(document, "codes"):
        by_campaign.setdefault(placed[1]["campaign"], []).append(placed)
    for codes in by_campaign.values():
        once(codes, "code")


def _references(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Where an id is named, the collection it is of, and the id."""
    for name, members in REFERENCES.items():
        for path, found in each(document, name):
            for member, target in members.items():
                value = found.get(member)
                for id in value if isinstance(value, list) else [value]:
                    if id is not None:
                        yield f"{path}.{member}", target, id
    for path, client in each(document, "clients"):
        for place, entry in each(client, "timeline", path):
            yield f"{place}.leadId", "leads", entry["leadId"]
