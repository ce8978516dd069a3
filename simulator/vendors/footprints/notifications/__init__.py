"""Notifications: e-mails from a template, kept in the outbox."""
