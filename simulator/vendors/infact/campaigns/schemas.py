"""Campaigns as a client writes them (campaign page, Campaigns; datasource page, POST campaign)."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema

from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact import dates
from simulator.vendors.infact.queries.schemas import Query
from simulator.vendors.infact.wire import (
    Choice,
    Country,
    Field,
    FlagOrNumber,
    Inner,
    Items,
    Model,
    Text,
    Whole,
    world,
)

MOST_ID = 2**31 - 1
MOST_FAULTY = 200
"""The framework stops after so many errors; here, after so many faulty elements of an array."""
TOO_MANY = "The maximum number of allowed model errors has been reached."
NO_OBJECT = "The JSON value could not be converted to an object."

SCHEDULE = re.compile(
    r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d"
    r"|T\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?)",
    re.ASCII,
)


class Schedule(Field):
    """`yyyy-MM-dd HH:mm:ss`, or ISO 8601 with T; kept as text, since a zone may be missing."""

    kind = "DateTime"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:  # noqa: ARG002
        if not isinstance(value, str) or not SCHEDULE.fullmatch(value):
            raise self.unfit()
        try:
            dates.instant(value, "UTC")
        except ValueError as error:
            raise self.unfit() from error
        return value


class Columns(Field):
    """An array of free-form objects, one for each recipient."""

    kind = "an array"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> list[dict[str, Any]]:  # noqa: ARG002
        if not isinstance(value, list):
            raise self.unfit()
        faulty = [number for number, element in enumerate(value) if not isinstance(element, dict)]
        faults: dict[int | str, Any] = {number: [NO_OBJECT] for number in faulty[:MOST_FAULTY]}
        if len(faulty) > MOST_FAULTY:
            faults["_schema"] = [TOO_MANY]
        if faults:
            raise ValidationError(faults)
        return value


class BlackList(Model):
    """Which blacklists a channel respects: {Type, BlackListIds, FormIds}."""

    Type = Choice("None", "Global", "Custom", "All", nullable=False, load_default="None")
    BlackListIds = Items(Whole(required=True))
    FormIds = Items(Whole(required=True))

    @validates_schema
    def custom_names_some(self, data: Any, **_: Any) -> None:
        if data["Type"] == "Custom" and not data.get("BlackListIds") and not data.get("FormIds"):
            world().assume(rules.BLACKLIST_TYPES)
            raise ValidationError("Type Custom needs BlackListIds or FormIds.", "BlackListIds")


class Campaign(Model):
    """What both ways to create a campaign share."""

    ExternalId = Text(1, 255)
    Type = Choice("SMS", "Email", "EmailAndSMS", required=True)
    Priority = Choice("SMS", "Email")
    Name = Text(1, 255, required=True)
    ScheduleDate = Schedule()
    AllowDuplicates = FlagOrNumber(nullable=False)
    SMSTemplateId = Whole(1, MOST_ID)
    CountryCode = Country()
    PhoneName = Text(1, 200)
    EmailName = Text(1, 200)
    EmailTemplateId = Whole(1, MOST_ID)
    EmailSubject = Text()
    SMSBlackList = Inner(BlackList)
    EmailBlackList = Inner(BlackList)


class RecipientsCampaign(Campaign):
    """A campaign with its recipients."""

    Recipients = Columns(required=True)


class QueryCampaign(Campaign):
    """A campaign with a query for its recipients."""

    Query = Inner(Query, required=True)
    Description = Text()


class Created(Schema):
    """{Id, ExternalId}: infact.campaign-response."""

    id = fields.Integer(data_key="Id")
    caller_id = fields.String(data_key="ExternalId")


RECIPIENTS_CAMPAIGN = RecipientsCampaign()
QUERY_CAMPAIGN = QueryCampaign()
CREATED = Created()
