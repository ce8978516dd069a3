"""`python -m simulator` is `simulator`."""

from simulator.cli import main

main(prog_name="simulator")
