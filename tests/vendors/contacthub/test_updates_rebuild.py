"""Whoever polls the update stream can rebuild all customers and events from it, whatever was done to them."""

from __future__ import annotations

import io
import random
from datetime import timedelta
from typing import Any

import pytest

ADMIN, PLATFORM = "demo-token-of-admin", "demo-token-of-updates"
NODES = "/configuration/nodes"
EMAIL = {"properties": ["base.contacts.email"], "caseSensitive": False}
EMAILS = [f"{name}@example.com" for name in ("anna", "BEA", "bea", "carla", "test.dora")]
POINTS = {"type": "integer", "contactlabProperties": {"label": "Points"}}
FILTER = {"property": "base.contacts.email", "value": "test", "pattern": "START_WITH"}
Entity = tuple[str, str]


class Consumer:
    """Polls, and holds each entity as the stream tells of it."""

    def __init__(self, hub: Any, **filters: str) -> None:
        self.hub, self.filters = hub, filters
        self.offset = 0
        self.known: dict[Entity, Any] = {}

    def poll(self, size: int) -> None:
        """Read on until nothing is new."""
        while True:
            asked = {"offset": self.offset, "size": size, **self.filters}
            answer = self.hub.get("/updates", token=PLATFORM, query_string=asked)
            assert answer.status_code == 200, answer.text
            assert answer.json["nextOffset"] >= self.offset + len(answer.json["updates"])
            if answer.json["nextOffset"] == self.offset:
                return
            self.offset = answer.json["nextOffset"]
            for update in answer.json["updates"]:
                self._apply(update["operation"], update["entity"]["type"], update["entity"]["data"])

    def _apply(self, operation: str, kind: str, data: Any) -> None:
        key = (kind, data["id"])
        assert (operation == "CREATE") == (key not in self.known), (operation, key)
        if operation == "DELETE":
            del self.known[key]
        else:
            self.known[key] = data


