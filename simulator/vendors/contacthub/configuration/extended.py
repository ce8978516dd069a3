"""Extended properties: definitions as they are set, and values held to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs
import orjson

from simulator.kernel.errors import Invalid
from simulator.kernel.violation import escape

LONGEST_TEXT = 255
LONGEST_TEXTS = 1000
KEYWORDS = ("type", "format", "enum")
Problem = tuple[str, str]


def check_extended(definitions: Mapping[str, Any], value: Any, pointer: str) -> list[Problem]:
    """(pointer, message) for all that is wrong with the extended properties `value`; null is nothing set.

    Values of a property that is off are not looked at: they are to be dropped (`enabled_only`).
    """
    if value is None:
        return []
    if not isinstance(value, Mapping):
        return [(pointer, "extended properties are an object")]
    return [
        (f"{pointer}/{escape(name)}{where}", message)
        for name, given in value.items()
        for where, message in _wrong(definitions.get(name), given)
    ]


def enabled_only(definitions: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, Any]:
    """The values whose property is on."""
    return {
        name: given
        for name, given in value.items()
        if (definitions.get(name) or {}).get("contactlabProperties", {}).get("enabled", True)
    }


def _wrong(definition: Mapping[str, Any] | None, given: Any) -> Iterator[Problem]:
    if definition is None:
        yield "", "the property is not configured"
        return
    own = definition.get("contactlabProperties", {})
    if given is None or not own.get("enabled", True):
        return
    schema = orjson.dumps(_schema(definition), option=orjson.OPT_SORT_KEYS)
    for error in _compiled(schema).iter_errors(given):
        yield "".join(f"/{escape(str(step))}" for step in error.instance_path), error.message[:300]
    if _length(given) > own.get("maxLength", LONGEST_TEXTS if isinstance(given, list) else LONGEST_TEXT):
        yield "", "the text is too long"


def _length(given: Any) -> int:
    """Of a text, or of texts in an array with a separator between each two."""
    if isinstance(given, str):
        return len(given)
    texts = [item for item in given if isinstance(item, str)] if isinstance(given, list) else []
    return sum(map(len, texts)) + max(0, len(texts) - 1)


@lru_cache(maxsize=512)
def _compiled(schema: bytes) -> Any:
    return jsonschema_rs.Draft202012Validator(orjson.loads(schema), validate_formats=True)


def _schema(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a definition that is JSON schema."""
    found: dict[str, Any] = {name: definition[name] for name in KEYWORDS if name in definition}
    if "items" in definition:
        found["items"] = _schema(definition["items"])
    if "properties" in definition:
        found["properties"] = {name: _schema(part) for name, part in definition["properties"].items()}
    return found


def schema_of(definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Definitions as the JSON schema of the object that holds their values, those that are off left out."""
    live = enabled_only(definitions, definitions)
    return {"type": "object", "properties": {name: _schema(live[name]) for name in live}}


def settled(
    given: Mapping[str, Any], stored: Mapping[str, Any], *, may_index: bool
) -> dict[str, dict[str, Any]]:
    """Definitions with their defaults, to be kept instead of `stored`. Raises Invalid.

    `indexed` stays what it was, at first false, where `may_index` is not true.
    """
    problems = {
        f"/{escape(name)}{where}": [text] for name in given for where, text in _unclear(given[name], "")
    }
    if problems:
        raise Invalid(problems, "extended properties are not valid")
    return {name: _settled(given[name], stored.get(name) or {}, may_index) for name in given}


def _settled(given: Mapping[str, Any], stored: Mapping[str, Any], may_index: bool) -> dict[str, Any]:
    own = given.get("contactlabProperties", {})
    before = stored.get("contactlabProperties", {}).get("indexed", False)
    kept: dict[str, Any] = {
        "label": own.get("label"),
        "enabled": own.get("enabled", True),
        "indexed": own.get("indexed", before) if may_index else before,
        "flowEnabled": own.get("flowEnabled", False),
    }
    longest = own.get("maxLength", _longest(given))
    if longest is not None:
        kept["maxLength"] = int(longest)
    if "mergePolicy" in own:
        kept["mergePolicy"] = own["mergePolicy"]
    return {**_schema(given), "contactlabProperties": kept}


def _longest(given: Mapping[str, Any]) -> int | None:
    if given["type"] == "string":
        return LONGEST_TEXT
    holds_texts = given["type"] == "array" and given.get("items", {}).get("type") == "string"
    return LONGEST_TEXTS if holds_texts else None


def _unclear(part: Mapping[str, Any], where: str) -> Iterator[Problem]:
    """What the contract's schema cannot see, as it looks one level deep only."""
    enum = part.get("enum")
    if enum is not None and (not isinstance(enum, list) or not enum):
        yield f"{where}/enum", "an enumeration has values"
    for name, inner in _parts(part):
        place = f"{where}/{name}"
        if not isinstance(inner, Mapping):
            yield place, "a definition is an object"
        elif inner.get("type") not in TYPES:
            yield f"{place}/type", f"the type is one of {', '.join(TYPES)}"
        elif inner.get("format", "date") not in FORMATS:
            yield f"{place}/format", f"the format is one of {', '.join(FORMATS)}"
        else:
            yield from _unclear(inner, place)
    if not isinstance(part.get("properties", {}), Mapping):
        yield f"{where}/properties", "definitions are an object"


def _parts(part: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if "items" in part:
        yield "items", part["items"]
    if isinstance(part.get("properties"), Mapping):
        for name, inner in part["properties"].items():
            yield f"properties/{escape(name)}", inner


TYPES = ("string", "number", "integer", "boolean", "array", "object")
FORMATS = ("date", "date-time", "email", "uri", "ipv4", "ipv6")
