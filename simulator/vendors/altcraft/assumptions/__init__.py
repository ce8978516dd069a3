"""Every guess about Altcraft, named; correct one below, in one line, and the answers follow.

Each is in the module of what it is about, and known by its name here: `rules.NAME`.

Sources: "guide" is the vendor's developer guide, "user guide" its user guide, "callers" public code
that calls the real service, "write-up" what users have told of it.
"""

from simulator.vendors.altcraft.assumptions.ledger import ALL as ALL
from simulator.vendors.altcraft.assumptions.wire import *
from simulator.vendors.altcraft.assumptions.access import *
from simulator.vendors.altcraft.assumptions.searching import *
from simulator.vendors.altcraft.assumptions.writing import *
from simulator.vendors.altcraft.assumptions.fields import *
from simulator.vendors.altcraft.assumptions.subscriptions import *
from simulator.vendors.altcraft.assumptions.settings import *
from simulator.vendors.altcraft.assumptions.campaigns import *
