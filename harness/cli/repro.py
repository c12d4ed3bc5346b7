"""`conform repro`."""

from __future__ import annotations

from pathlib import Path

import click

from harness.backends import find_backend
from harness.cli.options import write_output
from harness.repro import repro_script


@click.command("repro")
@click.argument("case", metavar="CASE")
@click.option("--backend", "name", metavar="BACKEND", required=True, help="Whose requirements and environment.")
@click.option("--out", type=click.Path(path_type=Path), help="A file (default: stdout).")
def command(case: str, name: str, out: Path | None) -> int:
    """Print a script that shows CASE on BACKEND without this harness, to be pasted into an issue."""
    write_output(out, repro_script(case, find_backend(name)))
    return 0
