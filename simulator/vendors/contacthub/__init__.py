"""Contacthub (Contactlab), Italy: customers, events, nodes, bulk jobs, updates, analytics."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.kernel.authorization import bearer
from simulator.kernel.vendor import Parts, Vendor


def _parts() -> Parts:
    from simulator.vendors.contacthub import (  # noqa: PLC0415
        assumptions,
        auth,
        cors,
        errors,
        fixture,
        operations,
        state,
        stored_shape,
    )

    return Parts(
        routes=operations.register,
        authenticate=auth.authenticate,
        render_error=errors.render,
        plant=fixture.plant,
        credentials=fixture.credentials,
        personalise=fixture.personalise,
        work=operations.WORK,
        collections=state.COLLECTIONS,
        arrange=stored_shape.arrange,
        remove=stored_shape.remove,
        assumptions=tuple(assumptions.ALL),
        preflight=cors.preflight,
    )


def _token(environ: Mapping[str, str]) -> str | None:
    return bearer(environ.get("HTTP_AUTHORIZATION", ""))


vendor = Vendor(
    name="contacthub",
    title="Contacthub",
    hosts=("api.contactlab.it",),
    base_path="/hub/v1",
    load_parts=_parts,
    credential_of=_token,
    secrets=frozenset({"token", "password"}),
)
