"""omnichannel.js in a real browser, on pages of another host than the simulator's.

Each test has a world of its own in a running server. Seen to fail with the key read from `window`, an init
that does not look whether there was one, requests that overtake each other, a script that starts twice or
before `ochntrack`, a script served as text, and visitors that are not linked.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.process import PATIENCE, Process, started

pytestmark = pytest.mark.slow

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
KEY = "072f34176f42a855da5ff3b1"
KNOWN, UID = "ana.exemplu@example.com", "2" * 64
"""A client of the docs world, and its uid."""
VISIT = "ochn.send('action', 'visit', {brands: ['Exemplu Sport', 'E&X'], interests: ['Food']});"
LOADER = """
(function (d, s, id) {
  var js, first = d.getElementsByTagName(s)[0];
  if (d.getElementById(id)) { return; }
  js = d.createElement(s); js.id = id; js.async = true; js.src = "%s/jsapi/omnichannel.js";
  first.parentNode.insertBefore(js, first);
}(document, 'script', 'omnichanneltrack'));
"""
"""How the vendor has its script loaded, at the end of each page."""


@dataclass
class Shop:
    """A web site with one page, which tracks its visitors in a world of its own."""

    page: Page
    address: str
    control: str
    api: str
    pages: dict[str, str]

    def open(self, head: str, body: str = "", loader: str | None = None) -> Page:
        """Visit a page with this script in its head, and wait until nothing is requested any more."""
        load = f"<script>{LOADER % self.api}</script>" if loader is None else loader
        self.pages["/"] = f"<!doctype html><title>Shop</title><script>{head}</script>{body}{load}"
        self.page.goto(self.address, wait_until="networkidle")
        return self.page

    def asked(self) -> list[tuple[str, dict[str, str]]]:
        """Every request so far: the operation and the fields of its form. None breaks the contract."""
        found = []
        for row in self._get("requests")["requests"]:
            entry = self._get(f"requests/{row['index']}")
            assert entry["contract"] == "ok", entry
            found.append((entry["operation"], dict(parse_qsl(entry["request"]["body"].get("text", "")))))
        return found

    def operations(self) -> list[str]:
        return [operation for operation, _ in self.asked()]

    def sends(self) -> list[tuple[str, str]]:
        """Of each send the id of the visitor and its type."""
        return [(form["uid"], form["uType"]) for operation, form in self.asked() if operation == "webSend"]

    def kept(self, collection: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._get(f"state/footprints/{collection}")["documents"]
        return found

    def newcomers(self) -> list[dict[str, Any]]:
        """The visitors that the fixture does not have."""
        return [each for each in self.kept("visitors") if each["technicalInfo"] and each["id"] != UID]

    def _get(self, path: str) -> Any:
        answer = httpx.get(f"{self.control}/{path}", timeout=PATIENCE, trust_env=False)
        return answer.raise_for_status().json()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with started(folder=tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail(
            "a browser is needed: apt-get install chromium, or have Chrome as google-chrome on the PATH"
        )
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=found)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[str, dict[str, str]]]:
    """A web server, and what it serves by path."""
    pages: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}/", pages
        serving.shutdown()
        thread.join()


@pytest.fixture
def shop(server: Process, browser: Browser, site: tuple[str, dict[str, str]]) -> Iterator[Shop]:
    answer = httpx.post(
        f"{server.url}/_simulator/worlds", json={"fixture": "docs"}, timeout=PATIENCE, trust_env=False
    )
    world = answer.raise_for_status().json()
    page = browser.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield Shop(page, site[0], world["control_url"], world["vendors"]["footprints"]["base_url"], site[1])
    page.close()
    assert failures == []


def declared(track: str, word: str = "var") -> str:
    """What a page declares in its head."""
    return f"{word} ochnkey = '{KEY}'; function ochntrack() {{ {track} }}"


@pytest.mark.parametrize("word", ["let", "var", "const"])
def test_a_page_makes_one_init_and_one_send(shop: Shop, word: str) -> None:
    shop.open(declared("ochn.init();" + VISIT, word))
    assert shop.operations() == ["getOmnichannelLibrary", "webInit", "webSend"]
    (visitor,) = shop.newcomers()
    assert shop.sends() == [(visitor["id"], "p")]
    assert (visitor["client"], visitor["email"]) == (None, None)
    assert visitor["technicalInfo"]["browserType"] == "Chrome"
    assert visitor["technicalInfo"]["screenSize"] == "1280x720"
    (event,) = shop.kept("tracked")
    assert (event["visitor"], event["actionType"]) == (visitor["id"], "visit")
    assert event["data"] == {"brands": ["Exemplu Sport", "E&X"], "interests": ["Food"]}


def test_the_page_is_of_another_host_and_reads_the_answers(shop: Shop) -> None:
    page = shop.open(declared(f"ochn.init('{KNOWN}');"))
    assert not shop.api.startswith(page.evaluate("location.origin"))
    assert page.evaluate(f"ochn.prepopulate({{email: '{KNOWN}'}}).data.userFirstName") == "Ana"


def test_who_is_logged_in_has_a_uid(shop: Shop) -> None:
    shop.open(declared(f"ochn.init('{KNOWN}');" + VISIT))
    assert shop.operations() == ["getOmnichannelLibrary", "webInit", "webSend"]
    assert shop.asked()[1][1]["email"] == KNOWN
    assert shop.sends() == [(UID, "c")]


def test_a_page_that_calls_ochntrack_too_has_one_session(shop: Shop) -> None:
    shop.open(declared("ochn.init();" + VISIT) + "window.onload = function () { ochntrack(); };")
    assert shop.operations() == ["getOmnichannelLibrary", "webInit", "webSend", "webSend"]
    (visitor,) = shop.newcomers()
    assert shop.sends() == [(visitor["id"], "p")] * 2


def test_a_script_that_is_loaded_twice_starts_once(shop: Shop) -> None:
    again = f'<script id="omnichanneltrack" src="{shop.api}/jsapi/omnichannel.js"></script>'
    shop.open(declared("ochn.init();" + VISIT), loader=again + again)
    assert shop.operations().count("webInit") == shop.operations().count("webSend") == 1


def test_ochntrack_may_be_declared_after_the_script_has_run(shop: Shop) -> None:
    early = f'<script id="omnichanneltrack" src="{shop.api}/jsapi/omnichannel.js"></script>'
    shop.open("", body=early + f"<script>{declared('ochn.init();', 'let')}</script>", loader="")
    assert shop.operations() == ["getOmnichannelLibrary", "webInit"]


def test_each_path_of_a_single_page_is_a_visit_of_the_same_visitor(shop: Shop) -> None:
    page = shop.open(
        declared("ochn.init();" + VISIT),
        body="""<a id="bags" href="/bags">Bags</a><script>
            document.getElementById("bags").onclick = function (event) {
              event.preventDefault();
              history.pushState({}, "", this.href);
              ochn.send("action", "visit");
            };
            window.onpopstate = function () { ochn.send("action", "visit"); };
        </script>""",
    )
    with page.expect_response("**/jsapi/send"):
        page.click("#bags")
    assert page.url.endswith("/bags")
    with page.expect_response("**/jsapi/send"):
        page.go_back()
    assert shop.operations() == ["getOmnichannelLibrary", "webInit", *["webSend"] * 3]
    (visitor,) = shop.newcomers()
    assert shop.sends() == [(visitor["id"], "p")] * 3


def test_what_is_sent_before_a_login_is_the_strangers(shop: Shop) -> None:
    shop.open(declared(f"ochn.init(); {VISIT} ochn.init('{KNOWN}'); {VISIT}"))
    (visitor,) = shop.newcomers()
    assert shop.operations()[1:] == ["webInit", "webSend", "webInit", "webSend"]
    assert shop.sends() == [(visitor["id"], "p"), (UID, "c")]


def test_what_is_sent_before_init_waits_for_it(shop: Shop) -> None:
    page = shop.open(declared(VISIT))
    assert shop.operations() == ["getOmnichannelLibrary"]
    with page.expect_response("**/jsapi/send"):
        page.evaluate("ochn.init()")
    assert shop.operations() == ["getOmnichannelLibrary", "webInit", "webSend"]


def test_init_again_asks_again(shop: Shop) -> None:
    page = shop.open(declared("ochn.init();"))
    with page.expect_response("**/jsapi/init"):
        page.evaluate("ochn.init('', true)")
    assert len(shop.newcomers()) == 2


def test_who_registers_is_known_and_what_they_did_is_theirs(shop: Shop) -> None:
    mail = "vizitator@example.com"
    page = shop.open(declared(f"ochn.init('{mail}');" + VISIT))
    ((pid, kind),) = shop.sends()
    person = {
        "userEmail": mail,
        "userPhone": "0700000098",
        "agreeToCollect": True,
        "marketingChannels": [{"channel": "email", "type": "owner", "agreed": "true"}],
        "sdk": "loginForm",
    }
    assert page.evaluate("fields => ochn.register(fields, true)", person) == {"status": "ok"}
    shop.open(declared(f"ochn.init('{mail}');" + VISIT))
    uid, known = shop.sends()[1]
    assert (kind, known) == ("p", "c")
    visitors = {each["id"]: each for each in shop.kept("visitors")}
    assert visitors[uid]["linked"] == [pid]
    (lead,) = [each for each in shop.kept("leads") if each["fields"].get("userEmail") == mail]
    assert lead["client"] == visitors[uid]["client"]
    assert lead["fields"]["marketingChannels"][0]["channel"] == "email"


def test_a_form_that_nobody_waits_for(shop: Shop) -> None:
    page = shop.open(declared(""))
    with page.expect_response("**/jsapi/register"):
        assert page.evaluate("ochn.register({userEmail: 'vizitator@example.com'})") is None
    refused = page.evaluate("ochn.register({userEmail: 'nobody'}, true)")
    assert (refused["status"], refused["message"]) == ("error", '"userEmail" must be a valid email')


def test_the_console_says_what_was_refused_and_on_demand_all(shop: Shop) -> None:
    said: list[str] = []
    shop.page.on("console", lambda message: said.append(f"{message.type} {message.text}"))
    shop.open("let ochnkey = 'wrong', enableLogging = true; function ochntrack() { ochn.init(); }")
    assert "warning omnichannel.js: init is refused: Invalid appkey" in said
    assert [line for line in said if line.startswith("log omnichannel.js: init")]
    said.clear()
    shop.open(declared("ochn.init();"))
    assert [line for line in said if "omnichannel.js" in line] == []
