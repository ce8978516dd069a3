"""A client in the server's own process sees and sends what it does over a socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.testing.echo import CLIENTS, Echo
from tests.testing.inside import inside, listening

OF_THE_WIRE = ("transfer-encoding", "content-length", "connection")
"""How long an answer is, and that its end is its connection's, is said of what is sent in parts only."""


def said(value: Any) -> Any:
    """What a client saw, but for how the answer was sent."""
    if isinstance(value, list | tuple):
        return [
            said(each) for each in value if not (isinstance(each, tuple) and each and each[0] in OF_THE_WIRE)
        ]
    return value


@pytest.fixture(scope="module")
def served() -> Iterator[Callable[[Echo], str]]:
    """Serves an echo instead of the one before; its address."""
    echoes: list[Echo] = []

    def newest(environ: Any, start_response: Any) -> Any:
        return echoes[-1](environ, start_response)

    with listening(newest) as port:

        def serve(echo: Echo) -> str:
            echoes.append(echo)
            return f"127.0.0.1:{port}"

        yield serve


@pytest.mark.parametrize("client", CLIENTS.values(), ids=CLIENTS)
def test_in_process_as_over_a_socket(client: Callable[[str], Any], served: Callable[[Echo], str]) -> None:
    """Both what the client is answered and what the server is sent. Seen to fail with paths unquoted, with
    values in lower case, and with duplicates dropped."""
    far, near = Echo(), Echo()
    at = served(far)
    over_a_socket = client(at)
    with inside(near, at):
        in_process = client(at)
    assert len(near.seen) == len(far.seen) > 0
    for here, there in zip(near.seen, far.seen, strict=True):
        assert here == there
    assert said(in_process) == said(over_a_socket)
