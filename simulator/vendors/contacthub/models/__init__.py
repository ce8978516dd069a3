"""Vocabularies of the platform: merge policies, providers, contexts."""
