"""The public documents: the API's description and JSON schemas, open to everybody."""
