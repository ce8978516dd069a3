"""Actions: what was done, or is to be done, about a lead."""
