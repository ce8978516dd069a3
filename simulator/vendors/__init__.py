"""One folder per simulated vendor."""
