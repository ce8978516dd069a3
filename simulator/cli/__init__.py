"""The command line: `simulator serve | exec | ca | env | check | verdict | version | routes | generate`.

Exit codes: 0 fine, 1 a failure while running or of a check, 2 usage or configuration, 3 the verdict fails the
run, 130 interrupted. What a command needs it imports when it is run, so that the others start without.
"""

from __future__ import annotations

import click

from simulator.cli import judging, listing, serving, trusting


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """A local stand-in for marketing vendors' HTTP APIs."""


for command in (
    serving.serve,
    serving.execute,
    trusting.ca,
    trusting.env,
    judging.check,
    judging.verdict,
    listing.version,
    listing.routes,
    listing.generate,
):
    main.add_command(command)
