"""Access tokens: for a data source, a business user or a hostess."""
