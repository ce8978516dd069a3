"""`simulator version`, `routes` and `generate`: what needs no server."""

from __future__ import annotations

import sys
from pathlib import Path

import click

import simulator
from simulator.cli.talk import refuse, say


@click.command()
def version() -> None:
    """The version, and the contracts it holds."""
    from simulator import data  # noqa: PLC0415
    from simulator.kernel.vendor import discover  # noqa: PLC0415

    commit = data.commit()
    say(f"Simulator {simulator.__version__}" + (f" (commit {commit})" if commit else ""))
    for name in discover():
        say(f"  {name:<11} contract {data.contract(name)['info']['version']}  {data.contract_hash(name)}")


@click.command()
@click.argument("vendor", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def routes(vendor: str | None, as_json: bool) -> None:
    """Every operation there is, and how well it is known."""
    import orjson  # noqa: PLC0415

    rows = [row for name in _vendors(vendor) for row in _operations(name)]
    if as_json:
        say(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
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
        refuse(f"there is no vendor {wanted!r}; there are {', '.join(names)}")
    return [wanted]


@click.command()
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
        refuse(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
