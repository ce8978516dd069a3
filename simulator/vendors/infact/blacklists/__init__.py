"""Blacklists: the global one, and those of a customer, by form or by list."""
