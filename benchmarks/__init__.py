"""How fast, how large and how soon ready; figures are compared within one run, never across runs."""
