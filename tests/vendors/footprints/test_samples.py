"""Every sample of the vendor's documentation, byte by byte to a running server: the answer, and what is kept.

The world is the one of the contract's examples (fixture docs), as it was for each sample. Its host is one of
the vendor's names, so that paths are those of the samples.
"""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.process import Process, started
from tests.vendors.footprints.expected import ANA, ANSWERS, KEPT, LEAD, LOOKS, NOW, REFUSED, SUCCESS, VALUES
from tests.vendors.footprints.printed import NAMES, message


class Running:
    """The server, and what a tester may ask it."""

    def __init__(self, process: Process) -> None:
        self.port = process.port

    def send(self, request: bytes) -> tuple[int, Any]:
        """The status and the JSON that a request, as it stands, is answered with."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(request)
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            return answer.status, json.loads(answer.read())

    def control(self, method: str, path: str, body: Any = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/json"}
        connection.request(method, f"/_simulator{path}", body and json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        assert answer.status < 300, text
        return json.loads(text) if text else None

    def kept(self, path: str) -> dict[str, Any]:
        """A document, or the newest one of a collection."""
        found: dict[str, Any] = self.control("GET", f"/state/footprints/{path}")
        return found["documents"][-1] if "documents" in found else found

    def everything(self) -> Any:
        """All that is kept, by collection."""
        collections = self.control("GET", "/state/footprints")["collections"]
        return {name: self.control("GET", f"/state/footprints/{name}") for name in collections}


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with started("--fixture", "docs", "--clock", NOW, folder=tmp_path_factory.mktemp("samples")) as server:
        yield server


@pytest.fixture
def server(process: Process) -> Running:
    """The server with its world as new."""
    running = Running(process)
    running.control("POST", "/reset")
    return running


def known(table: dict[str, Any], name: str) -> Any:
    """What a table says of a sample, or of all samples of its operation."""
    return table.get(name, table.get(name.partition(".")[0]))


def lacks_token(name: str) -> bool:
    path = message(name, **VALUES).split(b" ")[1]
    return path.startswith(b"/api/") and path != b"/api/token" and b"access_token=" not in path


WITHOUT_TOKEN = [name for name in NAMES if lacks_token(name)]
GOOD_ONES = [name for name in NAMES if name not in WITHOUT_TOKEN]
WRITING = [name for name in GOOD_ONES if known(KEPT, name) and name != "mobileSensors.ruby"]
WITHOUT_LENGTH = "deleteCustomer.node"


@pytest.mark.parametrize("name", GOOD_ONES)
def test_what_a_sample_is_answered(server: Running, name: str) -> None:
    give_ana_the_number_of(server, name)
    status, answer = server.send(message(name, **VALUES))
    assert status == 200, answer
    if name.partition(".")[0] in LOOKS:
        look, wanted = known(LOOKS, name)
        assert look(answer) == wanted
    else:
        assert answer == known(ANSWERS, name)


def give_ana_the_number_of(server: Running, name: str) -> None:
    """The samples for loyalty write her number with the country, the others without."""
    if "oyalty" in message(name, **VALUES).decode("latin-1") and b"%2B407" in message(name, **VALUES):
        ana = server.kept(f"clients/{ANA}")
        ana["fields"]["userPhone"] = "+40700000000"
        server.control("PUT", f"/state/footprints/clients/{ANA}", ana)


@pytest.mark.parametrize("name", WRITING)
def test_what_a_sample_leaves(server: Running, name: str) -> None:
    give_ana_the_number_of(server, name)
    before = server.everything()
    assert server.send(message(name, **VALUES))[0] == 200
    path, wanted = known(KEPT, name)
    found = server.kept(path)
    assert {member: found[member] for member in wanted} == wanted
    collection = path.partition("/")[0]
    if path == collection:
        assert found not in before[collection]["documents"]


def test_a_customer_is_changed_by_the_samples(server: Running) -> None:
    ana = server.kept(f"clients/{ANA}")
    for name in ("updateCustomer.curl", "updateCustomer.php", "updateCustomer.ruby"):
        named_otherwise = ana | {"fields": ana["fields"] | {"userFirstName": "Maria"}}
        server.control("PUT", f"/state/footprints/clients/{ANA}", named_otherwise)
        assert server.send(message(name, **VALUES)) == (200, SUCCESS)
        assert server.kept(f"clients/{ANA}")["fields"] == ana["fields"]


@pytest.mark.parametrize("language", ["curl", "php", "ruby"])
def test_a_customer_is_deleted_by_the_samples(server: Running, language: str) -> None:
    assert server.send(message(f"deleteCustomer.{language}", **VALUES)) == (200, SUCCESS)
    kept = server.everything()
    assert ANA not in [client["id"] for client in kept["clients"]["documents"]]
    assert LEAD not in [lead["id"] for lead in kept["leads"]["documents"]]
    assert server.send(message(f"deleteCustomer.{language}", **VALUES))[0] == 404


def test_a_visit_sent_to_the_sensors_is_taken_and_not_kept(server: Running) -> None:
    assert server.send(message("mobileSensors.ruby", **VALUES)) == (200, {"success": True})
    assert server.everything()["tracked"]["documents"] == []


@pytest.mark.parametrize("name", [name for name in WITHOUT_TOKEN if name != WITHOUT_LENGTH])
def test_a_sample_without_token_is_refused_and_leaves_nothing(server: Running, name: str) -> None:
    before = server.everything()
    status, answer = server.send(message(name, **VALUES))
    assert (status, answer) == (401, REFUSED)
    assert server.everything() == before


def test_a_body_that_belongs_to_no_request_harms_nobody(server: Running) -> None:
    before = server.everything()
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(message(WITHOUT_LENGTH, **VALUES))
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        assert answer.status in (400, 401)
    assert server.everything() == before
