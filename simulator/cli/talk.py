"""How commands speak: results to stdout, remarks and refusals to stderr."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import click


def given(flags: dict[str, Any]) -> dict[str, Any]:
    """The flags that were."""
    return {name: value for name, value in flags.items() if value not in (None, ())}


def say(text: str) -> None:
    click.echo(text)
    sys.stdout.flush()


def remark(text: str) -> None:
    click.echo(f"simulator: {text}", err=True)


def refuse(message: str, code: int = 2) -> NoReturn:
    remark(message)
    sys.exit(code)
