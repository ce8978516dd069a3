"""Campaigns: to recipients sent along, or to the rows a query selects."""
