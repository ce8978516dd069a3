"""Guesses: account."""

from __future__ import annotations

from simulator.vendors.infact.assumptions.ledger import SILENT, guess, reading

TOKEN_RESPONSE = guess(
    "token-response",
    "object",
    "the token comes as {Token, TokenType, ExpiresIn, Expires}",
    "the Account page is not public; every known answer has PascalCase keys",
    "a bare JSON string",
    "object",
    "string",
)
TOKEN_LIFETIME = guess("token-lifetime", 3600, "a token holds this many seconds", SILENT, "another lifetime")
CLIENT_ID_OWNER = reading(
    "client-id-owner",
    "a ClientId that is not the login's own is 400",
    "campaign page: ClientId identifies the user; login and ClientId are handed out together",
    "403, or any ClientId is taken",
)
