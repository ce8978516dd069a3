"""Who intercepts at present, and who may go out."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from ipaddress import ip_address

from simulator.hosts import is_address, is_loopback, is_one_of
from simulator.testing.interception.caller import Callers, Line
from simulator.testing.interception.messages import CALLER, Answered, Sent


class EgressRefused(ConnectionRefusedError):
    """A client wanted to leave for a host that it may not; says which, from where, and how to let it."""

    @classmethod
    def because(cls, why: str) -> EgressRefused:
        return cls(errno.ECONNREFUSED, why)


@dataclass(frozen=True, eq=False)
class Interceptor:
    """One `intercepting`, for as long as it lasts."""

    handle: Callable[[Sent], Answered]
    is_ours: Callable[[str, int], bool]
    allow: tuple[str, ...]
    guarded: bool

    def exchange(self, sent: Sent) -> Answered:
        """The answer, as the client is to get it. Raises ConnectionResetError when it is over."""
        if self not in _active:
            raise ConnectionResetError(errno.ECONNRESET, "this connection was intercepted, and that is over")
        line = whereabouts()
        if line is not None and all(name.lower() != CALLER.lower() for name, _ in sent.headers):
            sent = replace(sent, headers=[*sent.headers, (CALLER, line.header)])
        with _by_ourselves():
            return self.handle(sent).to(sent.method)

    def owns(self, host: str, port: int) -> bool:
        with _by_ourselves():
            return self.is_ours(host, port)

    def allows(self, host: str) -> bool:
        return is_one_of(host, self.allow)


_active: tuple[Interceptor, ...] = ()
_callers = Callers()
_changing = threading.RLock()
_patched = ExitStack()
_ourselves: ContextVar[bool] = ContextVar("ourselves", default=False)


@contextmanager
def _by_ourselves() -> Iterator[None]:
    """What the simulator does itself is not intercepted, and may go anywhere."""
    token = _ourselves.set(True)
    try:
        yield
    finally:
        _ourselves.reset(token)


def answering(host: str, port: int) -> Interceptor | None:
    """Who answers for an address: the innermost that says it is theirs."""
    if not _active or _ourselves.get():
        return None
    host = plain(host)
    return next((each for each in reversed(_active) if each.owns(host, port)), None)


def check(host: str, port: int) -> None:
    """Whether a client may go out to an address. Raises EgressRefused."""
    __tracebackhide__ = True  # pytest shows the client's line instead
    if not _active or _ourselves.get():
        return
    host = plain(host)
    if any(each.owns(host, port) for each in _active):
        raise EgressRefused.because(
            f"{host} is simulated, and {_who()} would have gone to the real one: only requests, httpx,"
            " urllib3 and http.client are intercepted; run it by `simulator exec`, or give it the base URL"
        )
    guarded = any(each.guarded for each in _active)
    if guarded and not is_here(host) and not any(each.allows(host) for each in _active):
        raise EgressRefused.because(
            f"{host} is no host of a simulated vendor and is kept out, called by {_who()}; "
            f"allow=[{host!r}] lets it through"
        )


def whereabouts() -> Line | None:
    """Whose line runs now."""
    return _callers.find() if _active else None


def _who() -> str:
    return str(whereabouts() or "code without a file")


def plain(host: str) -> str:
    return host.lower().removesuffix(".").strip("[]")


def is_here(host: str) -> bool:
    """Whether a name or an address, to connect to or to listen at, leads nowhere but to this computer."""
    if host in ("", plain(socket.gethostname())) or is_loopback(host):
        return True
    return is_address(host) and ip_address(host).is_unspecified


@contextmanager
def intercepting(
    handle: Callable[[Sent], Answered],
    is_ours: Callable[[str, int], bool],
    allow: Sequence[str] = (),
    *,
    guarded: bool = True,
) -> Iterator[None]:
    """Requests of this process to addresses that are ours get their answers from `handle`, without a socket.

    `is_ours(host, port)` hears names in lower case. Any other host is refused with EgressRefused, unless it
    is this computer or in `allow` (`*.example.com` for all below a name); `guarded=False` lets all others
    through. One within another goes first, and what one of them allows is allowed.
    """
    mine = Interceptor(handle, is_ours, tuple(map(plain, allow)), guarded)
    _begin(mine)
    try:
        yield
    finally:
        _end(mine)


def _begin(one: Interceptor) -> None:
    from simulator.testing.interception.patches import patch_all  # noqa: PLC0415 - what it patches asks us

    global _active, _callers  # noqa: PLW0603 - what is patched is of the whole process, too
    with _changing:
        if not _active:
            _callers = Callers()
            patch_all(_patched)
        _active = (*_active, one)


def _end(one: Interceptor) -> None:
    global _active  # noqa: PLW0603 - as it began
    with _changing:
        _active = tuple(each for each in _active if each is not one)
        if not _active:
            _patched.close()
