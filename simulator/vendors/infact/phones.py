"""Phone numbers: short ones completed by country, all of them in one form."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def normalised(text: str, country: str) -> str | None:
    """`919 01 3xx` with NO as `+47919013xx`; None where it can be no phone number (infact.phone-form)."""
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
