"""How Infact reads JSON: content type, size, spelling of keys, and the framework's own messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from flask import Response
from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load

from simulator.kernel.errors import Invalid, Malformed, TooLarge, UnsupportedMedia
from simulator.kernel.pipeline import exchange
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.state import Customer

JSON_TYPES = ("application/json", "text/json")


def world() -> World:
    """The world of the request being answered."""
    return exchange().world


def account() -> Customer:
    """The customer of the request being answered."""
    customer: Customer = exchange().account
    return customer


def answer(value: Any, status: int = 200) -> Response:
    """`value` as the vendor writes JSON."""
    return Response(orjson.dumps(value), status, content_type="application/json; charset=utf-8")


def empty() -> Response:
    """200 without a body."""
    response = Response(status=200)
    del response.headers["Content-Type"]
    return response


def body() -> Any:
    """The JSON value of the request. Raises UnsupportedMedia, TooLarge, Malformed, or Invalid for none."""
    payload, request = exchange().payload, exchange().request
    if not payload.raw:
        raise Invalid({"": ["A non-empty request body is required."]})
    kind = request.mimetype
    if kind not in JSON_TYPES and not (kind.startswith("application/") and kind.endswith("+json")):
        world().assume(rules.MEDIA_TYPE)
        raise UnsupportedMedia
    if len(payload.raw) > world().chosen(rules.BODY_LIMIT):
        world().assume(rules.BODY_LIMIT)
        raise TooLarge
    if payload.error is not None:
        raise Malformed(payload.error)
    return payload.value


def load(schema: Schema, value: Any) -> dict[str, Any]:
    """`value` through a schema. Raises Invalid with the paths and messages the framework would give."""
    if not isinstance(value, dict):
        raise Invalid({"$": ["The JSON value could not be converted to an object."]})
    try:
        loaded: dict[str, Any] = schema.load(value)
    except ValidationError as error:
        raise Invalid(dict(flat(error.messages_dict))) from error
    return loaded


def flat(messages: Mapping[Any, Any], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """{"Recipients": {0: {"UserId": [..]}}} as ("Recipients[0].UserId", [..])."""
    for name, inner in messages.items():
        if isinstance(name, int):
            path = f"{prefix}[{name}]"
        elif name == "_schema":
            path = prefix or "$"
        else:
            path = f"{prefix}.{name}" if prefix else str(name)
        if isinstance(inner, Mapping):
            yield from flat(inner, path)
        else:
            yield path, [text.replace("{name}", path.rpartition(".")[2]) for text in inner]


def number(text: str, name: str) -> int:
    """An id in a path. Raises Invalid."""
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= 10 and -(2**31) <= int(text) < 2**31:
        return int(text)
    world().assume(rules.NUMBER_IN_PATH)
    raise Invalid({name: [f"The value '{text}' is not valid."]})


class Model(Schema):
    """A fixed model: keys match without regard to case, unknown ones are ignored."""

    class Meta:
        unknown = EXCLUDE

    @pre_load
    def respell(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, dict):
            raise ValidationError("The JSON value could not be converted to an object.")
        names = {name.lower(): name for name in self.fields}
        respelled = {names.get(key.lower(), key): value for key, value in data.items()}
        if any(key not in data for key in respelled):
            world().assume(rules.KEY_SPELLING)
        return respelled


REQUIRED = "The {name} field is required."
ABSENT = "The {{name}} field is required."
"""The same where the library formats the text before we do."""


class Field(fields.Field[Any]):
    """A field with the framework's messages; null counts as absent where it is not required.

    `nullable=False` is for values that have no null in the vendor's language: numbers, flags, enums.
    """

    kind = "value"

    def __init__(self, *, required: bool = False, nullable: bool = True, **options: Any) -> None:
        null = ABSENT if required else str(self.unfit().messages[0])
        messages: dict[str, str | list[Any] | dict[Any, Any]] = {"required": ABSENT, "null": null}
        allow_none = nullable and not required
        super().__init__(required=required, allow_none=allow_none, error_messages=messages, **options)

    def unfit(self) -> ValidationError:
        return ValidationError(f"The JSON value could not be converted to {self.kind}.")


class Text(Field):
    """A string, with lengths where the model has them. A required one may not be empty, either."""

    kind = "String"

    def __init__(self, least: int = 0, most: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.most = least, most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:  # noqa: ARG002
        if not isinstance(value, str):
            raise self.unfit()
        if self.required and not value:
            raise ValidationError(REQUIRED)
        if len(value) < self.least or (self.most is not None and len(value) > self.most):
            raise ValidationError(
                f"The field {{name}} must be a string with a minimum length of {self.least}"
                f" and a maximum length of {self.most}."
            )
        return value


class Country(Text):
    """Two letters (campaign page, CountryCode: ISO 3166-1 alpha-2)."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if not (len(text) == 2 and text.isascii() and text.isalpha()):
            raise ValidationError("The field {name} must be a country code of two letters.")
        return text


class Whole(Field):
    """An integer within a range (default: 32 bits, signed)."""

    kind = "Int64"

    def __init__(self, least: int = -(2**31), most: int = 2**31 - 1, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.most = least, most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> int:  # noqa: ARG002
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
            raise self.unfit()
        if not self.least <= value <= self.most:
            raise ValidationError(f"The field {{name}} must be between {self.least} and {self.most}.")
        return int(value)


class Flag(Field):
    """true or false."""

    kind = "Boolean"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> bool:  # noqa: ARG002
        if value is True or value is False:
            return value
        raise self.unfit()


class FlagOrNumber(Flag):
    """true, false, 1 or 0 (campaign page, AllowDuplicates: "True or 1")."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> bool:
        if type(value) in (int, float) and value in (0, 1):
            return bool(value)
        return super()._deserialize(value, attr, data, **options)


class Choice(Field):
    """A name of an enum, in any case; its number where the world allows it (infact.enum-names)."""

    def __init__(self, *names: str, **options: Any) -> None:
        self.kind = "/".join(names)
        super().__init__(**options)
        self.names = {name.lower(): name for name in names}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:  # noqa: ARG002
        if isinstance(value, str) and value in self.names.values():
            return value
        if isinstance(value, str) and value.lower() in self.names:
            world().assume(rules.ENUM_NAMES)
            return self.names[value.lower()]
        numbers = world().assume(rules.ENUM_NAMES) == "numbers"
        if numbers and type(value) is int and 0 <= value < len(self.names):
            return list(self.names.values())[value]
        raise self.unfit()


class Items(fields.List[Any]):
    """An array of one kind of element; null counts as absent unless it is required."""

    def __init__(self, element: fields.Field[Any], *, required: bool = False, **options: Any) -> None:
        messages: dict[str, str | list[Any] | dict[Any, Any]] = {
            "required": ABSENT,
            "null": ABSENT,
            "invalid": "The JSON value could not be converted to an array.",
        }
        super().__init__(
            element, required=required, allow_none=not required, error_messages=messages, **options
        )


class Inner(fields.Nested):
    """A model inside a model; null counts as absent unless it is required."""

    def __init__(self, model: Any, *, required: bool = False, **options: Any) -> None:
        messages: dict[str, str | list[Any] | dict[Any, Any]] = {
            "required": ABSENT,
            "null": ABSENT,
            "type": "The JSON value could not be converted.",
        }
        super().__init__(
            model, required=required, allow_none=not required, error_messages=messages, **options
        )
