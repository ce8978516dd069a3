"""Judges one exchange against the contract: what the client did wrong, what we did wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug import Response
from werkzeug.wrappers import Request

from simulator.kernel.contract import Checker, Contract, Operation, Violation
from simulator.kernel.payload import Payload


def judge_request(
    contract: Contract, operation: Operation, request: Request, arguments: Mapping[str, Any], payload: Payload
) -> list[Violation]:
    """Every way in which a client's request breaks its operation."""
    found: list[Violation] = []
    found += _judge_parameters(contract, operation, request, arguments)
    found += _judge_body(operation, request, payload)
    return found


def _judge_parameters(
    contract: Contract, operation: Operation, request: Request, arguments: Mapping[str, Any]
) -> list[Violation]:
    fold = str.lower if contract.folds_case else str
    sent = {
        # a view's argument is the contract's parameter in snake case
        "path": {name.replace("_", "").lower(): [str(value)] for name, value in arguments.items()},
        "query": {fold(name): texts for name, texts in request.args.lists()},
    }
    found: list[Violation] = []
    known: set[str] = set()
    for parameter in operation.parameters:
        name = parameter.name.lower() if parameter.place in ("header", "path") else fold(parameter.name)
        texts = (
            request.headers.getlist(name)
            if parameter.place == "header"
            else sent.get(parameter.place, {}).get(name)
        )
        if parameter.place == "query":
            known.add(name)
        if texts:
            value = parameter.read(texts)
            found += parameter.checker.violations(value, parameter.place, f"/{parameter.name}")
        elif parameter.required:
            message = f"{parameter.name} is required"
            found.append(
                Violation(parameter.place, f"/{parameter.name}", "required", message, parameter.evidence)
            )
    for name in sorted(set(sent["query"]) - known):
        message = f"{name} is no parameter of {operation.id}"
        found.append(Violation("query", f"/{name}", "undocumented", message, operation.evidence))
    return found


def _judge_body(operation: Operation, request: Request, payload: Payload) -> list[Violation]:
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
    return _held_to(checker, payload, evidence)


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
    value = checker.types.typed(payload.value) if payload.is_text else payload.value
    return checker.violations(value, "body")
