"""Account: login and password for a token."""
