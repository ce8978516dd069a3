"""Commands in a network of their own, which has loopback and no way out (network_namespaces(7))."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

LOOPBACK_UP = """
import fcntl, os, socket, struct, sys
SIOCSIFFLAGS, IFF_UP = 0x8914, 1  # netdevice(7)
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", IFF_UP))
os.execvp(sys.argv[1], sys.argv[1:])
"""
PREFIX = ["unshare", "--map-root-user", "--net", sys.executable, "-c", LOOPBACK_UP]


@cache
def possible() -> bool:
    """Whether this machine lets us make one."""
    try:
        return subprocess.run([*PREFIX, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def prefix() -> list[str]:
    """What to put before a command; nothing where it cannot be had."""
    return PREFIX if possible() else []
