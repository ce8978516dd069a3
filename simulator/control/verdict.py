"""GET verdict: what the addressed world's clients did against the contracts, for people and for CI."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from simulator.control.masking import Mask
from simulator.control.wire import address, entered, gateway, query, vendor_named
from simulator.gateway import CONTROL
from simulator.kernel.routes import Routes
from simulator.verdicts.document import verdict
from simulator.verdicts.formats import FORMATS

routes = Routes()


@routes.get("/verdict", "getVerdict")
def get_verdict() -> Response:
    wanted = query()
    vendors = gateway().vendors
    if "vendor" in wanted:
        found = vendor_named(wanted["vendor"], at="query /vendor")
        vendors = {found.name: found}
    with entered() as (world, _):
        har = f"{address(world)}/{CONTROL}/requests.har"
        document = verdict(world.name, world.tally, vendors, gateway().contract, har)
    for name in ("violations", "deviations"):
        document[name] = [_masked(row) for row in document[name]]
    media, render = FORMATS[wanted.get("format") or _accepted()]
    return Response(render(document), content_type=f"{media}; charset=utf-8")


def _masked(row: dict[str, Any]) -> dict[str, Any]:
    return Mask(gateway().vendors[row["vendor"]].secrets).finding(row)


def _accepted() -> str:
    """The first format whose media type the client prefers; JSON where it does not care."""
    by_media = {media: name for name, (media, _) in FORMATS.items()}
    return by_media[request.accept_mimetypes.best_match(by_media) or "application/json"]
