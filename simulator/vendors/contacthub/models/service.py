"""The platform's vocabularies. Labels and descriptions are ours; the vendor's are not known."""

from __future__ import annotations

from typing import Any

import orjson

from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.configuration.schemas import document
from simulator.vendors.contacthub.events.shapes import by_context

NUMBERS = ("number", "integer")
MERGE_POLICIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "OBJ_PRIORITY": (
        "Takes the value of the source that comes first.",
        ("string", "boolean", *NUMBERS, "array", "object"),
    ),
    "OBJ_CONCATENATE": ("Puts the texts one after the other.", ("string",)),
    "ARRAY_UNION": ("Takes what stands in any of the lists.", ("array",)),
    "ARRAY_INTERSECTION": ("Takes what stands in all of the lists.", ("array",)),
    "MATH_SUM": ("Adds the numbers up.", NUMBERS),
    "MATH_AVG": ("Takes the mean of the numbers.", NUMBERS),
    "MATH_DIFF": ("Takes the others from the first number.", NUMBERS),
    "MATH_MIN": ("Takes the smallest number.", NUMBERS),
    "MATH_MAX": ("Takes the greatest number.", NUMBERS),
}
"""Id → description, types."""

PROVIDERS: dict[str, tuple[str, str, str, str]] = {
    "API": ("API", "custom", "A client of your own.", "ApiSourcePropertiesRequest"),
    "CONTACTSEND": (
        "Contactsend",
        "contactlab",
        "The mailing product: its user database and what of it belongs to what here.",
        "SendSourcePropertiesRequest",
    ),
    "CONTACTPLAN": (
        "Contactplan",
        "contactlab",
        "The analysis product: which of its columns are filled from what here.",
        "PlanSourcePropertiesRequest",
    ),
}
"""Id → label, category, description, the contract's schema of its properties."""

CONTEXTS: dict[str, tuple[str, str]] = {
    "WEB": ("Web", "A web site."),
    "MOBILE": ("Mobile", "An application on a mobile device."),
    "ECOMMERCE": ("E-commerce", "A shop on the web."),
    "RETAIL": ("Retail", "A shop in the street."),
    "SOCIAL": ("Social", "A social network."),
    "DIGITAL_CAMPAIGN": ("Digital campaign", "A message of a campaign."),
    "CONTACT_CENTER": ("Contact centre", "A conversation with people who help."),
    "IOT": ("Internet of things", "A device that is connected."),
    "OTHER": ("Other", "Anywhere else."),
}
"""Id → label, description."""


def merge_policies(world: World) -> list[dict[str, Any]]:
    """The ways to merge differing values."""
    world.assume(rules.MODEL_TEXTS)
    return [
        {"id": name, "description": description, "supportedTypes": list(types)}
        for name, (description, types) in MERGE_POLICIES.items()
    ]


def providers(world: World) -> list[dict[str, Any]]:
    """The kinds of source that can be created."""
    world.assume(rules.MODEL_TEXTS)
    return [
        {
            "id": name,
            "label": label,
            "logo": None,
            "categories": [category],
            "description": description,
            "documents": None,
            "propertiesSchema": document(schema, inline=True),
            "role": "TRUSTED_APPLICATION",
        }
        for name, (label, category, description, schema) in PROVIDERS.items()
    ]


def contexts(world: World, *, inline: bool) -> list[dict[str, Any]]:
    """The contexts of events, each with the JSON schema of its contextInfo, as text."""
    world.assume(rules.MODEL_TEXTS)
    return [
        {
            "id": name,
            "label": label,
            "description": description,
            "propertiesSchema": orjson.dumps(document(by_context()[name], inline=inline)).decode(),
        }
        for name, (label, description) in CONTEXTS.items()
    ]
