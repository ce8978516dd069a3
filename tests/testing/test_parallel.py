"""Worlds for tests in parallel, on one server: no test sees another's, and nothing is left of any."""

from __future__ import annotations

import gc
import statistics

import pytest

from simulator.config import Settings
from simulator.kernel.world import World
from simulator.testing.exec import served
from simulator.testing.handle import Simulator

WORKERS, EACH = 8, 100
TESTS = f"""
import http.client, json
from urllib.parse import urlsplit

import pytest

def call(method, url, body, **headers):
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=120)
    try:
        headers["Content-Type"] = "application/json"
        connection.request(method, parts.path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status < 300, text
        return json.loads(text)
    finally:
        connection.close()

@pytest.mark.simulator(fixture="docs", clock="2024-01-01T00:00:00Z", fail_on="violation")
@pytest.mark.parametrize("number", range({WORKERS * EACH}))
def test_alike(simulator, number):
    hub = simulator.contacthub
    login = {{"Authorization": "Bearer " + hub.token}}
    customers = f"{{hub.base_url}}/workspaces/{{hub.workspace_id}}/customers"
    before = {{customer["id"] for customer in hub.customers}}
    made = call("POST", customers, {{
        "nodeId": hub.node_id, "externalId": "one",
        "base": {{"firstName": str(number), "contacts": {{"email": "ada@example.com"}}}},
    }}, **login)
    again = call("GET", f"{{customers}}/{{made['id']}}", None, **login)
    assert again["base"]["firstName"] == str(number)
    new = {{customer["id"] for customer in hub.customers}} - before
    assert made["id"] in new
    listed = simulator.infact.blacklist[0]
    simulator.state.delete("infact", "blacklist", listed["id"])
    simulator.state.put("infact", "blacklist", listed)
    simulator.clock.advance(minutes=number)
    assert [entry.index for entry in simulator.requests] == [1, 2]
    print("made", simulator.world, sorted(new), len(before))
"""
TIMES = """
setups = []

def pytest_runtest_logreport(report):
    if report.when == "setup":
        setups.append(report.duration)

def pytest_terminal_summary(terminalreporter):
    for duration in setups:
        terminalreporter.write_line(f"setup {duration}")
"""


@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
def test_eight_workers_with_a_hundred_tests_each(pytester: pytest.Pytester) -> None:
    """Seen to fail with tests in the default world, and with worlds that are not deleted."""
    pytester.makeconftest(TIMES)
    pytester.makepyfile(TESTS)
    with served(Settings(port=0)) as here:
        url = f"http://127.0.0.1:{here.port}"
        worlds = here.whole.gateway.worlds
        before = Simulator.at(url).state.all("contacthub", "customers")
        result = pytester.runpytest_subprocess("-n", str(WORKERS), "-rP", "--simulator-url", url)
        result.assert_outcomes(passed=WORKERS * EACH)
        # same seed, same calls: all of them made the same customer
        said = [line.split(" ", 2) for line in result.outlines if line.startswith("made ")]
        made = {name for _, name, _ in said}
        assert (len(made), len({what for *_, what in said})) == (WORKERS * EACH, 1)

        assert [world.name for world in worlds.all()] == ["default"]
        assert worlds._owners == {}
        assert Simulator.at(url).state.all("contacthub", "customers") == before
        assert worlds._last_seen == {}
        gc.collect()
        left = [each for each in gc.get_objects() if isinstance(each, World) and each.name in made]
        # what each of the server's threads did last is still in its hands
        assert len(left) <= WORKERS

    setups = [float(line.split()[1]) for line in result.outlines if line.startswith("setup ")]
    median, p95 = statistics.median(setups), statistics.quantiles(setups, n=20)[-1]
    print(f"a world's making, as a test sees it: median {median * 1e3:.1f} ms, p95 {p95 * 1e3:.1f} ms")
