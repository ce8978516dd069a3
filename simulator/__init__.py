"""Simulator: a local stand-in for the HTTP APIs of four marketing vendors."""

__version__ = "0.1.0"
