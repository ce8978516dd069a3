"""One world of a simulator, as tests hold it. All of it goes over the control API."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from simulator.hosts import is_one_of
from simulator.testing.clock import SimulatedClock
from simulator.testing.control import Control
from simulator.testing.links import Link, Remote, Request, SimulatorError, in_process
from simulator.testing.seen import Outbox, Requests
from simulator.testing.vendors import SimulatedVendor, State
from simulator.testing.verdict import Verdict

if TYPE_CHECKING:
    from simulator.testing.interception import Answered, Sent

WORLD_HEADER = "X-Simulator-World"
TIME_TO_LIVE_SECONDS = 6 * 3600
"""Unused, a world is forgotten after so long: that of a run that was killed, not that of a long breakfast."""


class Simulator:
    """Vendors are attributes, or `simulator["name"]`; `clock`, `requests`, `outbox`, `state` and `verdict`
    are what there is to hold of the world. Raises SimulatorError for what the simulator refuses."""

    if TYPE_CHECKING:
        # for editors and type checkers; there are as many as the simulator has
        altcraft: SimulatedVendor
        contacthub: SimulatedVendor
        footprints: SimulatedVendor
        infact: SimulatedVendor

    def __init__(self, link: Link, world: str = "default") -> None:
        self._link = link
        self.control = Control(link, world)
        self.world = world
        self.clock = SimulatedClock(self.control)
        self.requests = Requests(self.control)
        self.outbox = Outbox(self.control)
        self.state = State(self.control)

    @classmethod
    def at(cls, url: str, world: str = "default", token: str | None = None) -> Simulator:
        """A world that there is, of a running simulator."""
        return cls(Remote(url, token), world)

    @classmethod
    def create(cls, link: Link, name: str | None = None, **wanted: Any) -> Simulator:
        """A new world; `wanted` is what `POST worlds` takes, and None what was not asked for."""
        given = {key: value for key, value in wanted.items() if value is not None}
        if isinstance(given.get("clock"), datetime):
            given["clock"] = given["clock"].isoformat()
        defaults = {"unique_credentials": True, "ttl_seconds": TIME_TO_LIVE_SECONDS}
        named = {} if name is None else {"name": name}
        return cls(link, Control(link).call("POST", "worlds", defaults | given | named)["name"])

    # --- who and where -----------------------------------------------------------------

    @property
    def url(self) -> str:
        """Where the simulator is; this world is below `/_worlds/NAME`. In process, asking opens a socket."""
        return self._link.url

    @cached_property
    def vendors(self) -> dict[str, SimulatedVendor]:
        """By name."""
        rows = self.control.get("vendors")["vendors"]
        return {name: SimulatedVendor(self.control, row) for name, row in rows.items()}

    def __getitem__(self, vendor: str) -> SimulatedVendor:
        return self.vendors[vendor]

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> SimulatedVendor:
            if name.startswith("_"):
                raise AttributeError(name)
            __tracebackhide__ = True
            if hasattr(type(self), name):
                # a property had an AttributeError of its own within, which is to be told as it is
                return object.__getattribute__(self, name)
            if name not in self.vendors:
                raise AttributeError(f"there is no {name!r}; the vendors are {', '.join(self.vendors)}")
            return self.vendors[name]

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.vendors})

    def __repr__(self) -> str:
        return f"<Simulator world {self.world}>"

    # --- what is done to it --------------------------------------------------------------

    @property
    def verdict(self) -> Verdict:
        """What its clients did against the contracts up to now."""
        return Verdict(self.control)

    def reset(self, parts: Sequence[str] | None = None) -> None:
        """Back to what it began with, or parts of it: state, ids, clock, journal (with it the verdict)."""
        self.control.call("POST", "reset", {} if parts is None else {"parts": list(parts)})
        self._forget()

    def load(self, fixture: str | Mapping[str, Any], vendor: str | None = None) -> None:
        """Begin again from a fixture, of one vendor or all; or from documents, by vendor."""
        if isinstance(fixture, str):
            self.control.call("POST", f"fixtures/{fixture}", vendor=vendor)
        else:
            self.control.call("POST", "fixtures", dict(fixture))
        self._forget()

    def delete(self) -> None:
        """The world and all in it are forgotten; one that is gone already is fine."""
        try:
            Control(self._link).call("DELETE", f"worlds/{self.world}")
        except SimulatorError as error:
            if error.status != 404:
                raise

    def _forget(self) -> None:
        self.__dict__.pop("vendors", None)

    # --- in the client's own process -------------------------------------------------------

    @contextmanager
    def intercept(self, allow: Sequence[str] = (), *, guarded: bool = True) -> Iterator[None]:
        """The vendors' own hosts lead to this world, whoever in this process calls them by requests, httpx,
        urllib3 or http.client, and each finding of the verdict gets the client's file and line.

        Other hosts are refused with EgressRefused, unless they are this computer or in `allow` (`*.` for any
        label). `guarded=False` lets them through.
        """
        from simulator.testing.interception import intercepting  # noqa: PLC0415 - few need it

        with intercepting(self._answer, self._is_ours, allow, guarded=guarded):
            yield

    def _is_ours(self, host: str, port: int) -> bool:
        return (host, port) == self._link.address or any(
            is_one_of(host, vendor.hosts) for vendor in self.vendors.values()
        )

    def _answer(self, sent: Sent) -> Answered:
        from simulator.testing.interception import Answered  # noqa: PLC0415

        url = urlsplit(sent.url)
        # a vendor's path stays as it is, so that links in its answers are the vendor's, too
        named = [] if self._is_own(url.hostname, url.port) else [(WORLD_HEADER, self.world)]
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        answer = self._link.send(
            Request(sent.method, target, [*sent.headers, *named], sent.body, scheme=url.scheme)
        )
        return Answered(answer.status, answer.headers, answer.body)

    def _is_own(self, host: str | None, port: int | None) -> bool:
        return (host, port) == self._link.address


@contextmanager
def simulating(
    *,
    fixture: str | None = None,
    fixtures: Mapping[str, Any] | None = None,
    clock: datetime | str | None = None,
    seed: int | None = None,
    assume: Mapping[str, Any] | None = None,
    name: str | None = None,
    url: str | None = None,
) -> Iterator[Simulator]:
    """A world of its own, forgotten at the end: in this process, or of the simulator at `url`.

    `fixture` is what all vendors begin with, `fixtures` what some do (a name or a document); `clock` freezes
    it at an instant; `assume` takes alternatives for guesses; `name` by default is the next free one. A
    running simulator that asks for a token gets the environment's SIMULATOR_ADMIN_TOKEN.
    """
    simulator = Simulator.create(
        link_to(url), name, fixture=fixture, fixtures=fixtures, clock=clock, seed=seed, assume=assume
    )
    try:
        yield simulator
    finally:
        simulator.delete()


def link_to(url: str | None) -> Link:
    """The simulator of this process, or the running one at a URL."""
    if url is None:
        return in_process()
    return Remote(url, os.environ.get("SIMULATOR_ADMIN_TOKEN") or None)
