"""From a campaign and its recipients to messages: who is reached, on which channel, with what text.

Each recipient gets one message, on the first channel that can be used, or none and the reasons
(campaign page, "SMS and Email priorities workflow"; infact.one-message). A channel can be used
when the recipient agrees to it, has an address that fits, and the address is on no blacklist the
campaign respects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from simulator.kernel.assumptions import Assumption
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact import emails, phones
from simulator.vendors.infact.blacklists.service import Selection, listing
from simulator.vendors.infact.state import TEMPLATES
from simulator.vendors.infact.templates import Template

T = TypeVar("T")
SMS, EMAIL = "sms", "email"
LONGEST_QUOTE = 40


@dataclass(frozen=True)
class Route:
    """One channel a campaign may use; `column` is where recipients have their address for it."""

    channel: str
    column: str
    template: int
    blacklist: Selection
    subject: str | None = None


@dataclass(frozen=True)
class Person:
    """A recipient: who it is (`cause`), variables, addresses, and why channels are `refused`.

    Phones are in the order in which they are tried; `country` completes short ones.
    """

    cause: Mapping[str, Any]
    values: Mapping[str, Any]
    phones: Sequence[Any]
    email: Any
    country: str
    refused: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Counts:
    """Recipients, and how many of them got a message or none."""

    recipients: int = 0
    sent: int = 0
    skipped: int = 0

    def describe(self) -> dict[str, int]:
        return {"recipients": self.recipients, "sent": self.sent, "skipped": self.skipped}


class Unreached(Exception):
    """A channel cannot be used; `to` is the address it would have gone to, if there is one."""

    def __init__(self, reason: str, to: str | None = None) -> None:
        super().__init__(reason)
        self.to = to


class Mailing:
    """One campaign while it is being sent; `assumed` are the guesses its messages rest on."""

    def __init__(
        self,
        world: World,
        campaign: Document,
        routes: Sequence[Route],
        *,
        duplicates: bool,
        variables: Mapping[str, Any],
    ) -> None:
        self.world = world
        self.assumed: set[str] = set()
        self._cause = {name: campaign[name] for name in ("operation", "caller_id")}
        self._cause["campaign"] = campaign["id"]
        self._routes = routes
        self._duplicates = duplicates
        self._variables = variables
        self._texts = {route.channel: self._text(campaign["customer"], route) for route in routes}
        self._subjects = {route.channel: Template(route.subject or "") for route in routes}
        self._first_filled = self._rely(rules.PHONE_CHOICE) == "filled"
        self._reached: set[tuple[str, str]] = set()
        for rule in (rules.ONE_MESSAGE, rules.TEMPLATE_VARIABLES, rules.PHONE_FORM):
            self._rely(rule)

    def _rely(self, rule: Assumption[T]) -> T:
        self.assumed.add(rule.id)
        return self.world.assume(rule)

    def _text(self, customer: int, route: Route) -> Template | None:
        found = template(self.world, customer, route.template, route.channel)
        return None if found is None else Template(found["text"])

    def send(self, people: Iterable[Person]) -> Counts:
        """One message, or one note of none, for each of `people`, in their order."""
        counts = Counts()
        for person in people:
            counts.recipients += 1
            if self._send(person):
                counts.sent += 1
            else:
                counts.skipped += 1
        return counts

    def _send(self, person: Person) -> bool:
        misses: list[tuple[Route, Unreached]] = []
        for route in self._routes:
            try:
                address, key = self._address(route, person)
                self._refuse_again(route, address, key)
            except Again as again:
                # the recipient is a duplicate: no other channel is tried
                misses.append((route, again))
                break
            except Unreached as miss:
                misses.append((route, miss))
                continue
            self._post(route, address, person)
            return True
        self._skip(person, misses)
        return False

    def _post(self, route: Route, address: str, person: Person) -> None:
        sources = (person.values, self._variables)
        text = self._texts[route.channel]
        self.world.outbox.send(
            "infact",
            route.channel,
            address,
            text.render(*sources) if text else "",
            subject=self._subjects[route.channel].render(*sources) if route.channel == EMAIL else None,
            cause={**self._cause, **person.cause},
        )

    def _skip(self, person: Person, misses: Sequence[tuple[Route, Unreached]]) -> None:
        self.world.outbox.skip(
            "infact",
            misses[0][0].channel if len(misses) == 1 else None,
            next((miss.to for _, miss in misses if miss.to), None),
            "; ".join(f"{route.channel}: {miss}" for route, miss in misses),
            cause={**self._cause, **person.cause},
        )

    def _address(self, route: Route, person: Person) -> tuple[str, str]:
        """Where to send on this channel, and what tells duplicates. Raises Unreached."""
        if route.channel in person.refused:
            raise Unreached(person.refused[route.channel])
        if self._texts[route.channel] is None:
            self._rely(rules.TEMPLATE_CHECK)
            raise Unreached(f"there is no {route.channel} template {route.template}")
        if route.channel == SMS:
            address = key = self._phone(route, person)
        else:
            address, key = self._email(route, person)
        listed = listing(self.world, route.blacklist, route.channel, key)
        if listed is not None:
            self._rely(rules.BLACKLISTED)
            raise Unreached(f"{address} is on {listed}", address)
        return address, key

    def _phone(self, route: Route, person: Person) -> str:
        given = [text for text in map(written, person.phones) if text]
        if not given:
            raise Unreached(f"no phone number in {route.column}")
        number = mobile(given, person.country, self._first_filled)
        if number is not None:
            return number
        quoted = ", ".join(quote(text) for text in given)
        raise Unreached(f"no mobile number in {route.column} ({person.country}): {quoted}")

    def _email(self, route: Route, person: Person) -> tuple[str, str]:
        text = written(person.email)
        if not text:
            raise Unreached(f"no e-mail address in {route.column}")
        key = emails.normalised(text)
        if key is None:
            self._rely(rules.EMAIL_FORM)
            raise Unreached(f"no e-mail address in {route.column}: {quote(text)}")
        return text, key

    def _refuse_again(self, route: Route, address: str, key: str) -> None:
        if self._duplicates:
            return
        if (route.channel, key) in self._reached:
            self._rely(rules.DUPLICATE_ADDRESS)
            raise Again(f"duplicate: {address} has got this campaign already", address)
        self._reached.add((route.channel, key))


class Again(Unreached):
    """The address has had its message."""


def template(world: World, customer: int, number: int, channel: str) -> Document | None:
    """A customer's template of a channel."""
    found = world.store.table(TEMPLATES).get(number)
    if found is None or found["customer"] != customer or found["channel"] != channel:
        return None
    return found


def mobile(given: Iterable[Any], country: str, first_filled: bool) -> str | None:
    """The first number that takes SMS, normalised, or none if the first that is filled does not."""
    filled = [text for text in map(written, given) if text]
    for text in filled[:1] if first_filled else filled:
        number = phones.takes_sms(text, country)
        if number is not None:
            return number
    return None


def written(value: Any) -> str:
    """An address as text: phones may come as numbers; what is neither is no address."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return ""
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return str(int(value))
    return ""


def quote(text: str) -> str:
    return repr(text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…")
