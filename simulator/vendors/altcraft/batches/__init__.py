"""Batches: many profiles in one request, each with a result of its own."""
