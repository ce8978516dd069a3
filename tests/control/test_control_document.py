"""The control API and its own OpenAPI document say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from flask import Flask
from openapi_spec_validator import validate

from scripts import bundle
from tests.acme import serve


def app() -> Flask:
    found: Flask = serve().gateway.app("_simulator")
    return found


def test_document_is_valid_openapi() -> None:
    validate(serve().get("/openapi.json"))


def test_routes_are_the_operations_of_the_document() -> None:
    """Seen to fail with an operationId renamed, and with a path left out of the document."""
    served = {
        (rule.endpoint, method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app().url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD"}
    }
    document = serve().get("/openapi.json")
    promised = {
        (operation["operationId"], method.upper(), path)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }
    assert served == promised


def test_document_names_the_server_it_is_read_from() -> None:
    server = serve()
    server.worlds.create(server.world.birth.__class__(name="w"))
    assert server.get("/openapi.json")["servers"] == [{"url": "/_simulator"}]
    assert server.get("/openapi.json", world="w")["servers"] == [{"url": "/_worlds/w/_simulator"}]


@pytest.mark.slow
def test_bundles_are_what_their_sources_say() -> None:
    """As `make lint` asks, too, before each change.

    Seen to fail after a word was changed in simulator/control/openapi.yaml; `make bundle` repairs it.
    """
    assert [str(path) for path in bundle.stale()] == []


def test_bundle_writes_and_then_finds_nothing_stale(tmp_path: Path) -> None:
    source = tmp_path / "contracts" / "acme" / "openapi.yaml"
    source.parent.mkdir(parents=True)
    source.write_text("day: 2024-01-01\nland: NO\nat: 12:30\nzip: 0150\nnumber: 7\nshare: 0.5\nnone:\n")
    (found,) = bundle.stale(tmp_path).items()
    assert found[0] == source.with_suffix(".json")
    assert found[1] == (
        b'{\n"day": "2024-01-01",\n"land": "NO",\n"at": "12:30",\n"zip": "0150",\n'
        b'"number": 7,\n"share": 0.5,\n"none": null\n}\n'
    )
    found[0].write_bytes(found[1])
    assert not bundle.stale(tmp_path)


def test_bundle_refuses_a_key_given_twice(tmp_path: Path) -> None:
    source = tmp_path / "fixtures" / "acme" / "demo.yaml"
    source.parent.mkdir(parents=True)
    source.write_text("things: []\nthings: [1]\n")
    with pytest.raises(yaml.YAMLError, match="'things' again"):
        bundle.stale(tmp_path)


def test_docs_page_fetches_nothing_from_elsewhere() -> None:
    server = serve()
    page = server.control("GET", "/docs")
    assert page.content_type == "text/html; charset=utf-8"
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    used = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert used
    for file in used:
        part = server.control("GET", f"/{file}")
        assert part.status_code == 200, file
        assert part.data
    assert not re.search(r'(?:src|href|url)[=:]\s*["\']?(?:https?:)?//', page.text)


def test_docs_page_offers_every_document() -> None:
    start = serve().control("GET", "/docs/start.js").text
    assert "validatorUrl: null" in start
    assert '"/_simulator/openapi.json"' in start
    assert '"/_simulator/vendors/acme/openapi.json"' in start


@pytest.mark.parametrize("file", ["nothing.js", "..%2F__init__.py", "swagger-ui.js", "index.css"])
def test_docs_page_has_no_other_files(file: str) -> None:
    assert serve().control("GET", f"/docs/{file}").status_code == 404


def test_vendor_contract_is_served_for_the_world_that_asks() -> None:
    server = serve()
    server.control("POST", "/worlds", {"name": "w"})
    contract = server.get("/vendors/acme/openapi.json", world="w")
    assert contract["servers"] == [{"url": "http://localhost/_worlds/w/acme"}]
    assert contract["info"]["title"] == "Acme"
    assert server.control("GET", "/vendors/none/openapi.json").status_code == 404
