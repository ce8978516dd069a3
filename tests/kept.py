"""Acme in process with its worlds kept in a file, to be stopped, killed and started again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from simulator.kernel.pipeline import Policy
from simulator.kernel.state_file import StateFile
from simulator.kernel.worlds import Worlds
from tests.acme import BIRTH, STRICT, THINGS, InMemory, Server, acme, over

TABLE = f"default/{THINGS.name}"


class Kept:
    """A server in process whose worlds are kept in a file; `reopen` is a restart, `crash` a kill."""

    def __init__(self, path: Path, fold_at: int = 1 << 20, policy: Policy = STRICT) -> None:
        self.path, self.fold_at, self.policy = path, fold_at, policy
        self.open()

    def open(self) -> None:
        self.state = StateFile(self.path, "0", self.fold_at)
        worlds = Worlds({"acme": acme()}, InMemory(), log=self.state)
        self.state.open(worlds)
        if worlds.get("default") is None:
            worlds.create(BIRTH)
        self.server: Server = over(worlds, policy=self.policy, after=self.state.after)

    def reopen(self) -> None:
        self.state.close()
        self.open()

    def crash(self) -> None:
        self.state.abandon()
        self.open()

    def tables(self) -> dict[str, Any]:
        found: dict[str, Any] = orjson.loads(self.path.read_bytes())
        return found

    def names(self, world: str | None = None) -> list[str]:
        found = self.server.worlds.get(world or "default")
        assert found is not None
        return [document["name"] for document in found.store.table(THINGS).scan()]
