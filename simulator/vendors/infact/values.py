"""Values of properties: what each type takes, and the form it is kept and shown in (infact.value-types).

Integer            32 bits, signed; also as a string of digits      number
ShortString        text of at most 255 characters; also a number    string
String, Text       text; also a number                              string
Date               day, or date and time, of which the day is kept  "2022-06-17T00:00:00"
DateTime           day, or date and time, in local time             "2022-06-17T10:00:00"
Mobile             phone number, short or international             "+4740000001"
Email              text with one @, at most 255 characters          string
Boolean            true, false, 1, 0, "true", "false"               boolean
Decimal            number; also as a string                         number
Dictionary, Unknown, and any other name: any scalar                 as given

Null fits every type; so does an empty string, which is null but in text (infact.empty-text).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from simulator.vendors.infact import dates, phones
from simulator.vendors.infact.emails import ADDRESS

TEXT_KINDS = frozenset({"ShortString", "String", "Text", "Mobile", "Email"})
KINDS = TEXT_KINDS | {"Integer", "Date", "DateTime", "Boolean", "Decimal"}
"""The types whose values are all of one kind; those of other types may be any scalar."""

SMALLEST, LARGEST = -(2**31), 2**31 - 1
SHORT = 255
MOST_DECIMAL = 2.0**96
"""What the framework's decimal holds."""
DIGITS = 18
"""A whole number of so many characters fits into 64 bits."""

INTEGER = re.compile(r"[+-]?[0-9]{1,10}")
DECIMAL = re.compile(r"[+-]?[0-9]{1,29}(\.[0-9]{1,29})?")


class Unfit:
    """Stands for a value that does not convert to the type of its property."""

    def __repr__(self) -> str:
        return "UNFIT"


UNFIT: Final = Unfit()
Convert = Callable[[Any], Any]
"""From a JSON value to the stored one, or UNFIT. Gives back the same object where nothing had to change."""


def converter(kind: str, country: str, zone: Callable[[], str]) -> Convert:
    """How values of type `kind` are read for a customer of `country`.

    `zone()` is asked only for a time with an offset, which has to become local time.
    """
    if kind == "Mobile":
        return lambda value: _mobile(value, country)
    if kind == "Date":
        return lambda value: _date(value, zone)
    if kind == "DateTime":
        return lambda value: _date_time(value, zone)
    return PLAIN.get(kind, _scalar)


def _integer(value: Any) -> Any:
    if type(value) is int:
        return value if SMALLEST <= value <= LARGEST else UNFIT
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return _integer(int(value))
    if isinstance(value, str):
        text = value.strip()
        if INTEGER.fullmatch(text):
            return _integer(int(text))
        return UNFIT if text else None
    return UNFIT


def _text(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return orjson.dumps(value).decode()
    return UNFIT


def _short(value: Any) -> Any:
    text = _text(value)
    return UNFIT if isinstance(text, str) and len(text) > SHORT else text


def _mobile(value: Any, country: str) -> Any:
    if value is None:
        return None
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str):
        return UNFIT
    text = value.strip()
    if not text:
        return None
    return phones.normalised(text, country) or UNFIT


def _email(value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, str):
        return UNFIT
    text = value.strip()
    if not text:
        return None
    return text if len(text) <= SHORT and ADDRESS.fullmatch(text) else UNFIT


def _date(value: Any, zone: Callable[[], str]) -> Any:
    found = _local(value, zone)
    return f"{found.date()}T00:00:00" if isinstance(found, datetime) else found


def _date_time(value: Any, zone: Callable[[], str]) -> Any:
    found = _local(value, zone)
    return found.isoformat(timespec="seconds") if isinstance(found, datetime) else found


def _local(value: Any, zone: Callable[[], str]) -> Any:
    """A local time without zone; None or UNFIT."""
    if value is None:
        return None
    if not isinstance(value, str):
        return UNFIT
    text = value.strip()
    if not text:
        return None
    try:
        if len(text) == len("2022-06-17"):
            return datetime.combine(dates.day(text), datetime.min.time())
        moment = dates.instant(text, "UTC")
    except ValueError:
        return UNFIT
    offset = dates.TIME.fullmatch(text)[3]  # type: ignore[index]
    return (moment.astimezone(ZoneInfo(zone())) if offset else moment).replace(tzinfo=None)


def _boolean(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return bool(value) if value in (0, 1) else UNFIT
    if isinstance(value, str):
        text = value.strip().lower()
        return {"true": True, "false": False, "": None}.get(text, UNFIT)
    return UNFIT


def _decimal(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        text = value.strip()
        if not DECIMAL.fullmatch(text):
            return UNFIT if text else None
        value = float(text) if "." in text or len(text) > DIGITS else int(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return UNFIT
    return value if abs(value) < MOST_DECIMAL else UNFIT


def _scalar(value: Any) -> Any:
    return UNFIT if isinstance(value, dict | list) else value


PLAIN: dict[str, Convert] = {
    "Integer": _integer,
    "ShortString": _short,
    "String": _text,
    "Text": _text,
    "Email": _email,
    "Boolean": _boolean,
    "Decimal": _decimal,
}
