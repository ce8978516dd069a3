"""Search of customers: the query grammar, its meaning, and the listing."""
