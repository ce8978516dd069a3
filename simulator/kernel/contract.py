"""A vendor's contract, ready to judge with: operations, their parameters, bodies and responses.

Reads an OpenAPI 3.1 document; compiles a schema when it is first needed. Requests are
judged more strictly than the schemas are written: a key that a closed model does not
name is a client's mistake even where the vendor tolerates it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import orjson

from simulator.kernel import grades
from simulator.kernel.casing import Casing, casing_for
from simulator.kernel.grades import unescape
from simulator.kernel.payload import Payload
from simulator.kernel.texts import TextTypes, read
from simulator.kernel.violation import Violation, escape, likest

URN = "urn:contract"
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
MOST_ERRORS = 50
MOST_QUOTED = 80
"""So much of a value is quoted in a message, if it fits or is a text."""


class Checker:
    """One schema of the contract, compiled: what is wrong with an instance of it.

    `evidence` is that of the operation, for what has no grade of its own.
    """

    def __init__(self, contract: Contract, pointer: str, evidence: str, *, strict: bool) -> None:
        self._contract = contract
        self._pointer = pointer
        self._evidence = evidence
        self._validator = contract.compiled(pointer, strict=strict)
        self._casing: Casing | None = None
        if contract.folds_case:
            self._casing = casing_for(contract.document, contract.at(pointer))

    @cached_property
    def types(self) -> TextTypes:
        """What the texts of a form or of XML are meant to be."""
        return TextTypes(self._contract.document, self._contract.at(self._pointer))

    @cached_property
    def files(self) -> dict[str, str]:
        """The members of a multipart body that are files, or lists of them, and how sure that is of each."""
        pointer, schema = self._contract.resolved(self._pointer)
        found = {}
        for name in schema.get("properties", ()):
            where, member = self._contract.resolved(f"{pointer}/properties/{escape(name)}")
            if "items" in member:
                where, member = self._contract.resolved(f"{where}/items")
            if "contentMediaType" in member or member.get("format") == "binary":
                found[name] = self._contract.evidence_at(where) or self._evidence
        return found

    def violations(self, instance: Any, place: str, prefix: str = "") -> list[Violation]:
        if self._casing is not None:
            instance = self._casing.canonical(instance)
        if self._validator.is_valid(instance):
            return []
        found: list[Violation] = []
        for error in self._validator.iter_errors(instance):
            found += self._violations(error, place, prefix)
            if len(found) >= MOST_ERRORS:
                break
        return _once(found)

    def _violations(self, error: Any, place: str, prefix: str) -> list[Violation]:
        meant = _branch_meant(error)
        if meant:
            return [violation for inner in meant for violation in self._violations(inner, place, prefix)]
        where = prefix + "".join("/" + escape(str(step)) for step in error.instance_path)
        keyword = error.kind.name
        evidence = self._evidence_of(error)
        if keyword == "additionalProperties":
            return [
                Violation(
                    place,
                    f"{where}/{escape(name)}",
                    keyword,
                    f"{name!r} is no field here",
                    evidence,
                    nearest=likest(name, self._left_out(error)),
                )
                for name in error.kind.unexpected[:MOST_ERRORS]
            ]
        if keyword == "required":
            where = f"{where}/{escape(error.kind.property)}"
        return [Violation(place, where, keyword, _shortened(_told(error), 300), evidence, error.kind.value)]

    def _left_out(self, error: Any) -> frozenset[str]:
        """The fields that there are where a name is none of them, and that were not sent."""
        for _, node in reversed(self._contract.way(self._pointer, error.evaluation_path[1:])):
            if isinstance(node, Mapping) and isinstance(node.get("properties"), Mapping):
                return frozenset(node["properties"]) - frozenset(error.instance)
        return frozenset()

    def _evidence_of(self, error: Any) -> str:
        """The grade of the keyword that failed: its own where it can have one, or that of its place."""
        # the first step is the reference that the schema was compiled by
        steps = self._contract.way(self._pointer, error.evaluation_path[1:])
        found = grades.inherited(steps) or self._evidence
        if error.kind.name == "required":
            return grades.of_required(steps, error.kind.property) or found
        return grades.of_enum(steps, found) if error.kind.name == "enum" else found


def _told(error: Any) -> str:
    """What is wrong, and of a long text only its beginning; where no form fits, what is wrong with each."""
    branches: list[list[Any]] = getattr(error.kind, "context", None) or []
    if any(branches):
        return " or ".join(dict.fromkeys(_told(inner) for branch in branches for inner in branch))
    message: str = error.message
    if len(message) <= MOST_QUOTED:
        return message
    quoted = orjson.dumps(error.instance).decode()
    if len(quoted) <= MOST_QUOTED:
        return message
    if isinstance(error.instance, str):
        return message.replace(quoted, _shortened(quoted, MOST_QUOTED), 1)
    return message.replace(quoted, "the object" if isinstance(error.instance, dict) else "the list", 1)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + "…"


def _once(found: list[Violation]) -> list[Violation]:
    """In stable order, what several schemas say of one value once: with the surest grade among them."""
    surest: dict[tuple[str, str, str], Violation] = {}
    for violation in sorted(found, key=lambda v: grades.GRADES.index(v.evidence)):
        surest.setdefault((violation.pointer, violation.keyword, violation.message), violation)
    return [surest[place] for place in sorted(surest)]


def _branch_meant(error: Any) -> list[Any]:
    """Of the branches of a failed oneOf or anyOf, the errors of the one that was plainly meant.

    Where one of several members is wanted, those are meant that were sent: what is wrong with them is told,
    not that the others are missing. Else it is the branch whose tags (const, enum, type) all fit, if there
    is exactly one with the fewest errors.
    """
    branches: list[list[Any]] = getattr(error.kind, "context", None) or []
    sent = _members_sent(branches, len(error.instance_path))
    if sent:
        return sent
    tagged = [b for b in branches if b and not any(e.kind.name in ("const", "enum", "type") for e in b)]
    shortest = sorted(tagged, key=len)[:2]
    alone = len(shortest) == 1 or (len(shortest) == 2 and len(shortest[0]) < len(shortest[1]))
    return shortest[0] if alone else []


def _members_sent(branches: list[list[Any]], depth: int) -> list[Any]:
    """What is wrong with the members that were sent, if each branch wants members of its own, and no tags.

    `depth` is that of the object: a branch fails in its members, or in the object for want of them.
    """
    sent: list[Any] = []
    for branch in branches:
        inside = [error for error in branch if len(error.instance_path) > depth]
        lacking = [error for error in branch if error not in inside and error.kind.name == "required"]
        tags = [error for error in inside if error.kind.name in ("const", "enum")]
        if tags or len(branch) not in (len(inside), len(lacking)):
            return []
        if {error.instance_path[depth] for error in inside} & {error.instance_path[depth] for error in sent}:
            return []  # branches that differ in what a member may be
        sent += inside
    return sent


@dataclass(frozen=True)
class Parameter:
    """A path, query or header parameter, what is right for it and how sure that is."""

    name: str
    place: str
    required: bool
    kind: str
    evidence: str
    checker: Checker

    def read(self, texts: list[str]) -> Any:
        """The wire's text as the schema's type; left as text where it is not one."""
        if self.kind == "array":
            return texts
        text = texts[-1]
        if self.kind == "json":
            return Payload(text.encode()).value if Payload(text.encode()).error is None else text
        return read(text, (self.kind,))


class Operation:
    """One operation of the contract; the parts to judge with are compiled at first use."""

    def __init__(self, contract: Contract, path: str, method: str) -> None:
        self._contract = contract
        self.path = path
        self.method = method.upper()
        self.pointer = f"/paths/{escape(path)}/{method}"
        self.document: Mapping[str, Any] = contract.at(self.pointer)
        self.id: str = self.document["operationId"]
        self.evidence: str = self.document.get("x-evidence", contract.document.get("x-evidence", "assumed"))

    @cached_property
    def parameters(self) -> list[Parameter]:
        shared = [f"/paths/{escape(self.path)}/parameters/{i}" for i in range(len(self._shared))]
        own = [f"{self.pointer}/parameters/{i}" for i in range(len(self.document.get("parameters", [])))]
        return [self._parameter(pointer) for pointer in shared + own]

    @property
    def _shared(self) -> list[Any]:
        found: list[Any] = self._contract.document["paths"][self.path].get("parameters", [])
        return found

    def _parameter(self, pointer: str) -> Parameter:
        pointer, document = self._contract.resolved(pointer)
        evidence = self._contract.evidence_at(pointer) or self.evidence
        if "content" in document:
            pointer, types = f"{pointer}/content/{escape(next(iter(document['content'])))}", "json"
        else:
            types = self._contract.resolved(f"{pointer}/schema")[1].get("type", "string")
        return Parameter(
            name=document["name"],
            place=document["in"],
            required=document.get("required", False),
            kind=types if isinstance(types, str) else next(t for t in types if t != "null"),
            evidence=evidence,
            checker=Checker(self._contract, f"{pointer}/schema", self.evidence, strict=False),
        )

    @cached_property
    def body_required(self) -> bool:
        return bool(self._body[1].get("required", False))

    @cached_property
    def body_evidence(self) -> str:
        """How sure it is that there is a body, and of which media types."""
        return self._contract.evidence_at(self._body[0]) or self.evidence

    @cached_property
    def bodies(self) -> dict[str, Checker]:
        """Media type → what is right for a body of it."""
        return self._bodies(strict=True)

    @cached_property
    def accepted(self) -> dict[str, Checker]:
        """Media type → what the vendor itself asks of a body: keys it does not know do no harm."""
        return self._bodies(strict=False)

    def _bodies(self, *, strict: bool) -> dict[str, Checker]:
        pointer, document = self._body
        return {
            media: Checker(
                self._contract, f"{pointer}/content/{escape(media)}/schema", self.evidence, strict=strict
            )
            for media in document.get("content", {})
        }

    @cached_property
    def _body(self) -> tuple[str, Mapping[str, Any]]:
        if "requestBody" not in self.document:
            return "", {}
        return self._contract.resolved(f"{self.pointer}/requestBody")

    @cached_property
    def responses(self) -> dict[str, dict[str, Checker | None]]:
        """Status → media type → what is right for it; no media type means no body."""
        found: dict[str, dict[str, Checker | None]] = {}
        for status in self.document["responses"]:
            pointer, document = self._contract.resolved(f"{self.pointer}/responses/{status}")
            found[str(status)] = {
                media: Checker(
                    self._contract, f"{pointer}/content/{escape(media)}/schema", self.evidence, strict=False
                )
                if "schema" in content
                else None
                for media, content in document.get("content", {}).items()
            }
        return found


class Contract:
    """An OpenAPI document as the simulator uses it; `hash` names the exact text of it."""

    def __init__(self, document: dict[str, Any], hash: str = "") -> None:
        self.document = document
        self.hash = hash
        self.version = str(document["info"]["version"])
        self.folds_case = bool(document.get("x-case-insensitive-keys", False))
        self.operations = {op.id: op for op in self._operations()}

    def _operations(self) -> Iterator[Operation]:
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield Operation(self, path, method)

    @cached_property
    def _registry(self) -> jsonschema_rs.Registry:
        return jsonschema_rs.Registry([(URN, self.document)])

    @cached_property
    def _strict_registry(self) -> jsonschema_rs.Registry:
        return jsonschema_rs.Registry([(URN, closed(self.document))])

    def compiled(self, pointer: str, *, strict: bool) -> Any:
        registry = self._strict_registry if strict else self._registry
        # a path template has braces, which a URI may not
        reference = {"$ref": f"{URN}#{quote(pointer, safe='/~')}"}
        return jsonschema_rs.Draft202012Validator(reference, registry=registry, validate_formats=True)

    def at(self, pointer: str) -> Any:
        """What stands at a JSON pointer of the document."""
        node: Any = self.document
        for step in pointer.split("/")[1:]:
            node = node[int(step)] if isinstance(node, list) else node[unescape(step)]
        return node

    def resolved(self, pointer: str) -> tuple[str, Mapping[str, Any]]:
        """The pointer and object behind any local `$ref` that stands at `pointer`."""
        node = self.at(pointer)
        while "$ref" in node:
            pointer = node["$ref"].removeprefix("#")
            node = self.at(pointer)
        return pointer, node

    def way(self, pointer: str, further: Iterable[str | int] = ()) -> list[grades.Step]:
        """The nodes on the way to a JSON pointer and on from there, through references."""
        return grades.way(self.document, [*(unescape(step) for step in pointer.split("/")[1:]), *further])

    def evidence_at(self, pointer: str) -> str | None:
        """The grade of what stands at a JSON pointer: its own, or that of what encloses it."""
        return grades.inherited(self.way(pointer))

    def nearest(self, method: str, path: str) -> list[str]:
        """Up to three operations that a stray request may have meant."""
        # a variable's name says nothing of how like a path is
        shapes = {op.id: re.sub(r"\{[^}]*\}", "{}", op.path) for op in self.operations.values()}
        texts = {f"{op.method} {shapes[op.id]}".lower(): op.id for op in self.operations.values()}
        close = get_close_matches(f"{method} {path}".lower(), texts, n=3, cutoff=0.4)
        return [texts[text] for text in close]


def closed(node: Any) -> Any:
    """The document with every object model that does not say otherwise closed to unknown keys.

    Conditions (`if`, `allOf` and their like) are left alone: what they name is not the model.
    """
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, Mapping):
        return node
    conditions = ("allOf", "anyOf", "oneOf", "if", "then", "else", "not", "example", "examples")
    result = {key: value if key in conditions else closed(value) for key, value in node.items()}
    says = "additionalProperties" in node or "unevaluatedProperties" in node
    if isinstance(node.get("properties"), Mapping) and _is_object(node) and not says:
        result["additionalProperties"] = False
    return result


def _is_object(node: Mapping[str, Any]) -> bool:
    types = node.get("type", "object")
    return types == "object" or (isinstance(types, list) and "object" in types)
