"""A vendor's routes: each view is one operation of the contract, under its operationId."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask
from flask.typing import ResponseReturnValue
from werkzeug.routing import Rule

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class ExactRule(Rule):
    """A rule for the methods it names: no HEAD is answered because there is a GET."""

    def __init__(self, string: str, methods: list[str] | None = None, **options: object) -> None:
        super().__init__(string, methods=methods, **options)  # type: ignore[arg-type]
        if self.methods is not None and methods is not None:
            self.methods = set(methods)


class Routes:
    """Collects the routes of one resource; `register` puts them into an application."""

    def __init__(self) -> None:
        self._rules: list[tuple[str, str, str, Callable[..., ResponseReturnValue]]] = []

    def register(self, app: Flask) -> None:
        for path, method, operation, view in self._rules:
            app.add_url_rule(path, operation, view, methods=[method])

    def add(self, method: str, path: str, operation: str) -> Callable[[View], View]:
        def keep(view: View) -> View:
            self._rules.append((path, method, operation, view))
            return view

        return keep

    def get(self, path: str, operation: str) -> Callable[[View], View]:
        return self.add("GET", path, operation)

    def post(self, path: str, operation: str) -> Callable[[View], View]:
        return self.add("POST", path, operation)

    def put(self, path: str, operation: str) -> Callable[[View], View]:
        return self.add("PUT", path, operation)

    def patch(self, path: str, operation: str) -> Callable[[View], View]:
        return self.add("PATCH", path, operation)

    def delete(self, path: str, operation: str) -> Callable[[View], View]:
        return self.add("DELETE", path, operation)
