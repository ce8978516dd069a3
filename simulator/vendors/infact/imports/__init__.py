"""Imports: many rows merged by a key, and tagged."""
