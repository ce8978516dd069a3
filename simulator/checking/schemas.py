"""A vendor's contract as schemathesis drives it: who calls, what requests name, how much is generated."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

import schemathesis
from schemathesis import Case, Config
from schemathesis.auths import AuthContext
from schemathesis.specs.openapi.schemas import OpenApiSchema
from schemathesis.transport.serialization import serialize_binary

from simulator import data
from simulator.checking.servers import Server
from simulator.kernel.contract import Contract
from simulator.kernel.driving import Credential, Driving

FORM = "application/x-www-form-urlencoded"
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
STEPS = 8
"""The most calls of one chain."""
_forms: dict[str, Callable[[Any], bytes | str]] = {}
"""How forms are written, by the title of the contract: schemathesis has one such function for all."""


@dataclass(frozen=True)
class Plan:
    """How much is sent: `examples` generated requests per operation, so many `chains` of calls; 0 is none.

    The same ones each time, or others by `seed`, or others every time (`random`). `read_only` sends only what
    changes nothing.
    """

    examples: int = 20
    chains: int = 30
    seed: int | None = None
    random: bool = False
    read_only: bool = False


def driving_of(vendor: str) -> Driving:
    """What the vendor's `checking.py` says."""
    found: Driving = importlib.import_module(f"simulator.vendors.{vendor}.checking").DRIVING
    return found


def schema(vendor: str, server: Server, plan: Plan, *, chained: bool = False) -> OpenApiSchema:
    """The contract, ready to drive the server by; `chained` for calls that follow its links."""
    driving = driving_of(vendor)
    config = Config.from_dict(_profile(vendor, server, plan, chained=chained))
    made = schemathesis.openapi.from_dict(data.contract(vendor), config=config)
    if server.app is not None:
        made.app = server.app
    made.auth(refresh_interval=None)(_authentication(driving, server))
    _arranged(made, driving, server, chained=chained)
    _files_as_they_are(made)
    if driving.write_form:
        _forms[made.raw_schema["info"]["title"]] = driving.write_form
        schemathesis.serializer(FORM)(_written)
    if chained and driving.apart:
        return cast(OpenApiSchema, made.exclude(operation_id=list(driving.apart)))
    return made


def changes_nothing(operation: Mapping[str, Any], method: str) -> bool:
    """Whether an operation only reads: what its contract says (`x-read-only`), else whether it is a GET."""
    return bool(operation.get("x-read-only", method.upper() == "GET"))


def only_read() -> None:
    """From now on, and in the whole process, nothing is sent that writes, whatever comes up with it."""

    @schemathesis.hook
    def before_call(_: Any, case: Case[Any], __: Any) -> None:
        operation = case.operation
        declared = case.method.upper() == operation.method.upper()
        if not declared or not changes_nothing(operation.definition.raw, case.method):
            raise PermissionError(f"{case.method} {case.path} may write; --no-read-only allows it")


def _profile(vendor: str, server: Server, plan: Plan, *, chained: bool) -> dict[str, Any]:
    """The vendor's own settings, with how much this run is to generate and where it goes."""
    path = data.root() / "contracts" / vendor / "schemathesis.toml"
    settings = tomllib.loads(path.read_text(encoding="utf-8"))
    settings["generation"] = settings.get("generation", {}) | {
        "max-examples": max(plan.examples, 1),
        "deterministic": plan.seed is None and not plan.random,
    }
    if plan.seed is not None:
        settings["seed"] = plan.seed
    # what earlier runs learned would make this one another
    settings["cache"] = {"enabled": False}
    by_itself: dict[str, Any] = {"enabled": not chained}
    of_chains = settings.get("phases", {}).get("stateful", {}).get("generation", {})
    settings["phases"] = {
        "examples": by_itself,
        "fuzzing": by_itself,
        "coverage": by_itself | ({"unexpected-methods": []} if plan.read_only else {}),
        # chains follow the links written in the contract, and no guessed ones
        "stateful": {
            "enabled": chained,
            "max-steps": STEPS,
            "inference": {"algorithms": []},
            "generation": of_chains | {"max-examples": plan.chains},
        },
    }
    if server.time_passes:
        # as long as it says: a real vendor may limit how often it is called
        settings["rate-limit"] = "auto"
    if server.app is None:
        settings["base-url"] = server.url
        # the working directory is the user's
        settings["generation"]["database"] = "none"
    if plan.read_only:
        settings.setdefault("checks", {})["unsupported_method"] = {"enabled": False}
    return settings


def _authentication(driving: Driving, server: Server) -> Any:
    """Who may call an operation calls it; tests of bad credentials may still replace who."""

    class Caller:
        def get(self, _: Case[Any], context: AuthContext) -> Credential | None:
            return driving.credential(context.operation.definition.raw, server.credentials, server.ask)

        def set(self, case: Case[Any], found: Credential | None, _: AuthContext) -> None:
            if found is not None and found.place == "query":
                case.query = {**(case.query or {}), found.name: found.value}
            elif found is not None:
                case.headers[found.name] = found.value

    return Caller


def _arranged(made: OpenApiSchema, driving: Driving, server: Server, *, chained: bool) -> None:
    known = driving.begin(server.credentials) if chained else {}

    def arrange(context: Any, place: str, value: Any) -> Any:
        return driving.arrange(
            context.operation.definition.raw["operationId"], place, value, server.credentials
        )

    @made.hook
    def map_path_parameters(context: Any, path_parameters: Any) -> Any:
        arranged = arrange(context, "path", path_parameters)
        return arranged and {
            name: known[name] if name in known and _alike(value, known[name]) else value
            for name, value in arranged.items()
        }

    @made.hook
    def map_query(context: Any, query: Any) -> Any:
        return arrange(context, "query", query)

    @made.hook
    def map_body(context: Any, body: Any) -> Any:
        return arrange(context, "body", body)

    if driving.media_types is not None:
        sent = {None, *driving.media_types}

        @made.hook
        def filter_case(_: Any, case: Case[Any]) -> bool:
            return case.media_type in sent


def _files_as_they_are(made: OpenApiSchema) -> None:
    """What is of a media type that schemathesis does not know, such as PDF, is sent as the bytes it is."""
    contract = Contract(made.raw_schema)
    for operation in contract.operations.values():
        if "requestBody" not in operation.document:
            continue
        _, body = contract.resolved(f"{operation.pointer}/requestBody")
        for name, content in body["content"].items():
            parts = [part.get("contentType", name) for part in content.get("encoding", {}).values()]
            for media in {name, *(each.strip() for part in parts for each in part.split(","))}:
                if made.transport.get_first_matching_media_type(media) is None:
                    schemathesis.serializer(media)(lambda _, value: serialize_binary(value))


def _alike(value: Any, known: Any) -> bool:
    """Whether a generated value is such a one as the known: what was bent on purpose stays bent."""
    if isinstance(known, str) and UUID.fullmatch(known):
        return isinstance(value, str) and bool(UUID.fullmatch(value))
    return type(value) is type(known) and re.fullmatch(r"[1-9A-Za-z]\w{0,63}", str(value)) is not None


def _written(context: Any, value: Any) -> bytes:
    write = _forms.get(context.case.operation.schema.raw_schema["info"]["title"])
    if write:
        text = write(value)
    elif isinstance(value, Mapping):
        text = urlencode(value, doseq=True, errors="surrogatepass")
    else:
        text = value if isinstance(value, bytes | str) else str(value)
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
