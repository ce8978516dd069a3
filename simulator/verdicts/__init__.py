"""A world's tally as a verdict on its clients, and the verdict as files that other programs read."""
