"""Bulk jobs: customers or events of an entry node, loaded from a CSV file."""
