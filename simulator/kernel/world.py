"""A world: state, clock, ids, randomness, agenda, outbox and journal that share nothing with another's."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from random import Random
from typing import Any, TypeVar, cast

from simulator.kernel.agenda import Agenda, Ran
from simulator.kernel.assumptions import Assumption, Ledger
from simulator.kernel.clock import CLOCK, Clock, system_now
from simulator.kernel.journal import Journal
from simulator.kernel.outbox import Outbox
from simulator.kernel.store import Change, Collection, Document, Frozen, Store, on
from simulator.kernel.tally import Tally

T = TypeVar("T")
CREDENTIALS = Collection("simulator/credentials", (on("vendor"),))
PARTS = ("state", "ids", "clock", "journal")
"""What of a world can go back to its beginning by itself, `ids` only with `state`."""


@cache
def _choices(vendor: str) -> Collection:
    return Collection(f"{vendor}/assumptions")


@dataclass(frozen=True)
class Birth:
    """All that a world starts from; with the same calls it decides every later byte.

    `fixtures` maps a vendor to the name of its fixture, or to a fixture document;
    `fixture` is the name for the vendors not listed. `start` freezes the clock there.
    """

    name: str = "default"
    fixture: str = "demo"
    fixtures: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    start: datetime | None = None
    ttl_seconds: float | None = None
    unique_credentials: bool = False
    assume: Mapping[str, Any] = field(default_factory=dict)


class World:
    """One world. Vendor code reads time, draws ids and keeps state through nothing else.

    `load(namespace)` gives a vendor's first documents, `sink(changes)` sees each commit,
    `carry_out(world, vendor, work, data)` does due work, `claim(vendor, credential)` hears
    of each credential this world comes to own.
    """

    def __init__(
        self,
        birth: Birth,
        *,
        load: Callable[[str], Frozen | None] = lambda _: None,
        sink: Callable[[list[Change]], None] | None = None,
        carry_out: Callable[[World, str, str, dict[str, Any]], None] | None = None,
        claim: Callable[[str, str], None] | None = None,
        system: Callable[[], datetime] = system_now,
        journal_limit: int = 1000,
    ) -> None:
        self.birth = birth
        self.name = birth.name
        self.store = Store(load, sink)
        self.clock = Clock(self.store, birth.start, system)
        self.outbox = Outbox(self.store, self.clock)
        self.journal = Journal(journal_limit)
        self.tally = Tally()
        self.agenda = Agenda(self.store, self.clock, lambda *item: carry_out and carry_out(self, *item))
        self._claim = claim
        self._assumed: dict[str, None] = {}

    @contextmanager
    def entered(self) -> Iterator[list[Ran]]:
        """Be the only one in this world, at one instant, with all due work done.

        Yields what was done on entry. Every request, vendor's or control's, runs inside.
        """
        with self.store.lock, self.clock.fixed() as now:
            ran = self.agenda.run_due(now)
            self._assumed = {}
            yield ran

    def assume(self, rule: Assumption[T]) -> T:
        """The value of a guess in this world; the answer being made now rests on it."""
        self._assumed[rule.id] = None
        return self.chosen(rule)

    def chosen(self, rule: Assumption[T]) -> T:
        """What `assume` gives, for those who only look."""
        if rule.id in self.birth.assume:
            return cast(T, self.birth.assume[rule.id])
        chosen = self.store.table(_choices(rule.id.partition(".")[0])).get(rule.id)
        return rule.value if chosen is None else cast(T, chosen["value"])

    def choose(self, rule: Assumption[Any], value: Any) -> None:
        """Take an alternative from here on, as a fixture does whose data needs it. Raises ValueError."""
        chosen = {"id": rule.id, "value": rule.checked(value)}
        self.store.table(_choices(rule.id.partition(".")[0])).put(chosen)

    def choose_named(self, ledger: Ledger, wanted: Mapping[str, Any]) -> None:
        """Take each value that a fixture wants, by the guess's name in the ledger. Raises ValueError."""
        for name, value in wanted.items():
            self.choose(ledger.named(name), value)

    @property
    def assumed(self) -> list[str]:
        """Ids of the guesses asked for since this world was entered."""
        return sorted(self._assumed)

    def random(self, kind: str) -> Random:
        """A fresh generator for the next draw of `vendor/kind`, whatever else was drawn before."""
        return Random(self._draw(kind))  # noqa: S311 - repeatable on purpose

    def token(self, kind: str) -> str:
        """An opaque 43-character string for `vendor/kind`, never the same twice in any world."""
        digest = hashlib.blake2b(f"{self.name}/{self._draw(kind)}".encode(), digest_size=32)
        return base64.urlsafe_b64encode(digest.digest()).rstrip(b"=").decode()

    def _draw(self, kind: str) -> str:
        namespace, _, name = kind.partition("/")
        number = self.store.sequence(f"{namespace}/draws-{name}")
        return f"{self.birth.seed}/{kind}/{number}"

    def make_own(
        self, collection: Collection, members: Sequence[str], suffix: str, *, claimed: Sequence[str] = ()
    ) -> None:
        """End what is set of these members in `suffix`, in each document; own those that are `claimed`."""
        table, vendor = self.store.table(collection), collection.name.partition("/")[0]
        for document in list(table.scan()):
            own = {name: f"{document[name]}-{suffix}" for name in members if document[name]}
            table.put(document | own)
            for name in own.keys() & set(claimed):
                self.claim(vendor, own[name])

    def claim(self, vendor: str, credential: str) -> None:
        """This world owns `credential`: who presents it and names no world comes here."""
        if self._claim is None:
            return
        self.store.table(CREDENTIALS).put({"id": f"{vendor} {credential}", "vendor": vendor})
        self._claim(vendor, credential)

    def begin_again(self, birth: Birth | None = None, parts: Sequence[str] = PARTS) -> None:
        """Back to the fixture (of `birth`, if given), or those parts of it, as one step."""
        self.birth = birth or self.birth
        if "state" in parts:
            self.store.forget()
            self.agenda.forget()
        elif "clock" in parts:
            with self.store.transaction():
                self.store.table(CLOCK).delete("clock")
        if "clock" in parts:
            self.clock.restart(self.birth.start)
        if "journal" in parts:
            self.journal.restart()
            self.tally.clear()

    def kept_without(self, parts: Sequence[str]) -> list[tuple[str, Document]]:
        """The documents, by collection, that outlive a reset of these parts of the state."""
        if "state" not in parts:
            return []
        kept = [] if "clock" in parts else [CLOCK.name]
        if "ids" not in parts:
            kept += [name for name in self.store.tables() if name.endswith("/sequences")]
        return [(name, document) for name in kept for document in self.store.table(Collection(name)).scan()]

    def claims(self) -> list[tuple[str, str]]:
        """(vendor, credential) of all that this world owns."""
        found = []
        for document in self.store.table(CREDENTIALS).scan():
            vendor, _, credential = document["id"].partition(" ")
            found.append((vendor, credential))
        return found
