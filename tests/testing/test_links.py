"""Which simulator a world is of: one in this process, or a running one."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection
from typing import Any

import pytest

from simulator.config import Settings
from simulator.testing import Simulator, SimulatorError, simulating
from simulator.testing.exec import served
from simulator.testing.links import InProcess, Link
from tests.testing.asking import START, ask


def test_in_process_a_socket_is_opened_when_it_is_asked_for() -> None:
    with closing(InProcess()) as link:
        world = Simulator.create(link, "a-world")
        assert world.infact.username == "demo-a-world"
        world.clock.advance(1)
        assert link.address is None
        assert ask(world, "GET", "/Account/token")[0] == 200
        assert link.address is not None
        assert len(world.requests) == 1
        port = link.address[1]
    with pytest.raises(ConnectionRefusedError), closing(HTTPConnection("127.0.0.1", port)) as connection:
        connection.connect()


def test_a_running_simulator_is_held_by_its_url(server: str) -> None:
    with simulating(url=server, fixture="docs", seed=3, name="mine") as world:
        assert world.url == server
        again = Simulator.at(server, "mine")
        ask(world, "GET", "/Account/token")
        assert len(again.requests) == 1
        assert again.infact.username == "Aladdin-mine"
        assert repr(again) == "<Simulator world mine>"
    with pytest.raises(SimulatorError, match="POST /_simulator/worlds makes 'mine'") as error:
        _ = again.clock.now
    assert error.value.status == 404


def test_the_default_world_can_be_held_too(server: str) -> None:
    simulator = Simulator.at(server)
    assert simulator.infact.base_url == f"{server}/infact/v1"
    assert simulator.infact.username == "demo"
    assert simulator.world == "default"


def test_same_name_and_seed_give_the_same_token_in_process_and_remote(server: str) -> None:
    tokens = []
    for url in (None, server, None):
        with simulating(url=url, name="twin", clock=START) as world:
            tokens.append(ask(world, "GET", "/Account/token"))
    assert tokens[0] == tokens[1] == tokens[2]


def test_a_token_is_given_to_who_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with served(Settings(port=0, admin_token="open-sesame")) as here:
        url = f"http://127.0.0.1:{here.port}"
        with (
            pytest.raises(SimulatorError, match="administration token> \\(SIMULATOR_ADMIN_TOKEN\\)"),
            simulating(url=url),
        ):
            raise AssertionError("it let us in")
        monkeypatch.setenv("SIMULATOR_ADMIN_TOKEN", "open-sesame")
        with simulating(url=url) as world:
            assert world.clock.mode == "real"


def test_no_proxy_of_the_environment_is_asked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with simulating(url=server) as world:
        assert world.clock.mode == "real"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:9", "the simulator at http://127.0.0.1:9 does not answer"),
        ("localhost:7470", "'localhost:7470' is no URL of a simulator"),
        ("", "'' is no URL of a simulator"),
    ],
)
def test_nobody_there(url: str, why: str) -> None:
    with pytest.raises(SimulatorError, match=why), simulating(url=url):
        raise AssertionError("there was somebody")


@pytest.mark.parametrize("wrong", [{"fixture": "nope"}, {"assume": {"infact.nope": 1}}, {"clock": "noon"}])
def test_a_world_that_cannot_be(in_process: Link, wrong: dict[str, Any]) -> None:
    with pytest.raises(SimulatorError, match=r"nope|noon"):
        Simulator.create(in_process, **wrong)
