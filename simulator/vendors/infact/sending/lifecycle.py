"""A campaign as a document, from the request that makes it to the last message.

campaigns    id, customer, operation (that made it), caller_id (its ExternalId or CampaignId, or null),
             name, state, created, scheduled, sent (RFC 3339, UTC, or null), request (as loaded, without its
             recipients), counts {recipients, sent, skipped}, assumed (ids of the guesses it rests on),
             and for the obsolete API: type, listed (in the folder "Automatic campaigns"), statistics

States: Queued (due at once) or Scheduled, then Sent, or Failed with `error`; Collecting, then Ready,
for a recipient list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from simulator.kernel.clock import to_text
from simulator.kernel.errors import DomainError, Invalid
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact import dates
from simulator.vendors.infact.sending.service import Mailing, Person, Route, template
from simulator.vendors.infact.state import CAMPAIGNS, RECIPIENTS, Customer

FIRST_ID = 70_001
ZONED = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")
"""At the end of a time that says its zone; a time always has seconds, so a day is no offset."""


def created(
    world: World, customer: Customer, operation: str, caller_id: str | None, request: Mapping[str, Any]
) -> Document:
    """A new campaign, not stored yet."""
    return {
        "id": world.store.next_id(CAMPAIGNS, "campaign", FIRST_ID),
        "customer": customer.id,
        "operation": operation,
        "caller_id": caller_id,
        "name": request.get("Name") or caller_id,
        "state": "Created",
        "created": to_text(world.clock.now()),
        "scheduled": None,
        "sent": None,
        "request": {name: value for name, value in request.items() if value is not None},
        "counts": {"recipients": 0, "sent": 0, "skipped": 0},
        "assumed": [],
    }


def schedule(world: World, text: str | None) -> datetime | None:
    """When to send, in UTC; None for at once, also where the time is past (infact.past-schedule)."""
    if text is None:
        return None
    zone = rules.TIME_ZONE.value if ZONED.search(text) else world.assume(rules.TIME_ZONE)
    due = dates.instant(text, zone)
    if due <= world.clock.now():
        world.assume(rules.PAST_SCHEDULE)
        return None
    return due


def plan(world: World, campaign: Document, due: datetime | None, work: str) -> None:
    """Store the campaign, to be sent at `due`; None is at once, by the queue (infact.queue)."""
    if due is None:
        world.assume(rules.QUEUE)
    campaign["state"] = "Queued" if due is None else "Scheduled"
    campaign["scheduled"] = None if due is None else to_text(due)
    campaign["assumed"] = world.assumed
    world.store.table(CAMPAIGNS).put(campaign)
    world.agenda.add(due or world.clock.now(), "infact", work, {"campaign": campaign["id"]})


def keep(world: World, campaign: int, part: int, recipients: Sequence[Any], keys: Sequence[str] = ()) -> None:
    """Store what a campaign was given, apart from it: it is large and never changes with the state."""
    world.store.table(RECIPIENTS).put(
        {
            "id": f"{campaign}/{part}",
            "campaign": campaign,
            "part": part,
            "recipients": recipients,
            "keys": keys,
        }
    )


def kept(world: World, campaign: int) -> list[Any]:
    """The recipients of a campaign that came with it."""
    part = world.store.table(RECIPIENTS).get(f"{campaign}/1")
    return [] if part is None else list(part["recipients"])


def send(
    world: World,
    campaign: Document,
    routes: Sequence[Route],
    people: Callable[[], Iterable[Person]],
    *,
    variables: Mapping[str, Any] | None = None,
) -> None:
    """Every message of the campaign, now; it is Sent after, or Failed if its recipients cannot be found."""
    duplicates = campaign["request"].get("AllowDuplicates", False)
    mailing = Mailing(world, campaign, routes, duplicates=duplicates, variables=variables or {})
    try:
        campaign["counts"] = mailing.send(people()).describe()
        campaign["state"] = "Sent"
    except DomainError as error:
        # a datasource can be changed from outside between creation and schedule
        campaign["state"] = "Failed"
        campaign["error"] = str(error.detail or getattr(error, "fields", "") or type(error).__name__)
    campaign["sent"] = to_text(world.clock.now())
    campaign["assumed"] = sorted({*campaign["assumed"], *mailing.assumed})
    world.store.table(CAMPAIGNS).put(campaign)


def check_templates(world: World, customer: Customer, wanted: Iterable[tuple[str, str, int]]) -> None:
    """(field, channel, template id): each must be the customer's, unless templates are not checked.

    Raises Invalid.
    """
    if not world.assume(rules.TEMPLATE_CHECK):
        return
    unknown = {
        name: [f"There is no {channel} template {number}."]
        for name, channel, number in wanted
        if template(world, customer.id, number, channel) is None
    }
    if unknown:
        raise Invalid(unknown)


def required(request: Mapping[str, Any], names: Iterable[str]) -> dict[str, list[str]]:
    """The framework's message for each field that a rule asks for and that is absent, null, empty or 0."""
    return {name: [f"The {name} field is required."] for name in names if not request.get(name)}
