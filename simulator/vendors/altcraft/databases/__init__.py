"""Databases of profiles and their fields."""
