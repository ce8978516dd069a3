"""The parts of a multipart body, as the clients that the vendor's page shows really send them."""

from __future__ import annotations

import re

from werkzeug.datastructures import FileStorage

from simulator.kernel.pipeline import exchange
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints.documents.service import File
from simulator.vendors.footprints.wire import world

QUOTED = re.compile(r';\s*filename="((?:[^"\\]|\\.)*)"', re.IGNORECASE)
DOCUMENTS = re.compile(r"documents(\[\d*\])?")


def files() -> list[File]:
    """The files in parts named documents, in their order. A part without name and content holds none."""
    world().assume(rules.DOCUMENT_NAMES)
    found = []
    for part, file in exchange().request.files.items(multi=True):
        name = (part or "").strip()
        if not DOCUMENTS.fullmatch(name):
            continue
        if name != "documents":
            world().assume(rules.UPLOAD_PARTS)
        sent = File(_basename(_filename(file)), file.mimetype, file.read())
        if sent.name or sent.content:
            found.append(sent)
    return found


def text(name: str) -> str | None:
    """The text of a part, None where it is empty or missing."""
    texts = [text for part, text in exchange().request.form.items(multi=True) if (part or "").strip() == name]
    return texts[-1] if texts and texts[-1] else None


def _filename(file: FileStorage) -> str:
    r"""The name as sent: in `C:\test.pdf`, as PHP on Windows writes it, nothing is escaped but quotes."""
    quoted = QUOTED.search(file.headers.get("Content-Disposition", ""))
    return re.sub(r'\\(["\\])', r"\1", quoted[1]) if quoted else file.filename or ""


def _basename(path: str) -> str:
    """PHP sends the whole path, of either kind."""
    return re.split(r"[/\\]", path)[-1]
