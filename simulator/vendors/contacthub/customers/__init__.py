"""Customers and what they are made of: subscriptions, educations, likes and jobs."""
