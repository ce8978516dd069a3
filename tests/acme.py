"""Acme: a vendor small enough to read, on which the kernel and the control API are tested.

`serve()` makes a whole server in process: worlds, gateway, control API and an HTTP client.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import orjson
from flask import Flask, Response, request
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Request

from simulator.control import Guard, create_control
from simulator.gateway import Gateway
from simulator.kernel import errors
from simulator.kernel.assumptions import Assumption
from simulator.kernel.contract import Contract, closed
from simulator.kernel.errors import DomainError
from simulator.kernel.media import answered
from simulator.kernel.pipeline import Policy, exchange
from simulator.kernel.routes import Routes
from simulator.kernel.store import Collection, on
from simulator.kernel.vendor import Parts, Vendor
from simulator.kernel.verdict import judge_response
from simulator.kernel.world import Birth, World
from simulator.kernel.worlds import Log, Worlds
from tests.acme_contract import DOCUMENT

ACCOUNTS = Collection("acme/accounts", (on("key", unique=True),))
THINGS = Collection("acme/things", (on("name", unique=True), on("color")))
GONE = Assumption(
    "acme.delete-missing", 404, "Deleting what is gone is an error.", "a guess", "204", (404, 204)
)
KEY = "acme-key"
STATUS = {
    errors.Malformed: 400,
    errors.Invalid: 422,
    errors.Unauthenticated: 401,
    errors.NotFound: 404,
    errors.UnknownOperation: 404,
    errors.MethodNotAllowed: 405,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.InternalFault: 500,
}

routes = Routes()


def answer(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, content_type="application/json")


def body() -> dict[str, Any]:
    payload = exchange().payload
    if payload.error is not None:
        raise errors.Malformed(payload.error)
    if not isinstance(payload.value, dict):
        raise errors.Invalid({"": ["an object is wanted"]})
    return payload.value


@routes.post("/v1/things", "createThing")
def create_thing() -> Response:
    world, wanted = exchange().world, {key.lower(): value for key, value in body().items()}
    things = world.store.table(THINGS)
    taken = things.first("name", wanted.get("name"))
    thing = {
        "id": world.store.sequence("acme/thing"),
        "name": wanted.get("name"),
        "color": wanted.get("color"),
    }
    thing["serial"] = world.random("acme/serial").randint(1000, 9999)
    thing["secret"] = world.token("acme/secret")
    if taken is None:
        things.put(thing)
    # refused after the write on purpose: nothing of it may stay
    if taken is not None:
        raise errors.Conflict("the name is taken")
    if wanted.get("name") == "explode":
        raise ZeroDivisionError("as asked")
    if wanted.get("name") == "forbidden":
        raise errors.Invalid({"name": ["may not be that"]})
    return answer(thing, 201)


@routes.get("/v1/things/<int:thing_id>", "getThing")
def get_thing(thing_id: int) -> Response:
    thing = exchange().world.store.table(THINGS).get(thing_id)
    if thing is None:
        raise errors.NotFound(f"no thing {thing_id}")
    return answer(thing)


@routes.delete("/v1/things/<int:thing_id>", "deleteThing")
def delete_thing(thing_id: int) -> Response:
    world = exchange().world
    if not world.store.table(THINGS).delete(thing_id) and world.assume(GONE) == 404:
        raise errors.NotFound(f"no thing {thing_id}")
    return Response(status=204)


@routes.post("/v1/things/<int:thing_id>/reminders", "remindLater")
def remind_later(thing_id: int) -> Response:
    """Reminds `to` after so many minutes; `again` times more, each as much later."""
    world, wanted = exchange().world, body()
    due = world.clock.now() + timedelta(minutes=wanted["minutes"])
    return answer({"reminder": world.agenda.add(due, "acme", "remind", {"thing": thing_id, **wanted})}, 202)


def remind(world: World, data: dict[str, Any]) -> None:
    thing = world.store.table(THINGS)[data["thing"]]
    world.outbox.send("acme", "sms", data["to"], f"Think of {thing['name']}", cause={"thing": thing["id"]})
    if data.get("again"):
        due = world.clock.now() + timedelta(minutes=data["minutes"])
        world.agenda.add(due, "acme", "remind", {**data, "again": data["again"] - 1})


def authenticate(world: World, request: Request, operation: str) -> Any:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    account = world.store.table(ACCOUNTS).first("key", key) if scheme == "Bearer" else None
    if account is None:
        raise errors.Unauthenticated("Bearer", presented=bool(key))
    return account["id"]


def render_error(world: World, request: Request, error: DomainError) -> Response:
    response = answer({"acme": type(error).__name__, "why": error.detail}, STATUS[type(error)])
    if isinstance(error, errors.MethodNotAllowed):
        response.headers["Allow"] = ", ".join(error.allow)
    return response


def plant(world: World, document: Mapping[str, Any]) -> None:
    """{accounts: [{id, key}], things: [{name, color}]}"""
    for account in document.get("accounts", []):
        world.store.table(ACCOUNTS).put({"id": account["id"], "key": account["key"]})
    for thing in document.get("things", []):
        number = world.store.sequence("acme/thing")
        world.store.table(THINGS).put({"id": number, "name": thing["name"], "color": thing.get("color")})


def credentials(world: World) -> dict[str, Any]:
    return {"key": next((account["key"] for account in world.store.table(ACCOUNTS).scan()), None)}


def personalise(world: World, suffix: str) -> None:
    for account in list(world.store.table(ACCOUNTS).scan()):
        account["key"] = f"{account['key']}-{suffix}"
        world.store.table(ACCOUNTS).put(account)
        world.claim("acme", account["key"])


def credential_of(environ: Mapping[str, str]) -> str | None:
    return environ.get("HTTP_AUTHORIZATION", "").partition(" ")[2] or None


def acme(name: str = "acme") -> Vendor:
    return Vendor(
        name=name,
        title="Acme",
        hosts=("api.acme.example", "*.things.example"),
        base_path="/v1",
        load_parts=lambda: Parts(
            routes=routes.register,
            authenticate=authenticate,
            render_error=render_error,
            plant=plant,
            credentials=credentials,
            personalise=personalise,
            work={"remind": remind},
            assumptions=(GONE,),
            collections=(ACCOUNTS, THINGS),
        ),
        credential_of=credential_of,
        secrets=frozenset({"key", "secret"}),
    )


class InMemory:
    """Fixtures `empty` and `demo`."""

    documents: Mapping[str, Mapping[str, Any]] = {
        "empty": {"accounts": [{"id": 1, "key": KEY}]},
        "demo": {
            "accounts": [{"id": 1, "key": KEY}],
            "things": [{"name": "anvil", "color": "black"}, {"name": "rocket", "color": "red"}],
        },
    }

    def names(self, vendor: str) -> list[str]:
        return sorted(self.documents)

    def read(self, vendor: str, name: str) -> Mapping[str, Any]:
        return self.documents[name]


def contract(**extra: Any) -> Contract:
    """Acme's contract, with what a test adds at its top."""
    return Contract({**DOCUMENT, **extra}, "acme00acme00")


