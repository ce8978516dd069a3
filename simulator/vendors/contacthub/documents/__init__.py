"""The public documents: JSON schemas, open to everybody."""
