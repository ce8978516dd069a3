"""Where a device is: beacons in both layouts, positions, and what else is sent to the path of beacons."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.footprints.conftest import Footprints, MakeFootprints
from tests.vendors.footprints.test_mobile import ANA, UUID, VISIT, refused, tracked

ONE_BY_ONE = {
    "sensors[0][uuid]": "88888888-0001",
    "sensors[0][rssi]": "5",
    "sensors[0][minor]": "3.2",
    "sensors[1][uuid]": "88888888-0002",
    "sensors[1][name]": "checkout",
}
BEACONS = [
    {"uuid": "88888888-0001", "rssi": 5, "minor": 3.2},
    {"uuid": "88888888-0002", "name": "checkout"},
]
METHODS = pytest.mark.parametrize("method", ["PUT", "POST"])


# --- sensors ----------------------------------------------------------------------------


@METHODS
def test_beacons_one_by_one(footprints: Footprints, method: str) -> None:
    answer = footprints.call(method, "/mobileapi/sensors", {"mid": ANA} | ONE_BY_ONE)
    assert answer.json == {"success": True}
    assert tracked(footprints) == [
        {"kind": "sensors", "requestType": None, "actionType": None, "data": {"sensors": BEACONS}}
    ]


@METHODS
def test_beacons_member_by_member(footprints: Footprints, method: str) -> None:
    form = {
        "mid": ANA,
        "sensors[uuid][0]": "88888888-0001",
        "sensors[uuid][1]": "88888888-0002",
        "sensors[rssi][0]": "5",
        "sensors[minor][0]": "3.2",
    }
    assert footprints.call(method, "/mobileapi/sensors", form).json == {"success": True}
    (kept,) = tracked(footprints)
    assert kept["data"] == {"sensors": [BEACONS[0], {"uuid": "88888888-0002"}]}


def test_beacons_by_json_in_both_layouts(footprints: Footprints) -> None:
    beacon = {"uuid": UUID, "major": 1, "minor": 2, "proximity": "near", "rssi": -60}
    for sensors in ([beacon | {"more": 1}], {name: [value] for name, value in beacon.items()}):
        answer = footprints.put("/mobileapi/sensors", json={"mid": ANA, "sensors": sensors})
        assert answer.json == {"success": True}
    assert [kept["data"] for kept in tracked(footprints)] == [{"sensors": [beacon]}] * 2


def test_an_empty_value_leaves_the_others_with_their_sensors(footprints: Footprints) -> None:
    """Seen to fail where empty items of lists are left out: the second uuid went to the first sensor."""
    form = {"mid": ANA, "sensors[uuid][0]": "", "sensors[uuid][1]": "b"}
    form |= {"sensors[rssi][0]": "5", "sensors[rssi][1]": "6", "sensors[name][0]": ""}
    assert footprints.put("/mobileapi/sensors", form).json == {"success": True}
    [kept] = tracked(footprints)
    assert kept["data"] == {"sensors": [{"rssi": 5}, {"uuid": "b", "rssi": 6}]}


@METHODS
def test_a_position_at_the_sensors_path_is_a_position(footprints: Footprints, method: str) -> None:
    form = {"mid": ANA, "lat": "44.43", "lon": "26.1"}
    answer = footprints.call(method, "/mobileapi/sensors", form)
    assert answer.json == {"success": True}
    assert answer.headers["X-Simulator-Contract"] == "ok"  # the vendor's page prints it
    assert "footprints.sensors-without-sensors" in answer.headers["X-Simulator-Assumed"]
    assert [(kept["kind"], kept["data"]) for kept in tracked(footprints)] == [
        ("geo", {"lat": 44.43, "lon": 26.1})
    ]


def test_a_visit_at_the_sensors_path_is_answered_and_not_kept(footprints: Footprints) -> None:
    before = footprints.state()
    form = VISIT | {"aditionalData[brands][0]": "Exemplu Sport"}
    answer = footprints.post("/mobileapi/sensors", form)
    assert (answer.json, answer.headers["X-Simulator-Contract"]) == ({"success": True}, "ok")
    assert footprints.state() == before


@pytest.mark.parametrize("form", [{"lat": "44.43", "lon": "26.1"}, VISIT])
def test_without_sensors_it_may_be_refused(make_footprints: MakeFootprints, form: dict[str, str]) -> None:
    footprints = make_footprints(sensors_without_sensors="refused")
    body = {"mid": ANA} | form
    assert refused(footprints, "POST", "/mobileapi/sensors", 400, form=body) == '"sensors" is required'


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"mid": ANA}, '"sensors" is required'),
        (
            {"mid": ANA, "lat": 44.43},
            '"value" must contain at least one of [sensors, lon, actionType and requestType]',
        ),
        ({"mid": ANA, "lat": 91, "lon": 0}, '"lat" must be less than or equal to 90'),
        (VISIT | {"mid": "c0"}, "Invalid mid"),
        ({"mid": ANA, "sensors": [5]}, '"sensors[0]" must be of type object'),
        ({"mid": ANA, "sensors": [{"rssi": "x"}]}, '"sensors[0].rssi" must be a number'),
        ({"mid": "c0", "sensors": [{"rssi": 1}]}, "Invalid mid"),
        ({"sensors": [{"rssi": 1}]}, '"mid" is required'),
    ],
)
@METHODS
def test_sensors_that_break_rules(
    footprints: Footprints, method: str, fields: dict[str, Any], message: str
) -> None:
    assert refused(footprints, method, "/mobileapi/sensors", 400, json=fields) == message


# --- geo --------------------------------------------------------------------------------


@METHODS
@pytest.mark.parametrize(
    "body",
    [
        {"json": {"mid": ANA, "lat": 44.43, "lon": 26.1, "accuracy": 3}},
        {"json": {"mid": ANA, "lat": "44.43", "lon": "26.1", "accuracy": "3"}},
        {"form": {"mid": ANA, "lat": "44.43", "lon": "26.1", "accuracy": "3"}},
    ],
    ids=["numbers", "texts", "form"],
)
def test_a_position_is_kept_as_numbers(footprints: Footprints, method: str, body: dict[str, Any]) -> None:
    assert footprints.call(method, "/mobileapi/geo", **body).json == {"success": True}
    assert [(kept["kind"], kept["data"]) for kept in tracked(footprints)] == [
        ("geo", {"lat": 44.43, "lon": 26.1, "accuracy": 3})
    ]


def test_the_accuracy_may_be_empty(footprints: Footprints) -> None:
    body = {"mid": ANA, "lat": "-44.43", "lon": "-26.1", "accuracy": ""}
    assert footprints.post("/mobileapi/geo", json=body).json == {"success": True}
    assert tracked(footprints)[0]["data"] == {"lat": -44.43, "lon": -26.1}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"lat": ""}, '"lat" is required'),
        ({"lon": "181"}, '"lon" must be less than or equal to 180'),
        ({"lat": "north"}, '"lat" must be a number'),
        ({"accuracy": "003"}, '"accuracy" must be a number'),
        ({"accuracy": "-1"}, '"accuracy" must be greater than or equal to 0'),
        ({"mid": "p0"}, "Invalid mid"),
    ],
)
@METHODS
def test_a_position_that_breaks_rules(
    footprints: Footprints, method: str, fields: dict[str, str], message: str
) -> None:
    form = {"mid": ANA, "lat": "44.43", "lon": "26.1"} | fields
    assert refused(footprints, method, "/mobileapi/geo", 400, form=form) == message
