"""Loyalty: campaigns that give codes to customers, and those codes."""
