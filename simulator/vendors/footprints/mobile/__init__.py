"""Mobile tracking: devices, what their users do, and where they are."""
