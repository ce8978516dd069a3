"""Drives a server by a vendor's contract: the simulator, a fake, or the vendor itself.

What is particular to a vendor is in its own `checking.py`; kernel/driving.py says what. Only this package
knows schemathesis, which is an extra; nothing that serves imports it.
"""
