"""What every simulated vendor shares and no vendor is named in: worlds, time, state, contracts."""
