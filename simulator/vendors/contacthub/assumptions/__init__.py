"""Every guess about Contacthub, named; correct one below, in one line, and the answers follow.

Each is in the module of what it is about, and known by its name here: `rules.NAME`.

Sources: "reference" is the vendor's API reference 1.299, "1.51" its API file of that version,
"SDK" a client library of the vendor, "schemas" its JSON schemas of 2019, "user guide" its pages on the
user interface (explore.contactlab.com), "changelog" that of its API up to 1.52.
"""

from simulator.vendors.contacthub.assumptions.ledger import ALL as ALL
from simulator.vendors.contacthub.assumptions.wire import *
from simulator.vendors.contacthub.assumptions.nodes import *
from simulator.vendors.contacthub.assumptions.bulk import *
from simulator.vendors.contacthub.assumptions.configuration import *
from simulator.vendors.contacthub.assumptions.events import *
from simulator.vendors.contacthub.assumptions.searches import *
from simulator.vendors.contacthub.assumptions.sessions import *
from simulator.vendors.contacthub.assumptions.analytics import *
from simulator.vendors.contacthub.assumptions.customers import *
from simulator.vendors.contacthub.assumptions.vocabularies import *
