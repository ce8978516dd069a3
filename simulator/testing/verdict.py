"""What a world's clients did against the contracts, as tests ask for it."""

from __future__ import annotations

from typing import Any

from simulator.testing.complaint import complaint
from simulator.testing.control import Control
from simulator.verdicts.asking import failure
from simulator.verdicts.words import guess, headline, place


class ContractBroken(AssertionError):
    """A client did what it must not; the message says what, by which rule, and where in the client."""


class Verdict:
    """As of when it was asked for. `document` is all of it, as `GET /_simulator/verdict` gives it."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self.document: dict[str, Any] = control.get("verdict", format="json")

    @property
    def ok(self) -> bool:
        """Whether nothing was done against a contract; use of what is deprecated is only a warning."""
        return bool(self.document["ok"])

    @property
    def calls(self) -> int:
        return int(self.document["calls"])

    @property
    def violations(self) -> list[dict[str, Any]]:
        """What clients did, each mistake once, in stable order; warnings among them."""
        return list(self.document["violations"])

    @property
    def relied_on(self) -> list[dict[str, Any]]:
        """The guesses that answers rested on."""
        return list(self.document["relied_on"])

    @property
    def untouched(self) -> list[str]:
        """Vendors that were never called."""
        return list(self.document["untouched"])

    def markdown(self) -> str:
        return self._written("markdown")

    def sarif(self) -> str:
        return self._written("sarif")

    def junit(self) -> str:
        return self._written("junit")

    def _written(self, form: str) -> str:
        from simulator.verdicts.formats import FORMATS  # noqa: PLC0415 - few ask for it

        return FORMATS[form][1](self.document)

    def failure(self, fail_on: str = "violation") -> str | None:
        """Why a test fails that must not have done `fail_on`: violation, assumed (which is either), or never.

        None if it does not.
        """
        why = failure(self.document, fail_on)
        if why is None or not self.ok:
            return why and str(self)
        return "\n  ".join([why, *map(guess, self.relied_on)])

    def check(self, fail_on: str = "violation") -> None:
        """Raises ContractBroken."""
        why = self.failure(fail_on)
        if why is not None:
            raise ContractBroken(why)

    def __str__(self) -> str:
        """What the clients did wrong, for people: the request, the rule, and the line of the client."""
        return complaint(self.document, self._control)

    def __repr__(self) -> str:
        """One line, as pytest shows in a failed assertion."""
        first = self.document["violations"][:1]
        more = "".join(f"; {place(row)}: {row['message']}" for row in first)
        return f"<Verdict: {headline(self.document)}{more}>"
