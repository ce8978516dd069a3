"""`simulator ca` and `simulator env`: how clients come to trust a server and find it."""

from __future__ import annotations

import os
from typing import Any

import click

from simulator.cli.talk import given, refuse, remark, say

CA_DIR = click.option(
    "--ca-dir", metavar="DIR", help="Where the CA is kept.  [default: the user's data folder]"
)


@click.command()
@CA_DIR
@click.option("--install-hints", is_flag=True, help="Say, too, how to have it trusted and how to undo that.")
def ca(install_hints: bool, **flags: Any) -> None:
    """The file of the CA that signs for `serve --tls` and its proxy; made when there is none."""
    from simulator import config  # noqa: PLC0415 - other commands start without them
    from simulator.kernel.vendor import discover  # noqa: PLC0415
    from simulator.testing import hints, kept  # noqa: PLC0415

    try:
        settings = config.load(given(flags))
        kept.authority(settings, discover().values())
    except config.BadSettings as error:
        refuse(str(error))
    say(str(settings.ca_file.absolute()))
    if install_hints:
        say(hints.text(settings.ca_file.absolute()))


@click.command()
@click.option("--url", metavar="URL", help="The simulator.  [default: where `serve` would be]")
@click.option("--port", metavar="PORT", help="Its port on this computer.  [default: 7470]")
@click.option("--tls", is_flag=True, default=None, help="That port speaks HTTPS.")
@click.option("--admin-token", metavar="TOKEN", help="What the control API asks for off loopback.")
@CA_DIR
@click.option("--unset", is_flag=True, help="What undoes it in a shell that was told.")
@click.option(
    "--shell",
    type=click.Choice(["sh", "fish", "powershell"]),
    default="sh",
    show_default=True,
    help="Whose words.",
)
def env(unset: bool, shell: str, **flags: Any) -> None:
    """What tells a shell of a running simulator: eval "$(simulator env)".

    Base URLs always; proxy and certificates if it was started with --proxy-port or with TLS. The first five
    options are settings like those of `serve`.
    """
    from simulator import asking, config  # noqa: PLC0415 - other commands start without them
    from simulator.testing import shells  # noqa: PLC0415

    try:
        if unset:
            lines = shells.left(os.environ, shell)
        else:
            lines = shells.entered(os.environ, shell, given(flags))
    except (config.BadSettings, asking.CannotAsk) as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.filename}: {error.strerror}")
    if lines:
        say("\n".join(lines))
    else:
        remark("this shell was not told of a simulator")
