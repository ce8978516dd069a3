"""The log of what happened to consents."""
