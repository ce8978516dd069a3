"""Ads and products that apps ask for."""
