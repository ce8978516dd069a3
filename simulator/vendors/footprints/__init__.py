"""Footprints for Retail, Romania: leads, customers, loyalty, web and mobile tracking."""

from __future__ import annotations

from simulator.kernel.vendor import Parts, Vendor
from simulator.vendors.footprints.paths import credential_of


def _parts() -> Parts:
    from simulator.vendors.footprints import (  # noqa: PLC0415
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
        assumptions=tuple(assumptions.ALL),
        collections=state.COLLECTIONS,
        arrange=stored_shape.arrange,
        remove=stored_shape.SHAPES.remove,
        preflight=cors.preflight,
    )


vendor = Vendor(
    name="footprints",
    title="Footprints for Retail",
    hosts=("*.footprints-ai.com", "*.footprintsforretail.com"),
    base_path="",
    load_parts=_parts,
    credential_of=credential_of,
    secrets=frozenset({"secret", "password", "pin", "token", "refresh"}),
)
