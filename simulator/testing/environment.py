"""What a client's environment says, so that it comes to us without a change: proxy, certificates, addresses.

The variables and who reads them are listed in docs/exec.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from simulator.hosts import is_loopback
from simulator.kernel.vendor import Vendor
from simulator.testing.trust import STORE_PASSWORD, Trust

PROXIED = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
TRUSTED = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
NEVER_PROXIED = ("localhost", "127.0.0.1", "::1")
NODE_PROXY = Path(__file__).with_name("node_proxy.cjs")
ADDED_TO = ("NODE_OPTIONS", "JAVA_TOOL_OPTIONS", "PHP_INI_SCAN_DIR")
"""Variables that hold several things, some of which may be the user's own."""


@dataclass(frozen=True)
class Way:
    """How a client gets to a simulator: its `url`, a proxy's port on the same host, whom to trust."""

    url: str
    proxy_port: int | None = None
    trust: Trust | None = None

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or "127.0.0.1"


def variables(before: Mapping[str, str], way: Way, vendors: Iterable[Vendor]) -> dict[str, str]:
    """What is to be set on top of `before`; what one may only add to keeps what it had."""
    found = {"SIMULATOR_URL": way.url}
    found |= {f"{each.name.upper()}_BASE_URL": f"{way.url}/{each.name}{each.base_path}" for each in vendors}
    if way.proxy_port is not None:
        found |= _proxy(way.host, way.proxy_port)
    if way.trust is not None:
        found |= {**dict.fromkeys(TRUSTED, str(way.trust.bundle)), "NODE_EXTRA_CA_CERTS": str(way.trust.ca)}
    added = {"NODE_OPTIONS": _node(way), "JAVA_TOOL_OPTIONS": _java(way)}
    found |= {name: f"{before.get(name, '')} {words}".strip() for name, words in added.items() if words}
    if way.trust is not None:
        # an empty first part stands for PHP's own folder
        found["PHP_INI_SCAN_DIR"] = f"{before.get('PHP_INI_SCAN_DIR', '')}{os.pathsep}{way.trust.php}"
    return found


def _direct(host: str) -> tuple[str, ...]:
    """Hosts that are not asked for through the proxy: this computer, and the simulator itself."""
    return NEVER_PROXIED if is_loopback(host) else (*NEVER_PROXIED, host)


def _proxy(host: str, port: int) -> dict[str, str]:
    """Both spellings: curl and Ruby heed only the lower one for http, others the upper one."""
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    names = {**dict.fromkeys(PROXIED, url), "NO_PROXY": ",".join(_direct(host)), "NODE_USE_ENV_PROXY": "1"}
    return {**names, **{name.lower(): names[name] for name in (*PROXIED, "NO_PROXY")}}


def _node(way: Way) -> str:
    quoted = str(NODE_PROXY).replace("\\", "\\\\").replace('"', '\\"')
    return "" if way.proxy_port is None else f'--require "{quoted}"'


def _java(way: Way) -> str:
    """Java reads no proxy and no certificates from the environment, but options it does."""
    options: dict[str, object] = {}
    if way.proxy_port is not None:
        direct = [f"[{each}]" if ":" in each else each for each in _direct(way.host)]
        for scheme in ("http", "https"):
            options |= {f"{scheme}.proxyHost": way.host, f"{scheme}.proxyPort": way.proxy_port}
        options["http.nonProxyHosts"] = "|".join(["127.*", *direct])
    if way.trust is not None:
        options |= {
            "javax.net.ssl.trustStore": f'"{way.trust.java}"',
            "javax.net.ssl.trustStoreType": "PKCS12",
            "javax.net.ssl.trustStorePassword": STORE_PASSWORD,
        }
    return " ".join(f"-D{name}={value}" for name, value in options.items())
