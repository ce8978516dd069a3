"""The ways by which clients get to a server: its port, one where TLS is spoken, and a proxy."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.config import BadSettings, Settings, reachable, url_of
from simulator.hosts import is_loopback
from simulator.kernel.vendor import Vendor

if TYPE_CHECKING:
    from simulator.doors import Secure
    from simulator.testing.ca import Authority
    from simulator.testing.proxy import Proxy

BACKLOG = 1024
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Access:
    """What clients are told of them. `port` is the main one, and `url` leads there; `ca` is the file of the
    authority that signs, `pem` what is in it."""

    url: str
    port: int
    tls_url: str | None = None
    proxy_url: str | None = None
    proxy_port: int | None = None
    ca: Path | None = None
    pem: str | None = None


@dataclass(frozen=True)
class Ways:
    """Sockets that take connections: `plain` without TLS and `secure` with it, one of them at least."""

    access: Access
    plain: socket.socket | None
    secure: Secure | None = None
    proxy: tuple[Proxy, socket.socket] | None = None

    def proxying(self) -> AbstractContextManager[None]:
        """The proxy serves for as long as this lasts, if there is one."""
        if self.proxy is None:
            return nullcontext()
        from simulator.testing.proxy import proxying  # noqa: PLC0415 - most servers have none

        return proxying(*self.proxy)


@contextmanager
def opened(settings: Settings, vendors: Mapping[str, Vendor], tell: Tell) -> Iterator[Ways]:
    """The ways that were asked for, from now on. Raises BadSettings."""
    ports = {"main": settings.port, "tls": settings.tls_port, "proxy": settings.proxy_port}
    with ExitStack() as stack:
        sockets = {
            name: stack.enter_context(listening(settings.host, port))
            for name, port in ports.items()
            if port is not None
        }
        if settings.tls or len(sockets) > 1:
            yield _signed(settings, tuple(vendors.values()), tell, sockets)
        else:
            port = _port(sockets["main"])
            yield Ways(Access(url_of(settings.host, port), port), sockets["main"])


def _signed(
    settings: Settings,
    vendors: tuple[Vendor, ...],
    tell: Tell,
    sockets: Mapping[str, socket.socket],
) -> Ways:
    """Ways that need certificates. Raises BadSettings."""
    from simulator.doors import Secure  # noqa: PLC0415 - most servers have none of it
    from simulator.testing import kept  # noqa: PLC0415

    main, tls, proxy = sockets["main"], sockets.get("tls"), sockets.get("proxy")
    authority = kept.authority(settings, vendors)
    access = Access(
        url_of(settings.host, _port(main), secure=settings.tls),
        _port(main),
        tls_url=url_of(settings.host, _port(tls), secure=True) if tls else None,
        proxy_url=url_of(settings.host, _port(proxy)) if proxy else None,
        proxy_port=_port(proxy) if proxy else None,
        ca=settings.ca_file.absolute(),
        pem=authority.pem.decode(),
    )
    listener = main if settings.tls else tls
    secure = Secure(listener, authority.server(settings.own_names, vendors), tell) if listener else None
    plain = None if settings.tls else main
    served = (_proxy(settings, vendors, access, authority, tell), proxy) if proxy else None
    return Ways(access, plain, secure, served)


def _proxy(
    settings: Settings, vendors: tuple[Vendor, ...], access: Access, authority: Authority, tell: Tell
) -> Proxy:
    """Whoever asks it from elsewhere does not get to what listens on this computer's loopback."""
    from simulator.testing.proxy import Borders, Place, Proxy  # noqa: PLC0415

    here = Place(access.port, reachable(settings.host), authority.client() if settings.tls else None)
    return Proxy(Borders(vendors, here, settings.allow, is_loopback(settings.host)), authority, tell)


def _port(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that takes connections from now on; port 0 is any that is free. Raises BadSettings."""
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.create_server((address[0], port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise BadSettings(f"cannot listen on {host} port {port}: {error.strerror}") from error
    with listener:
        yield listener
