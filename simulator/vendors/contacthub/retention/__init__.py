"""Retention: for how long events are kept, and their removal when the time is over."""
