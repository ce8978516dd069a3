"""Guesses: blacklists."""

from __future__ import annotations

from simulator.vendors.infact.assumptions.ledger import SILENT, guess, reading

BLACKLIST_TYPES = reading(
    "blacklist-types",
    "Type is None, Global, Custom (the lists and forms named) or All",
    "campaign page: only None survives of the enum",
    "other names",
)
GLOBAL_BLACKLIST = guess(
    "global-blacklist",
    "selected",
    "the global list is looked at where a campaign's Type is Global or All",
    "campaign page: Type is chosen per channel, and None comes first; no selection is None",
    "it holds for every campaign but where a Type says None, as its name may mean",
    "always",
    "selected",
)
BLACKLISTED = reading(
    "blacklisted", "a blacklisted address closes its channel, not the other one", SILENT, "it closes both"
)
OLD_BLACKLIST = reading(
    "old-blacklist", "BlackList above 0 is the id of a list, for both channels", SILENT, "0 or 1, a flag"
)
BLACKLIST_RESPONSE = reading(
    "blacklist-response",
    "a check looks at every list, a short number being Norwegian, and answers {Phone, IsBlacklisted};"
    " additions and removals answer an empty 200",
    "api/blacklist: a check names no customer; answers are not shown",
    "the global list only; other bodies",
)
BLACKLIST_OPEN = reading(
    "blacklist-open",
    "/Blacklist needs no credentials",
    "api/blacklist: `not required`, the heading is lost",
    "Basic",
)
BLACKLIST_COUNT = guess(
    "blacklist-count", 100, "the global lists give this many entries by default", SILENT, "another page size"
)
GLOBAL_UPSERT = reading(
    "global-upsert",
    "adding again refreshes Updated; removing what is not listed is 404",
    "api/blacklist: bodies and answers are not shown",
    "409 and 200",
)
