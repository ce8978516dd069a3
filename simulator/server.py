"""The whole server: its parts put together, and served over HTTP until it is told to stop."""

from __future__ import annotations

import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import simulator
from simulator import data
from simulator.config import BadSettings, Settings
from simulator.gateway import Gateway
from simulator.hosts import is_loopback
from simulator.kernel.pipeline import Policy
from simulator.kernel.tally import Tally
from simulator.kernel.vendor import Vendor, discover
from simulator.kernel.world import Birth
from simulator.kernel.worlds import BadBirth, Worlds
from simulator.ways import BACKLOG, Access, opened

if TYPE_CHECKING:
    import uvicorn
    from _typeshed.wsgi import WSGIApplication

    from simulator.doors import Secure
    from simulator.kernel.state_file import StateFile

GRACE_SECONDS = 8
"""How long requests in flight may take to finish; container runtimes kill after ten."""
KEEP_ALIVE_SECONDS = 75
"""Longer than clients' pools keep a connection, so that it is they who close it."""


class ReliedOnGuesses(Exception):
    """A run that should rely on no guess did; the message lists them."""


@dataclass(frozen=True)
class Simulator:
    """A server but for its socket: `gateway` is the WSGI application.

    `token` is what the control API asks for, if it does; `differs` says that the state file
    has a default world that began otherwise than the settings say. `whole_run` is what all worlds were
    asked, where that is to be judged at the end.
    """

    gateway: Gateway
    token: str | None = None
    state: StateFile | None = None
    differs: bool = False
    whole_run: Tally | None = None

    def close(self) -> None:
        """Save the state, if it is kept. Raises OSError; its journals hold what the file lacks then."""
        if self.state is not None:
            self.state.close()

    def check_fidelity(self) -> None:
        """Raises ReliedOnGuesses."""
        if self.whole_run is None:
            return
        from simulator.verdicts.document import judge, relied_on  # noqa: PLC0415 - most runs are not judged
        from simulator.verdicts.words import guess, plural  # noqa: PLC0415

        found = relied_on(judge(self.whole_run, self.gateway.vendors, self.gateway.contract))
        if found:
            lines = "".join(f"\n  {guess(row)}" for row in found)
            raise ReliedOnGuesses(f"answers relied on {plural(len(found), 'guess', 'guesses')}:{lines}")


def build(settings: Settings) -> Gateway:
    """A WSGI application in this process, without a socket. Raises BadSettings or BadStateFile."""
    return compose(settings).gateway


def compose(settings: Settings, access: Access | None = None) -> Simulator:
    """All parts together; `access` is what the control API says of ways to get here.

    Raises BadSettings or BadStateFile.
    """
    vendors = discover()
    birth = birth_of(settings, vendors)
    token = settings.admin_token or _token_for(settings.host)
    state = _state_file(settings.state) if settings.state else None
    worlds = Worlds(vendors, data.FixtureFiles(), log=state, journal_limit=settings.journal_limit)
    try:
        if state is not None:
            state.open(worlds)
        default = worlds.get("default") or worlds.create(birth)
    except BadBirth as error:
        if state is not None:
            state.abandon()
        raise BadSettings(str(error)) from error
    whole_run = Tally() if settings.strict_fidelity else None
    gateway = Gateway(
        worlds,
        Policy(settings.headers, settings.check_responses, whole_run=whole_run),
        lambda gateway: _control(gateway, settings, token, access),
        after=state.after if state else lambda: None,
    )
    return Simulator(gateway, token, state, differs=default.birth != birth, whole_run=whole_run)


def _state_file(path: Path) -> StateFile:
    from simulator.kernel.state_file import StateFile  # noqa: PLC0415 - most servers keep none

    return StateFile(path, simulator.__version__)


def birth_of(settings: Settings, vendors: Mapping[str, Vendor]) -> Birth:
    """What the default world starts from. Raises BadSettings for an assumption that cannot be."""
    return Birth(
        fixture=settings.fixture,
        seed=settings.seed,
        start=settings.clock,
        assume=_assumed(settings.assume, vendors) if settings.assume else {},
    )


