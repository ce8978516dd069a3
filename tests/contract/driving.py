"""Vendors driven in process by what `simulator check` drives servers with, each in a world of its own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.schemas import OpenApiSchema
from werkzeug.test import Client

from simulator import data
from simulator.checking.chains import chains
from simulator.checking.schemas import STEPS, Plan, driving_of, schema
from simulator.checking.servers import CLOCK, FIXTURE
from simulator.gateway import Gateway
from simulator.kernel.clock import parse_instant
from simulator.kernel.pipeline import Policy
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth
from simulator.kernel.worlds import Worlds

RANDOM = "FUZZ_EXAMPLES" in os.environ
PLAN = Plan(
    examples=int(os.environ.get("FUZZ_EXAMPLES", "20")),
    chains=int(os.environ.get("FUZZ_CHAINS", "30")),
    random=RANDOM,
)
"""`make fuzz` asks for many more, at random."""
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))
"""For generated requests: no deadline, since other work may be done on the machine."""


class Driven:
    """A vendor's gateway with one world as `simulator check` would have it, and no socket."""

    url = "http://localhost"
    time_passes = False

    def __init__(self, vendor: str) -> None:
        worlds = Worlds({vendor: discover()[vendor]}, data.FixtureFiles())
        self.vendor = worlds.vendors[vendor]
        birth = Birth(fixture=FIXTURE, start=parse_instant(CLOCK), assume=dict(driving_of(vendor).assume))
        self.world = worlds.create(birth)
        self._worlds = worlds
        self._gateway = Gateway(worlds, Policy(check_responses=True, raise_faults=True), self._no_control)
        self.app = self
        with self.world.entered():
            self.credentials = self.vendor.parts.credentials(self.world)

    def _no_control(self, _: Gateway) -> Any:
        raise AssertionError("the contract of a vendor does not reach the control API")

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """The vendor at the root, as at its real host."""
        environ["PATH_INFO"] = f"/{self.vendor.name}{environ['PATH_INFO']}"
        return self._gateway(environ, start_response)

    def begin(self) -> None:
        with self.world.entered():
            self._worlds.reset(self.world)

    def ask(self, path: str, headers: Mapping[str, str]) -> Any:
        return Client(self).get(path, headers=dict(headers)).json


def driven(vendor: str) -> tuple[Driven, OpenApiSchema]:
    """A vendor in process, and its contract ready to drive it."""
    server = Driven(vendor)
    return server, schema(vendor, server, PLAN)


def chained(server: Driven) -> Any:
    """A test case: calls chained by the contract's links, each chain in a world as new."""
    linked = schema(server.vendor.name, server, PLAN, chained=True)
    case = chains(linked, linked.as_state_machine(), server.begin).TestCase
    case.settings = settings(
        PATIENT, max_examples=PLAN.chains, stateful_step_count=STEPS, derandomize=not RANDOM
    )
    return case
