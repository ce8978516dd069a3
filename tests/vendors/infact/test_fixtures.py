"""The fixtures that come with Infact, and what is said to those who write their own."""

from __future__ import annotations

import copy
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import phonenumbers
import pytest

from simulator.data import FixtureFiles
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth
from simulator.kernel.worlds import BadBirth, Worlds
from simulator.vendors.infact.generator import PLACES

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "fixtures" / "infact" / "demo.yaml"
SCRIPT = ROOT / "scripts" / "make_infact_demo.py"
NAMES = ("demo", "docs", "empty")
OBSOLETE = """userid firstname lastname city refshop startdate closingdate couponcode couponpercentage
    couponvaliditydate pointbalance pointsuntilnextlevel leveldescription"""


def document(name: str) -> dict[str, Any]:
    return copy.deepcopy(dict(FixtureFiles().read("infact", name)))


def rows_of(name: str) -> Iterator[dict[str, Any]]:
    for customer in document(name)["customers"]:
        for datasource in customer["datasources"]:
            for found in datasource["objects"]:
                yield from (row["values"] for row in found.get("rows", []))


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


# --- the files --------------------------------------------------------------------------


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_demo_is_what_its_script_makes(hash_seed: str) -> None:
    """Dates, set order and hash seed leave no trace; on a mismatch run the script and bundle anew."""
    environ = {**os.environ, "PYTHONHASHSEED": hash_seed}
    made = subprocess.run([sys.executable, SCRIPT, "-"], capture_output=True, check=True, env=environ)
    assert made.stdout == DEMO.read_bytes()


def test_demo_is_moderate() -> None:
    assert DEMO.stat().st_size < 400_000
    assert max(len(line) for line in DEMO.read_text(encoding="utf-8").splitlines()) < 500


