"""Visitors of pages and users of apps: who they are, and what they did."""
