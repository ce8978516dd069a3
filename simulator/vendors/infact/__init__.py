"""Infact (NG Dialogue), Norway: datasources, campaigns, blacklists."""

from __future__ import annotations

from simulator.kernel.vendor import Parts, Vendor
from simulator.vendors.infact.paths import canonical_path, credential_of


def _parts() -> Parts:
    from simulator.vendors.infact import (  # noqa: PLC0415
        assumptions,
        auth,
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
    )


vendor = Vendor(
    name="infact",
    title="Infact",
    hosts=("api.infact.no", "betaapi.infact.no"),
    base_path="/v1",
    load_parts=_parts,
    canonical_path=canonical_path,
    credential_of=credential_of,
    secrets=frozenset({"password", "token"}),
)
