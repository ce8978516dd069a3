"""What a client's environment says, so that it comes to us without a change: proxy, certificates, addresses.

The variables and who reads them are listed in docs/exec.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from simulator.kernel.vendor import Vendor
from simulator.testing.trust import STORE_PASSWORD, Trust

PROXIED = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
TRUSTED = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
NEVER_PROXIED = "localhost,127.0.0.1,::1"
NODE_PROXY = Path(__file__).with_name("node_proxy.cjs")


def variables(
    before: Mapping[str, str], url: str, proxy_port: int, trust: Trust, vendors: Iterable[Vendor]
) -> dict[str, str]:
    """What is to be set on top of `before`; what one may only add to keeps what it had."""
    return {
        **_proxy(f"http://127.0.0.1:{proxy_port}"),
        **dict.fromkeys(TRUSTED, str(trust.bundle)),
        **_node(before, trust),
        **_java(before, proxy_port, trust),
        # an empty first part stands for PHP's own folder
        "PHP_INI_SCAN_DIR": f"{before.get('PHP_INI_SCAN_DIR', '')}:{trust.php}",
        "SIMULATOR_URL": url,
        **{f"{each.name.upper()}_BASE_URL": f"{url}/{each.name}{each.base_path}" for each in vendors},
    }


def _proxy(url: str) -> dict[str, str]:
    """Both spellings: curl and Ruby heed only the lower one for http, others the upper one."""
    names = {**dict.fromkeys(PROXIED, url), "NO_PROXY": NEVER_PROXIED}
    return {**names, **{name.lower(): value for name, value in names.items()}}


def _node(before: Mapping[str, str], trust: Trust) -> dict[str, str]:
    quoted = str(NODE_PROXY).replace("\\", "\\\\").replace('"', '\\"')
    return {
        "NODE_EXTRA_CA_CERTS": str(trust.ca),
        "NODE_USE_ENV_PROXY": "1",
        "NODE_OPTIONS": f'{before.get("NODE_OPTIONS", "")} --require "{quoted}"'.strip(),
    }


def _java(before: Mapping[str, str], proxy_port: int, trust: Trust) -> dict[str, str]:
    """Java reads no proxy and no certificates from the environment, but options it does."""
    options = {
        "http.proxyHost": "127.0.0.1",
        "http.proxyPort": proxy_port,
        "https.proxyHost": "127.0.0.1",
        "https.proxyPort": proxy_port,
        "http.nonProxyHosts": "localhost|127.*|[::1]",
        "javax.net.ssl.trustStore": f'"{trust.java}"',
        "javax.net.ssl.trustStoreType": "PKCS12",
        "javax.net.ssl.trustStorePassword": STORE_PASSWORD,
    }
    ours = " ".join(f"-D{name}={value}" for name, value in options.items())
    return {"JAVA_TOOL_OPTIONS": f"{before.get('JAVA_TOOL_OPTIONS', '')} {ours}".strip()}
