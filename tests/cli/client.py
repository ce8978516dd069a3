"""A client of two vendors: `client.py URL right`, or `client.py URL wrong`, which makes twelve mistakes."""

from __future__ import annotations

import base64
import json
import sys
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

URL, WRONG = sys.argv[1], sys.argv[2] == "wrong"
IMPORT = "/infact/v1/datasources/265/objects/members/data/import/json"
OBJECTS = "/infact/v1/datasources/265/objects"


def call(method: str, path: str, body: Any = None, authorization: str = "", kind: str | None = None) -> Any:
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Authorization": authorization} if authorization else {}
    if data is not None:
        headers["Content-Type"] = kind or "application/json"
    try:
        with urlopen(Request(URL + path, data, headers, method=method)) as answer:
            return json.loads(answer.read() or "null")
    except HTTPError as error:
        error.close()
        return None


def either(wrong: Any, right: Any) -> Any:
    return wrong if WRONG else right


def infact() -> None:
    basic = base64.b64encode(b"demo:demo-secret").decode()
    token = f"Bearer {call('GET', '/infact/v1/Account/token', None, f'Basic {basic}')['Token']}"
    row = {"id": 9_000_001, "firstname": "Kari", "phone": "+4740000001"}
    rows = {"Items": [row], "MergeKey": "id"}
    call("POST", IMPORT, either({**rows, "Tgas": ["spring"]}, rows), token)
    call("POST", IMPORT, either({**rows, "Tags": "spring"}, rows), token)
    call("POST", IMPORT + either("?dryrun=true", ""), rows, token)
    call("POST", IMPORT, rows, token, either("text/plain", None))
    call("POST", IMPORT, either(b'{"Items": [', rows), token)
    call("GET", either(OBJECTS[:-1], OBJECTS), None, token)


def contacthub() -> None:
    known = call("GET", "/_simulator/vendors")["vendors"]["contacthub"]["credentials"]
    token, node = f"Bearer {known['token']}", known["node_id"]
    customers = f"/contacthub/hub/v1/workspaces/{known['workspace_id']}/customers"

    def person(number: int, base: Any = None, **more: Any) -> dict[str, Any]:
        return {"nodeId": node, "externalId": str(number), "base": base or {"firstName": "Ola"}, **more}

    nobody = {"externalId": "2", "base": {"firstName": "Ola"}}
    call("POST", customers, either(person(1, extrenal=1), person(1)), token)
    call("POST", customers, either(nobody, person(2)), token)
    call("POST", customers, person(3, either({"timezone": "Mars/Base"}, None)), token)
    call("POST", customers, person(4, either({"dob": "yesterday"}, None)), token)
    call("GET", f"{customers}?nodeId={node}&size={either('one', 1)}", None, token)
    call("GET", customers + either("", f"?nodeId={node}"), None, token)


infact()
contacthub()
