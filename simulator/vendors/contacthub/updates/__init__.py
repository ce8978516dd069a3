"""The stream of changes."""
