"""What a query says no to, and which rows it selects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.infact.state import Customer, Object


def check(world: World, customer: Customer, datasource_id: int, query: Mapping[str, Any]) -> Object:
    """The object a loaded query selects from.

    Raises NotFound for the datasource, Invalid with keys such as `Query.ObjectName` or
    `Query.Filter[0].Operations[0].Value` for what the query names or compares wrongly.
    """
    raise NotImplementedError


def select(world: World, customer: Customer, datasource_id: int, query: Mapping[str, Any]) -> list[Document]:
    """The rows of a query, as stored ({id, values, tags}), in the order to send in.

    Raises what `check` raises.
    """
    raise NotImplementedError
