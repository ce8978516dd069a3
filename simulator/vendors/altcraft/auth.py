"""Who calls: a token in the body, the header or the query, and what its roles and groups let it do."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.wrappers import Request

from simulator.kernel.authorization import bearer
from simulator.kernel.errors import Forbidden, Malformed, NotFound, Unauthenticated
from simulator.kernel.pipeline import exchange
from simulator.kernel.store import Collection, Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft import wire
from simulator.vendors.altcraft.state import DATABASES, PROFILES, RESOURCES, SEGMENTS, TOKENS

RIGHTS = {
    "deleteProfile": "profiles.delete",
    "getProfile": "profiles.read",
    "listProfileSubscriptions": "profiles.read",
    "getSubscription": "profiles.read",
    "listSubscriptions": "profiles.read",
    "listDatabases": "databases.read",
    "getDatabase": "databases.read",
    "getDatabaseFields": "databases.read",
    "listResources": "resources.read",
    "getResource": "resources.read",
    "getResourceFields": "resources.read",
    "addSegment": "segments.write",
    "importAndStartTrigger": "campaigns.write",
    "startTrigger": "campaigns.write",
    "importAndStartWorkflow": "campaigns.write",
}
"""What a token must be allowed; everything else is profiles.write (altcraft.permission-names)."""


@dataclass(frozen=True)
class Caller:
    """A token: its account, what it may do, and the groups whose databases and resources it sees."""

    account: int
    rights: frozenset[str]
    groups: frozenset[int]

    def sees(self, thing: Document) -> bool:
        """Whether a database or resource is one of its account and groups (altcraft.token-groups)."""
        groups = {group["id"] for group in thing["groups"]}
        return thing["account"] == self.account and (not groups or bool(groups & self.groups))

    def database(self, world: World, id: int) -> Document:
        """A database that it sees. Raises NotFound."""
        return self._found(world, DATABASES, id, "database")

    def resource(self, world: World, id: int) -> Document:
        """A resource that it sees. Raises NotFound."""
        return self._found(world, RESOURCES, id, "resource")

    def segment(self, world: World, id: int) -> Document:
        """A segment of a database that it sees. Raises NotFound."""
        found = world.store.table(SEGMENTS).get(id)
        database = world.store.table(DATABASES).get(found["list_id"]) if found else None
        if found is None or database is None or not self.sees(database):
            raise NotFound(f"segment {id}")
        return found

    def profile(self, world: World, database: int, id: str) -> Document:
        """A profile of a database that it sees. Raises NotFound."""
        kept = self.database(world, database)
        found = world.store.table(PROFILES).get(id)
        if found is None or found["database"] != kept["id"]:
            raise NotFound(f"profile {id}")
        return found

    def _found(self, world: World, collection: Collection, id: int, kind: str) -> Document:
        found = world.store.table(collection).get(id)
        if found is not None and self.sees(found):
            return found
        if found is not None:
            world.assume(rules.TOKEN_GROUPS)
        raise NotFound(f"{kind} {id}")


def authenticate(world: World, request: Request, operation: str) -> Caller:
    """The token's rights. Raises Malformed before anything else, then Unauthenticated, then Forbidden."""
    token = world.store.table(TOKENS).first("token", _presented(world, request))
    if token is None or not token["active"]:
        raise Unauthenticated("Bearer", presented=True)
    right = RIGHTS.get(operation, "profiles.write")
    if right not in token["permissions"]:
        world.assume(rules.PERMISSION_NAMES)
        raise Forbidden(right)
    return Caller(token["account"], frozenset(token["permissions"]), frozenset(token["groups"]))


def _presented(world: World, request: Request) -> str:
    """The first token given: in the body, the header, the query. Raises Unauthenticated, Malformed."""
    if not exchange().payload.raw:
        raise Malformed("a body is wanted")
    header = bearer(request.headers.get("Authorization", ""))
    given = [text for text in (wire.sent().get("token"), header, request.args.get("token")) if text]
    if not given:
        raise Unauthenticated("Bearer")
    if len(set(map(str, given))) > 1:
        world.assume(rules.TOKEN_ORDER)
    if not isinstance(given[0], str):
        raise Malformed("/token is not a string")
    return given[0]
