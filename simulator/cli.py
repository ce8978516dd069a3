"""The command line: `simulator serve | exec | version | routes | generate | check | verdict`.

Exit codes: 0 fine, 1 a failure while running or of a check, 2 usage or configuration, 3 the verdict fails the
run, 130 interrupted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

import simulator


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """A local stand-in for marketing vendors' HTTP APIs."""


@main.command()
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
@click.option("--ca-dir", metavar="DIR", help="Where the CA is kept.  [default: the user's data folder]")
def serve(**flags: Any) -> None:
    """Serve until interrupted.

    Every option may be set as SIMULATOR_<OPTION> in the environment, in simulator.toml, or in
    [tool.simulator] of pyproject.toml in the working directory.
    """
    from simulator import config, logs, server  # noqa: PLC0415 - other commands start without them
    from simulator.banner import banner  # noqa: PLC0415
    from simulator.kernel.saved import BadStateFile  # noqa: PLC0415

    try:
        settings = config.load(_given(flags))
        seen = logs.configure(settings.log_format or ("text" if sys.stderr.isatty() else "off"))
        code = server.serve(
            settings, lambda whole, access: _say(banner(whole, access, settings)), seen, logs.once(_remark)
        )
    except (config.BadSettings, BadStateFile) as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"the state could not be saved: {error.strerror or error}; its journal has it", code=1)
    except server.ReliedOnGuesses as guesses:
        _refuse(str(guesses), code=3)
    sys.exit(code)


def _given(flags: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in flags.items() if value not in (None, ())}


def _say(text: str) -> None:
    click.echo(text)
    sys.stdout.flush()


def _remark(text: str) -> None:
    click.echo(f"simulator: {text}", err=True)


def _refuse(message: str, code: int = 2) -> NoReturn:
    _remark(message)
    sys.exit(code)


@main.command()
def version() -> None:
    """The version, and the contracts it holds."""
    from simulator import data  # noqa: PLC0415
    from simulator.kernel.vendor import discover  # noqa: PLC0415

    commit = data.commit()
    _say(f"Simulator {simulator.__version__}" + (f" (commit {commit})" if commit else ""))
    for name in discover():
        _say(f"  {name:<11} contract {data.contract(name)['info']['version']}  {data.contract_hash(name)}")


@main.command()
@click.argument("vendor", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def routes(vendor: str | None, as_json: bool) -> None:
    """Every operation there is, and how well it is known."""
    import orjson  # noqa: PLC0415

    rows = [row for name in _vendors(vendor) for row in _operations(name)]
    if as_json:
        _say(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table("method", "path", "operation", "evidence", box=None, pad_edge=False)
    for row in rows:
        table.add_row(row["method"], row["path"], row["operation"], row["evidence"])
    # a pipe has no width to fit into
    Console(width=None if sys.stdout.isatty() else 400, highlight=False, markup=False).print(table)


def _operations(name: str) -> list[dict[str, str]]:
    from simulator import data  # noqa: PLC0415
    from simulator.kernel.contract import Contract  # noqa: PLC0415

    return [
        {
            "vendor": name,
            "method": operation.method,
            "path": f"/{name}{operation.path}",
            "operation": operation.id,
            "evidence": operation.evidence,
        }
        for operation in Contract(data.contract(name)).operations.values()
    ]


def _vendors(wanted: str | None) -> list[str]:
    from simulator.kernel.vendor import discover  # noqa: PLC0415

    names = list(discover())
    if wanted is None:
        return names
    if wanted not in names:
        _refuse(f"there is no vendor {wanted!r}; there are {', '.join(names)}")
    return [wanted]


@main.command()
@click.argument("vendor")
@click.option("--rows", type=click.IntRange(min=0), help="How many (Infact).")
@click.option("--customers", type=click.IntRange(min=0), help="How many customers (Contacthub).")
@click.option("--events", type=click.IntRange(min=0), help="How many events of these customers (Contacthub).")
@click.option("--profiles", type=click.IntRange(min=0), help="How many profiles (Altcraft).")
@click.option("--seed", default=0, show_default=True, help="Same seed, same rows, on every machine.")
@click.option("--out", required=True, metavar="FILE", help="Where to; - is standard output.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl", "csv"]),
    help="By default what FILE ends in; jsonl on standard output.",
)
def generate(vendor: str, seed: int, out: str, form: str | None, **asked: int | None) -> None:
    """Made-up people, by the thousand, as VENDOR takes them."""
    from simulator import generating  # noqa: PLC0415

    (name,) = _vendors(vendor)
    try:
        counts = {kind: count for kind, count in asked.items() if count is not None}
        generating.generate(name, counts, seed, None if out == "-" else Path(out), form)
    except generating.CannotGenerate as error:
        _refuse(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


@main.command()
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
        _refuse("check needs an extra: pip install 'marketing-api-simulator[check]'")

    try:
        sys.exit(0 if command.check(command.Asked(**given)) else 1)
    except command.BadCheck as error:
        _refuse(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


@main.command()
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
def verdict(form: str | None, out: Path | None, **flags: Any) -> None:
    """What clients did against the contracts, as a report; exits with 3 if that fails the run.

    --url, --world, --fail-on and --admin-token are settings like those of `serve`.
    """
    from simulator import config  # noqa: PLC0415
    from simulator.verdicts import asking  # noqa: PLC0415

    try:
        settings = config.load(_given(flags))
        found = asking.fetch(settings.address, settings.world, settings.admin_token)
        text = asking.written(found, asking.format_for(form, out))
        if out is None:
            click.echo(text, nl=False)
        else:
            out.write_text(text, encoding="utf-8")
    except (config.BadSettings, asking.CannotAsk) as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{out} cannot be written: {error.strerror}")
    why = asking.failure(found, settings.fail_on)
    if why is not None:
        _refuse(why, code=3)


@main.command("exec", context_settings={"allow_interspersed_args": False})
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
        settings = config.load(_given({"fixture": fixture, "allow": allow}))
        asked = exec.Run(command, settings.allow, report, fail_on)
        code = exec.execute(asked, settings, _remark)
    except (config.BadSettings, BadStateFile) as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(str(error), code=1)
    sys.exit(code)


@main.command()
@click.option("--ca-dir", metavar="DIR", help="Where it is kept.  [default: the user's data folder]")
@click.option("--install-hints", is_flag=True, help="Say how to have it trusted, and how to undo that.")
def ca(install_hints: bool, **flags: Any) -> None:
    """The file of the CA that signs for `serve --tls` and `--proxy-port`; made when there is none."""
    from simulator import config  # noqa: PLC0415
    from simulator.kernel.vendor import discover  # noqa: PLC0415
    from simulator.testing import ca, kept  # noqa: PLC0415

    try:
        settings = config.load(_given(flags))
        folder = kept.folder_of(settings)
        kept.authority(folder, [*ca.names_of(discover().values()), *settings.own_names])
    except config.BadSettings as error:
        _refuse(str(error))
    _say(str(folder.absolute() / kept.CERTIFICATE))
