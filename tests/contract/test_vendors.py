"""Each vendor driven by its own contract: generated requests, good and bad, and chains of them."""
