"""A value as a field of its type keeps it: the types of custom fields, and those only system fields have."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from simulator.kernel.errors import Invalid
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft import dates, shapes
from simulator.vendors.altcraft.subscriptions.status import STATUSES

Field = Mapping[str, Any]
"""{name, type, …}, as a database or a resource has it."""

MOST = 2**53 - 1
"""The largest whole number that every reader of JSON has exactly."""


def read(world: World, field: Field, sent: Any) -> Any:
    """`sent`, which is not null, as the field keeps it. Raises Invalid where it is of another type."""
    return READERS[field["type"]](world, field, sent)


def refuse(field: Field, why: str) -> NoReturn:
    """Raises Invalid, naming the field."""
    raise Invalid({f"/data/{field['name']}": [why]}, f"{field['name']} {why}")


def _held(schema: str, field: Field, value: Any) -> Any:
    found = shapes.violations(schema, value)
    if found:
        refuse(field, found[0].message)
    return value


def _is_whole(sent: Any) -> bool:
    """Whether it is a whole number of JSON, in which 5 and 5.0 are the same."""
    return isinstance(sent, int | float) and not isinstance(sent, bool) and sent % 1 == 0


def _int(world: World, field: Field, sent: Any) -> int:
    number = _number(world, field, sent)
    if number != int(number) or abs(number) > MOST:
        refuse(field, "is no whole number of at most 53 bits")
    return int(number)


def _float(world: World, field: Field, sent: Any) -> int | float:
    number = _number(world, field, sent)
    return int(number) if number == int(number) and abs(number) <= MOST else float(number)


def _number(world: World, field: Field, sent: Any) -> int | float:
    number = sent
    if isinstance(sent, str) and re.fullmatch(
        r"-?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,3})?", sent, re.ASCII
    ):
        world.assume(rules.FIELD_CONVERSION)
        number = float(sent) if re.search(r"[.eE]", sent) else int(sent)
    if isinstance(number, bool) or not isinstance(number, int | float):
        refuse(field, f"is no {field['type']}")
    if abs(number) > 1e300 or not math.isfinite(number):
        refuse(field, "is out of range")
    return number


def _bool(world: World, field: Field, sent: Any) -> bool:
    if sent in ("true", "false"):
        world.assume(rules.FIELD_CONVERSION)
        return bool(sent == "true")
    if not isinstance(sent, bool):
        refuse(field, "is no bool")
    return sent


def _text(world: World, field: Field, sent: Any) -> str:
    if isinstance(sent, int | float) and not isinstance(sent, bool):
        world.assume(rules.FIELD_CONVERSION)
        return str(sent)
    if not isinstance(sent, str):
        refuse(field, "is no text")
    return sent


def _date(world: World, field: Field, sent: Any) -> str:
    world.assume(rules.DATES_OUT)
    try:
        if _is_whole(sent):
            if not world.assume(rules.EPOCH_DATES):
                refuse(field, "is a number and no date")
            return dates.counted(int(sent))
        return dates.read(_held("InstantInput", field, sent))
    except (ValueError, OverflowError):
        refuse(field, "is no date that there is")


def _tags(world: World, field: Field, sent: Any) -> list[str]:
    if isinstance(sent, str):
        world.assume(rules.FIELD_CONVERSION)
        sent = [sent]
    if not isinstance(sent, list) or not all(isinstance(tag, str) for tag in sent):
        refuse(field, "is no list of texts")
    return list(dict.fromkeys(sent))


def _object(_: World, field: Field, sent: Any) -> dict[str, Any]:
    if not isinstance(sent, dict):
        refuse(field, "is no object")
    return sent


def _objects(world: World, field: Field, sent: Any) -> list[dict[str, Any]]:
    if isinstance(sent, dict):
        world.assume(rules.FIELD_CONVERSION)
        sent = [sent]
    if not isinstance(sent, list) or not all(isinstance(item, dict) for item in sent):
        refuse(field, "is no list of objects")
    return sent


def _email(world: World, field: Field, sent: Any) -> str:
    world.assume(rules.EMAIL_FORM)
    return str(_held("EmailAddress", field, sent))


def _phones(world: World, field: Field, sent: Any) -> list[str]:
    world.assume(rules.PHONE_FORM)
    phones = _tags(world, field, sent)
    for phone in phones:
        _held("PhoneNumber", field, phone)
    return phones


def _sex(world: World, field: Field, sent: Any) -> str | int:
    if sent in ("male", "female"):
        return str(sent)
    if isinstance(sent, bool) or sent not in (0, 1, 2):
        refuse(field, "is neither male nor female nor a number from 0 to 2")
    world.assume(rules.SEX_NUMBERS)
    return int(sent)


def _country(world: World, field: Field, sent: Any) -> str:
    world.assume(rules.COUNTRY_FORM)
    if not isinstance(sent, str) or not re.fullmatch("[A-Za-z]{2}", sent):
        refuse(field, "has not two letters")
    return sent


def _postal_code(world: World, field: Field, sent: Any) -> str | int:
    world.assume(rules.POSTAL_CODE)
    if isinstance(sent, str):
        return sent
    if not _is_whole(sent) or not 0 <= sent < 2**31:
        refuse(field, "is neither a text nor a number")
    return int(sent)


def _ip(_: World, field: Field, sent: Any) -> str:
    return str(_held("IpAddress", field, sent))


def _status(_: World, field: Field, sent: Any) -> int:
    _held("GlobalStatus", field, sent)
    return STATUSES.index(sent) if isinstance(sent, str) else int(sent)


def _any(_: World, field: Field, sent: Any) -> Any:  # noqa: ARG001 - a reader like the others
    return sent


READERS: Mapping[str, Callable[[World, Field, Any], Any]] = {
    "int": _int,
    "float": _float,
    "bool": _bool,
    "unicode": _text,
    "version": _text,
    "date": _date,
    "tags": _tags,
    "object": _object,
    "arr_object": _objects,
    "email": _email,
    "phones": _phones,
    "sex": _sex,
    "country": _country,
    "postal_code": _postal_code,
    "ip": _ip,
    "status": _status,
    "any": _any,
}
