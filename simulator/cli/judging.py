"""`simulator check` and `simulator verdict`: what asks a server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from simulator.cli.talk import given, refuse
from simulator.cli.trusting import CA_DIR


@click.command()
@click.argument("vendors", nargs=-1, metavar="[VENDOR]...")
@click.option(
    "--base-url", required=True, metavar="URL", help="A simulator, or the server that paths are below."
)
@click.option(
    "--credentials", type=click.Path(path_type=Path), metavar="FILE", help="TOML or JSON, by vendor."
)
@click.option(
    "--read-only/--no-read-only",
    default=None,
    help="Send only what changes nothing.  [default: off this machine]",
)
@click.option("--operation", "operations", multiple=True, metavar="ID", help="Only this one, and no chains.")
@click.option("--examples", type=click.IntRange(min=0), default=20, show_default=True, help="Per operation.")
@click.option("--chains", type=click.IntRange(min=0), default=30, show_default=True, help="Chains of calls.")
@click.option("--seed", type=int, help="Other requests, the same for the same seed.")
@click.option("--junit", type=click.Path(path_type=Path), metavar="FILE", help="Write a JUnit report.")
@click.option("--har", type=click.Path(path_type=Path), metavar="FILE", help="Write every exchange as HAR.")
@click.option(
    "--admin-token", envvar="SIMULATOR_ADMIN_TOKEN", metavar="TOKEN", help="If the simulator asks for one."
)
def check(**given: Any) -> None:
    """Hold a server to the vendors' contracts: a simulator, a fake, or the vendor itself.

    A simulator is driven in a world of its own, with the credentials it gives. Any other server is that of
    one VENDOR, and its credentials stand in FILE.
    """
    try:
        from simulator.checking import command  # noqa: PLC0415 - what it needs is an extra
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in ("hypothesis", "requests", "schemathesis"):
            raise
        refuse("check needs an extra: pip install 'marketing-api-simulator[check]'")

    try:
        sys.exit(0 if command.check(command.Asked(**given)) else 1)
    except command.BadCheck as error:
        refuse(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


@click.command()
@click.option("--url", metavar="URL", help="The simulator.  [default: where `serve` would be]")
@click.option("--world", metavar="NAME", help="The world whose clients are judged.  [default: default]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "junit", "sarif", "markdown"]),
    help="By default what FILE ends in: .json, .xml, .sarif or .md; else markdown.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to, instead of standard output.",
)
@click.option(
    "--fail-on",
    metavar="violation|assumed|never",
    help="What to exit with 3 for; `assumed` is either.  [default: violation]",
)
@click.option("--admin-token", metavar="TOKEN", help="What the control API asks for off loopback.")
@CA_DIR
def verdict(form: str | None, out: Path | None, **flags: Any) -> None:
    """What clients did against the contracts, as a report; exits with 3 if that fails the run.

    --url, --world, --fail-on, --admin-token and --ca-dir are settings like those of `serve`.
    """
    from simulator import config  # noqa: PLC0415
    from simulator.asking import CannotAsk  # noqa: PLC0415
    from simulator.verdicts import asking  # noqa: PLC0415

    try:
        settings = config.load(given(flags))
        found = asking.fetch(settings.address, settings.world, settings.admin_token, settings.ca_file)
        text = asking.written(found, asking.format_for(form, out))
        if out is None:
            click.echo(text, nl=False)
        else:
            out.write_text(text, encoding="utf-8")
    except (config.BadSettings, CannotAsk) as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{out} cannot be written: {error.strerror}")
    why = asking.failure(found, settings.fail_on)
    if why is not None:
        refuse(why, code=3)
