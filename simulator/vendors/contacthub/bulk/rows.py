"""One row of a file: made into the body that the API takes, and carried out by the same services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from simulator.kernel.errors import DomainError, Invalid, NotFound, TooLarge
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.bulk.columns import Column, contract
from simulator.vendors.contacthub.customers import service as customers
from simulator.vendors.contacthub.events import service as events
from simulator.vendors.contacthub.nodes.service import node
from simulator.vendors.contacthub.state import CUSTOMERS, EVENTS

CREATED, UPDATED, DELETED, FAILED = "CREATED", "UPDATED", "DELETED", "FAILED"
LIMIT = 65536
MOST_TEXT = 500
Outcome = tuple[str, str | None, str | None]
"""What was done, to which id; or FAILED, and why."""


class Loader:
    """Carries out rows of one job: UPSERT, INSERT or DELETE of customers or events."""

    def __init__(self, world: World, caller: Caller, job: dict[str, Any], columns: list[Column]) -> None:
        self.world, self.caller, self.workspace_id = world, caller, job["workspaceId"]
        self.node = node(world, self.workspace_id, job["nodeId"])
        self.event_type = job["eventType"]
        self.columns = columns
        does: dict[tuple[str, str], Callable[[Document], Outcome]] = {
            ("CUSTOMER", "UPSERT"): self._upsert_customer,
            ("CUSTOMER", "INSERT"): self._insert_customer,
            ("CUSTOMER", "DELETE"): self._delete_customer,
            ("EVENT", "UPSERT"): self._upsert_event,
            ("EVENT", "INSERT"): self._create_event,
            ("EVENT", "DELETE"): self._delete_event,
        }
        self._do = does[job["entity"], job["operation"]]
        world.assume(rules.BULK_OPERATIONS)

    def take(self, cells: list[str]) -> Outcome:
        """Carry out one row. What it wrote before it failed is undone."""
        try:
            with self.world.store.attempt():
                return self._do(self._read(cells))
        except Invalid as error:
            listed = [f"{path}: {text}" for path, texts in error.fields.items() for text in texts]
            return FAILED, None, ("; ".join(listed) or error.detail)[:MOST_TEXT]
        except DomainError as error:
            return FAILED, None, (error.detail or type(error).__name__)[:MOST_TEXT]

    def _read(self, cells: list[str]) -> Document:
        if len(cells) != len(self.columns):
            raise Invalid({}, f"{len(cells)} cells for {len(self.columns)} columns")
        found: Document = {}
        for column, cell in zip(self.columns, cells, strict=True):
            if cell == "":
                continue
            inner = found
            for step in column.path[:-1]:
                inner = inner.setdefault(step, {})
            inner[column.path[-1]] = column.read(cell)
        return found

    def _checked(self, body: Document, operation: str) -> Document:
        if len(orjson.dumps(body)) > LIMIT:
            raise TooLarge(f"payload is larger than {LIMIT} bytes")
        checker = contract().operations[operation].accepted["application/json"]
        problems: dict[str, list[str]] = {}
        for violation in checker.violations(body, "body"):
            problems.setdefault(violation.pointer, []).append(violation.message)
        if problems:
            raise Invalid(problems)
        return body

    # --- customers ---

    def _customer(self, row: Document) -> Document:
        return self._checked(row | {"nodeId": self.node["id"]}, "createCustomer")

    def _named(self, row: Document) -> Document | None:
        """The customer that a row names by its id, if it has one. Raises NotFound."""
        if "id" not in row:
            return None
        found = self.world.store.table(CUSTOMERS).get(row["id"])
        if found is None or found["node"] != self.node["id"]:
            raise NotFound(f"customer not found {row['id']}")
        return found

    def _upsert_customer(self, row: Document) -> Outcome:
        named = self._named(row)
        if named is not None:
            body = self._checked({k: v for k, v in row.items() if k != "id"}, "patchCustomer")
            customers.change(
                self.world, self.caller, self.workspace_id, named["id"], body, whole=False, strict=False
            )
            return UPDATED, named["id"], None
        body = self._customer(row)
        known = customers.matching(self.world, self.node, body)
        shown = customers.create(self.world, self.caller, self.workspace_id, body)
        # under the policy NO_CHECK somebody new is made beside the one that is known
        is_known = known is not None and known["id"] == shown["id"]
        return (UPDATED if is_known else CREATED), shown["id"], None

    def _insert_customer(self, row: Document) -> Outcome:
        shown = customers.insert_or_fail(self.world, self.caller, self.workspace_id, self._customer(row))
        return CREATED, shown["id"], None

    def _delete_customer(self, row: Document) -> Outcome:
        found = self._named(row)
        if found is None:
            found = customers.matching(self.world, self.node, row) or self._by_external_id(row)
        customers.remove(self.world, self.caller, self.workspace_id, found["id"])
        return DELETED, found["id"], None

    def _by_external_id(self, row: Document) -> Document:
        key = (self.node["id"], row.get("externalId"))
        found = self.world.store.table(CUSTOMERS).find("externalId", key)
        if len(found) != 1:
            raise NotFound("several customers match" if found else "no customer matches")
        return found[0]

    # --- events ---

    def _upsert_event(self, row: Document) -> Outcome:
        if "id" not in row:
            return self._create_event(row)
        found = self._event(row["id"])
        body = {name: value for name, value in row.items() if name not in ("id", "externalId")}
        events.patch(self.world, self.caller, self.workspace_id, found["id"], body)
        return UPDATED, found["id"], None

    def _create_event(self, row: Document) -> Outcome:
        body = {"type": self.event_type, "properties": {}} | row
        external = body.pop("externalId", None)
        if external is not None:
            body["bringBackProperties"] = {"type": "EXTERNAL_ID", "value": external}
        if isinstance(body.get("bringBackProperties"), dict):
            body["bringBackProperties"] = {"nodeId": self.node["id"]} | body["bringBackProperties"]
        self._checked(body, "createEvent")
        self._check_node(body)
        return CREATED, events.create(self.world, self.caller, self.workspace_id, body, None), None

    def _check_node(self, body: Document) -> None:
        if "customerId" in body:
            self._named({"id": body["customerId"]})
        elif body["bringBackProperties"]["nodeId"] != self.node["id"]:
            raise Invalid({"/bringBackProperties/nodeId": ["is not the node of the job"]})

    def _delete_event(self, row: Document) -> Outcome:
        found = self._event(row.get("id", ""))
        events.remove(self.world, self.caller, self.workspace_id, found["id"])
        return DELETED, found["id"], None

    def _event(self, event_id: str) -> Document:
        found = self.world.store.table(EVENTS).get(event_id)
        if found is None or found["node"] != self.node["id"]:
            raise NotFound(f"event not found {event_id}")
        return found
