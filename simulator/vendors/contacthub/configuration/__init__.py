"""What a workspace has set: its events, its properties, its limits."""
