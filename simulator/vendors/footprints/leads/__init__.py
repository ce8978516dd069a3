"""Leads: people who showed interest, and where each stands on the way from prospect to customer."""
