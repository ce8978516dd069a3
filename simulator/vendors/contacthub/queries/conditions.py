"""The query grammar, as predicates: what a customer, or an event, must meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.queries.values import Comparison, Test, at, contains, is_null, like

Clause = Mapping[str, Any]
Predicate = Callable[[Document], bool]
"""Of a stored customer, or of an event as the API shows it."""
ORDERS: dict[str, Callable[[int], bool]] = {
    "GT": lambda sign: sign > 0,
    "GTE": lambda sign: sign >= 0,
    "LT": lambda sign: sign < 0,
    "LTE": lambda sign: sign <= 0,
}
NEGATIONS = {"NOT_EQUALS": "EQUALS", "NOT_IN": "IN", "IS_NOT_NULL": "IS_NULL"}
NOTHING = (None, "", 0, False)


@dataclass(frozen=True)
class Compiler:
    """Makes predicates of queries that are right by the contract; notes the guesses they rest on."""

    world: World

    def query(self, clause: Clause) -> Predicate:
        """A SearchClause, simple or combined."""
        if clause["type"] == "simple":
            return self._simple(clause)
        parts = [self.query(part) for part in clause["queries"]]
        if clause["conjunction"] == "INTERSECT":
            return _every(parts)
        if clause["conjunction"] == "UNION":
            return _any(parts)
        self.world.assume(rules.SEARCH_EXCEPT)
        first, others = parts[0], _any(parts[1:])
        return lambda customer: first(customer) and not others(customer)

    def _simple(self, clause: Clause) -> Predicate:
        parts: list[Predicate] = []
        if "are" in clause:
            condition = self.condition(clause["are"]["condition"])
            parts.append(lambda customer: condition(customer["seen"]))
        if "did" in clause:
            parts.append(self._did(clause["did"]))
        return _every(parts)

    def _did(self, did: Clause) -> Predicate:
        from simulator.vendors.contacthub.events import service as events  # noqa: PLC0415

        self.world.assume(rules.SEARCH_DID)
        name = did["event"]["name"]
        meets = _every([self.condition(did[part]) for part in ("condition", "timeframe") if part in did])

        def has_done(customer: Document) -> bool:
            done = (event["seen"] for event in events.of_customer(self.world, customer))
            return any(event["type"] == name and meets(event) for event in done)

        return has_done

    def condition(self, condition: Clause) -> Predicate:
        """A SearchCondition or EventCondition, of what the API shows."""
        if condition["type"] == "composite":
            parts = [self.condition(part) for part in condition["conditions"]]
            return _every(parts) if condition["conjunction"] == "and" else _any(parts)
        operator: str = condition["operator"]
        steps = condition["attribute"].split(".")
        test = self._test(NEGATIONS.get(operator, operator), condition.get("value"))
        if operator in NEGATIONS:
            return lambda seen: not test(at(seen, steps))
        return lambda seen: test(at(seen, steps))

    def _test(self, operator: str, value: Any) -> Test:
        if operator == "IS_NULL":
            return is_null
        if value is None:
            self.world.assume(rules.SEARCH_EMPTY_VALUE)
            return _is_nothing if operator == "EQUALS" else _never
        if operator == "IN":
            return self._among(value)
        if operator == "LIKE":
            self.world.assume(rules.SEARCH_LIKE)
            return _of_any(like(value, self._fold)) if isinstance(value, str) else _never
        return self._compared(operator, value)

    def _compared(self, operator: str, value: Any) -> Test:
        self.world.assume(rules.SEARCH_COMPARISON)
        if operator == "BETWEEN":
            low, high = (Comparison(bound, self._fold) for bound in value)
            return _of_any(lambda stored: _holds(low, stored, "GTE") and _holds(high, stored, "LTE"))
        wanted = Comparison(value, self._fold)
        if operator == "EQUALS":
            return lambda stored: wanted.equals(stored) or _of_any(wanted.equals)(stored)
        return _of_any(lambda stored: _holds(wanted, stored, operator))

    def _among(self, value: Any) -> Test:
        self.world.assume(rules.SEARCH_IN)
        wanted = [Comparison(one, self._fold) for one in (value if isinstance(value, list) else [value])]
        is_one = _of_any(lambda stored: any(one.equals(stored) for one in wanted))
        if not isinstance(value, str):
            return is_one
        has_part = contains(value, self._fold)
        return lambda stored: is_one(stored) or has_part(stored)

    @property
    def _fold(self) -> Callable[[str], str]:
        return str.casefold if self.world.assume(rules.SEARCH_CASE) == "insensitive" else str


def _holds(wanted: Comparison, stored: Any, operator: str) -> bool:
    sign = wanted.order(stored)
    return sign is not None and ORDERS[operator](sign)


def _never(_: Any) -> bool:
    return False


def _is_nothing(stored: Any) -> bool:
    return is_null(stored) or any(type(stored) is type(empty) and stored == empty for empty in NOTHING)


def _of_any(test: Test) -> Test:
    return lambda stored: any(map(test, stored)) if isinstance(stored, list) else test(stored)


def _every(parts: list[Predicate]) -> Predicate:
    return parts[0] if len(parts) == 1 else lambda subject: all(part(subject) for part in parts)


def _any(parts: list[Predicate]) -> Predicate:
    return parts[0] if len(parts) == 1 else lambda subject: any(part(subject) for part in parts)


def equalities(clause: Clause) -> dict[str, Any]:
    """Attributes that a customer must have with these very values to be found, as far as is plain to see."""
    if clause["type"] == "combined":
        conjunction, parts = clause["conjunction"], clause["queries"]
        if conjunction == "EXCEPT":
            return equalities(parts[0])
        return _joined(map(equalities, parts)) if conjunction == "INTERSECT" or len(parts) == 1 else {}
    return _equal(clause["are"]["condition"]) if "are" in clause else {}


def _equal(condition: Clause) -> dict[str, Any]:
    if condition["type"] == "composite":
        parts = condition["conditions"]
        return _joined(map(_equal, parts)) if condition["conjunction"] == "and" or len(parts) == 1 else {}
    is_plain = condition["operator"] == "EQUALS" and isinstance(condition.get("value"), str)
    return {condition["attribute"]: condition["value"]} if is_plain else {}


def _joined(parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.items()}
