"""The ledger in which every guess about the vendor is written down, and words that sources have in common."""

from __future__ import annotations

from simulator.kernel.assumptions import Ledger

ALL = Ledger("infact")
guess, reading = ALL.guess, ALL.reading

ASPNET = "the Swagger page has the marks of ASP.NET Core; no page shows an error"
SILENT = "no page says"
