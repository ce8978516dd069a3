"""Users of a workspace with the nodes they may use, and who the caller is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.kernel.errors import NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.nodes import service as nodes
from simulator.vendors.contacthub.state import SOURCES, TOKENS, USERS, WORKSPACES

SEARCHED = ("name", "surname", "username", "email")


def listed(world: World, workspace_id: str, search: str | None) -> list[Document]:
    """The users in whose name, surname, username or e-mail address the text stands."""
    found = world.store.table(USERS).find("workspace", workspace_id)
    if not search:
        return found
    wanted = search.casefold()
    return [
        user for user in found if any(wanted in text.casefold() for text in [_full_name(user), *_texts(user)])
    ]


def _texts(user: Document) -> Iterable[str]:
    return (user[name] for name in SEARCHED if user.get(name))


def _full_name(user: Document) -> str:
    return " ".join(part for part in (user.get("name"), user.get("surname")) if part)


def find(world: World, workspace_id: str, user_id: str) -> Document:
    """Raises NotFound."""
    # a key longer than any number in use is nobody's, and int() would refuse thousands of digits
    number = int(user_id) if user_id.isascii() and user_id.isdigit() and len(user_id) < 20 else None
    found = None if number is None else world.store.table(USERS).get(number)
    if found is None or found["workspace"] != workspace_id:
        raise NotFound(f"user not found {user_id}")
    return found


def shown(world: World, user: Document) -> dict[str, Any]:
    """The user as the API shows it, with the nodes that the user is limited to, if any."""
    world.assume(rules.USER_NODES)
    token = world.store.table(TOKENS).first("user", user["id"])
    rights = (token["nodes"] if token else None) or {}
    return {
        "id": user["id"],
        "name": _full_name(user),
        "registeredAt": user.get("registeredAt"),
        "updatedAt": user.get("updatedAt"),
        "nodes": [{"id": node_id, "permission": right} for node_id, right in rights.items()],
    }


def change(world: World, workspace_id: str, user_id: str, given: Iterable[Mapping[str, Any]]) -> Document:
    """Replace the nodes of a user, and so what the user's token opens; none is all. Raises NotFound."""
    user = find(world, workspace_id, user_id)
    world.assume(rules.SOURCE_NODES)
    rights = {
        nodes.node(world, workspace_id, each["id"])["id"]: each.get("permission", "R") for each in given
    }
    user["updatedAt"] = dates.shown(world.clock.now())
    world.store.table(USERS).put(user)
    world.assume(rules.USER_NODES)
    tokens = world.store.table(TOKENS)
    for token in tokens.find("user", user["id"]):
        tokens.put(token | {"nodes": rights or None})
    return user


def me(world: World, caller: Caller) -> dict[str, Any]:
    """Who calls, and what is open to it: groups of workspaces with their nodes."""
    who = world.store.table(USERS).get(caller.user) if caller.user is not None else None
    if who is None:
        who = _machine(world, caller)
    return {
        "id": who["id"],
        "name": who.get("name"),
        "surname": who.get("surname"),
        "groups": _groups(world, caller),
        "lang": who.get("lang"),
        "email": who.get("email"),
        "roles": sorted(caller.roles),
        "mc": bool(who.get("mc")),
    }


def _machine(world: World, caller: Caller) -> Document:
    world.assume(rules.SOURCE_ME)
    source = world.store.table(SOURCES).get(caller.source) if caller.source is not None else None
    return {"id": caller.token or 0, "name": source["name"] if source else None}


def _groups(world: World, caller: Caller) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    table = world.store.table(WORKSPACES)
    for workspace_id in caller.workspaces:
        workspace = table.get(workspace_id)
        if workspace is not None:
            number = workspace["groupPk"]
            group = {"id": number, "name": _group_name(world, workspace), "workspaces": []}
            found.setdefault(number, group)["workspaces"].append(_opened(world, caller, workspace))
    return list(found.values())


def _group_name(world: World, workspace: Document) -> str:
    """As the fixture has it; no operation sets it."""
    if "group" in workspace:
        return str(workspace["group"])
    world.assume(rules.GROUP_NAME)
    return f"Group {workspace['groupPk']}"


def _opened(world: World, caller: Caller, workspace: Document) -> dict[str, Any]:
    own = caller.nodes
    return {
        "id": workspace["id"],
        "name": workspace["name"],
        "status": workspace["status"],
        "nodes": [
            {
                "id": node["id"],
                "name": node["name"],
                "type": node["nodeType"],
                "permission": "RW" if own is None else own[node["id"]],
            }
            for node in nodes.listed(world, workspace["id"])
            if own is None or node["id"] in own
        ],
    }