class Walk:
    """Writes of all kinds, at random, to two entry nodes and two aggregate nodes."""

    def __init__(self, hub: Any, seed: int) -> None:
        self.hub, self.random = hub, random.Random(seed)
        hub.token = ADMIN
        self.extended("OBJ_PRIORITY")
        shops = {"name": "Shops", "uniqueCustomer": {"properties": ["externalId"]}}
        self.entries = [hub.node_id, self.made(hub.post(f"{NODES}/entries", shops))]
        both = {"name": "All", "entryNodes": self.entries, "matchingProperties": EMAIL}
        late = {**both, "name": "Shops", "entryNodes": self.entries[1:]}
        self.aggregates = [self.made(hub.post(f"{NODES}/aggregates", body)) for body in (both, late)]
        self.activate(self.aggregates[0])
        self.steps = [
            *[self.write] * 5,
            *[self.change] * 4,
            *[self.visit] * 5,
            *[self.touch_event] * 3,
            *[self.meet] * 2,
            *[self.load] * 2,
            self.delete,
            self.forget,
            self.subscribe,
            self.configure,
            self.wait,
            self.empty,
        ]

    def made(self, answer: Any) -> str:
        assert answer.status_code == 201, answer.text
        return str(answer.json["id"])

    def done(self, answer: Any) -> None:
        assert answer.status_code < 300 or answer.status_code == 409, answer.text

    def step(self) -> None:
        self.random.choice(self.steps)()

    def listed(self, path: str, node: str) -> list[Any]:
        found: list[Any] = []
        for page in range(100):
            answer = self.hub.get(path, query_string={"nodeId": node, "size": 50, "page": page})
            assert answer.status_code == 200, answer.text
            found += answer.json["elements"]
            if len(found) >= answer.json["page"]["totalElements"]:
                break
        return found

    def somebody(self, *, aggregated: bool = False) -> Any:
        nodes = [*self.entries, *(self.aggregates if aggregated else [])]
        people = [one for node in nodes for one in self.listed("/customers", node)]
        return self.random.choice(people) if people else None

    # --- customers ---

    def write(self) -> None:
        body = self.body()
        session = {"sessionId": f"s-{self.random.randint(0, 9999)}"} if self.random.random() < 0.3 else {}
        self.done(self.hub.post("/customers", body, query_string=session))

    def body(self) -> dict[str, Any]:
        return {
            "nodeId": self.random.choice(self.entries),
            "externalId": str(self.random.randint(1, 6)),
            "base": {
                "contacts": {"email": self.random.choice(EMAILS)},
                "firstName": self.random.choice(["Ada", "Bice", None]),
            },
            "extended": {"points": self.random.randint(1, 9)},
            "tags": {"auto": [], "manual": [self.random.choice("xyz")]},
        }

    def change(self) -> None:
        whom = self.somebody()
        if whom is not None:
            body = self.body() | {"nodeId": whom["nodeId"]}
            call = self.random.choice([self.hub.patch, self.hub.put])
            self.done(call(f"/customers/{whom['id']}", body))

    def subscribe(self) -> None:
        whom = self.somebody()
        if whom is not None:
            body = {"id": self.random.choice("ab"), "subscribed": True}
            self.done(self.hub.post(f"/customers/{whom['id']}/subscriptions", body))

    def delete(self) -> None:
        whom = self.somebody()
        if whom is not None:
            self.done(self.hub.delete(f"/customers/{whom['id']}"))

    def forget(self) -> None:
        whom = self.somebody(aggregated=True)
        if whom is not None:
            self.done(self.hub.post(f"/customers/{whom['id']}/forget"))

    # --- events ---

    def visit(self) -> None:
        back = {"nodeId": self.random.choice(self.entries), "value": f"s-{self.random.randint(0, 3)}"}
        whom = self.somebody(aggregated=True)
        choices: list[dict[str, Any]] = [
            {"bringBackProperties": back | {"type": "SESSION_ID"}},
            {"bringBackProperties": back | {"type": "EXTERNAL_ID", "nodeId": self.entries[1]}},
        ]
        if whom is not None:
            choices += [{"customerId": whom["id"]}] * 3
        body = {
            "type": self.random.choice(["viewedPage", "loggedIn", "searched"]),
            "context": "WEB",
            "properties": {},
            "date": (self.now() - timedelta(days=self.random.randint(0, 120))).isoformat(),
        }
        self.done(self.hub.post("/events", body | self.random.choice(choices)))

    def touch_event(self) -> None:
        found = [event for node in self.entries for event in self.listed("/events", node)]
        if not found:
            return
        event = self.random.choice(found)
        path = f"/events/{event['id']}"
        kept = {n: event[n] for n in ("customerId", "bringBackProperties") if event[n] is not None}
        whole = {name: event[name] for name in ("type", "context", "properties")} | kept
        kind = self.random.choice(["patch", "put", "delete"])
        if kind == "patch":
            self.done(self.hub.patch(path, {"tracking": {"ga": {"utm_source": "letter"}}}))
        elif kind == "put":
            self.done(self.hub.put(path, whole))
        else:
            self.done(self.hub.delete(path))

    def meet(self) -> None:
        """A session turns out to be somebody's, if it is nobody's yet."""
        whom = self.somebody()
        if whom is not None:
            body = {"value": f"s-{self.random.randint(0, 3)}"}
            answer = self.hub.post(f"/customers/{whom['id']}/sessions", body)
            assert answer.status_code in {201, 400}, answer.text

    # --- many at once, settings, time ---

    def load(self) -> None:
        node = self.random.choice(self.entries)
        rows = "".join(
            f"{self.random.randint(1, 6)},{self.random.choice(EMAILS)},{self.random.randint(1, 9)}\n"
            for _ in range(4)
        )
        text, fields = self.random.choice(
            [
                (f"externalId,base.contacts.email,extended.points\n{rows}", {"operation": "UPSERT"}),
                (f"externalId,base.contacts.email,extended.points\n{rows}", {"operation": "DELETE"}),
                (
                    "externalId,context\n1,WEB\n2,WEB\n",
                    {"operation": "INSERT", "entity": "EVENT", "eventType": "loggedOut"},
                ),
            ]
        )
        data = {"file": (io.BytesIO(text.encode()), "rows.csv"), **fields}
        self.done(self.hub.post(f"/nodes/{node}/bulk-jobs", data=data))
        self.hub.move_to(self.now() + timedelta(minutes=5))

    def configure(self) -> None:
        self.random.choice([self.prioritise, self.remerge, self.refilter, self.retain, self.activate_late])()

    def prioritise(self) -> None:
        for source in self.hub.get("/configuration/sources").json["elements"]:
            path = f"{NODES}/entries/{self.entries[0]}"
            priority = self.random.choice([[], [source["id"]]])
            self.done(self.hub.put(path, self.hub.get(path).json | {"sourcePriority": priority}))

    def remerge(self) -> None:
        self.extended(self.random.choice(["OBJ_PRIORITY", "MATH_SUM", "MATH_MIN"]))

    def extended(self, policy: str) -> None:
        own = {**POINTS, "contactlabProperties": {"label": "Points", "mergePolicy": policy}}
        self.done(self.hub.put("/configuration/properties/extended", {"points": own}))

    def refilter(self) -> None:
        path = f"{NODES}/aggregates/{self.aggregates[0]}"
        self.done(self.hub.put(path, {"exclusionFilters": self.random.choice([None, [FILTER]])}))

    def retain(self) -> None:
        node = self.random.choice([*self.entries, *self.aggregates])
        months = {kind: {"months": self.random.randint(1, 3)} for kind in ("viewedPage", "searched")}
        body = {"enabled": self.random.random() < 0.8, "events": months}
        self.done(self.hub.put(f"{NODES}/{node}/retention-policy", body))

    def activate_late(self) -> None:
        path = f"{NODES}/aggregates/{self.aggregates[1]}"
        if self.hub.get(path).json["state"] == "NEW":
            self.activate(self.aggregates[1])

    def activate(self, node: str) -> None:
        self.done(self.hub.put(f"{NODES}/aggregates/{node}/state", {"state": "ACTIVE"}))

    def wait(self) -> None:
        self.hub.move_to(self.now() + timedelta(days=self.random.randint(1, 20)))

    def empty(self) -> None:
        whole = self.random.random() < 0.3
        asked = {} if whole else {"eventsOnly": "true"}
        node = self.random.choice(self.entries)
        self.done(self.hub.post(f"{NODES}/entries/{node}/empty", query_string=asked))

    def now(self) -> Any:
        with self.hub.world.entered():
            return self.hub.world.clock.now()

    # --- what there is ---

    def state(self, nodes: list[str] | None = None) -> dict[Entity, Any]:
        """All customers and events, as searches show them; copies in aggregate nodes are no events."""
        found: dict[Entity, Any] = {}
        for node in nodes or [*self.entries, *self.aggregates]:
            found |= {("CUSTOMER", one["id"]): one for one in self.listed("/customers", node)}
            events = self.listed("/events", node)
            found |= {("EVENT", one["id"]): one for one in events if one["origin"] == "NATIVE"}
        return found


@pytest.mark.parametrize("seed", range(4))
def test_the_state_is_rebuilt_from_the_stream_alone(make_hub: Any, seed: int) -> None:
    hub = make_hub("empty")
    walk = Walk(hub, seed)
    always = Consumer(hub)
    shops = Consumer(hub, nodeId=walk.entries[1])
    people = Consumer(hub, entity="CUSTOMER")
    for number in range(80):
        walk.step()
        if number % 5 == 0:
            always.poll(walk.random.choice([1, 3, 4000]))
            assert always.known == walk.state(), f"after step {number}"
    latecomer = Consumer(hub)
    for consumer in (always, latecomer, shops, people):
        consumer.poll(50)
    state = walk.state()
    assert always.offset > 100
    assert always.known == latecomer.known == state
    assert shops.known == walk.state(walk.entries[1:])
    assert people.known == {key: one for key, one in state.items() if key[0] == "CUSTOMER"}
