"""How bodies are read, by their media types: JSON, forms, and what a vendor adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug import Response
from werkzeug.wrappers import Request

from simulator.kernel.payload import Decode, Payload

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
MOST_FIELDS = 10_000
MOST_ITEMS = 1_000


def received(request: Request, raw: bytes, added: Mapping[str, Decode]) -> Payload:
    """The body of a request: a form, what the vendor `added`, else JSON, whatever it says it is."""
    mimetype = request.mimetype
    if mimetype == MULTIPART:
        return Payload(raw, lambda _: _multipart(request))
    if mimetype == URLENCODED:
        return Payload(raw, urlencoded)
    return Payload(raw, added[mimetype]) if mimetype in added else Payload(raw)


def answered(response: Response, added: Mapping[str, Decode]) -> Payload:
    """The body of an answer: JSON, what the vendor `added`, else one text."""
    raw = response.get_data()
    if response.is_json:
        return Payload(raw)
    return Payload(raw, added.get(response.mimetype or "", lambda _: raw.decode("utf-8", "replace")))


def urlencoded(raw: bytes) -> dict[str, Any]:
    """The fields of a form, nested by their names' brackets: `a[0][b]=1` is {a: [{b: 1}]}, as PHP, Rails and
    Node's qs have it. Raises ValueError where it is not UTF-8."""
    import qs_codec  # noqa: PLC0415 - costs as much to import as a vendor

    options = qs_codec.DecodeOptions(list_limit=MOST_ITEMS, parameter_limit=MOST_FIELDS)
    return dict(qs_codec.decode(raw.decode(), options))


def _multipart(request: Request) -> dict[str, Any]:
    """Each part's text, or an empty one for a file; a list where a name comes more than once."""
    # a part may come without a name, which the form then has as None
    found = {name or "": texts for name, texts in request.form.lists()}
    for name, files in request.files.lists():
        found[name or ""] = found.get(name or "", []) + [""] * len(files)
    return {name: texts if len(texts) > 1 else texts[0] for name, texts in found.items()}
