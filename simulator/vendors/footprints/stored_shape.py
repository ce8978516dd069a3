"""What a stored document must look like, told to people who arrange a test's state by hand.

The shapes are those of a fixture's documents (fixture_parts.py), with nothing left out: what a fixture may
leave out, a document is put without, and then has.
"""

from __future__ import annotations

from simulator.kernel.fixture_shape import COUNT, model
from simulator.kernel.store import Document
from simulator.kernel.stored_shape import Schema, Shapes, StoredShapes, known
from simulator.kernel.world import World
from simulator.vendors.footprints import fixture, fixture_parts, fixture_shape
from simulator.vendors.footprints.state import COLLECTIONS, LEADS

BY_NAME = {collection.name.partition("/")[2]: collection for collection in COLLECTIONS}
REFERENCES = {
    name: {member: BY_NAME[target] for member, target in members.items()}
    for name, members in fixture_shape.REFERENCES.items()
}


def arrange(world: World, collection: str, document: Document) -> Document:
    """A document put by hand, completed. Raises ValueError naming the place that is wrong."""
    whole = fixture.completed(collection, document)
    SHAPES.check(world, collection, whole)
    if collection == "leads":
        whole["history"] = fixture.snapshots(whole)
    if collection == "clients":
        known("/timeline", (entry["leadId"] for entry in whole["timeline"]), world, LEADS)
    return whole


def _shapes() -> Shapes:
    found = {name: _whole(shape) for name, shape in fixture_parts.shapes().items()}
    return {**found, "codes": _code(), "tracked": _tracked(), "campaigns": _campaign(found["campaigns"])}


def _whole(shape: Schema) -> Schema:
    """A shape of which nothing may be left out; one that depends on a member, in each of its forms."""
    if "properties" in shape and "allOf" not in shape:
        return {**shape, "required": list(shape["properties"])}
    forms = [{**form, "then": _whole(form["then"])} for form in shape["allOf"]]
    return {**shape, "allOf": forms}


def _code() -> Schema:
    """A code of which the client may have been deleted since."""
    members = fixture_parts.CODE["properties"]
    free = {name: fixture_parts.CODE[name] for name in ("if", "then")}
    return {**model(" ".join(members), members), **free}


def _tracked() -> Schema:
    members = {"id": COUNT, **fixture_parts.TRACKED["properties"]}
    return model(" ".join(members), members)


def _campaign(shape: Schema) -> Schema:
    """A campaign, which has an `internalId`, if it is one of loyalty."""
    offline, loyalty = shape["allOf"]
    members = {**offline["then"]["properties"], "internalId": {"type": "null"}}
    return {**shape, "allOf": [{**offline, "then": model(" ".join(members), members)}, loyalty]}


SHAPES = StoredShapes(_shapes, fixture_parts.schemas, references=REFERENCES)
