"""The ledger in which every guess about the vendor is written down, and words that sources have in common."""

from __future__ import annotations

from simulator.kernel.assumptions import Ledger

ALL = Ledger("contacthub")
guess, reading = ALL.guess, ALL.reading

SILENT = "no document says"
