"""Sources: the clients of the API, each with a token of its own."""
