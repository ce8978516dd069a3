"""Altcraft Platform, Russia: profile import, and what one calls to see what it did."""

from __future__ import annotations

from simulator.kernel.vendor import Parts, Vendor
from simulator.vendors.altcraft.paths import canonical_path, credential_of


def _parts() -> Parts:
    from simulator.vendors.altcraft import (  # noqa: PLC0415
        assumptions,
        auth,
        errors,
        fixture,
        operations,
        state,
        stored_shape,
        xml,
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
        decoders=dict.fromkeys(xml.MEDIA_TYPES, xml.read),
    )


vendor = Vendor(
    name="altcraft",
    title="Altcraft Platform",
    hosts=("*.altkraft.com", "*.altcraft.com"),
    base_path="/api/v1.1",
    load_parts=_parts,
    canonical_path=canonical_path,
    credential_of=credential_of,
    secrets=frozenset({"token", "rtoken"}),
)