def _assumed(given: Mapping[str, Any], vendors: Mapping[str, Vendor]) -> dict[str, Any]:
    rules = {rule.id: rule for vendor in vendors.values() for rule in vendor.parts.assumptions}
    found = {}
    for rule_id, value in given.items():
        if rule_id not in rules:
            raise BadSettings(
                f"assume: there is no assumption {rule_id!r}; GET /_simulator/fidelity lists them"
            )
        rule = rules[rule_id]
        try:
            found[rule_id] = rule.parse(value) if isinstance(value, str) else rule.checked(value)
        except ValueError as error:
            raise BadSettings(f"assume: {error}") from error
    return found


def _token_for(host: str) -> str | None:
    if host in ("127.0.0.1", "localhost", "::1"):
        return None
    # the control API is not needed to be ready
    return None if is_loopback(host) else secrets.token_urlsafe(24)


def _control(
    gateway: Gateway, settings: Settings, token: str | None, access: Access | None
) -> WSGIApplication:
    from simulator.control import Guard, create_control  # noqa: PLC0415

    guard = Guard(settings.host, settings.allow_hosts, token)
    return create_control(gateway, guard, data.commit(), access)


# --- over HTTP -----------------------------------------------------------------------


def serve(
    settings: Settings,
    announce: Callable[[Simulator, Access], None],
    seen: Callable[[Mapping[str, Any], int], None] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> int:
    """Serve until SIGTERM or SIGINT; the exit code. `announce(simulator, access)` is called when it answers;
    `tell` hears, in a sentence, of clients that do not trust us and of hosts that the proxy keeps out.

    Raises BadSettings or BadStateFile before that, OSError when the state could not be saved, and
    ReliedOnGuesses at the end of a run that should not have.
    """
    with stoppable() as stop, opened(settings, discover(), tell) as ways:
        whole = compose(settings, ways.access)
        try:
            with port_file(settings.port_file, ways.access.port), ways.proxying():
                announce(whole, ways.access)
                run(whole.gateway, ways.plain, stop, seen, secure=ways.secure)
        finally:
            whole.close()
    whole.check_fidelity()
    return 130 if stop.signal == signal.SIGINT else 0


class Stop:
    """Hears the signals that end a server, from its first instant."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self.server: uvicorn.Server | None = None

    def __call__(self, number: int, _: Any) -> None:
        self.signal = self.signal or number
        if self.server is not None:
            self.server.should_exit = True


@contextmanager
def stoppable() -> Iterator[Stop]:
    """SIGTERM and SIGINT are heard, and stop what will be run."""
    stop = Stop()
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def port_file(path: Path | None, port: int) -> Iterator[None]:
    """A file that holds the port for as long as it is served, complete from its first instant."""
    if path is None:
        yield
        return
    draft = path.with_name(f"{path.name}.tmp")
    try:
        draft.write_text(f"{port}\n")
        draft.replace(path)
    except OSError as error:
        raise BadSettings(f"port_file: {path} cannot be written: {error.strerror}") from error
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def in_thread(app: WSGIApplication, listener: socket.socket) -> Iterator[None]:
    """`app` is served by a thread until the end, which waits for what is in flight.

    Connections are taken at once, and answered when the thread has come so far.
    """
    stop = Stop()
    # whoever forgets the end shall not be held up by it
    thread = threading.Thread(target=run, args=(app, listener, stop), name="simulator-server", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop(signal.SIGTERM, None)
        thread.join()


def run(
    app: WSGIApplication,
    listener: socket.socket | None,
    stop: Stop,
    seen: Callable[[Mapping[str, Any], int], None] | None = None,
    *,
    secure: Secure | None = None,
) -> None:
    """Serve `app` until it is stopped, and finish what is in flight. TLS is spoken where it is `secure`."""
    import uvicorn  # noqa: PLC0415 - in process nobody needs it

    from simulator.bridge import Bridge  # noqa: PLC0415
    from simulator.doors import Server  # noqa: PLC0415

    stop.server = Server(
        uvicorn.Config(
            Bridge(app, seen=seen),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            backlog=BACKLOG,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        ),
        secure,
    )
    # a signal may have come before there was anything to stop; while it serves, the server
    # has handlers of its own, and hands what it caught on to ours afterwards
    stop.server.should_exit = stop.signal is not None
    stop.server.run(sockets=[] if listener is None else [listener])
