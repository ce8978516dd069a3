from __future__ import annotations

from simulator.kernel.routes import Routes

routes = Routes()
