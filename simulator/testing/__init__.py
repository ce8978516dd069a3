"""What clients are tested with: run unchanged, aimed at the simulator, kept from the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.testing.case import SimulatorTestCase
    from simulator.testing.handle import Simulator, simulating
    from simulator.testing.links import SimulatorError
    from simulator.testing.verdict import ContractBroken

__all__ = ["ContractBroken", "Simulator", "SimulatorError", "SimulatorTestCase", "simulating"]
WHERE = {
    "ContractBroken": "verdict",
    "Simulator": "handle",
    "SimulatorError": "links",
    "SimulatorTestCase": "case",
    "simulating": "handle",
}


def __getattr__(name: str) -> Any:
    """pytest loads our plugin, and with it this package, in every run: it costs what is asked for."""
    from importlib import import_module  # noqa: PLC0415

    if name not in WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{WHERE[name]}"), name)
