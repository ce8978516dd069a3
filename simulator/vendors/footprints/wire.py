"""How Footprints reads bodies and queries, and writes answers; the rules of the wire are only here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

import orjson
from flask import Response

from simulator.kernel.contract import Operation
from simulator.kernel.errors import Malformed
from simulator.kernel.media import URLENCODED
from simulator.kernel.pipeline import exchange
from simulator.kernel.violation import Violation
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import joi
from simulator.vendors.footprints.cors import HEADERS

if TYPE_CHECKING:
    from simulator.vendors.footprints.auth import Caller

JSON = "application/json"
SUCCESS = {"status": "success"}
"""The answer of operations that have nothing to tell."""


def world() -> World:
    """The world of the request being answered."""
    return exchange().world


def caller() -> Caller:
    """Who the request being answered is from."""
    return cast("Caller", exchange().account)


def operation() -> Operation:
    """The contract's operation of the request being answered."""
    return exchange().app.contract.operations[cast(str, exchange().operation)]


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """`value` as the vendor writes JSON."""
    world().assume(rules.STATUS_OF_SUCCESS)
    return Response(orjson.dumps(value), status, HEADERS | dict(headers or {}), content_type=JSON)


def sent(*, gaps: bool = False) -> dict[str, Any]:
    """The fields of the body, form or JSON, as they came: names trimmed, empty ones left out.

    With `gaps`, empty items of lists stay, so that the others keep their places.
    Raises Malformed where a body that should be either cannot be read.
    """
    request, payload = exchange().request, exchange().payload
    if payload.raw and not _is_read():
        world().assume(rules.OTHER_BODIES)
    if not payload.raw or not _is_read():
        return {}
    if request.mimetype == JSON:
        world().assume(rules.JSON_BODIES)
    if payload.error is not None or not isinstance(payload.value, dict):
        raise Malformed("Invalid JSON" if request.mimetype == JSON else "Invalid form")
    return cast(dict[str, Any], _tidy(payload.value, gaps))


def _is_read() -> bool:
    """Whether there is a body of a kind that is read; one of no bytes has no fields."""
    return exchange().request.mimetype in (JSON, URLENCODED)


def body(*, of: str | None = None, one_of: bool = True, gaps: bool = False) -> dict[str, Any]:
    """The fields of the body as the types that the contract gives them, unknown ones too.

    `of` names the operation whose body it is, where it is not that of the path.
    Without `one_of`, none of the fields that the contract wants one of must be there; `gaps` as for `sent`.
    Raises Malformed, and BrokenRules as Joi would word it.
    """
    meant = exchange().app.contract.operations[of] if of else operation()
    checker = meant.accepted[JSON]
    value = _decoded(sent(gaps=gaps))
    is_text = exchange().payload.is_text
    typed = checker.types.typed(value, nulls=not is_text)
    if any(broken["keyword"] == "additionalProperties" for broken in exchange().entry.violations):
        world().assume(rules.UNKNOWN_FIELDS)
    # in JSON a text is no list
    for form in (typed,) if is_text else (typed, value):
        found = checker.violations(form, "body")
        _refuse([broken for broken in found if one_of or (broken.keyword, broken.pointer) != ("anyOf", "")])
    if meant.body_required and not _is_read():
        _refuse([Violation("body", "", "required", "a body is required", "assumed")])
    return cast(dict[str, Any], typed)


def query() -> dict[str, Any]:
    """The query's parameters by name, as their types; those that are not sent, or empty texts, are not in it.

    Raises BrokenRules.
    """
    found: dict[str, Any] = {}
    wrong: list[Violation] = []
    for parameter in operation().parameters:
        if parameter.place != "query" or parameter.name == "access_token":
            continue
        texts = [text for text in exchange().request.args.getlist(parameter.name) if text]
        if texts:
            found[parameter.name] = parameter.read(texts)
            wrong += parameter.checker.violations(found[parameter.name], "query", f"/{parameter.name}")
        elif parameter.required:
            message = f"{parameter.name} is required"
            wrong.append(Violation("query", f"/{parameter.name}", "required", message, ""))
    _refuse(wrong)
    return found


def path(name: str, value: str) -> str:
    """A path's parameter that is stored, not looked up. Raises BrokenRules."""
    parameter = next(each for each in operation().parameters if (each.place, each.name) == ("path", name))
    _refuse(parameter.checker.violations(value, "path", f"/{name}"))
    return value


def _refuse(found: list[Violation]) -> None:
    """Raises BrokenRules if any is."""
    if any(violation.evidence == "assumed" for violation in found):
        world().assume(rules.CHECKS)
    if found:
        raise joi.refusal(found)


def _tidy(value: Any, gaps: bool) -> Any:
    """Names without blanks around them; empty texts left out, of lists too unless they are to have `gaps`."""
    if isinstance(value, list):
        return [_tidy(item, gaps) for item in value if gaps or item != ""]
    if not isinstance(value, dict):
        return value
    tidied = {}
    for name, inner in value.items():
        if inner == "":
            world().assume(rules.EMPTY_TEXTS)
            continue
        if name != name.strip():
            world().assume(rules.TRIMMED_NAMES)
        tidied[name.strip()] = _tidy(inner, gaps)
    return tidied


def _decoded(fields: dict[str, Any]) -> dict[str, Any]:
    """E-mail addresses that were encoded twice, decoded once more."""
    found = dict(fields)
    for name in ("email", "userEmail"):
        text = found.get(name)
        if isinstance(text, str) and "@" not in text and "%40" in text:
            world().assume(rules.EMAIL_TWICE_ENCODED)
            found[name] = text.replace("%40", "@")
    return found


def picked(fields: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Those of `fields` that are named, in the order of `names`."""
    return {name: fields[name] for name in names if name in fields}
