"""Every operation of a vendor, called by all examples of its contract: to see what a state leads to.

The examples name what the fixture `docs` has. What reads comes first, what deletes last.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import quote

from werkzeug.test import TestResponse

from simulator import data
from simulator.checking.schemas import changes_nothing, driving_of
from simulator.kernel.contract import Contract, Operation
from simulator.kernel.driving import Credentials
from tests.simulated import Simulated

MULTIPART = "multipart/form-data"
ORDER = ("GET", "POST", "PUT", "PATCH", "DELETE")
LAST = ("updateUser", "updateSource", "refreshSourceToken", "updateWorkspaceStatus")
"""After these, somebody may call no more."""


class Kept:
    """A world as it stands now, to come back to."""

    def __init__(self, simulated: Simulated) -> None:
        self._world = simulated.world
        with self._world.entered():
            store = self._world.store
            self._frozen = {namespace: store.freeze(namespace) for namespace in store.touched()}
            self._now = self._world.clock.now()

    def restore(self) -> None:
        with self._world.entered():
            store = self._world.store
            for namespace in store.touched():
                store.forget(namespace)
            for namespace, documents in self._frozen.items():
                store.restore(namespace, documents)
            self._world.agenda.forget()
            self._world.clock.set(self._now)


class Walk:
    """All calls of a vendor; a fault of it is raised where the world is made so (tests/simulated.py)."""

    def __init__(self, simulated: Simulated, credentials: Credentials) -> None:
        self._simulated = simulated
        self._contract = Contract(data.contract(simulated.vendor))
        self._driving = driving_of(simulated.vendor)
        self._credentials = credentials
        self._callers = {
            operation.id: self._driving.credential(operation.document, credentials, self._ask)
            for operation in self._contract.operations.values()
        }

    def to_begin_with(self) -> None:
        """Only what neither deletes nor shuts anybody out: there is more in the world then."""
        for operation in self._operations():
            if not self._is_late(operation):
                for example in self._examples(operation):
                    self._call(operation, example)

    def reading(self) -> dict[str, set[int]]:
        """The statuses of the answers of what only reads, by operation."""
        return {
            operation.id: self._statuses(operation)
            for operation in self._operations()
            if changes_nothing(operation.document, operation.method)
        }

    def all(self) -> dict[str, set[int]]:
        """The statuses of the answers, by operation; then what fell due within a year is done."""
        found = {operation.id: self._statuses(operation) for operation in self._operations()}
        world = self._simulated.world
        with world.entered():
            done = world.agenda.run_due(world.clock.now() + timedelta(days=366))
        assert not [work for work in done if work.error]
        return found

    def _statuses(self, operation: Operation) -> set[int]:
        return {self._call(operation, example).status_code for example in self._examples(operation)}

    def _operations(self) -> list[Operation]:
        return sorted(self._contract.operations.values(), key=self._place)

    def _is_late(self, operation: Operation) -> bool:
        return _deletes(operation) or operation.id in (*LAST, *self._driving.apart)

    def _ask(self, path: str, headers: Mapping[str, str]) -> Any:
        return self._simulated.client.get(f"/{self._simulated.vendor}{path}", headers=dict(headers)).json

    def _place(self, operation: Operation) -> tuple[bool | int, ...]:
        """Of what deletes, parts before the whole."""
        writes = not changes_nothing(operation.document, operation.method)
        rank = (operation.id in LAST, operation.id in self._driving.apart, _deletes(operation))
        return writes, *rank, ORDER.index(operation.method), -operation.path.count("/")

    def _examples(self, operation: Operation) -> Iterator[tuple[str, Any]]:
        """(media type, body) of each example; one of neither where no body is taken."""
        if "requestBody" not in operation.document:
            yield "", None
            return
        _, body = self._contract.resolved(f"{operation.pointer}/requestBody")
        named = dict(body["content"])
        media = next((name for name in ("application/json", MULTIPART) if name in named), next(iter(named)))
        for example in named[media]["examples"].values():
            yield media, example["value"]

    def _call(self, operation: Operation, example: tuple[str, Any]) -> TestResponse:
        arrange = self._driving.arrange
        media, body = example
        credential = self._callers[operation.id]
        sent: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}}
        for parameter in self._parameters(operation):
            value = next(iter(parameter["examples"].values()))["value"] if "examples" in parameter else None
            if value is not None:
                sent[parameter["in"]][parameter["name"]] = value
        if credential is not None:
            sent[credential.place][credential.name] = credential.value
        named = arrange(operation.id, "path", sent["path"], self._credentials)
        path = re.sub(r"{(\w+)}", lambda found: quote(str(named[found[1]]), safe=""), operation.path)
        return self._simulated.client.open(
            f"/{self._simulated.vendor}{path}",
            method=operation.method,
            query_string=_texts(sent["query"]),
            headers={name: text for name, (text,) in _texts(sent["header"]).items()},
            **_written(media, arrange(operation.id, "body", body, self._credentials)),
        )

    def _parameters(self, operation: Operation) -> Iterator[Mapping[str, Any]]:
        item = self._contract.document["paths"][operation.path]
        for parameter in (*item.get("parameters", ()), *operation.document.get("parameters", ())):
            yield (
                self._contract.resolved(parameter["$ref"].removeprefix("#"))[1]
                if "$ref" in parameter
                else parameter
            )


def _deletes(operation: Operation) -> bool:
    return operation.method == "DELETE" or operation.id.startswith("delete")


def _texts(values: Mapping[str, Any]) -> dict[str, list[str]]:
    several = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
    return {
        name: [value if isinstance(value, str) else json.dumps(value) for value in found]
        for name, found in several.items()
    }


def _written(media: str, body: Any) -> dict[str, Any]:
    """The body as werkzeug's client takes it; of multipart, lists and what is named file are files."""
    if not media:
        return {}
    if media == MULTIPART:
        parts = {
            name: [(BytesIO(text.encode()), f"{name}.pdf", "application/pdf") for text in value]
            if isinstance(value, list)
            else (BytesIO(value.encode()), "rows.csv", "text/csv")
            if name == "file"
            else value
            for name, value in body.items()
        }
        return {"data": parts, "content_type": MULTIPART}
    if isinstance(body, str):
        return {"data": body, "content_type": media}
    return {"data": json.dumps(body), "content_type": media}
