"""Segments, and who is in the static ones."""
