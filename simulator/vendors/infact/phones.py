"""Phone numbers: short ones completed by country, all of them in one form."""

from __future__ import annotations

import re
from functools import cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat, PhoneNumberType

MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
INTERNATIONAL = re.compile(r"\+[1-9][0-9]{5,14}")


def normalised(text: str, country: str) -> str | None:
    """`919 01 3xx` with NO as `+47919013xx`; None where it can be no phone number (infact.phone-form)."""
    if _is_normal(text):
        return text
    number = _parsed(text, country)
    if number is None or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def takes_sms(text: str, country: str) -> str | None:
    """The normalised number if it is valid and may be a mobile's; None otherwise."""
    number = _parsed(text, country)
    if number is None or phonenumbers.number_type(number) not in MOBILE:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _parsed(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, country.upper())
    except NumberParseException:
        return None


def _is_normal(text: str) -> bool:
    """Whether `text` is sure to come out of parsing as it went in. 20 times faster; imports are long.

    False says nothing: some such numbers are normal, too.
    """
    if not INTERNATIONAL.fullmatch(text):
        return False
    for end in (2, 3, 4):
        lengths = _lengths(text[1:end])
        if lengths:
            return len(text) - end in lengths and text[end] != "0"
    return False


@cache
def _lengths(calling_code: str) -> frozenset[int]:
    """Digits a number may have after the calling code, where only a zero before them can be cut off."""
    region = phonenumbers.region_code_for_country_code(int(calling_code))
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(int(calling_code), region)
    if metadata is None or metadata.national_prefix_for_parsing not in (None, "0"):
        return frozenset()
    return frozenset(metadata.general_desc.possible_length if metadata.general_desc else ())
