"""`simulator serve` and `simulator exec`: what runs a server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from simulator.cli.talk import given, refuse, remark, say
from simulator.cli.trusting import CA_DIR


@click.command()
@click.option("--host", metavar="ADDRESS", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", metavar="PORT", help="Port to listen on; 0 is any that is free.  [default: 7470]")
@click.option("--port-file", metavar="FILE", help="Write the port into FILE while serving.")
@click.option("--fixture", metavar="NAME", help="What the default world begins with.  [default: demo]")
@click.option("--seed", metavar="N", help="Seed of all that is random or generated.  [default: 0]")
@click.option("--clock", metavar="INSTANT", help="Freeze the default world's clock there (ISO 8601).")
@click.option("--state", metavar="FILE", help="Keep the state in FILE, across restarts and kills.")
@click.option(
    "--admin-token", metavar="TOKEN", help="What the control API asks for; made off loopback if not given."
)
@click.option("--allow-host", multiple=True, metavar="NAME", help="One more Host the control API answers to.")
@click.option("--no-headers", is_flag=True, default=None, help="Leave the X-Simulator-* headers out.")
@click.option(
    "--check-responses", is_flag=True, default=None, help="Judge each answer by the contract, too; slower."
)
@click.option("--journal-limit", metavar="N", help="How many requests a world remembers.  [default: 1000]")
@click.option(
    "--log-format", metavar="text|json|off", help="Log each request to stderr.  [default: text on a terminal]"
)
@click.option(
    "--assume",
    multiple=True,
    metavar="ID=VALUE",
    help="Take another value for an assumption (see `fidelity`).",
)
@click.option(
    "--strict-fidelity", is_flag=True, default=None, help="Exit with 3 if any answer relied on a guess."
)
@click.option("--tls", is_flag=True, default=None, help="Speak HTTPS on the port (docs/tls.md).")
@click.option("--tls-port", metavar="PORT", help="Speak HTTPS on this port, too.")
@click.option("--proxy-port", metavar="PORT", help="A forward proxy that leads the vendors' hosts here.")
@click.option("--allow", multiple=True, metavar="HOST", help="A host the proxy lets through; *. for any.")
@CA_DIR
def serve(**flags: Any) -> None:
    """Serve until interrupted.

    Every option may be set as SIMULATOR_<OPTION> in the environment, in simulator.toml, or in
    [tool.simulator] of pyproject.toml in the working directory.
    """
    from simulator import config, logs, server  # noqa: PLC0415 - other commands start without them
    from simulator.banner import banner  # noqa: PLC0415
    from simulator.kernel.saved import BadStateFile  # noqa: PLC0415

    try:
        settings = config.load(given(flags))
        seen = logs.configure(settings.log_format or ("text" if sys.stderr.isatty() else "off"))
        code = server.serve(
            settings, lambda whole, access: say(banner(whole, access, settings)), seen, logs.once(remark)
        )
    except (config.BadSettings, BadStateFile) as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"the state could not be saved: {error.strerror or error}; its journal has it", code=1)
    except server.ReliedOnGuesses as guesses:
        refuse(str(guesses), code=3)
    sys.exit(code)


@click.command("exec", context_settings={"allow_interspersed_args": False})
@click.option("--fixture", metavar="NAME", help="What the simulator begins with.  [default: demo]")
@click.option(
    "--allow", multiple=True, metavar="HOST", help="One more host the command may reach; *. for any."
)
@click.option("--report", type=click.Path(path_type=Path), metavar="DIR", help="Write the verdict into DIR.")
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "assumed", "never"]),
    default="never",
    show_default=True,
    help="Return 3 when the command succeeded but broke a contract, or also when it leant on a guess.",
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def execute(
    fixture: str | None, allow: tuple[str, ...], report: Path | None, fail_on: str, command: tuple[str, ...]
) -> None:
    """Run COMMAND, unchanged, against a simulator of its own, kept from the network.

    The vendors' real hosts lead to the simulator, https:// included; other hosts are refused unless
    allowed. All of it is told in COMMAND's environment only (docs/exec.md). Returns what COMMAND returns.
    """
    from simulator import config  # noqa: PLC0415 - other commands start without them
    from simulator.kernel.saved import BadStateFile  # noqa: PLC0415
    from simulator.testing import exec  # noqa: A004, PLC0415

    try:
        settings = config.load(given({"fixture": fixture, "allow": allow}))
        asked = exec.Run(command, settings.allow, report, fail_on)
        code = exec.execute(asked, settings, remark)
    except (config.BadSettings, BadStateFile) as error:
        refuse(str(error))
    except OSError as error:
        refuse(str(error), code=1)
    sys.exit(code)
