"""Every guess about Footprints for Retail, named; correct one below, in one line, and the answers follow.

Each is in the module of what it is about, and known by its name here: `rules.NAME`.

Sources: "page" is the vendor's API documentation, "Flutter" and "React Native" its client libraries,
"sites" web pages that load its script.
"""

from simulator.vendors.footprints.assumptions.ledger import ALL as ALL
from simulator.vendors.footprints.assumptions.wire import *
from simulator.vendors.footprints.assumptions.tokens import *
from simulator.vendors.footprints.assumptions.leads import *
from simulator.vendors.footprints.assumptions.actions import *
from simulator.vendors.footprints.assumptions.customers import *
from simulator.vendors.footprints.assumptions.loyalty import *
from simulator.vendors.footprints.assumptions.lists import *
from simulator.vendors.footprints.assumptions.web import *
from simulator.vendors.footprints.assumptions.mobile import *
from simulator.vendors.footprints.assumptions.ads import *
