"""Subscriptions: a profile's, to channels of resources."""
