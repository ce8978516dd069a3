"""Trigger campaigns and automation scenarios, started for a profile."""
