"""A server that remembers what it was sent, and clients that send it all there is."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import http.cookiejar
import io
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from typing import Any, cast

import httpx
import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.util import Retry
from werkzeug.wrappers import Request, Response

REST = b"x" * 100_000
NOT_SENT = ("REMOTE_", "SERVER_", "wsgi.", "werkzeug.", "HTTP_X_SIMULATOR_CALLER")


class Echo:
    """`seen` has the environment of each request, but for what is not sent, and its body."""

    def __init__(self) -> None:
        self.seen: list[tuple[dict[str, Any], bytes]] = []

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        sent = {name: value for name, value in environ.items() if not name.startswith(NOT_SENT)}
        self.seen.append((sent, request.get_data()))
        return self.answer(request)(environ, start_response)

    def answer(self, request: Request) -> Response:
        if request.path == "/private" and request.authorization is None:
            return Response("who?", 401, {"WWW-Authenticate": 'Basic realm="here"'})
        if request.path == "/busy" and len(self.seen) < 3:
            return Response("later", 503)
        make = ANSWERS.get(request.path, lambda: Response("æ", content_type="text/plain; charset=utf-8"))
        return make()


COOKIES = [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
ANSWERS: dict[str, Callable[[], Response]] = {
    "/moved": lambda: Response("moved", 302, {"Location": "/there?a=%2F", "Set-Cookie": "seen=1"}),
    "/kept": lambda: Response("kept", 307, {"Location": "/there"}),
    "/nothing": lambda: Response(status=204),
    "/rest": lambda: Response(REST),
    "/zipped": lambda: Response(gzip.compress(b"z" * 1000), headers={"Content-Encoding": "gzip"}),
    "/lines": lambda: Response(f"line {n}\n" for n in range(3)),
    "/two": lambda: Response("two", headers=[("X-Two", "1"), ("X-Two", "2"), *COOKIES]),
    "/missing": lambda: Response('{"error": "nothing — here"}', 404, content_type="application/json"),
}


def parts() -> Iterator[bytes]:
    yield from (b"one ", b"", b"two ", b"three")


def of_requests(answer: requests.Response) -> list[Any]:
    history = [(each.status_code, each.url) for each in answer.history]
    headers = sorted((name.lower(), value) for name, value in answer.headers.items())
    return [answer.status_code, answer.reason, answer.url, headers, answer.content, answer.text, history]


def of_httpx(answer: httpx.Response) -> list[Any]:
    headers = sorted((name.lower(), value) for name, value in answer.headers.multi_items())
    history = [(each.status_code, str(each.url)) for each in answer.history]
    extensions = answer.extensions["http_version"], answer.extensions["reason_phrase"]
    return [
        answer.status_code,
        answer.http_version,
        extensions,
        str(answer.url),
        headers,
        answer.content,
        history,
    ]


def of_http(answer: Any) -> list[Any]:
    headers = sorted((name.lower(), value) for name, value in answer.headers.items())
    return [answer.status, answer.reason, answer.version, headers, answer.read()]


CLIENTS: dict[str, Callable[[str], Any]] = {}
"""Each takes the server's address, `host:port`, and returns all that it saw."""


def client(function: Callable[[str], Any]) -> Callable[[str], Any]:
    CLIENTS[function.__name__] = function
    return function


# --- requests --------------------------------------------------------------------------------


@client
def requests_get(at: str) -> Any:
    query = {"q": "å /?", "empty": ""}
    return of_requests(
        requests.get(f"http://{at}/a%2Fb/~c;d%20e", params=query, auth=("ø", "p:w"), timeout=(3, 3))
    )


@client
def requests_bodies(at: str) -> Any:
    url = f"http://{at}/"
    return [
        of_requests(requests.post(url, json={"a": "æ"}, timeout=5)),
        of_requests(requests.post(url, data={"a": ["æ", "b c"]}, timeout=5)),
        of_requests(requests.post(url, data=parts(), timeout=5)),
        of_requests(requests.put(url, data=io.BytesIO(REST), timeout=5)),
        of_requests(
            requests.patch(
                url, data=gzip.compress(REST, mtime=0), headers={"Content-Encoding": "gzip"}, timeout=5
            )
        ),
        of_requests(requests.delete(url, timeout=5)),
        of_requests(requests.request("PURGE", url, data="text — too".encode(), timeout=5)),
        of_requests(requests.post(url, timeout=5)),
    ]


