"""The demo, which a simulator starts with, answers as the contract says."""

from __future__ import annotations

import pytest

from simulator.kernel.vendor import discover
from tests.simulated import Simulated, worlds_of
from tests.walking import Walk


@pytest.mark.parametrize("vendor", discover())
def test_every_operation_answers_as_the_contract_says(vendor: str) -> None:
    """Each answer is held to it as it is made, also where an example names what the demo has not.

    Seen to fail with Footprints' offline campaigns as sparse as they were entered.
    """
    with worlds_of(vendor, "2024-03-01T08:00:00Z") as make:
        world, client, credentials = make("demo")
        simulated = type("Walked", (Simulated,), {"vendor": vendor})(world, client)
        statuses = Walk(simulated, credentials).all()
    assert sum(min(found) < 400 for found in statuses.values()) > 0.3 * len(statuses)
