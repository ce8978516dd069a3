"""Nodes: entry nodes, which are written to, and aggregate nodes, which are computed from them."""