@client
def requests_files(at: str) -> Any:
    files = {"file": ("å.csv", io.BytesIO(b"a;b\r\n"), "text/csv")}
    prepared = requests.Request("POST", f"http://{at}/", files=files, data={"a": "1"}).prepare()
    boundary = prepared.headers["Content-Type"].rpartition("=")[2]
    prepared.body = cast(bytes, prepared.body).replace(boundary.encode(), b"=" * len(boundary))
    prepared.headers["Content-Type"] = "multipart/form-data; boundary=" + "=" * len(boundary)
    return of_requests(requests.Session().send(prepared))


@client
def requests_session(at: str) -> Any:
    with requests.Session() as session:
        session.headers["X-Own"] = "1"
        session.hooks["response"].append(lambda answer, **_: answer.headers.__setitem__("X-Hook", "1"))
        found = [of_requests(session.post(f"http://{at}/moved", data={"a": 1}))]
        found += [of_requests(session.get(f"http://{at}/{path}")) for path in ("two", "there", "missing")]
        found.append(of_requests(session.get(f"http://{at}/moved", allow_redirects=False)))
        found.append(of_requests(session.post(f"http://{at}/kept", data=b"again")))
        return [*found, sorted(session.cookies.get_dict().items())]


@client
def requests_without_bodies(at: str) -> Any:
    return [
        of_requests(requests.head(f"http://{at}/rest", timeout=5)),
        of_requests(requests.get(f"http://{at}/nothing", timeout=5)),
        of_requests(requests.options(f"http://{at}/", timeout=5)),
    ]


@client
def requests_streams(at: str) -> Any:
    with requests.get(f"http://{at}/lines", stream=True, timeout=5) as lines:
        found = list(lines.iter_lines())
    with requests.get(f"http://{at}/rest", stream=True, timeout=5) as rest:
        raw = rest.raw
        sizes = [raw.status, raw.read(10), len(raw.read()), raw.read(), raw.closed]
    with requests.get(f"http://{at}/zipped", stream=True, timeout=5) as zipped:
        return [found, sizes, list(zipped.iter_content(300)), zipped.request.url, zipped.elapsed.days]


@client
def requests_own_adapter(at: str) -> Any:
    session = requests.Session()
    session.mount(
        "http://", HTTPAdapter(max_retries=Retry(total=5, status_forcelist=[503], backoff_factor=0))
    )
    answer = session.get(f"http://{at}/busy")
    return [of_requests(answer), [each.status for each in cast(Retry, answer.raw.retries).history]]


# --- urllib3 ---------------------------------------------------------------------------------


@client
def urllib3_pool(at: str) -> Any:
    with urllib3.PoolManager(maxsize=1, headers={"X-Two": "1"}) as pool:
        found = [of_http(pool.request("GET", f"http://{at}/two", preload_content=False))]
        found.append(of_http(pool.request("POST", f"http://{at}/", json={"a": 1}, preload_content=False)))
        found.append(of_http(pool.request("POST", f"http://{at}/", body=parts(), preload_content=False)))
        streamed = pool.request("GET", f"http://{at}/rest", preload_content=False)
        found.append([sum(map(len, streamed.stream(1000)))])
        streamed.release_conn()
        found.append(of_http(pool.request("GET", f"http://{at}/moved", preload_content=False)))
        return [*found, pool.request("GET", f"http://{at}/missing").json()]


@client
def urllib3_chunks(at: str) -> Any:
    with urllib3.HTTPConnectionPool(at, timeout=3.0, retries=False) as pool:
        return [
            pool.urlopen("POST", "/a%2Fb?x=%20+", body=io.BytesIO(b"read"), chunked=True).data,
            pool.urlopen("GET", "//double/../dots?a=[1]", assert_same_host=False).data,
        ]


# --- http.client and urllib.request ----------------------------------------------------------


@client
def http_client_low(at: str) -> Any:
    with closing(http.client.HTTPConnection(at, timeout=3)) as connection:
        connection.putrequest("POST", "/a%2Fb?x=%20+&y=%zz", skip_host=True, skip_accept_encoding=True)
        for name, value in (
            ("hOsT", at),
            ("X-Two", "1"),
            ("X-Two", "2"),
            ("Content-Length", "8"),
            ("Empty", ""),
        ):
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(b"four")
        connection.send(memoryview(b"more"))
        return of_http(connection.getresponse())