@dataclass
class Server:
    """A server in process. Bodies go as JSON; control answers are held to the control API's own document."""

    worlds: Worlds
    gateway: Gateway
    client: Client

    @property
    def world(self) -> World:
        return cast(World, self.worlds.get("default"))

    def call(
        self, method: str, path: str, body: Any = None, *, key: str = KEY, **options: Any
    ) -> TestResponse:
        """A request to Acme, below `/acme` unless the path says where."""
        headers = {"Authorization": f"Bearer {key}"} | options.pop("headers", {})
        if body is not None:
            options["json"] = body
        path = path if path.startswith(("/acme", "/_worlds")) else f"/acme{path}"
        return self.client.open(path, method=method, headers=headers, **options)

    def create(self, name: str, *, at: str = "/acme", key: str = KEY, **more: Any) -> TestResponse:
        return self.call("POST", f"{at}/v1/things", {"name": name, **more}, key=key)

    def control(
        self, method: str, path: str, body: Any = None, *, world: str | None = None, **options: Any
    ) -> TestResponse:
        """A request to the control API, in `world` if given."""
        if body is not None:
            options["json"] = body
        prefix = f"/_worlds/{world}" if world else ""
        return self.client.open(f"{prefix}/_simulator{path}", method=method, buffered=True, **options)

    def get(self, path: str, **options: Any) -> Any:
        """The JSON of a control request that must succeed."""
        response = self.control("GET", path, **options)
        assert response.status_code == 200, response.text
        return response.json

    def ids(self, **options: Any) -> list[Any]:
        return [thing["id"] for thing in self.get("/state/acme/things", **options)["documents"]]


class Ticking:
    """A system clock that a test moves."""

    def __init__(self, now: datetime = datetime(2024, 6, 1, 12, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


BIRTH = Birth(start=datetime(2024, 1, 1, 8, tzinfo=UTC))
STRICT = Policy(check_responses=True, raise_faults=True)


def serve(
    *,
    birth: Birth = BIRTH,
    policy: Policy = STRICT,
    guard: Guard | None = None,
    log: Log | None = None,
    system: Callable[[], datetime] | None = None,
    journal_limit: int = 1000,
    document: Mapping[str, Any] | None = None,
    vendors: Mapping[str, Vendor] | None = None,
) -> Server:
    """A server with one default world; `document` is added to Acme's contract."""
    worlds = Worlds(
        vendors or {"acme": acme()},
        InMemory(),
        log=log,
        system=system or Ticking(),
        journal_limit=journal_limit,
    )
    worlds.create(birth)
    return over(worlds, policy=policy, guard=guard, document=document)


def over(
    worlds: Worlds,
    *,
    policy: Policy = STRICT,
    guard: Guard | None = None,
    document: Mapping[str, Any] | None = None,
    after: Callable[[], None] = lambda: None,
) -> Server:
    """A server over worlds that are there already."""
    gateway = Gateway(
        worlds,
        policy,
        lambda gateway: held_to_its_document(create_control(gateway, guard)),
        after=after,
        contracts=lambda _: contract(**(document or {})),
    )
    return Server(worlds, gateway, Client(gateway))


def held_to_its_document(app: Flask) -> Flask:
    """The control API, failing on any answer that its own OpenAPI document does not describe."""
    promised = Contract(closed(app.contract.document))  # type: ignore[attr-defined]

    @app.after_request
    def judge(response: Response) -> Response:
        if request.endpoint is not None and request.method != "HEAD":
            response.direct_passthrough = False
            found = judge_response(promised.operations[request.endpoint], response, answered(response, {}))
            assert not found, found
        return response

    return app