@pytest.mark.parametrize("name", NAMES)
def test_people_are_invented(name: str) -> None:
    """Addresses at example domains only; numbers from +4740000000 to +4740000999, valid mobiles."""
    found = list(texts(document(name)))
    addresses = [text for text in found if "@" in text and " " not in text]
    assert all(re.fullmatch(r"[a-z0-9.-]+@example\.(com|net|org)", text) for text in addresses)
    phones = [text for text in found if text.startswith("+")]
    assert all(re.fullmatch(r"\+4740000\d{3}", text) for text in phones)
    for phone in phones:
        kind = phonenumbers.number_type(phonenumbers.parse(phone))
        assert kind == phonenumbers.PhoneNumberType.MOBILE
    if name != "empty":
        assert addresses
        assert phones


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_written_as_they_are_kept(name: str, make_infact: Any) -> None:
    """Planting changes no value, so that the file is what `state` shows."""
    infact = make_infact(name)
    with infact.world.entered():
        kept = [
            row["values"]
            for table_name, table in infact.world.store.tables("infact").items()
            if table_name.startswith("infact/rows-")
            for row in table.scan()
        ]
    written = list(rows_of(name))
    assert len(kept) == len(written)
    assert all(row in kept for row in written[:: max(1, len(written) // 100)])


def test_demo_members_have_plausible_data() -> None:
    members = [row for row in rows_of("demo") if "firstname" in row]
    assert len(members) >= 300
    for row in members:
        assert row["zip"] in PLACES[row["city"]][1]
        assert "1940" <= row["dateOfBirth"] < "2007"
        assert row["gender"] in "FM"
        assert row["dateOfBirth"].endswith("T00:00:00")
    assert {row["clubLevel"] for row in members} == {"Bronse", "Sølv", "Gull"}
    assert any(row["phone"] is None for row in members)
    assert any(row["email"] is None for row in members)
    phones = [row["phone"] for row in members if row["phone"]]
    assert 0 < len(phones) - len(set(phones)) < 10
    assert {row["city"] for row in members} >= {"Oslo", "Bergen"}


def test_demo_relations_lead_somewhere() -> None:
    for datasource in document("demo")["customers"][0]["datasources"]:
        objects = {found["name"]: found for found in datasource["objects"]}
        for found in objects.values():
            for relation in found["relations"]:
                there = {row["values"][relation["foreign"]] for row in objects[relation["object"]]["rows"]}
                here = {row["values"][relation["local"]] for row in found["rows"]}
                assert here & there


def test_demo_leaves_the_examples_their_ids() -> None:
    """The vendor's own rows have ids 12 to 17; in the demo nobody has."""
    assert min(row["id"] for row in rows_of("demo") if "firstname" in row) > 1000


def test_demo_templates_use_variables_that_exist() -> None:
    (customer,) = document("demo")["customers"]
    columns = {
        prop["name"].lower()
        for source in customer["datasources"]
        for found in source["objects"]
        for prop in found["properties"]
    }
    obsolete = set(OBSOLETE.split())
    for template in customer["templates"]:
        used = re.findall(r"%%(.+?)%%", template["text"])
        assert used
        for name in used:
            assert name.startswith("Custom.") or name.lower() in columns | obsolete, name


@pytest.mark.parametrize(
    ("name", "client_id", "login"),
    [("demo", "DemoClient", "demo"), ("docs", "DemoKundeAPiId", "Aladdin"), ("empty", "DemoClient", "demo")],
)
def test_credentials_open_the_fixture(name: str, client_id: str, login: str, make_infact: Any) -> None:
    infact = make_infact(name)
    with infact.world.entered():
        found = discover()["infact"].parts.credentials(infact.world)
    assert (found["client_id"], found["username"]) == (client_id, login)
    assert (found["customer_id"], found["datasource_id"]) == (43, 265)
    assert infact.bearer


# --- documents of one's own -------------------------------------------------------------


def planted(fixture: Any) -> None:
    Worlds({"infact": discover()["infact"]}, FixtureFiles()).check(
        Birth(fixture="empty", fixtures={"infact": fixture})
    )


def docs_with(path: str, value: Any) -> dict[str, Any]:
    """The fixture `docs` with another value at `a.0.b`; `a.+` adds to a list, `a.-` takes the key away."""
    made = document("docs")
    *steps, last = path.replace("C", "customers.0").replace("M", "datasources.0.objects.0").split(".")
    holder: Any = made
    for step in steps:
        holder = holder[int(step)] if step.isdigit() else holder[step]
    if last == "+":
        holder.append(value)
    elif last.startswith("-"):
        del holder[last[1:]]
    else:
        holder[int(last) if last.isdigit() else last] = value
    return made


def test_an_empty_document_is_an_empty_infact() -> None:
    planted({})


def test_a_small_document_needs_little(make_infact: Any) -> None:
    """Names, relations, tags, captions and templates may be left out; values convert as in an import."""
    members = {
        "name": "members",
        "key": "1_1",
        "key_property": "no",
        "merge_keys": ["no"],
        "properties": [
            {"name": "no", "type": "ShortString"},
            {"name": "born", "type": "Date"},
            {"name": "phone", "type": "Mobile"},
        ],
        "rows": [{"values": {"no": 7, "born": "1983-01-01", "phone": "400 00 001"}}],
    }
    customer = {
        "id": 1,
        "name": "Mine",
        "api_id": "Mine",
        "login": "me",
        "password": "x",
        "country": "NO",
        "datasources": [{"id": 1, "objects": [members]}],
        "forms": [{"id": 1, "entries": [{"phone": "40000002"}, {"email": "Nei@Example.com"}]}],
    }
    infact = make_infact({"customers": [customer]})
    stored = {name: list(rows.values()) for name, rows in infact.state().items()}
    assert stored["infact/rows-1_1"] == [
        b'{"id":"7","values":{"no":"7","born":"1983-01-01T00:00:00","phone":"+4740000001"},"tags":[]}'
    ]
    assert b'"recipient":"+4740000002"' in stored["infact/blacklist"][0]
    assert b'"recipient":"nei@example.com"' in stored["infact/blacklist"][1]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("customers", "none", "customers: this is not of type"),
        ("clients", [], "the document: Additional properties are not allowed"),
        ("C.-login", None, 'customers[0]: "login" is a required property'),
        ("C.country", "Norway", "customers[0].country"),
        ("C.login", "a:b", "customers[0].login"),
        ("C.id", 10**12, "customers[0].id"),
        ("C.id", "43", "customers[0].id: this is not of type"),
        ("C.M.properties.1.type", "Text ", "customers[0].datasources[0].objects[0].properties[1].type"),
        ("C.M.properties.1.default", "now", "objects[0].properties[1].default"),
        ("C.M.properties.1.name", "id", "objects[0].properties[1].name: 'id' is taken by customers[0]"),
        ("C.M.merge_keys.+", "shoe", "objects[0].merge_keys[4]: there is no 'shoe'; there are address,"),
        ("C.M.key_property", "shoe", "objects[0].key_property: there is no 'shoe'"),
        (
            "C.M.relations",
            [{"name": "visits", "object": "visits", "local": "id", "foreign": "member_id"}],
            "objects[0].relations[0].object: there is no 'visits'; there are members",
        ),
        ("C.M.rows.1.values.shoe", 44, "objects[0].rows[1].values.shoe: the object has no such property"),
        ("C.M.rows.1.values.zip", "N-0151", "objects[0].rows[1].values.zip: 'N-0151' does not fit"),
        ("C.M.rows.1.values.city", ["Oslo"], "objects[0].rows[1].values.city: \"['Oslo']\" does not fit"),
        ("C.M.rows.1.values.id", 12, "objects[0].rows[1].values.id: 12 is null, taken or no key"),
        ("C.M.rows.1.values.id", None, "objects[0].rows[1].values.id: None is null, taken or no key"),
        ("C.M.rows.1", [1], "objects[0].rows[1]: this is not of type"),
        ("C.M.rows.1.tags", "tag5", "objects[0].rows[1].tags: this is not of type"),
        ("C.templates.1.id", 2, "customers[0].templates[1].id: 2 is taken by customers[0].templates[0]"),
        ("C.templates.0.channel", "fax", "customers[0].templates[0].channel"),
        ("C.blacklists.0.entries.0", {"phone": "x"}, "blacklists[0].entries[0].phone: 'x' can be none"),
        ("C.forms.0.entries.1", {"email": "x"}, "forms[0].entries[1].email: 'x' can be none"),
        ("C.blacklists.0.entries.0", {}, "customers[0].blacklists[0].entries[0]"),
        ("C.forms.0.entries.+", {"phone": "40000094"}, "forms[0].entries[2]: +4740000094 is in this list"),
        ("global_blacklist.0.created", "yesterday", "global_blacklist[0].created"),
        ("sequences.import", -1, "sequences.import"),
    ],
)
def test_a_bad_document_is_explained(path: str, value: Any, message: str) -> None:
    with pytest.raises(BadBirth) as caught:
        planted(docs_with(path, value))
    assert message in str(caught.value)


def test_the_same_customer_twice_is_explained() -> None:
    made = document("docs")
    made["customers"].append(copy.deepcopy(made["customers"][0]))
    for name, value in (("id", 43), ("login", "Aladdin"), ("api_id", "DemoKundeAPiId")):
        made["customers"][1] |= {"id": 44, "login": "other", "api_id": "Other", name: value}
        with pytest.raises(BadBirth, match=rf"customers\[1\]\.{name}: .* is taken by customers\[0\]"):
            planted(made)


def test_a_huge_wrong_value_is_not_repeated() -> None:
    with pytest.raises(BadBirth) as caught:
        planted(docs_with("C.name", ["x" * 100_000]))
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("wrong", [[], "docs-ish", 3, None])
def test_a_document_is_an_object(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"the document: this is not of type"):
        discover()["infact"].parts.plant(None, wrong)  # type: ignore[arg-type]