@client
def http_client_chunks(at: str) -> Any:
    with closing(http.client.HTTPConnection(at)) as connection:
        chunked = {"Transfer-Encoding": "chunked"}
        connection.request("PUT", "/", body=parts(), headers=chunked, encode_chunked=True)
        found = [of_http(connection.getresponse())]
        connection.request("POST", "/", body=cast(Any, io.StringIO("æøå")))
        found.append(of_http(connection.getresponse()))
        connection.request("POST", "/", body=[b"a", b"b"], headers={"Content-Length": "2"})
        return [*found, of_http(connection.getresponse())]


@client
def http_client_kept_alive(at: str) -> Any:
    with closing(http.client.HTTPConnection(at)) as connection:
        connection.connect()
        connection.request("GET", "/rest")
        answer = connection.getresponse()
        found: list[Any] = [answer.peek(3)[:3], answer.readline()[:9], answer.read1(10), len(answer.read())]
        for method, path in (("GET", "/nothing"), ("HEAD", "/rest"), ("GET", "/missing")):
            connection.request(method, path)
            found.append(of_http(connection.getresponse()))
        return found


@client
def urllib_opener(at: str) -> Any:
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, f"http://{at}/", "me", "secret")
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(
        urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPCookieProcessor(jar)
    )
    found = []
    for url, body in (("/private", None), ("/moved", b"a=1"), ("/missing", None), ("/nothing", None)):
        try:
            answer = opener.open(f"http://{at}{url}", body, timeout=3)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            found.append([answer.geturl(), *of_http(answer)[:2], answer.read()])
    return [*found, [(cookie.name, cookie.value) for cookie in jar]]


# --- httpx -----------------------------------------------------------------------------------


@client
def httpx_bodies(at: str) -> Any:
    url = f"http://{at}/"
    return [
        of_httpx(httpx.get(f"{url}a%2Fb/~c;d%20e?x=%20+", params=None, auth=("ø", "p:w"))),
        of_httpx(httpx.get(url, params={"q": "å /?"})),
        of_httpx(httpx.post(url, json={"a": "æ"})),
        of_httpx(httpx.post(url, data={"a": ["æ", "b c"]})),
        of_httpx(httpx.post(url, content=parts())),
        of_httpx(httpx.put(url, content=gzip.compress(REST, mtime=0), headers={"Content-Encoding": "gzip"})),
        of_httpx(
            httpx.post(
                url,
                files={"f": ("a.csv", b"a;b")},
                headers={"Content-Type": "multipart/form-data; boundary=b"},
            )
        ),
        of_httpx(httpx.delete(url)),
        of_httpx(httpx.head(f"{url}rest")),
        of_httpx(httpx.get(f"{url}nothing")),
        of_httpx(httpx.get(f"{url}two", headers=[("X-Two", "1"), ("x-two", "2")])),
    ]


@client
def httpx_client(at: str) -> Any:
    heard: list[str] = []
    hooks: dict[str, list[Callable[..., Any]]] = {
        "request": [lambda request: heard.append(request.method)],
        "response": [lambda answer: heard.append(str(answer.status_code))],
    }
    with httpx.Client(
        base_url=f"http://{at}/", follow_redirects=True, event_hooks=hooks, http2=False
    ) as session:
        found = [of_httpx(session.post("/moved", data={"a": "1"})), of_httpx(session.get("zipped"))]
        with session.stream("GET", "/lines") as lines:
            found.append(list(lines.iter_lines()))
        with session.stream("GET", "/rest") as rest:
            found.append([sum(map(len, rest.iter_bytes(1000))), rest.num_bytes_downloaded, rest.is_closed])
        return [found, heard, sorted(session.cookies.items()), session.is_closed]


@client
def httpx_async(at: str) -> Any:
    async def later() -> AsyncIterator[bytes]:
        for part in parts():
            await asyncio.sleep(0)
            yield part

    async def all_of_it() -> Any:
        async with httpx.AsyncClient(base_url=f"http://{at}", follow_redirects=True) as session:
            found = [
                of_httpx(await session.post("/", content=later())),
                of_httpx(await session.get("/moved")),
            ]
            async with session.stream("GET", "/lines") as lines:
                found.append([line async for line in lines.aiter_lines()])
            both = await asyncio.gather(session.get("/two"), session.get("/two"))
            return [found, *map(of_httpx, both)]

    return asyncio.run(all_of_it())
