"""What a rule can say no with; each vendor turns these into its own status and body.

Services raise them, pipelines catch them, nothing is stored when one is raised.
The class is the fact, never the vendor's word for it: wire codes live in a
vendor's `errors.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class DomainError(Exception):
    """A request the vendor would refuse. `detail` is a sentence for the developer."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class Malformed(DomainError):
    """The body cannot be read at all: broken JSON, invalid UTF-8, nested too deeply."""


class Invalid(DomainError):
    """The body was read and breaks rules; `fields` maps a field's path to its messages."""

    def __init__(self, fields: Mapping[str, Iterable[str]], detail: str = "") -> None:
        super().__init__(detail)
        self.fields = {name: list(messages) for name, messages in fields.items()}


class Unauthenticated(DomainError):
    """No credentials, or none that hold; `scheme` is what the operation asks for."""

    def __init__(self, scheme: str, *, presented: bool = False) -> None:
        super().__init__("credentials do not hold" if presented else "credentials are missing")
        self.scheme = scheme
        self.presented = presented


class Forbidden(DomainError):
    """Known credentials without the right to do this."""


class NotFound(DomainError):
    """The operation exists, the thing it names does not."""


class UnknownOperation(DomainError):
    """No operation of the vendor has this path."""


class MethodNotAllowed(DomainError):
    """The path exists under other methods, listed in `allow`."""

    def __init__(self, allow: Iterable[str]) -> None:
        super().__init__("method not allowed")
        self.allow = sorted(allow)


class Conflict(DomainError):
    """The state does not permit it: a key is taken, a transition is closed."""


class TooLarge(DomainError):
    """The body is larger than the vendor takes."""


class UnsupportedMedia(DomainError):
    """The content type is one the operation does not read."""


class RateLimited(DomainError):
    """Too many calls; `retry_after` is in seconds."""

    def __init__(self, retry_after: float, detail: str = "") -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class InternalFault(DomainError):
    """The simulator itself failed; shown in the vendor's shape, logged with its trace."""
