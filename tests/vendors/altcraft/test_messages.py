"""Every message that the vendor's documents give, for success and for refusal, is the one that is sent.

The expected texts are the contract's, which has them from the documents: a change there is a change here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from simulator import data
from simulator.data import FixtureFiles
from simulator.kernel.contract import Contract, Operation
from simulator.vendors.altcraft.errors import TEXTS

CONTRACT = data.contract("altcraft")
OPERATIONS = list(Contract(CONTRACT).operations.values())
CODES = {
    kind["const"]: kind["title"]
    for kind in CONTRACT["components"]["schemas"]["ErrorCode"]["anyOf"]
    if "title" in kind and kind["const"] != 440  # a code whose meaning is not known
}
PRINTED = {
    example["value"]["error"]: example["value"]["error_text"]
    for response in CONTRACT["components"]["responses"].values()
    for example in response["content"]["application/json"]["examples"].values()
}
SUCCESS = {"error": 0, "error_text": "Successful operation"}
ANNA = "anna.primerova@example.com"


def test_the_codes_and_texts_are_the_contracts() -> None:
    assert {code: TEXTS[code] for code in CODES} == CODES
    assert {code: TEXTS[code] for code in PRINTED} == PRINTED
    # what the vendor's table of codes says, as far as it can be read
    assert [TEXTS[code] for code in (400, 401, 402)] == [
        "Incorrect request",
        "API token required",
        "Tariff limit reached",
    ]
    assert TEXTS[403].startswith("No ")


# --- success ----------------------------------------------------------------------------------


def example(operation: Operation) -> dict[str, Any]:
    examples = operation.document["requestBody"]["content"]["application/json"]["examples"]
    found: dict[str, Any] = next(iter(examples.values()))["value"]
    return found


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: str(operation.id))
@pytest.mark.parametrize("form", ["json", "xml"])
def test_success_is_told_by_every_operation(operation: Operation, form: str, make_altcraft: Any) -> None:
    altcraft = make_altcraft("docs")
    body = example(operation)
    if operation.id == "restoreSubscription":
        altcraft.done("subscriptions/delete", **body)
    answer = altcraft.client.post(f"/altcraft{operation.path}?format={form}", json=body)
    if form == "json":
        assert {name: answer.json[name] for name in SUCCESS} == SUCCESS
    else:
        assert "<error>0</error><error_text>Successful operation</error_text>" in answer.text


# --- refusals ---------------------------------------------------------------------------------


def malformed(altcraft: Any) -> Any:
    return altcraft.client.post("/altcraft/api/v1.1/profiles/get", data=b'{"db_id": 5,}')


def incorrect(altcraft: Any) -> Any:
    return post(altcraft, "profiles/get", {"token": altcraft.token, "email": ANNA})


def without_token(altcraft: Any) -> Any:
    return post(altcraft, "profiles/get", {"db_id": 5, "email": ANNA})


def above_the_tariff(altcraft: Any) -> Any:
    return post(altcraft, "profiles/add", {"token": altcraft.token, "db_id": 5, "data": {}})


def without_right(altcraft: Any) -> Any:
    body = {"token": altcraft.token_without_delete, "db_id": 5, "email": ANNA}
    return post(altcraft, "profiles/delete", body)


def unknown(altcraft: Any) -> Any:
    return post(
        altcraft, "profiles/get", {"token": altcraft.token, "db_id": 5, "email": "nobody@example.com"}
    )


def another_method(altcraft: Any) -> Any:
    return altcraft.client.get("/altcraft/api/v1.1/profiles/get")


def taken(altcraft: Any) -> Any:
    return post(altcraft, "profiles/add", {"token": altcraft.token, "db_id": 5, "data": {"email": ANNA}})


def too_large(altcraft: Any) -> Any:
    return altcraft.client.post("/altcraft/api/v1.1/profiles/get", data=b" " * (64 * 2**20 + 1))


def another_type(altcraft: Any) -> Any:
    return altcraft.client.post("/altcraft/api/v1.1/profiles/get", data=b"a=1", content_type="text/csv")


def post(altcraft: Any, path: str, body: dict[str, Any]) -> Any:
    return altcraft.client.post(f"/altcraft/api/v1.1/{path}", json=body)


REFUSALS: list[tuple[int, Callable[[Any], Any], bool]] = [
    (400, malformed, True),
    (400, incorrect, True),
    (401, without_token, False),
    (402, above_the_tariff, False),
    (403, without_right, False),
    (404, unknown, True),
    (405, another_method, False),
    (409, taken, True),
    (413, too_large, False),
    (415, another_type, False),
]
"""Code, what brings it, and whether the answer also says what exactly is wrong."""


def docs(quota: int | None) -> dict[str, Any]:
    return {**FixtureFiles().read("altcraft", "docs"), "accounts": [{"id": 1, "quota": quota}]}


@pytest.mark.parametrize(
    ("code", "refused", "detailed"), REFUSALS, ids=lambda part: getattr(part, "__name__", None)
)
def test_a_refusal_has_the_text_of_its_code(
    code: int, refused: Callable[[Any], Any], detailed: bool, make_altcraft: Any
) -> None:
    """The text comes first; after a colon, what is wrong, where there is more to say."""
    assume = {"other_content_type": "refuse"} if code == 415 else {}
    altcraft = make_altcraft(docs(2 if code == 402 else None), **assume)
    before = altcraft.state()
    answer = refused(altcraft).json
    assert answer.keys() == {"error", "error_text"}
    assert answer["error"] == code
    wanted = re.escape(PRINTED[code]) + (": .+" if detailed else "")
    assert re.fullmatch(wanted, answer["error_text"]), answer
    assert altcraft.state() == before


def test_every_printed_refusal_is_brought_about() -> None:
    assert {code for code, _, _ in REFUSALS} == PRINTED.keys()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b'{"db_id": 5,}', "trailing comma is not allowed: line 1 column 12"),
        (b"{'db_id': 5}", "expected a string key: line 1 column 2"),
        (b'{"db_id": 5', "unexpected end of data: line 1 column 12"),
        (b"[]", "an object is wanted"),
    ],
)
def test_a_stray_character_is_named(altcraft: Any, data: bytes, text: str) -> None:
    """An extra comma or bracket leads to an error with a code and its description, says the tutorial."""
    answer = altcraft.client.post(
        "/altcraft/api/v1.1/profiles/import", data=data, content_type="application/json"
    ).json
    assert answer["error"] == 400
    assert answer["error_text"].startswith("Incorrect request: ")
    assert text in answer["error_text"]
