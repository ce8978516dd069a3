"""Drives a vendor in process with schemathesis: one world, fresh for each chain of calls."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast
from urllib.parse import unquote

import schemathesis
from hypothesis import HealthCheck, reject, settings
from schemathesis import Case, Config
from schemathesis.specs.openapi.schemas import OpenApiSchema

from simulator import data
from simulator.gateway import Gateway
from simulator.kernel.clock import parse_instant
from simulator.kernel.pipeline import Policy
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth
from simulator.kernel.worlds import Worlds

CLOCK = "2024-03-01T08:00:00Z"
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "20"))
"""Generated requests per operation; `make fuzz` asks for many more, at random."""
CHAINS = int(os.environ.get("FUZZ_CHAINS", "30"))
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
RANDOM = "FUZZ_EXAMPLES" in os.environ
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))
"""For generated requests: no deadline, since other work may be done on the machine."""


class Driven:
    """A vendor's gateway with one world, of fixture `docs`; `assume` as a world's birth has it."""

    def __init__(self, vendor: str, assume: Mapping[str, Any] | None = None) -> None:
        worlds = Worlds({vendor: discover()[vendor]}, data.FixtureFiles())
        self.vendor = worlds.vendors[vendor]
        birth = Birth(fixture="docs", start=parse_instant(CLOCK), assume=dict(assume or {}))
        self.world = worlds.create(birth)
        self._worlds = worlds
        self._gateway = Gateway(worlds, Policy(check_responses=True, raise_faults=True), self._no_control)

    def _no_control(self, _: Gateway) -> Any:
        raise AssertionError("the contract of a vendor does not reach the control API")

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """The vendor at the root, as at its real host."""
        environ["PATH_INFO"] = f"/{self.vendor.name}{environ['PATH_INFO']}"
        return self._gateway(environ, start_response)

    def reset(self) -> None:
        with self.world.entered():
            self._worlds.reset(self.world)


def profile(vendor: str) -> dict[str, Any]:
    """The vendor's own settings, with how much this run is to generate."""
    path = data.root() / "contracts" / vendor / "schemathesis.toml"
    settings = tomllib.loads(path.read_text(encoding="utf-8"))
    generation = settings.setdefault("generation", {})
    generation["max-examples"] = EXAMPLES
    generation["deterministic"] = not RANDOM
    # chains follow the links written in the contract, and no guessed ones
    settings["phases"] = {"stateful": {"inference": {"algorithms": []}}}
    return settings


def schema(
    vendor: str, authentication: Callable[[Driven], Any], driven: Driven | None = None, **known: Any
) -> tuple[Driven, OpenApiSchema]:
    """A driven vendor and its contract, with an authentication provider made for it.

    `known` path parameters are given these values where no link gives one: chains need a place to begin.
    """
    driven = driven or Driven(vendor)
    made = schemathesis.openapi.from_dict(data.contract(vendor), config=Config.from_dict(profile(vendor)))
    made.app = driven
    made.auth(refresh_interval=None)(authentication(driven))
    if known:

        @made.hook
        def map_path_parameters(context: Any, path_parameters: Any) -> Any:
            return path_parameters and {
                name: known[name] if name in known and _alike(value, known[name]) else value
                for name, value in path_parameters.items()
            }

    return driven, made


def _alike(value: Any, known: Any) -> bool:
    """Whether a generated value is such a one as the known: what was bent on purpose stays bent."""
    if isinstance(known, str) and UUID.fullmatch(known):
        return isinstance(value, str) and bool(UUID.fullmatch(value))
    return type(value) is type(known) and re.fullmatch(r"[1-9A-Za-z]\w{0,63}", str(value)) is not None


def chains(driven: Driven, made: OpenApiSchema, without: Sequence[str] = ()) -> Any:
    """A test case: calls chained by the contract's links, each chain in a world as new.

    `without` operations, which are driven by themselves only.
    """
    linked = cast(OpenApiSchema, made.exclude(operation_id=list(without)) if without else made)

    class Chain(linked.as_state_machine()):  # type: ignore[misc]
        def setup(self) -> None:
            super().setup()
            driven.reset()

        def before_call(self, case: Case[Any]) -> None:
            # what was stored under an id with a slash cannot be addressed: WSGI decodes paths (PEP 3333)
            if any("/" in unquote(str(value)) for value in (case.path_parameters or {}).values()):
                reject()

    case = Chain.TestCase
    case.settings = settings(PATIENT, max_examples=CHAINS, stateful_step_count=8, derandomize=not RANDOM)
    return case
