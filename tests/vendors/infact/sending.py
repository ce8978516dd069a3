"""Campaigns as tests send them, and what is kept of them."""

from __future__ import annotations

from typing import Any

from tests.vendors.infact.bodies import campaign, obsolete


def send(infact: Any, *recipients: dict[str, Any], **more: Any) -> None:
    """An automatic campaign of the obsolete API."""
    answer = infact.post("/Campaign", obsolete(Recipients=list(recipients), **more), auth="basic")
    assert answer.status_code == 200, answer.text


def send_columns(infact: Any, *recipients: dict[str, Any], kind: str = "SMS", **more: Any) -> None:
    """A campaign of the current API."""
    answer = infact.post("/Campaigns", campaign(kind, Recipients=list(recipients), **more))
    assert answer.status_code == 200, answer.text


def reached(infact: Any) -> list[str]:
    return [message["to"] for message in infact.sent]


def document(infact: Any, number: int = 70001) -> dict[str, Any]:
    with infact.world.entered():
        found: dict[str, Any] = infact.world.store.tables()["infact/campaigns"][number]
        return found
