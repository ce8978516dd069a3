"""Recipients as the obsolete API takes them (campaign page, recipient model), by the thousand.

A schema says what is right; nearly all recipients are seen to be right by comparing the types
of their values with those the schema takes, which costs a hundredth of running it.
"""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError

from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.campaigns.schemas import MOST_FAULTY, TOO_MANY
from simulator.vendors.infact.wire import Field, Model, Text, Whole, world


class Number(Field):
    """Any number."""

    kind = "Decimal"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> int | float:  # noqa: ARG002
        if type(value) not in (int, float):
            raise self.unfit()
        return value  # type: ignore[no-any-return]


class FreeForm(Field):
    """An object with any keys."""

    kind = "an object"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> dict[str, Any]:  # noqa: ARG002
        if not isinstance(value, dict):
            raise self.unfit()
        return value


class Recipient(Model):
    """One person; every field is a template variable of the same name."""

    UserId = Text(required=True)
    EmailEnabled = Whole(0, 1, required=True)
    SMSEnabled = Whole(0, 1, required=True)
    FirstName = Text()
    LastName = Text()
    CoAddress = Text()
    MailingAddress = Text()
    ZipCode = Text()
    City = Text()
    CountryCode = Text()
    CellularPhone = Text()
    Phone2 = Text()
    Phone3 = Text()
    Phone4 = Text()
    Phone5 = Text()
    Email = Text()
    RefShop = Text()
    RegNr = Text()
    Brand = Text()
    Model = Text()
    CurrentBonusAmount = Number(nullable=False)
    Bonustype = Number(nullable=False)
    QualifyingbonusAmount = Number(nullable=False)
    NumberOfBonusChecks = Number(nullable=False)
    TotalValueBonusChecks = Number(nullable=False)
    PointBalance = Number(nullable=False)
    PointsUntilNextLevel = Number(nullable=False)
    Level = Number(nullable=False)
    LevelDescription = Text()
    Custom = FreeForm()


RECIPIENT = Recipient()
NAMES = {name.lower(): name for name in RECIPIENT.fields}
NEEDED = frozenset(name for name, field in RECIPIENT.fields.items() if field.required)
KINDS: dict[type, set[type]] = {Text: {str}, Whole: {int}, Number: {int, float}, FreeForm: {dict}}
TYPES = {
    name: KINDS[type(field)] | ({type(None)} if field.allow_none else set())
    for name, field in RECIPIENT.fields.items()
}


class Recipients(Field):
    """An array of recipients. Errors are keyed by index and field."""

    kind = "an array"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> list[dict[str, Any]]:  # noqa: ARG002
        if not isinstance(value, list):
            raise self.unfit()
        loaded: list[dict[str, Any]] = []
        faults: dict[int | str, Any] = {}
        for number, given in enumerate(value):
            recipient = respelled(given)
            try:
                loaded.append(recipient if fits(recipient) else RECIPIENT.load(recipient))
            except ValidationError as error:
                faults[number] = error.messages_dict
            if len(faults) == MOST_FAULTY:
                faults["_schema"] = [TOO_MANY]
                break
        if faults:
            raise ValidationError(faults)
        return loaded


def respelled(given: Any) -> Any:
    """With the model's spelling of its fields and without others; as it is where it is no object."""
    if not isinstance(given, dict) or given.keys() <= TYPES.keys():
        return given
    known = {NAMES[key.lower()]: value for key, value in given.items() if key.lower() in NAMES}
    if any(name not in given for name in known):
        world().assume(rules.KEY_SPELLING)
    return known


def fits(recipient: Any) -> bool:
    """Whether the schema would take it as it is. It may still do so where this says no."""
    if not isinstance(recipient, dict) or not recipient.keys() >= NEEDED:
        return False
    for name, value in recipient.items():
        if type(value) not in TYPES[name]:
            return False
    flags = (recipient["EmailEnabled"], recipient["SMSEnabled"])
    return bool(recipient["UserId"]) and all(flag in (0, 1) for flag in flags)
