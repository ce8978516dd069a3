"""The worlds of one server: made from fixtures, found by name or credential, forgotten in time."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import orjson

from simulator.kernel.clock import system_now
from simulator.kernel.errors import DomainError
from simulator.kernel.store import Change, Collection, Duplicate, Frozen, Store
from simulator.kernel.vendor import Vendor
from simulator.kernel.world import PARTS, Birth, World

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
FIXTURE_DAY = datetime(2024, 1, 1, tzinfo=UTC)
"""The clock a fixture is planted under, so that one file gives the same documents for ever."""
MOST_PLANTED = 256
"""Fixtures kept ready; tests that each send a document of their own must not fill the memory."""


class NameTaken(Exception):
    """There is a world of this name already."""


class BadBirth(ValueError):
    """A world cannot start like this: its name, fixture or an assumption is not one there is."""


class Fixtures(Protocol):
    """Named starting states of a vendor, as documents."""

    def names(self, vendor: str) -> list[str]: ...
    def read(self, vendor: str, name: str) -> Mapping[str, Any]: ...


class Log(Protocol):
    """Where what happens to worlds is written down before it is acknowledged."""

    def born(self, birth: Birth) -> None: ...
    def changed(self, world: str, changes: list[Change]) -> None: ...
    def gone(self, world: str) -> None: ...


class Worlds:
    """Every world of this server. A world's lock is never waited for while holding another's,
    nor the registry's lock while holding a world's."""

    def __init__(
        self,
        vendors: Mapping[str, Vendor],
        fixtures: Fixtures,
        *,
        log: Log | None = None,
        system: Callable[[], datetime] = system_now,
        journal_limit: int = 1000,
    ) -> None:
        self.vendors = vendors
        self.fixtures = fixtures
        self._log = log
        self._system = system
        self._journal_limit = journal_limit
        self._lock = threading.RLock()
        self._worlds: dict[str, World] = {}
        self._owners: dict[tuple[str, str], str] = {}
        self._planted: dict[tuple[str, bytes], Frozen] = {}
        self._planting = threading.Lock()
        self._last_seen: dict[str, datetime] = {}
        self._unnamed = 0

    # --- finding -----------------------------------------------------------------

    def get(self, name: str) -> World | None:
        world = self._worlds.get(name)
        if world is not None:
            self._see(world)
        return world

    def _see(self, world: World) -> None:
        if world.birth.ttl_seconds is not None:
            self._last_seen[world.name] = self._system()

    def owner(self, vendor: str, credential: str) -> World | None:
        """The world that owns this credential, if one other than the default does."""
        return self.get(self._owners.get((vendor, credential), ""))

    def all(self) -> list[World]:
        return list(self._worlds.values())

    # --- making ------------------------------------------------------------------

    def create(self, birth: Birth) -> World:
        """A new world. Raises NameTaken or BadBirth."""
        self.check(birth)
        with self._lock:
            if birth.name in self._worlds:
                raise NameTaken(f"there is a world {birth.name!r}")
            world = self._make(birth)
            self._born(birth)
            self._worlds[birth.name] = world
            self._see(world)
        with world.entered():
            self._personalise(world)
        return world

    def adopt(self, birth: Birth, fill: Callable[[Store], None]) -> World:
        """A world as it was saved: `fill` puts its documents in; nothing is logged again."""
        with self._lock:
            world = self._make(birth)
            fill(world.store)
            self._worlds[birth.name] = world
            self._see(world)
            self._owners.update(dict.fromkeys(world.claims(), birth.name))
            return world

    def reset(self, world: World, birth: Birth | None = None, parts: Sequence[str] = PARTS) -> None:
        """Everything, or those parts, back to the fixture, or to those of `birth`.

        The caller is in the world.
        """
        if birth is not None:
            self.check(birth)
        kept = world.kept_without(parts)
        if "state" in parts:
            # first, so that a log that cannot be written leaves the world as it was
            self._born(birth or world.birth)
        world.begin_again(birth, parts)
        if "state" not in parts:
            return
        self._personalise(world)
        with world.store.transaction():
            for name, document in kept:
                world.store.table(Collection(name)).put(document)

    def delete(self, name: str) -> bool:
        """Whether there was such a world."""
        with self._lock:
            world = self._worlds.get(name)
            if world is None:
                return False
            # what is being done in it is finished, and logged, before it is gone
            with world.store.lock:
                if self._log is not None:
                    self._log.gone(name)
                del self._worlds[name]
            self._owners = {claim: owner for claim, owner in self._owners.items() if owner != name}
            return True

    def expire(self) -> None:
        """Forget worlds that nobody has spoken to for as long as their time to live."""
        if not self._last_seen:
            return
        now = self._system()
        for name, seen in list(self._last_seen.items()):
            world = self._worlds.get(name)
            if world is None:
                self._last_seen.pop(name, None)
            elif now - seen > timedelta(seconds=world.birth.ttl_seconds or 0):
                self.delete(name)

    def free_name(self) -> str:
        with self._lock:
            while True:
                self._unnamed += 1
                if f"world-{self._unnamed}" not in self._worlds:
                    return f"world-{self._unnamed}"

    @contextmanager
    def still(self) -> Iterator[list[World]]:
        """Every world at rest at once, for a snapshot of them all."""
        with self._lock, ExitStack() as held:
            worlds = self.all()
            for world in worlds:
                held.enter_context(world.store.lock)
            yield worlds

    def check(self, birth: Birth) -> None:
        """Raises BadBirth, saying what is not one there is."""
        if not NAME.fullmatch(birth.name):
            raise BadBirth(f"{birth.name!r} is no world name: {NAME.pattern}")
        for vendor in birth.fixtures:
            if vendor not in self.vendors:
                raise BadBirth(f"no vendor {vendor!r}; there are {', '.join(self.vendors)}")
        for vendor in self.vendors:
            fixture = birth.fixtures.get(vendor, birth.fixture)
            if isinstance(fixture, Mapping):
                self._frozen(vendor, fixture)
            elif fixture not in self.fixtures.names(vendor):
                names = ", ".join(self.fixtures.names(vendor))
                raise BadBirth(f"no fixture {fixture!r} for {vendor}; there are {names}")
        self._check_assumptions(birth)

    def _check_assumptions(self, birth: Birth) -> None:
        if not birth.assume:
            return
        known = {rule.id: rule for vendor in self.vendors.values() for rule in vendor.parts.assumptions}
        for rule_id, value in birth.assume.items():
            if rule_id not in known:
                raise BadBirth(f"no assumption {rule_id!r}; `fidelity` lists them")
            try:
                known[rule_id].checked(value)
            except ValueError as error:
                raise BadBirth(str(error)) from error

    def _make(self, birth: Birth) -> World:
        name = birth.name
        world = World(
            birth,
            load=lambda namespace: self._first_documents(world, namespace),
            sink=lambda changes: self._changed(world, changes),
            carry_out=lambda *item: self.vendors[item[1]].parts.work[item[2]](item[0], item[3]),
            claim=None if name == "default" else lambda vendor, key: self._own(vendor, key, name),
            system=self._system,
            journal_limit=self._journal_limit,
        )
        return world

    def _changed(self, world: World, changes: list[Change]) -> None:
        # who is late in a world that was deleted must not write to the next one of its name
        if self._log is not None and self._worlds.get(world.name) is world:
            self._log.changed(world.name, changes)

    def _own(self, vendor: str, credential: str, world: str) -> None:
        self._owners[vendor, credential] = world

    def _born(self, birth: Birth) -> None:
        if self._log is not None:
            self._log.born(birth)

    def _personalise(self, world: World) -> None:
        if world.birth.unique_credentials:
            with world.store.transaction():
                for vendor in self.vendors.values():
                    vendor.parts.personalise(world, world.name)

    # --- fixtures ----------------------------------------------------------------

    def _first_documents(self, world: World, namespace: str) -> Frozen | None:
        if namespace not in self.vendors:
            return None
        return self._frozen(namespace, world.birth.fixtures.get(namespace, world.birth.fixture))

    def _frozen(self, vendor: str, fixture: str | Mapping[str, Any]) -> Frozen:
        by = fixture.encode() if isinstance(fixture, str) else orjson.dumps(fixture)
        planted = self._planted.get((vendor, by))
        if planted is None:
            planted = self._plant(vendor, fixture)
            with self._planting:
                self._planted[vendor, by] = planted
                if len(self._planted) > MOST_PLANTED:
                    del self._planted[next(iter(self._planted))]
        return planted

    def _plant(self, vendor: str, fixture: str | Mapping[str, Any]) -> Frozen:
        document = self.fixtures.read(vendor, fixture) if isinstance(fixture, str) else fixture
        nursery = World(Birth(name="fixture", start=FIXTURE_DAY))
        try:
            with nursery.entered(), nursery.store.transaction():
                self.vendors[vendor].parts.plant(nursery, document)
        except ValueError as error:
            raise BadBirth(f"{vendor} fixture: {error}") from error
        except (LookupError, TypeError, AttributeError, Duplicate, DomainError) as error:
            raise BadBirth(f"{vendor} fixture: {error!r}") from error
        return nursery.store.freeze(vendor)
