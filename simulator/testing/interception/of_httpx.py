"""httpx: the transports that go out, where Client and AsyncClient have handed a whole request over."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from typing import TYPE_CHECKING, Any

from simulator.testing.interception.active import EgressRefused, Interceptor, answering, check
from simulator.testing.interception.messages import PORTS, Answered, Sent
from simulator.testing.interception.patches import replaced

if TYPE_CHECKING:
    import httpx


def patch(stack: ExitStack, module: Any) -> None:
    """`module` is httpx._transports.default."""
    for cls, name, patched in (
        (module.HTTPTransport, "handle_request", _sync),
        (module.AsyncHTTPTransport, "handle_async_request", _async),
    ):
        replaced(stack, cls, name, patched(getattr(cls, name)))


def _sync(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def handle_request(self: Any, request: httpx.Request) -> httpx.Response:
        interceptor = _interceptor(self, request)
        if interceptor is None:
            found: httpx.Response = original(self, request)
            return found
        body = b"".join(request.stream)  # type: ignore[arg-type] # a Client sends what can be read so
        return _response(interceptor.exchange(_sent(request, body)))

    return handle_request


def _async(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    async def handle_async_request(self: Any, request: httpx.Request) -> httpx.Response:
        from anyio.lowlevel import checkpoint  # noqa: PLC0415 - httpx needs it for such clients only, too

        interceptor = _interceptor(self, request)
        if interceptor is None:
            found: httpx.Response = await original(self, request)
            return found
        parts = [part async for part in request.stream]  # type: ignore[union-attr] # and an AsyncClient so
        await checkpoint()  # others get their turn, as where a network is waited for
        return _response(interceptor.exchange(_sent(request, b"".join(parts))))

    return handle_async_request


def _interceptor(transport: Any, request: httpx.Request) -> Interceptor | None:
    """Raises httpx.ConnectError for a host that is kept out."""
    __tracebackhide__ = True
    if getattr(transport._pool, "_uds", None) is not None:
        return None  # a socket of this computer, whatever the URL says
    host, port = request.url.host, request.url.port or PORTS.get(request.url.scheme, 0)
    interceptor = answering(host, port)
    if interceptor is None:
        try:
            check(host, port)
        except EgressRefused as refused:
            import httpx  # noqa: PLC0415 - it is loaded by now

            raise httpx.ConnectError(str(refused), request=request) from refused
    return interceptor


def _sent(request: httpx.Request, body: bytes) -> Sent:
    url = request.url
    origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw]
    return Sent(request.method, origin + url.raw_path.decode("ascii"), headers, body)


def _response(answered: Answered) -> httpx.Response:
    import httpx  # noqa: PLC0415 - it is loaded by now

    return httpx.Response(
        answered.status,
        headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in answered.headers],
        stream=httpx.ByteStream(answered.body),
        extensions={"http_version": b"HTTP/1.1", "reason_phrase": answered.reason.encode("ascii")},
    )
