"""Resources, which messages are sent for, and the fields of their subscriptions."""
