"""Queries: which rows of an object a campaign goes to."""
