"""Vendors' names that lead to `--tls-port 443` by themselves, as network aliases of a container do.

Each client runs as it stands, trusting our CA, in a network of its own with a hosts file of its own. Seen to
fail with another name in the hosts file, and without the CA's variables.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from simulator.kernel.vendor import discover
from tests.clients.isolated import PREFIX
from tests.clients.test_clients import CLIENTS, PROGRAMS, TOKEN, here
from tests.process import PATIENCE, QUIET

SIMULATOR = shlex.join([sys.executable, "-m", "simulator"])
HOSTS = ["localhost", "simulator", *(host for vendor in discover().values() for host in vendor.hosts)]
IN_ITS_PLACE = f"""
mount --bind hosts /etc/hosts
export SIMULATOR_CA_DIR="$PWD/ca" SIMULATOR_ADMIN_TOKEN=t
{SIMULATOR} serve --host 0.0.0.0 --port 7470 --tls-port 443 --allow-host simulator --port-file serving >&2 &
trap "kill $!; wait" EXIT
while ! [ -s serving ]; do sleep 0.1; done
eval "$({SIMULATOR} env --url http://simulator:7470)"
"""


@cache
def possible() -> bool:
    """Whether this machine lets us have a network and a hosts file of our own."""
    mounting = ["sh", "-c", "mount --bind /dev/null /etc/hosts"]
    try:
        return subprocess.run([*with_mounts(), *mounting], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def with_mounts() -> list[str]:
    return [PREFIX[0], "--mount", *PREFIX[1:]]


def within(script: str, folder: Path) -> str:
    """What a script prints where the vendors' names are ours."""
    (folder / "hosts").write_text(f"127.0.0.1 {' '.join(HOSTS)}\n")
    done = subprocess.run(
        [*with_mounts(), "sh", "-euc", f"{IN_ITS_PLACE}\n{script}"],
        cwd=folder,
        env=QUIET | {"GOFLAGS": "-mod=mod"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=4 * PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


pytestmark = pytest.mark.skipif(not possible(), reason="this machine lets us make no such place")


@pytest.mark.parametrize("name", here())
def test_a_client_meets_the_simulator_by_the_vendors_name(name: str, tmp_path: Path) -> None:
    assert TOKEN in within(shlex.join([*CLIENTS[name], str(PROGRAMS / name)]), tmp_path)


def test_the_service_has_its_name_too(tmp_path: Path) -> None:
    """In the certificate, and for the control API."""
    ask = "import os, sys; from urllib.request import Request as R, urlopen as u\n" + (
        "print(u(R(sys.argv[1], headers={'Authorization': 'Bearer t'})).read().decode())"
    )
    script = shlex.join([sys.executable, "-c", ask, "https://simulator/_simulator/version"])
    assert '"name": "Simulator"' in within(script, tmp_path)
