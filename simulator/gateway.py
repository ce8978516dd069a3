"""The composition root: one WSGI application that finds the world, then the vendor.

Nothing else knows both. A request belongs to exactly one world: by path prefix
`/_worlds/{name}`, else by header, else by the credential it presents, else `default`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import orjson

from simulator import data
from simulator.kernel.contract import Contract
from simulator.kernel.pipeline import RAW_PATH, WORLD, Policy, VendorApp
from simulator.kernel.vendor import Vendor
from simulator.kernel.world import World
from simulator.kernel.worlds import Worlds

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTROL = "_simulator"
WORLD_PREFIX = "_worlds"
WORLD_HEADER = "HTTP_X_SIMULATOR_WORLD"


@dataclass(frozen=True)
class Target:
    """Where a request goes: to a vendor or to the control API, and which part of its path is theirs."""

    name: str
    mount: str
    path: str


@cache
def bundled(vendor: str) -> Contract:
    """The contract that comes with the simulator, read once. Raises LookupError when there is none."""
    return Contract(data.contract(vendor), data.contract_hash(vendor))


class Gateway:
    """`control(gateway)` builds the control API's application; `after` runs when no lock is held;
    `contracts(vendor)` reads a vendor's contract, once."""

    def __init__(
        self,
        worlds: Worlds,
        policy: Policy,
        control: Callable[[Gateway], WSGIApplication],
        after: Callable[[], None] = lambda: None,
        contracts: Callable[[str], Contract] = bundled,
    ) -> None:
        self.worlds = worlds
        self.vendors: Mapping[str, Vendor] = worlds.vendors
        self._policy = policy
        self._make_control = control
        self._after = after
        self.contract: Callable[[str], Contract] = cache(contracts)
        self._building = threading.Lock()
        self._apps: dict[str, Any] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.worlds.expire()
        named, path = self._world_in_path(environ["PATH_INFO"])
        target = self._target(environ, path)
        if target is None:
            return refuse(start_response, 404, "No vendor here", self._directions(path))
        wanted = environ.get(WORLD_HEADER) if named is None else named
        world = self._world(wanted, target.name, environ)
        if world is None:
            return refuse(start_response, 404, "No such world", f"POST /{CONTROL}/worlds makes {wanted!r}")
        environ[WORLD] = world
        environ[RAW_PATH] = target.path or "/"
        environ["SCRIPT_NAME"] = (
            environ.get("SCRIPT_NAME", "") + (f"/{WORLD_PREFIX}/{named}" if named else "") + target.mount
        )
        environ["PATH_INFO"] = self._canonical(target)
        try:
            answer: Iterable[bytes] = self.app(target.name)(environ, start_response)
            return answer
        finally:
            self._after()

    def app(self, name: str) -> Any:
        """The application of a vendor, or of the control API, built when first needed."""
        app = self._apps.get(name)
        if app is None:
            with self._building:
                if name not in self._apps:
                    self._apps[name] = self._build(name)
                app = self._apps[name]
        return app

    def _build(self, name: str) -> Any:
        if name == CONTROL:
            return self._make_control(self)
        return VendorApp(self.vendors[name], self.contract(name), self._policy)

    def _world_in_path(self, path: str) -> tuple[str | None, str]:
        steps = path.split("/", 3)
        if len(steps) >= 3 and steps[1] == WORLD_PREFIX:
            return steps[2], "/" + (steps[3] if len(steps) == 4 else "")
        return None, path

    def _target(self, environ: WSGIEnvironment, path: str) -> Target | None:
        first, _, rest = path.lstrip("/").partition("/")
        if first == CONTROL:
            return Target(CONTROL, f"/{CONTROL}", f"/{rest}")
        if first in self.vendors:
            return Target(first, f"/{first}", f"/{rest}")
        host = environ.get("HTTP_HOST", "").rpartition(":")[0] or environ.get("HTTP_HOST", "")
        for vendor in self.vendors.values():
            if vendor.serves_host(host.lower()):
                return Target(vendor.name, "", path)
        return None

    def _canonical(self, target: Target) -> str:
        vendor = self.vendors.get(target.name)
        return vendor.canonical_path(target.path) if vendor else target.path

    def _world(self, named: str | None, target: str, environ: WSGIEnvironment) -> World | None:
        if named is not None:
            return self.worlds.get(unquote(named))
        vendor = self.vendors.get(target)
        credential = vendor.credential_of(environ) if vendor else None
        owner = self.worlds.owner(target, credential) if credential else None
        return owner or self.worlds.get("default")

    def _directions(self, path: str) -> str:
        places = ", ".join(f"/{name}{vendor.base_path}" for name, vendor in self.vendors.items())
        return f"{path} is below no vendor. There are {places}, and /{CONTROL}/ to see and steer."


def refuse(start_response: StartResponse, status: int, title: str, detail: str) -> list[bytes]:
    """An RFC 9457 problem, for what no vendor can answer."""
    body = orjson.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail})
    reason = {404: "Not Found"}[status]
    headers = [("Content-Type", "application/problem+json"), ("Content-Length", str(len(body)))]
    start_response(f"{status} {reason}", headers)
    return [body]
