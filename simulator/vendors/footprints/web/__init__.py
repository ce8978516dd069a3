"""Web tracking: visitors of pages, what they do, and the script that tells."""
