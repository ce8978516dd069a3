"""Anonymous sessions that turned out to be a customer's."""
