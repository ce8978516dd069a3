"""Every guess about Infact, named; correct one below, in one line, and the answers follow.

Each is in the module of what it is about, and known by its name here: `rules.NAME`.

Sources speak of two pages of the vendor's wiki: "datasource page" (api/datasource) and
"campaign page" (api/campaign), and of further pages by their path.
"""

from simulator.vendors.infact.assumptions.ledger import ALL as ALL
from simulator.vendors.infact.assumptions.wire import *
from simulator.vendors.infact.assumptions.account import *
from simulator.vendors.infact.assumptions.datasources import *
from simulator.vendors.infact.assumptions.imports import *
from simulator.vendors.infact.assumptions.queries import *
from simulator.vendors.infact.assumptions.campaigns import *
from simulator.vendors.infact.assumptions.blacklists import *
