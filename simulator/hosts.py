"""Names of hosts: whether one is meant by a pattern, and whether it leads nowhere but to this computer."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address


def is_one_of(host: str, names: Iterable[str]) -> bool:
    """`*.example.com` among the names is any host below it."""
    return any(host == name or (name.startswith("*.") and host.endswith(name[1:])) for name in names)


def is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """A name or an address."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    return is_address(host) and ip_address(host).is_loopback
