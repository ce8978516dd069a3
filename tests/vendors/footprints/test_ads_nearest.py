"""What apps ask for: the location that is nearest to the device."""

from __future__ import annotations

from typing import Any

from tests.vendors.footprints.conftest import Footprints, MakeFootprints, docs
from tests.vendors.footprints.test_ads import ANA, NEAREST, NOBODY, ask

IASI, CLUJ = [47.16, 27.59], [46.77, 23.6]


def two_malls() -> dict[str, Any]:
    """The docs fixture with malls in two towns instead of its location, latitude first."""
    towns = {"Iasi": IASI, "Cluj": CLUJ}
    document = docs()
    mall = document["locations"][0]
    further = [
        mall | {"id": f"5a00000000000000000014{n:02}", "name": name, "coords": coords}
        for n, (name, coords) in enumerate(towns.items())
    ]
    return document | {"locations": [mall, *further]}


def test_the_location_nearest_to_the_last_position(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(two_malls())
    assert ask(footprints, NEAREST) is None
    for lat, lon, name in ((47.0, 27.0, "Iasi"), (46.0, 24.0, "Cluj"), (0.5, -0.5, "Mega Mall")):
        position = {"mid": ANA, "lat": lat, "lon": lon}
        assert footprints.put("/mobileapi/geo", json=position).status_code == 200
        footprints.post("/mobileapi/send", json={"mid": ANA, "requestType": "action", "actionType": "visit"})
        assert ask(footprints, NEAREST)["name"] == name
    assert ask(footprints, NEAREST, mid=NOBODY) is None


def test_coordinates_may_have_the_longitude_first(make_footprints: MakeFootprints) -> None:
    document = two_malls()
    document["locations"][1] |= {"coords": [40, 10]}
    document["locations"][2] |= {"coords": [10, 40]}
    for order, name in (("lat-lon", "Iasi"), ("lon-lat", "Cluj")):
        footprints = make_footprints(document, nearest_location=order)
        footprints.put("/mobileapi/geo", json={"mid": ANA, "lat": 40, "lon": 10})
        assert ask(footprints, NEAREST)["name"] == name


def test_east_and_west_meet(make_footprints: MakeFootprints) -> None:
    document = two_malls()
    document["locations"][1] |= {"name": "Far east", "coords": [0, 179.9]}
    footprints = make_footprints(document)
    footprints.put("/mobileapi/geo", json={"mid": ANA, "lat": 0, "lon": -179.9})
    assert ask(footprints, NEAREST)["name"] == "Far east"


def test_the_location_is_shown_as_in_the_list(footprints: Footprints) -> None:
    footprints.put("/mobileapi/geo", json={"mid": ANA, "lat": 1, "lon": 1})
    found = ask(footprints, NEAREST)
    assert found == footprints.get("/api/location").json[0]  # type: ignore[index]


def test_a_position_from_before_the_person_was_known_counts(make_footprints: MakeFootprints) -> None:
    document = two_malls()
    document["visitors"] = [
        visitor | ({"linked": [NOBODY]} if visitor["id"] == ANA else {}) for visitor in document["visitors"]
    ]
    footprints = make_footprints(document)
    footprints.put("/mobileapi/geo", json={"mid": NOBODY, "lat": 47.0, "lon": 27.0})
    assert ask(footprints, NEAREST)["name"] == "Iasi"
