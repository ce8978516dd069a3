"""Users of a workspace, and who the caller is."""
