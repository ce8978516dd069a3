"""What clients are tested with: run unchanged, aimed at the simulator, kept from the network."""
