"""Blacklist entries, questions about them, and the lists."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import Schema, ValidationError, fields

from simulator.vendors.infact.wire import REQUIRED, Country, Field, Model, Text, Whole


class Digits(Field):
    """A whole number in a query string, within a range."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.most = least, most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> int:  # noqa: ARG002
        if not re.fullmatch(r"-?[0-9]{1,10}", value):
            raise ValidationError(f"The value '{value}' is not valid for {{name}}.")
        if not self.least <= int(value) <= self.most:
            raise ValidationError(f"The field {{name}} must be between {self.least} and {self.most}.")
        return int(value)


class Filled(Text):
    """Not empty where it is given."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:  # noqa: ARG002
        if not value:
            raise ValidationError(REQUIRED)
        return str(value)


class Check(Model):
    """?Phone=&CountryCode="""

    Phone = Text(required=True, attribute="phone")
    CountryCode = Country(attribute="country", load_default=None)


class Page(Model):
    """?Start=&Count="""

    Start = Digits(0, 2**31 - 1, attribute="start", load_default=0)
    Count = Digits(1, 10_000, attribute="count", load_default=None)


class GlobalEntry(Model):
    """{Phone, CountryCode, Email, ClientId}: the last without effect."""

    Phone = Text(attribute="phone", load_default=None)
    CountryCode = Country(attribute="country", load_default=None)
    Email = Text(attribute="email", load_default=None)
    ClientId = Text()


class CustomEntry(GlobalEntry):
    """The same with `rc`, the customer, and `FormId`."""

    rc = Whole(1, required=True, attribute="customer")
    FormId = Whole(0, nullable=False, attribute="form", load_default=0)


class Removal(GlobalEntry):
    """The same in a query string, where what is named has a value."""

    Phone = Filled(attribute="phone", load_default=None)
    Email = Filled(attribute="email", load_default=None)


class CheckAnswer(Schema):
    """{Phone, IsBlacklisted}: infact.blacklist-response."""

    phone = fields.String(data_key="Phone")
    listed = fields.Boolean(data_key="IsBlacklisted")


class EntryAnswer(Schema):
    """{Recipient, Created, Updated}, times with offset and six digits of fraction."""

    recipient = fields.String(data_key="Recipient")
    created = fields.String(data_key="Created")
    updated = fields.String(data_key="Updated")


CHECK = Check()
PAGE = Page()
GLOBAL_ENTRY = GlobalEntry()
CUSTOM_ENTRY = CustomEntry()
REMOVAL = Removal()
CHECK_ANSWER = CheckAnswer()
ENTRIES_ANSWER = EntryAnswer(many=True)
