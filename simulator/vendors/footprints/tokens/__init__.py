"""Tokens: key and secret of a data source, and a person's PIN or login, for an access token."""
