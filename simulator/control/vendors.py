"""GET vendors: all that a client needs to speak to each vendor of a world."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Response

from simulator.control.wire import address, answer, entered, gateway, vendor_named, world
from simulator.gateway import CONTROL
from simulator.kernel.contract import Contract
from simulator.kernel.grades import GRADES
from simulator.kernel.routes import Routes
from simulator.kernel.world import World

routes = Routes()


@routes.get("/vendors", "listVendors")
def list_vendors() -> Response:
    with entered() as (world, _):
        return answer({"world": world.name, "vendors": described(world)})


@routes.get("/vendors/<vendor>/openapi.json", "getVendorContract")
def get_vendor_contract(vendor: str) -> Response:
    return answer(addressed(vendor))


def addressed(name: str) -> dict[str, Any]:
    """A vendor's contract with the addressed world as its server."""
    mount = f"{address(world())}/{vendor_named(name).name}"
    return gateway().contract(name).document | {"servers": [{"url": mount}]}


def described(world: World) -> dict[str, Any]:
    """Every vendor as seen from a world. The caller is in it."""
    return {name: _described(world, name) for name in gateway().vendors}


def _described(world: World, name: str) -> dict[str, Any]:
    found, root = vendor_named(name), address(world)
    return {
        "name": name,
        "title": found.title,
        "base_url": f"{root}/{name}{found.base_path}",
        "hosts": list(found.hosts),
        "contract_url": f"{root}/{CONTROL}/vendors/{name}/openapi.json",
        "credentials": found.parts.credentials(world),
        "operations": _evidence(gateway().contract(name)),
    }


def _evidence(contract: Contract) -> dict[str, int]:
    counts = Counter(operation.evidence for operation in contract.operations.values())
    return {grade: counts[grade] for grade in GRADES}
