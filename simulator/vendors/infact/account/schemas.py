"""The token as the vendor may write it."""

from __future__ import annotations

from marshmallow import Schema, fields


class TokenAnswer(Schema):
    """{Token, TokenType, ExpiresIn (seconds), Expires (UTC)}: infact.token-response."""

    value = fields.String(data_key="Token")
    kind = fields.Constant("Bearer", data_key="TokenType")
    seconds = fields.Integer(data_key="ExpiresIn")
    expires = fields.DateTime(format="%Y-%m-%dT%H:%M:%SZ", data_key="Expires")


TOKEN_ANSWER = TokenAnswer()
