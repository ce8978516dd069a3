"""Calls chained by the contract's links, each chain from the beginning of the server's state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from hypothesis import reject
from schemathesis import Case
from schemathesis.core.failures import Failure
from schemathesis.core.transport import Response
from schemathesis.generation.stateful.state_machine import APIStateMachine
from schemathesis.openapi.checks import EnsureResourceAvailability
from schemathesis.specs.openapi.schemas import OpenApiSchema


def chains(
    made: OpenApiSchema, base: type[APIStateMachine], begin: Callable[[], None]
) -> type[APIStateMachine]:
    """A state machine on `base`, which is made from `made`; `begin` is called before each chain."""
    past = Past()

    class Chain(base):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            super().__init__()
            past.calls.clear()
            begin()

        def before_call(self, case: Case[Any]) -> None:
            super().before_call(case)
            # what was stored under an id with a slash cannot be addressed: WSGI decodes paths (PEP 3333)
            if any("/" in unquote(str(value)) for value in (case.path_parameters or {}).values()):
                reject()

        def after_call(self, response: Response, case: Case[Any]) -> None:
            super().after_call(response, case)
            past.calls.append((case, response))

    @made.hook
    def filter_failure(_: Any, failure: Failure, case: Case[Any], __: Response) -> bool:
        return not (isinstance(failure, EnsureResourceAvailability) and past.may_have_taken(case))

    return Chain


class Past:
    """The calls of the present chain."""

    def __init__(self) -> None:
        self.calls: list[tuple[Case[Any], Response]] = []

    def may_have_taken(self, case: Case[Any]) -> bool:
        """Whether what a call names was made for something that was deleted since, and may be gone with it.

        An event of a customer, say; schemathesis looks for deletions of the event only.
        """
        fine = [(call, answer) for call, answer in self.calls if 200 <= answer.status_code < 300]
        gone = {_addressed(call) for call, _ in fine if call.method.upper() == "DELETE"}
        named = _addressed(case)
        makers = [
            call for call, answer in fine if call.method.upper() == "POST" and named in _answered(answer)
        ]
        return any(gone & {*_texts(maker.path_parameters), *_texts(maker.body)} for maker in makers)


def _addressed(case: Case[Any]) -> str:
    """The last id in a call's path."""
    names = re.findall(r"{([^}]+)}", case.path)
    return str((case.path_parameters or {})[names[-1]]) if names else ""


def _answered(response: Response) -> set[str]:
    try:
        return set(_texts(response.json()))
    except ValueError:
        return set()


def _texts(value: Any) -> Iterator[str]:
    """Every text and number in a structure, as text."""
    if isinstance(value, Mapping):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)
    elif isinstance(value, str | int) and not isinstance(value, bool) and value != "":
        yield str(value)
