"""Settings: flag over environment over simulator.toml over pyproject.toml over default."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from simulator.config import BadSettings, Settings, load


def settings(tmp_path: Path, flags: Any = None, environ: Any = None, **files: str) -> Settings:
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text)
    return load(flags or {}, environ or {}, tmp_path)


def test_defaults(tmp_path: Path) -> None:
    assert settings(tmp_path) == Settings()


def test_each_source_overrides_the_one_before(tmp_path: Path) -> None:
    pyproject = '[tool.simulator]\nport = 1\nseed = 1\nfixture = "docs"\nhost = "::1"'
    own = "port = 2\nseed = 2\nfixture = 'empty'"
    found = settings(
        tmp_path,
        {"port": "4"},
        {"SIMULATOR_PORT": "3", "SIMULATOR_SEED": "3", "PORT": "9", "SIMULATOR_HOST": ""},
        pyproject=pyproject,
        simulator=own,
    )
    assert (found.port, found.seed, found.fixture, found.host) == (4, 3, "empty", "::1")


def test_a_pyproject_of_somebody_else(tmp_path: Path) -> None:
    assert settings(tmp_path, pyproject="[tool.other]\nport = 1") == Settings()


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("port", "0", 0),
        ("port_file", "p", Path("p")),
        ("state", "s.json", Path("s.json")),
        ("clock", "2024-01-02T03:04:05+01:00", datetime(2024, 1, 2, 2, 4, 5, tzinfo=UTC)),
        ("clock", "real", None),
        ("allow_hosts", "a.example, B.example", ("a.example", "b.example")),
        ("headers", "off", False),
        ("check_responses", "1", True),
        ("journal_limit", "5", 5),
        ("log_format", "json", "json"),
        ("assume", "a.b=1,c.d=x=y", {"a.b": "1", "c.d": "x=y"}),
        ("strict_fidelity", "yes", True),
        ("tls", "1", True),
        ("tls_port", "443", 443),
        ("proxy_port", "0", 0),
        ("allow", "Pay.example.com,*.example.org", ("pay.example.com", "*.example.org")),
        ("ca_dir", "ca", Path("ca")),
        ("url", "https://sim.example:8", "https://sim.example:8"),
        ("world", "w", "w"),
        ("fail_on", "assumed", "assumed"),
    ],
)
def test_a_setting_from_the_environment(tmp_path: Path, name: str, value: str, wanted: Any) -> None:
    assert getattr(settings(tmp_path, None, {f"SIMULATOR_{name.upper()}": value}), name) == wanted


def test_tables_have_types(tmp_path: Path) -> None:
    own = """
        port = 0
        clock = 2024-01-02T03:04:05Z
        no-headers = true
        allow-hosts = ["a.example"]
        [assume]
        "a.b" = 3
    """
    found = settings(tmp_path, simulator=own)
    assert found.clock == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (found.headers, found.allow_hosts, found.assume) == (False, ("a.example",), {"a.b": 3})


def test_flags_have_their_own_names(tmp_path: Path) -> None:
    found = settings(tmp_path, {"no_headers": True, "allow_host": ("a.example", "b.example")})
    assert (found.headers, found.allow_hosts) == (False, ("a.example", "b.example"))
    found = settings(tmp_path, None, {"SIMULATOR_NO_HEADERS": "yes", "SIMULATOR_ALLOW_HOST": "a.example"})
    assert (found.headers, found.allow_hosts) == (False, ("a.example",))


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (
            {"environ": {"SIMULATOR_PROT": "1"}},
            "environment: there is no setting 'prot'; there are admin_token",
        ),
        ({"simulator": "prot = 1"}, "simulator.toml: there is no setting 'prot'"),
        ({"pyproject": "[tool.simulator]\nprot = 1"}, "tool.simulator.*there is no setting 'prot'"),
        ({"pyproject": "[tool]\nsimulator = 1"}, "simulator is no table"),
        ({"simulator": "port = "}, "simulator.toml: "),
        ({"environ": {"SIMULATOR_PORT": "-1"}}, "environment: port: -1 is not a port"),
        ({"environ": {"SIMULATOR_PORT": "x"}}, "environment: port: "),
        ({"simulator": "port = []"}, "simulator.toml: port: "),
        ({"environ": {"SIMULATOR_HEADERS": "maybe"}}, "neither true nor false"),
        ({"environ": {"SIMULATOR_NO_HEADERS": "maybe"}}, "neither true nor false"),
        ({"simulator": "clock = 5"}, "simulator.toml: clock: "),
        ({"environ": {"SIMULATOR_CLOCK": "1969-01-01"}}, "between 1970 and 8999"),
        ({"environ": {"SIMULATOR_ASSUME": "a"}}, "give id=value"),
        ({"simulator": "url = 'sim.example'"}, "simulator.toml: url: 'sim.example' is no URL"),
        ({"environ": {"SIMULATOR_FAIL_ON": "all"}}, "fail_on: 'all' is not violation"),
        ({"simulator": "allow_hosts = 3"}, "simulator.toml: allow_hosts: "),
        ({"environ": {"SIMULATOR_ALLOW": "a.example:80"}}, "allow: 'a.example:80': give a host's name"),
        ({"environ": {"SIMULATOR_TLS_PORT": "70000"}}, "tls_port: 70000 is not a port"),
        ({"simulator": "tls = true\ntls-port = 443"}, "the port speaks TLS, or another one beside it"),
        ({"simulator": "state = 3"}, "simulator.toml: state: "),
    ],
)
def test_what_cannot_be_says_where_it_came_from(tmp_path: Path, source: dict[str, Any], says: str) -> None:
    with pytest.raises(BadSettings, match=says):
        settings(tmp_path, **source)


@pytest.mark.parametrize(
    ("flags", "address"),
    [
        ({}, "http://127.0.0.1:7470"),
        ({"host": "0.0.0.0", "port": 8}, "http://127.0.0.1:8"),
        ({"host": "::", "port": 8}, "http://[::1]:8"),
        ({"host": "::1"}, "http://[::1]:7470"),
        ({"host": "::1", "tls": True}, "https://[::1]:7470"),
        ({"tls_port": 443}, "http://127.0.0.1:7470"),
        ({"host": "sim.example", "port": 8}, "http://sim.example:8"),
        ({"port": 0, "url": "http://sim.example"}, "http://sim.example"),
    ],
)
def test_where_the_server_is(tmp_path: Path, flags: dict[str, Any], address: str) -> None:
    assert settings(tmp_path, flags).address == address


def test_where_the_ca_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(tmp_path, {"ca_dir": "mine"}).ca_file == Path("mine/ca.pem")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert settings(tmp_path).ca_file.is_relative_to(tmp_path)


def test_what_a_server_is_called(tmp_path: Path) -> None:
    assert settings(tmp_path, {"host": "0.0.0.0", "allow_host": ("sim.example",)}).own_names == (
        "sim.example",
    )
    assert settings(tmp_path, {"host": "Sim.example"}).own_names == ("sim.example",)


def test_nobody_said_where_the_server_is(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="say --url"):
        _ = settings(tmp_path, {"port": 0}).address
