"""Sending: what campaigns of every kind share."""
