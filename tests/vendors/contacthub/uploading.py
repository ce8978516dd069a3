"""Files for bulk jobs, uploaded and run."""

from __future__ import annotations

import copy
import csv
import io
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from simulator.data import FixtureFiles

UUID = "99999999-9999-4999-8999-999999999999"
GIULIA = "55555555-5555-4555-8555-555555555555"
VIEW = "66666666-6666-4666-8666-666666666666"
DONE = "77777777-7777-4777-8777-777777777777"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
LATER = "2024-03-01T12:00:00Z"
PEOPLE = "externalId,base.firstName,base.contacts.email\n100,John,doe@example.com\n101,Ada,ada@example.com\n"


def docs(**changes: Any) -> Any:
    """The documents' fixture, its workspace changed."""
    document = copy.deepcopy(dict(FixtureFiles().read("contacthub", "docs")))
    document["workspaces"][0] |= changes
    return document


def jobs(hub: Any) -> str:
    return f"/nodes/{hub.node_id}/bulk-jobs"


def upload(
    hub: Any,
    text: str | bytes,
    operation: str = "UPSERT",
    name: str = "people.csv",
    token: str | None = None,
    **fields: str,
) -> Any:
    content = text.encode() if isinstance(text, str) else text
    data = {"operation": operation, "file": FileStorage(io.BytesIO(content), name)} | fields
    # not the client's own way, which forgets to close the file that it keeps a large body in
    boundary, body = encode_multipart(data)
    form = f'multipart/form-data; boundary="{boundary}"'
    return hub.post(jobs(hub), data=body, content_type=form, token=token)


def loaded(hub: Any, text: str, operation: str = "UPSERT", **fields: str) -> str:
    answer = upload(hub, text, operation, **fields)
    assert answer.status_code == 201, answer.text
    assert answer.json["status"] == "LOADED", answer.json
    return str(answer.json["id"])


def done(hub: Any, text: str, operation: str = "UPSERT", **fields: str) -> list[dict[str, str]]:
    """The results of a file whose job has run."""
    job = loaded(hub, text, operation, **fields)
    hub.move_to(LATER)
    assert hub.get(f"{jobs(hub)}/{job}").json["status"] == "PROCESSED"
    return results(hub, job)


def results(hub: Any, job: str) -> list[dict[str, str]]:
    answer = hub.get(f"{jobs(hub)}/{job}/results")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text)))


def customer(hub: Any, customer_id: str) -> dict[str, Any]:
    [found] = [c["seen"] for c in hub.kept("customers") if c["id"] == customer_id]
    return dict(found)
