"""Workspaces: the tenants, set up and suspended by the vendor's operators."""
