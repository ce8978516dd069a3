"""`simulator serve --tls` and `--tls-port` as processes, with clients that trust nothing but the kept CA."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any

import pytest

from simulator.kernel.vendor import discover
from tests.cli.test_serve import SLOWLY
from tests.process import PATIENCE, Process, run, started

pytestmark = pytest.mark.slow

BASIC = {"Authorization": "Basic ZGVtbzpkZW1vLXNlY3JldA=="}
CURL = pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")


@dataclass
class Secured:
    """A server, and the file of the CA that it signs by."""

    server: Process
    ca: Path

    def get(
        self,
        path: str,
        name: str = "localhost",
        headers: dict[str, str] | None = None,
        ca: Path | None = None,
    ) -> Any:
        """The JSON at a path of the server, which is called `name`."""
        context = ssl.create_default_context(cafile=ca or self.ca)
        with closing(HTTPSConnection(name, self.server.port, context=context, timeout=PATIENCE)) as client:
            plain = socket.create_connection(("127.0.0.1", self.server.port), timeout=PATIENCE)
            client.sock = context.wrap_socket(plain, server_hostname=name)
            client.request("GET", path, headers={"Host": name, **(headers or {})})
            return json.loads(client.getresponse().read())


def serving(*flags: str, folder: Path) -> Any:
    return started(*flags, folder=folder, environ={"SIMULATOR_CA_DIR": str(folder / "ca")})


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """By the names `sim.example` and 127.0.0.2, too."""
    folder = tmp_path_factory.mktemp("served")
    flags = ("--tls", "--allow-host", "sim.example", "--allow-host", "127.0.0.2")
    with serving(*flags, folder=folder) as server:
        yield Secured(server, folder / "ca" / "ca.pem")


def test_it_says_where_it_is_and_by_whom_it_is_signed(tmp_path: Path) -> None:
    with serving("--tls", "--port-file", "port", folder=tmp_path) as server:
        assert server.url == f"https://127.0.0.1:{server.port}"
        assert (tmp_path / "port").read_text() == f"{server.port}\n"
        found = Secured(server, tmp_path / "ca" / "ca.pem").get("/_simulator/vendors")["vendors"]
        assert found["infact"]["base_url"] == "https://localhost/infact/v1"
        server.stop()
        lines = [line.strip() for line in server.out.rest()]
    assert len([line for line in lines if f"{server.url}/infact/v1" in line]) == 1
    assert any(line.startswith(f"certificates are signed by {tmp_path}/ca/ca.pem;") for line in lines)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1", "sim.example", "127.0.0.2"])
def test_it_is_called_as_this_computer_and_as_it_was_told(name: str, secured: Secured) -> None:
    """A client that names an address sends no server name."""
    assert secured.get("/_simulator/health", name, {"Host": "localhost"}) == {"status": "ok"}


HOSTS = [host.replace("*", "any.tenant") for vendor in discover().values() for host in vendor.hosts]


@pytest.mark.parametrize("name", [*HOSTS, "API.infact.NO"])
def test_it_is_called_as_each_vendor_is(name: str, secured: Secured) -> None:
    assert secured.get("/_simulator/access", name, {"Host": "localhost"})["ca"] == secured.ca.read_text()


def test_a_vendors_host_is_served_at_its_root(secured: Secured) -> None:
    assert "Token" in secured.get("/v1/Account/token", "api.infact.no", BASIC)


@CURL
def test_curl_with_the_vendors_name(secured: Secured) -> None:
    port = secured.server.port
    place = ["--resolve", f"api.infact.no:{port}:127.0.0.1", f"https://api.infact.no:{port}/v1/Account/token"]
    command = ["curl", "-sS", "--cacert", str(secured.ca), "-u", "demo:demo-secret", *place]
    assert '"Token":"' in subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("name", ["bank.example.com", "infact.no"])
def test_it_is_called_nothing_else(name: str, secured: Secured) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        secured.get("/", name)


def test_who_does_not_trust_it_is_spoken_of_once(tmp_path: Path) -> None:
    with serving("--tls", folder=tmp_path) as server:
        other = run("ca", "--ca-dir", "other", folder=tmp_path).stdout.rstrip("\n")
        for _ in range(2):
            with pytest.raises(ssl.SSLCertVerificationError):
                Secured(server, Path(other)).get("/")
        line = server.err.next()
        assert line.startswith("simulator: a client broke TLS off (")
        assert line.endswith("): does it trust our CA?\n")
        server.stop()
        assert len(server.err.rest()) == 1


def test_plain_http_is_told_that_this_is_not_it(secured: Secured) -> None:
    """Also one that sends much. Seen to fail, with a connection reset, where the rest was not read."""
    with closing(HTTPConnection("127.0.0.1", secured.server.port, timeout=PATIENCE)) as client:
        client.request("POST", "/infact/v1/Campaign", b"x" * 50_000_000)
        answer = client.getresponse()
        assert (answer.status, answer.read()) == (
            400,
            b"this port speaks https://, and was spoken http:// to\n",
        )


def test_verdicts_are_asked_for_over_tls(secured: Secured, tmp_path: Path) -> None:
    flags = ("verdict", "--url", secured.server.url, "--format", "json", "--fail-on", "never")
    done = run(*flags, "--ca-dir", str(secured.ca.parent), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["ok"] is True
    done = run(*flags, "--ca-dir", "other", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"its certificate is none of the CA {Path('other/ca.pem')}" in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_clients_that_say_nothing_do_not_hold_the_end_up(number: int, code: int, tmp_path: Path) -> None:
    """One that has not shaken hands, and one that will not say goodbye.

    Seen to fail, with a word on stderr that patience is exceeded, where goodbyes were waited for longer.
    """
    with serving("--tls", folder=tmp_path) as server:
        context = ssl.create_default_context(cafile=tmp_path / "ca" / "ca.pem")
        silent = socket.create_connection(("127.0.0.1", server.port))
        idle = context.wrap_socket(
            socket.create_connection(("127.0.0.1", server.port)), server_hostname="localhost"
        )
        idle.sendall(b"GET /_simulator/ready HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert idle.recv(12) == b"HTTP/1.1 200"
        assert server.stop(number) == code
        assert server.err.rest() == []
        silent.close()
        idle.close()


def test_requests_in_flight_are_finished(tmp_path: Path) -> None:
    environ = {"SIMULATOR_CA_DIR": str(tmp_path / "ca")}
    with started("--tls", folder=tmp_path, code=SLOWLY, environ=environ) as server:
        answers: list[Any] = []
        secured = Secured(server, tmp_path / "ca" / "ca.pem")
        path = "/import/to/nobody"
        client = threading.Thread(target=lambda: answers.append(secured.get(path)))
        client.start()
        while server.out.next() != "in flight\n":
            pass
        assert server.stop() == 0
        client.join()
    assert len(answers) == 1


def test_both_at_once(tmp_path: Path) -> None:
    """One server: what is asked at one port is in the journal that the other shows."""
    with serving("--tls-port", "0", folder=tmp_path) as server:
        lines = iter(server.out.next, "")
        beside = next(line.split()[-1] for line in lines if "HTTPS as well" in line)
        assert server.url.startswith("http://")
        context = ssl.create_default_context(cafile=tmp_path / "ca" / "ca.pem")
        port = int(beside.rpartition(":")[2])
        with closing(HTTPSConnection("localhost", port, context=context, timeout=PATIENCE)) as client:
            client.request("GET", "/infact/v1/Account/token", headers=BASIC)
            assert client.getresponse().status == 200
        with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as client:
            client.request("GET", "/_simulator/requests")
            assert [each["path"] for each in json.loads(client.getresponse().read())["requests"]] == [
                "/v1/Account/token"
            ]
        assert server.stop() == 0
        assert server.err.rest() == []


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (("--tls", "--tls-port", "0"), "the port speaks TLS, or another one beside it"),
        (("--tls-port", "x"), "tls_port: "),
        (("--proxy-port", "70000"), "proxy_port: 70000 is not a port"),
        (("--allow", "https://example.com"), "allow: 'https://example.com': give a host's name"),
        (("--host", "no.such.host.invalid", "--tls"), "cannot listen on no.such.host.invalid"),
        (("--tls", "--allow-host", "no_name"), "allow_hosts: no certificate can be made for 'no_name'"),
    ],
)
def test_settings_that_cannot_be(flags: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = run("serve", "--port", "0", "--ca-dir", "ca", *flags, folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert says in done.stderr


@pytest.mark.parametrize("flag", ["--tls-port", "--proxy-port"])
def test_a_port_that_is_taken(flag: str, tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = str(other.getsockname()[1])
        done = run("serve", "--port", "0", flag, port, "--ca-dir", "ca", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"cannot listen on 127.0.0.1 port {port}" in done.stderr
