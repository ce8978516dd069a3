"""Who may use the control API: nobody from a foreign page, and off loopback only who has the token."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from werkzeug.wrappers import Request

from simulator.control.problems import Problem
from simulator.hosts import is_address, is_loopback

OPEN = frozenset({"getHealth", "getReady"})
"""Operations that need no token: a supervisor has none."""


@dataclass(frozen=True)
class Guard:
    """`host` is the address the server is bound to, `allow_hosts` are further Host names to answer to,
    `token` the administration token. Raises ValueError for a host off loopback without a token."""

    host: str = "127.0.0.1"
    allow_hosts: tuple[str, ...] = ()
    token: str | None = None

    def __post_init__(self) -> None:
        if not self.token and not is_loopback(self.host):
            raise ValueError(f"{self.host} is off loopback: the control API needs a token")

    def check(self, request: Request, operation: str | None) -> None:
        """Raises Problem: 403 for a foreign Host or Origin, 401 without the token."""
        host = request.headers.get("Host", "")
        # an unknown name may be a page's own, made to resolve to us (DNS rebinding)
        if host and not self._answers_to(host):
            raise Problem(
                403, f"the control API does not answer to the Host {host!r}; allow_hosts adds names"
            )
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            raise Problem(403, f"pages of {origin!r} may not use the control API")
        if self.token and operation not in OPEN and not self._holds_token(request):
            raise Problem(
                401, "Authorization: Bearer <administration token>", headers={"WWW-Authenticate": "Bearer"}
            )

    def _answers_to(self, host: str) -> bool:
        name = _name(host)
        if is_loopback(name) or name in (self.host.lower(), *self.allow_hosts):
            return True
        # bound to every address; a page cannot give us a number for a name
        return self.host in ("", "0.0.0.0", "::") and is_address(name)  # noqa: S104

    def _holds_token(self, request: Request) -> bool:
        scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
        wanted = (self.token or "").encode()
        return scheme.lower() == "bearer" and hmac.compare_digest(presented.strip().encode(), wanted)


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").removesuffix(".")
    except ValueError:
        return ""
