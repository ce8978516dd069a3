"""Judges one exchange against the contract: what the client did wrong, what we did wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from werkzeug import Response
from werkzeug.wrappers import Request

from simulator.kernel import grades
from simulator.kernel.choices import Use
from simulator.kernel.contract import Checker, Contract, Operation, Parameter
from simulator.kernel.media import MULTIPART, URLENCODED
from simulator.kernel.payload import Payload
from simulator.kernel.violation import Violation, escape, likest

UNREAD = "\ufffd"
"""What stands where bytes were no UTF-8."""


def judge_request(
    contract: Contract,
    operation: Operation,
    request: Request,
    arguments: Mapping[str, Any],
    payload: Payload,
    *,
    use: Use | None = None,
) -> list[Violation]:
    """Every way in which a client's request breaks its operation; `use`, if given, hears what it made use of,
    and use of what is deprecated is a warning."""
    found: list[Violation] = []
    found += _judge_parameters(contract, operation, request, arguments, use)
    found += _judge_body(operation, request, payload, use)
    for place, pointer, evidence in use.deprecated if use else ():
        message = f"{pointer or operation.id} is deprecated"
        found.append(Violation(place, pointer, "deprecated", message, evidence, severity="warning"))
    return found


def _judge_parameters(
    contract: Contract, operation: Operation, request: Request, arguments: Mapping[str, Any], use: Use | None
) -> list[Violation]:
    fold = str.lower if contract.folds_case else str
    found: list[Violation] = []
    for parameter in operation.parameters:
        place, name = parameter.place, parameter.name
        texts = _sent(parameter, request, arguments, fold)
        if texts:
            found += _judge_parameter(parameter, texts, request, use)
        elif parameter.required:
            message = f"{name} is required"
            found.append(Violation(place, f"/{name}", "required", message, parameter.evidence))
    return found + list(_undocumented(operation, request, fold))


def _sent(
    parameter: Parameter, request: Request, arguments: Mapping[str, Any], fold: Callable[[str], str]
) -> list[str]:
    """What was sent for a parameter, in order."""
    name = parameter.name
    if parameter.place == "header":
        return request.headers.getlist(name)
    if parameter.place == "path":
        # a view's argument is the contract's parameter in snake case
        return [str(value) for key, value in arguments.items() if key.replace("_", "") == name.lower()]
    if parameter.place == "query":
        return [text for key, texts in request.args.lists() if fold(key) == fold(name) for text in texts]
    return []


def _undocumented(operation: Operation, request: Request, fold: Callable[[str], str]) -> Iterator[Violation]:
    """Parameters of the query that the operation does not have, by the names that were sent."""
    known = {
        fold(parameter.name): parameter.name
        for parameter in operation.parameters
        if parameter.place == "query"
    }
    sent = {fold(name) for name in request.args}
    unsent = frozenset(known[name] for name in known.keys() - sent)
    for name in sorted(request.args):
        if fold(name) not in known:
            message = f"{name} is no parameter of {operation.id}"
            yield Violation(
                "query",
                f"/{escape(name)}",
                "undocumented",
                message,
                operation.evidence,
                nearest=likest(fold(name), unsent),
            )


def _judge_parameter(
    parameter: Parameter, texts: list[str], request: Request, use: Use | None
) -> list[Violation]:
    place, pointer = parameter.place, f"/{parameter.name}"
    if not _is_utf8(parameter, texts, request):
        message = f"{parameter.name} is not UTF-8"
        return [Violation(place, pointer, "encoding", message, parameter.evidence)]
    value = parameter.read(texts)
    if use is not None:
        use.parameter(place, parameter.name, value)
    return parameter.checker.violations(value, place, pointer)


def _is_utf8(parameter: Parameter, texts: list[str], request: Request) -> bool:
    """Whether the bytes it came in were: read as text, what was not stands as %FF or as UNREAD."""
    if parameter.place == "query" and any("%" in text for text in texts):
        pairs = [pair.partition(b"=") for pair in request.query_string.replace(b"+", b" ").split(b"&")]
        name = parameter.name.lower().encode()
        sent = [value for key, _, value in pairs if unquote_to_bytes(key).lower() == name]
        return all(_decodes(unquote_to_bytes(value)) for value in sent)
    if parameter.place == "path" and UNREAD in texts[0]:
        path: str = request.environ["PATH_INFO"]
        return _decodes(path.encode("latin-1"))
    return True


def _decodes(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _judge_body(operation: Operation, request: Request, payload: Payload, use: Use | None) -> list[Violation]:
    evidence = operation.body_evidence
    if not payload.raw:
        if operation.body_required:
            return [Violation("body", "", "required", "a body is required", evidence)]
        return []
    if not operation.bodies:
        return [Violation("body", "", "undocumented", f"{operation.id} takes no body", evidence)]
    checker = operation.bodies.get(request.mimetype)
    if checker is None:
        message = f"{request.mimetype or 'no content type'} is not one of {', '.join(operation.bodies)}"
        return [Violation("header", "/Content-Type", "contentType", message, evidence)]
    unread = list(_unread(request.mimetype, payload))
    if unread:
        return [Violation("body", pointer, "encoding", message, evidence) for pointer, message in unread]
    value = _typed(checker, payload)
    if use is not None:
        use.body(request.mimetype, value)
    return _each_once([*_no_files(checker, request), *checker.violations(value, "body")])


def _no_files(checker: Checker, request: Request) -> Iterator[Violation]:
    """Parts of a multipart body that are to be files and are texts, since no filename says otherwise."""
    if request.mimetype == MULTIPART:
        for name in sorted(checker.files.keys() & request.form.keys()):
            message = f"{name} is to be a file, and its part has no filename"
            yield Violation("body", f"/{escape(name)}", "contentMediaType", message, checker.files[name])


def _each_once(found: list[Violation]) -> list[Violation]:
    """What a value does against a keyword is one fault, also where a condition narrows what its schema says,
    such as `integer or null`, and `integer` for one kind of campaign. The surest statement is told."""
    surest: dict[tuple[str, str], Violation] = {}
    for violation in sorted(found, key=lambda v: grades.GRADES.index(v.evidence)):
        surest.setdefault((violation.pointer, violation.keyword), violation)
    return [violation for violation in found if surest[violation.pointer, violation.keyword] is violation]


def _unread(mimetype: str, payload: Payload) -> Iterator[tuple[str, str]]:
    """(JSON pointer, message) of what of a body could not be read."""
    if payload.error is not None:
        yield "", payload.error
    elif mimetype == URLENCODED and not _decodes(unquote_to_bytes(payload.raw)):
        yield "", "the form is not UTF-8"
    elif mimetype == MULTIPART and not payload.value and b"form-data" in payload.raw:
        yield "", "no part could be read: is the boundary right?"
    elif mimetype == MULTIPART and UNREAD.encode() not in payload.raw:
        for name, texts in payload.value.items():
            if UNREAD in str(texts):
                yield f"/{escape(name)}", f"{name} is not UTF-8"


def judge_response(operation: Operation, response: Response, payload: Payload) -> list[Violation]:
    """Every way in which an answer of ours breaks the contract."""
    media = operation.responses.get(str(response.status_code))
    if media is None:
        message = f"{operation.id} has no response {response.status_code}"
        return [Violation("operation", "", "status", message, operation.evidence)]
    if not payload.raw:
        message = f"a body of {', '.join(media)} is promised"
        return [Violation("body", "", "required", message, operation.evidence)] if media else []
    if response.mimetype not in media:
        message = f"{response.mimetype} is not promised"
        return [Violation("header", "/Content-Type", "contentType", message, operation.evidence)]
    checker = media[response.mimetype]
    return _held_to(checker, payload, operation.evidence) if checker is not None else []


def _held_to(checker: Checker, payload: Payload, evidence: str) -> list[Violation]:
    if payload.error is not None:
        return [Violation("body", "", "encoding", payload.error, evidence)]
    return checker.violations(_typed(checker, payload), "body")


def _typed(checker: Checker, payload: Payload) -> Any:
    return checker.types.typed(payload.value) if payload.is_text else payload.value
