"""The obsolete Campaign as a client writes it (campaign page, models of POST and PUT)."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from simulator.vendors.infact import dates
from simulator.vendors.infact.campaigns.schemas import MOST_ID, Schedule
from simulator.vendors.infact.obsolete_campaigns.recipients import Recipients
from simulator.vendors.infact.wire import Field, Flag, FlagOrNumber, Model, Text, Whole


class Day(Field):
    """`yyyy-MM-dd`."""

    kind = "a day, yyyy-MM-dd"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:  # noqa: ARG002
        try:
            return dates.day(value).isoformat()
        except (TypeError, ValueError) as error:
            raise self.unfit() from error


class Campaign(Model):
    """POST."""

    ClientId = Text(required=True)
    CampaignId = Text(required=True)
    CampaignType = Whole(1, 3, required=True)
    Name = Text()
    Description = Text()
    ChainId = Text()
    AllowDuplicateCampaignId = Flag(nullable=False)
    AllowDuplicates = FlagOrNumber(nullable=False)
    PartCount = Whole(0, nullable=False)
    Priority1 = Whole(0, 2)
    Priority2 = Whole(0, 2)
    SMSTemplateId = Whole(0, MOST_ID)
    EmailTemplateId = Whole(0, MOST_ID)
    EmailSubject = Text()
    ScheduleDate = Schedule()
    StartDate = Day(required=True)
    ClosingDate = Day(required=True)
    BlackList = Whole(0, nullable=False)
    AlreadyGeneratedCouponCode = Flag(nullable=False)
    CouponCode = Text()
    DiscountType = Whole(nullable=False)
    CouponPercentage = Text()
    CouponAmount = Text()
    CouponValidityPeriod = Whole(nullable=False)
    CouponValidityDate = Text()
    Recipients = Recipients()


class Part(Model):
    """PUT."""

    ClientId = Text(required=True)
    CampaignId = Text(required=True)
    PartNumber = Whole(0, nullable=False)
    AllowDuplicates = FlagOrNumber(nullable=False)
    Recipients = Recipients(required=True)


class Created(Schema):
    """{Id, CampaignId}: infact.campaign-response."""

    id = fields.Integer(data_key="Id")
    caller_id = fields.String(data_key="CampaignId")


class Added(Schema):
    """{CampaignId, PartNumber, PartCount, RecipientsCount}: infact.campaign-response."""

    caller_id = fields.String(data_key="CampaignId")
    part = fields.Integer(data_key="PartNumber")
    parts = fields.Integer(data_key="PartCount")
    recipients = fields.Integer(data_key="RecipientsCount")


CAMPAIGN = Campaign()
PART = Part()
CREATED = Created()
ADDED = Added()
