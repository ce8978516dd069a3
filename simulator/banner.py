"""What `simulator serve` prints when it answers: where, and with which credentials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import simulator
from simulator.config import Settings
from simulator.kernel.world import World
from simulator.server import Simulator
from simulator.ways import Access


def banner(whole: Simulator, access: Access, settings: Settings) -> str:
    """The lines, the first of which holds the URL."""
    return "\n".join(_lines(whole, access, settings))


def _lines(whole: Simulator, access: Access, settings: Settings) -> Iterator[str]:
    url = access.url
    world = whole.gateway.worlds.get("default")
    if world is None:
        raise RuntimeError("there is no default world")
    yield (
        f"Simulator {simulator.__version__}   {url}   control API /_simulator/   "
        f'world "{world.name}" (fixture: {world.birth.fixture})'
    )
    for name, vendor in whole.gateway.vendors.items():
        place = f"{url}/{name}{vendor.base_path}"
        yield f"  {name:<11} {place:<42} {credentials(vendor.parts.credentials, world)}".rstrip()
    yield from _ways(access)
    if whole.token and not settings.admin_token:
        yield f"  the control API asks for   Authorization: Bearer {whole.token}"
    if whole.state is not None:
        yield f"  state is kept in {whole.state.path}, credentials as they are; only you can read it"
    if whole.differs:
        yield "  the default world goes on as it was saved: fixture, seed, clock and assume are for new files"


def _ways(access: Access) -> Iterator[str]:
    """Those beside the main one."""
    if access.tls_url:
        yield f"  HTTPS as well   {access.tls_url}"
    if access.proxy_url:
        tell = f'eval "$(simulator env --url {access.url})"'
        yield f"  proxy   {access.proxy_url}   told to a shell by   {tell}"
    if access.ca:
        yield f"  certificates are signed by {access.ca}; `simulator ca --install-hints` says how to trust it"


def credentials(read: Any, world: World) -> str:
    """`login demo / demo-secret   client_id DemoClient`."""
    with world.entered():
        found: Mapping[str, Any] = read(world)
    rest = {name: value for name, value in found.items() if name not in ("username", "password")}
    words = [f"login {found['username']} / {found['password']}"] if "username" in found else []
    return "   ".join(words + [f"{name} {value}" for name, value in rest.items() if value is not None])
