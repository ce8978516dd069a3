"""Reference lists: catalogues, offers, SKUs, locations, campaigns, business users, channels."""
