"""The scheme as the vendor lists it; rows have no schema but their object's own."""

from __future__ import annotations

from marshmallow import Schema, fields


class ObjectEntry(Schema):
    """{Key: the object's name, Value: the vendor's own identifier of it}."""

    name = fields.String(data_key="Key")
    key = fields.String(data_key="Value")


class PropertyEntry(Schema):
    """{Name, Caption, Type}."""

    name = fields.String(data_key="Name")
    caption = fields.String(data_key="Caption")
    type = fields.String(data_key="Type")


OBJECT_ENTRIES = ObjectEntry(many=True)
PROPERTY_ENTRIES = PropertyEntry(many=True)
