"""Each vendor's twelve wrong and twelve correct calls, made by a client in the simulator's process.

The client is a file of its own, with one call in a line, by one library after the other. SARIF has exactly
the twelve faults, each at the line that made it.
"""

from __future__ import annotations

import json
import random
import runpy
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft7Validator
from werkzeug.test import Client, EnvironBuilder

from simulator.kernel.vendor import discover
from simulator.kernel.world import World
from tests.planted import Call, Fault
from tests.simulated import Simulated, worlds_of
from tests.testing.inside import inside

HOSTS = {name: vendor.hosts[0].replace("*", "example") for name, vendor in discover().items()}
HEAD = """\
import asyncio, http.client, urllib.error, urllib.request
import httpx, requests, urllib3
pool, session = urllib3.PoolManager(), httpx.AsyncClient()
connection = http.client.HTTPSConnection({host!r}, context=pool.connection_pool_kw.get("ssl_context"))
def opened(request):
    try: return urllib.request.urlopen(request)
    except urllib.error.HTTPError as error: return error
async def main():
"""
CALLS = (
    "requests.request({method!r}, {url!r}, headers={headers!r}, data={body!r})",
    "httpx.request({method!r}, {url!r}, headers={headers!r}, content={body!r})",
    "await session.request({method!r}, {url!r}, headers={headers!r}, content={body!r})",
    "await asyncio.gather(session.request({method!r}, {url!r}, headers={headers!r}, content={body!r}))",
    "pool.request({method!r}, {url!r}, headers={headers!r}, body={body!r})",
    "connection.request({method!r}, {target!r}, {body!r}, {headers!r}); connection.getresponse().read()",
    "await asyncio.to_thread(requests.request, {method!r}, {url!r}, headers={headers!r}, data={body!r})",
)
TWELVE = 12
SARIF = Draft7Validator(json.loads((Path(__file__).parents[1] / "schemas/sarif-2.1.0.json").read_bytes()))


def line(call: Call, host: str, form: str) -> str:
    """A call as it stands in a client: the same bytes as those that were planted."""
    request = EnvironBuilder(call.path, method=call.method, **call.options).get_request()
    path, query = request.environ["REQUEST_URI"].partition("?")[0], request.environ["QUERY_STRING"]
    target = f"{path}?{query}" if query else path
    headers = {name: value for name, value in request.headers if name not in ("Host", "Content-Length")}
    return form.format(
        method=call.method,
        url=f"https://{host}{target}",
        target=target,
        headers=headers,
        body=request.get_data() or None,
    )


@dataclass
class Ran:
    """What a client did: the faults by the number of their line, and the numbers of the correct calls."""

    wrong: dict[int, Fault]
    correct: set[int]
    control: Client

    def report(self, form: str) -> str:
        return self.control.get(f"/_simulator/verdict?format={form}").text

    def journal(self) -> list[Any]:
        found: list[Any] = self.control.get("/_simulator/requests").json["requests"]  # type: ignore[index]
        return found


def run(vendor: str, world: World, client: Client, known: dict[str, Any], folder: Path, seed: int) -> Ran:
    planted = import_module(f"tests.vendors.{vendor}.planted").planted(client, known)
    with world.entered():
        world.tally.clear()  # of what it took to log in
        world.journal.clear()
    dice = random.Random(seed)
    calls: list[tuple[Call, Fault | None]] = [*planted.wrong, *((call, None) for call in planted.correct)]
    dice.shuffle(calls)
    forms = dice.sample(CALLS, len(CALLS)) * 4
    head = HEAD.format(host=HOSTS[vendor])
    first = head.count("\n") + 1
    body = [f"    {line(call, HOSTS[vendor], form)}" for (call, _), form in zip(calls, forms, strict=False)]
    file = folder / "src" / f"{vendor} client.py"
    file.parent.mkdir()
    file.write_text(
        "\n".join([head.rstrip(), *body, "    await session.aclose()", "asyncio.run(main())", ""])
    )
    app: Any = client.application
    with inside(app, HOSTS[vendor]):
        runpy.run_path(str(file))
    found = dict(enumerate((fault for _, fault in calls), first))
    return Ran(
        {number: fault for number, fault in found.items() if fault},
        {number for number, fault in found.items() if fault is None},
        Simulated(world, client).control,
    )


@pytest.fixture(
    params=[(vendor, seed) for vendor in discover() for seed in (1, 2)], ids="{0[0]}-{0[1]}".format
)
def ran(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ran]:
    vendor, seed = request.param
    monkeypatch.chdir(tmp_path)
    with worlds_of(vendor, import_module(f"tests.vendors.{vendor}.planted").DAY) as make:
        yield run(vendor, *make(), tmp_path, seed)


def test_sarif_has_exactly_the_faults_each_at_its_line(ran: Ran) -> None:
    """Seen to fail with a wrong call left out, with a correct one made wrong, and with the outermost of the
    client's own frames taken."""
    assert (len(ran.wrong), len(ran.correct)) == (TWELVE, TWELVE)
    log = json.loads(ran.report("sarif"))
    SARIF.validate(log)
    results = log["runs"][0]["results"]
    found = {}
    for result in results:
        place, own = result["locations"][0]["physicalLocation"], result["properties"]
        assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        assert place["artifactLocation"]["uri"] == f"src/{own['vendor']}%20client.py"
        found[place["region"]["startLine"]] = Fault(
            own["operation"] or "",
            own["in"],
            own["pointer"],
            result["ruleId"],
            own["evidence"],
            result["level"],
        )
    assert found == ran.wrong
    assert len(results) == TWELVE
    assert {result["occurrenceCount"] for result in results} == {1}


def test_every_call_has_its_line_in_the_journal(ran: Ran) -> None:
    journal = ran.journal()
    lines = [entry["caller"]["line"] for entry in journal]
    assert sorted(lines) == sorted([*ran.wrong, *ran.correct])
    for entry in journal:
        assert bool(entry["violations"]) == (entry["caller"]["line"] in ran.wrong)


def test_people_are_told_the_lines(ran: Ran) -> None:
    junit = "".join(ET.fromstring(ran.report("junit")).itertext())
    markdown = ran.report("markdown").replace("\\", "")
    for number, fault in ran.wrong.items():
        assert f"client.py:{number}]" in junit, fault
        assert f"client.py:{number} |" in markdown, fault
    for number in ran.correct:
        assert f"client.py:{number}]" not in junit
        assert f"client.py:{number} |" not in markdown
