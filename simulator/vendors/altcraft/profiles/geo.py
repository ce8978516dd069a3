"""Where an address is: only the networks for documentation (RFC 5737, RFC 3849) have a place."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any

from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules

PLACES: Mapping[str, Mapping[str, Any]] = {
    "192.0.2.0/24": {
        "country": "RU",
        "region": "Moscow",
        "city": "Moscow",
        "tz": "Europe/Moscow",
        "lat": 55.75,
        "lon": 37.62,
    },
    "198.51.100.0/24": {
        "country": "NO",
        "region": "Oslo",
        "city": "Oslo",
        "tz": "Europe/Oslo",
        "lat": 59.91,
        "lon": 10.75,
    },
    "203.0.113.0/24": {
        "country": "IT",
        "region": "Lombardia",
        "city": "Milano",
        "tz": "Europe/Rome",
        "lat": 45.46,
        "lon": 9.19,
    },
    "2001:db8::/32": {
        "country": "RO",
        "region": "Bucuresti",
        "city": "Bucuresti",
        "tz": "Europe/Bucharest",
        "lat": 44.43,
        "lon": 26.1,
    },
}
NETWORKS = {ipaddress.ip_network(network): place for network, place in PLACES.items()}
FROM_IP = ("country", "region", "city", "tz", "lat", "lon")
FROM_REGISTRATION = ("country", "city")


def detected(world: World, ip: str | None, registered_from: str | None) -> dict[str, Any]:
    """Fields by the place of `_ip` and that of `_regip`; none for an address whose place is not known."""
    world.assume(rules.GEO)
    here, there = _place(ip), _place(registered_from)
    return {f"_{name}": here[name] for name in FROM_IP if here} | {
        f"_reg{name}": there[name] for name in FROM_REGISTRATION if there
    }


def _place(ip: str | None) -> Mapping[str, Any]:
    if ip is None:
        return {}
    address = ipaddress.ip_address(ip)
    return next((place for network, place in NETWORKS.items() if address in network), {})
