"""Customers, which the API calls clients: one profile for each person, with all leads of theirs."""
