"""An import as a client writes it, and its result (datasource page, POST data/import/json)."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from simulator.vendors.infact.wire import Field, Model, Text
from simulator.vendors.infact.wire import Items as ArrayOf


class Array(Field):
    """An array of anything, handed on as it is: its elements are judged one by one, by the scheme."""

    kind = "an array"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> list[Any]:  # noqa: ARG002
        if not isinstance(value, list):
            raise self.unfit()
        return value


class ImportRequest(Model):
    """{Items, MergeKey, Tags?}."""

    Items = Array(required=True)
    MergeKey = Text(required=True)
    Tags = ArrayOf(Text(nullable=False))


class TimeSpan(fields.Field[int]):
    """Ticks of 100 ns as the framework writes a span of time: `00:00:01.8505410`, `1.02:00:00.0000000`."""

    def _serialize(self, value: int | None, attr: str | None, obj: Any, **_: Any) -> str:  # noqa: ARG002
        seconds, ticks = divmod(value or 0, 10_000_000)
        minutes, second = divmod(seconds, 60)
        hours, minute = divmod(minutes, 60)
        days, hour = divmod(hours, 24)
        return f"{f'{days}.' if days else ''}{hour:02}:{minute:02}:{second:02}.{ticks:07}"


class ImportResult(Schema):
    """The import's number, its counters, and how long it took."""

    id = fields.Integer(data_key="Id")
    total = fields.Integer(data_key="TotalCount")
    imported = fields.Integer(data_key="ImportedCount")
    row_errors = fields.Integer(data_key="RowErrorsCount")
    invalid_properties = fields.Integer(data_key="InvalidPropertiesCount")
    errors = fields.Integer(data_key="ErrorsCount")
    ticks = TimeSpan(data_key="ImportDuration")


IMPORT_REQUEST = ImportRequest()
IMPORT_RESULT = ImportResult()
