"""Subscriptions, educations, likes and jobs: lists of `base`, whose elements can be written one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.configuration import service as configuration
from simulator.vendors.contacthub.customers import service
from simulator.vendors.contacthub.customers.shape import MEMBERS, completed, tree

Items = list[dict[str, Any]]


@dataclass(frozen=True)
class Kind:
    """A list of `base`: its member, what one element is called, the contract's schema of it."""

    member: str
    name: str
    schema: str


SUBSCRIPTION = Kind("subscriptions", "subscription", "Subscription")
EDUCATION = Kind("educations", "education", "Education")
LIKE = Kind("likes", "like", "Like")
JOB = Kind("jobs", "job", "Job")


@dataclass(frozen=True)
class Place:
    """Where elements are: a list of a customer, and who asks for it."""

    world: World
    caller: Caller
    workspace_id: str
    customer_id: str
    kind: Kind

    def get(self, own: str) -> dict[str, Any]:
        """One element. Raises NotFound."""
        document = service.read(self.world, self.caller, self.workspace_id, self.customer_id)
        return self._one(service.viewer(self.world, self.workspace_id)(document), own)

    def create(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """A new element at the end. Raises Conflict for a known `id`, Invalid for a list that is off."""
        made = completed(body, tree(self.kind.schema))

        def check(held: Items) -> None:
            if self._is_off():
                raise Invalid({"": [f"{self.kind.member} are turned off"]}, f"{self.kind.name} is not valid")
            if any(item["id"] == made["id"] for item in held):
                self.world.assume(rules.ENTITY_EXISTS)
                raise Conflict(f"{self.kind.name} {made['id']} exists already")

        return self._one(self._write(check, lambda held: _with(held, made)), made["id"])

    def update(self, own: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The element as `body` has it. Raises NotFound."""
        self.world.assume(rules.ENTITY_ID)
        made = completed({**body, "id": own}, tree(self.kind.schema))
        return self._one(self._write(self._has(own), lambda held: _with(held, made)), own)

    def remove(self, own: str) -> None:
        """Raises NotFound; Forbidden for the element of an aggregate customer."""
        try:
            self._write(self._has(own), lambda held: [item for item in held if item["id"] != own])
        except Invalid as error:
            raise Forbidden(error.detail) from None  # the operation knows no 400

    def _has(self, own: str) -> Callable[[Items], None]:
        def check(held: Items) -> None:
            if self._is_off() or not any(item["id"] == own for item in held):
                raise NotFound(f"{self.kind.name} not found {own}")

        return check

    def _is_off(self) -> bool:
        if self.kind.member not in configuration.disabled_base(self.world, self.workspace_id):
            return False
        return self.world.assume(rules.ENTITY_OFF)

    def _one(self, seen: Mapping[str, Any], own: str) -> dict[str, Any]:
        held: Items = seen["base"][self.kind.member]
        for item in held:
            if item["id"] == own:
                return item
        raise NotFound(f"{self.kind.name} not found {own}")

    def _write(self, check: Callable[[Items], None], alter: Callable[[Items], Items]) -> dict[str, Any]:
        document, node = service.open_to(self.world, self.caller, self.workspace_id, self.customer_id)
        member = self.kind.member
        check(document["seen"]["base"][member])

        def change(members: Mapping[str, Any]) -> dict[str, Any]:
            base = {**members["base"], member: alter(members["base"][member])}
            return {name: members[name] for name in MEMBERS} | {"base": base}

        return service.write(self.world, self.caller, node, document, change)


def _with(held: Items, made: dict[str, Any]) -> Items:
    """The list with an element written anew, in its place or at the end."""
    return list(({item["id"]: item for item in held} | {made["id"]: made}).values())
