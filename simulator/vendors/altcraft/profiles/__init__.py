"""Profiles: searched by eleven modes, imported, changed, read and removed."""
