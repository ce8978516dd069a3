"""Datasources: their scheme, and rows read, changed and added one by one or in batches."""
