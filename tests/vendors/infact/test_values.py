"""Conversion of property values, type by type, and the phone numbers among them."""

from __future__ import annotations

from typing import Any

import orjson
import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.vendors.infact import phones
from simulator.vendors.infact.values import KINDS, UNFIT, converter

ALL_KINDS = sorted(KINDS | {"Dictionary", "Unknown"})
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.from_regex(r"[+-]?[0-9 .:TZ-]{1,30}", fullmatch=True),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def convert(kind: str, value: Any) -> Any:
    return converter(kind, "NO", lambda: "Europe/Oslo")(value)


@pytest.mark.parametrize(
    ("kind", "given", "stored"),
    [
        ("Integer", 12, 12),
        ("Integer", 1.0, 1),
        ("Integer", -0.0, 0),
        ("Integer", " 0151 ", 151),
        ("Integer", "-7", -7),
        ("Integer", 2**31 - 1, 2**31 - 1),
        ("Integer", 2**31, UNFIT),
        ("Integer", 1e30, UNFIT),
        ("Integer", 1.5, UNFIT),
        ("Integer", "1.0", UNFIT),
        ("Integer", "1_0", UNFIT),
        ("Integer", "١٢", UNFIT),
        ("Integer", "9" * 5000, UNFIT),
        ("Integer", True, UNFIT),
        ("Integer", "", None),
        ("ShortString", "x" * 255, "x" * 255),
        ("ShortString", "x" * 256, UNFIT),
        ("ShortString", " kept as it is ", " kept as it is "),
        ("ShortString", "", ""),
        ("ShortString", 12, "12"),
        ("ShortString", 1.5, "1.5"),
        ("ShortString", False, UNFIT),
        ("ShortString", ["a"], UNFIT),
        ("String", "x" * 256, "x" * 256),
        ("Text", 7, "7"),
        ("Date", "1983-01-01", "1983-01-01T00:00:00"),
        ("Date", "1983-01-01T23:59:59", "1983-01-01T00:00:00"),
        ("Date", "1983-01-01T23:30:00Z", "1983-01-02T00:00:00"),
        ("Date", "Birthday", UNFIT),
        ("Date", "1983-02-30", UNFIT),
        ("Date", "19830101", UNFIT),
        ("Date", "1983-W01-1", UNFIT),
        ("Date", "0001-01-01", UNFIT),
        ("Date", 19830101, UNFIT),
        ("Date", " ", None),
        ("DateTime", "2022-06-17T10:20:30", "2022-06-17T10:20:30"),
        ("DateTime", "2022-06-17 10:20", "2022-06-17T10:20:00"),
        ("DateTime", "2022-06-17T10:20:30.123456789Z", "2022-06-17T12:20:30"),
        ("DateTime", "2022-01-17T10:20:30+05:00", "2022-01-17T06:20:30"),
        ("DateTime", "2022-06-17", "2022-06-17T00:00:00"),
        ("DateTime", "2022-06-17T25:00:00", UNFIT),
        ("Mobile", "+4740000001", "+4740000001"),
        ("Mobile", " 400 00 001 ", "+4740000001"),
        ("Mobile", "004740000001", "+4740000001"),
        ("Mobile", 40000001, "+4740000001"),
        ("Mobile", "+46701740605", "+46701740605"),
        ("Mobile", "12", UNFIT),
        ("Mobile", "phone", UNFIT),
        ("Mobile", {}, UNFIT),
        ("Mobile", "", None),
        ("Email", " Kari@example.com ", "Kari@example.com"),
        ("Email", "kari", UNFIT),
        ("Email", "a@b@example.com", UNFIT),
        ("Email", "a b@example.com", UNFIT),
        ("Email", "@example.com", UNFIT),
        ("Email", "a" * 250 + "@example.com", UNFIT),
        ("Email", 3, UNFIT),
        ("Boolean", True, True),
        ("Boolean", 0, False),
        ("Boolean", 1.0, True),
        ("Boolean", "TRUE", True),
        ("Boolean", 2, UNFIT),
        ("Boolean", "yes", UNFIT),
        ("Decimal", 1.5, 1.5),
        ("Decimal", 3, 3),
        ("Decimal", "-12.50", -12.5),
        ("Decimal", "9" * 28, 1e28),
        ("Decimal", 1e29, UNFIT),
        ("Decimal", "1e5", UNFIT),
        ("Decimal", False, UNFIT),
        ("Dictionary", "x", "x"),
        ("Dictionary", True, True),
        ("Unknown", 1.5, 1.5),
        ("Unknown", [], UNFIT),
        ("Unknown", {"a": 1}, UNFIT),
    ],
)
def test_conversion(kind: str, given: Any, stored: Any) -> None:
    found = convert(kind, given)
    assert found == stored
    assert type(found) is type(stored)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_null_fits_every_type(kind: str) -> None:
    assert convert(kind, None) is None


@given(st.sampled_from(ALL_KINDS), JSON)
def test_any_json_converts_to_something_storable_that_converts_to_itself(kind: str, value: Any) -> None:
    stored = convert(kind, value)
    if stored is not UNFIT:
        assert orjson.loads(orjson.dumps(stored)) == stored
        assert convert(kind, stored) == stored


def test_the_zone_is_asked_for_only_by_a_time_with_an_offset() -> None:
    def no_zone() -> str:
        raise AssertionError("the zone was asked for")

    assert converter("DateTime", "NO", no_zone)("2022-06-17T10:00:00") == "2022-06-17T10:00:00"
    with pytest.raises(AssertionError):
        converter("DateTime", "NO", no_zone)("2022-06-17T10:00:00Z")


CALLING_CODES = sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)


@example(46, "0701740605", "NO")
@example(1, "1201555012", "NO")
@example(47, "04000001", "NO")
@given(
    st.sampled_from([47, 46, 45, 358, 43, 380, 1, 39]) | st.sampled_from(CALLING_CODES),
    st.from_regex(r"[01]?[0-9]{2,13}", fullmatch=True),
    st.sampled_from(["NO", "SE", "US"]),
)
def test_the_short_way_to_a_phone_number_agrees_with_the_long_one(code: int, rest: str, country: str) -> None:
    text = f"+{code}{rest}"
    assert phones.normalised(text, country) == _the_long_way(text, country)


def _the_long_way(text: str, country: str) -> str | None:
    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
