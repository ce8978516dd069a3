"""The control API below `/_simulator`: everything a tester wants to hold, of any vendor."""

from simulator.control.app import create_control
from simulator.control.guard import Guard

__all__ = ["Guard", "create_control"]
