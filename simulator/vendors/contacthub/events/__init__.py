"""Events: facts of a customer's timeline, or of an anonymous session's."""
