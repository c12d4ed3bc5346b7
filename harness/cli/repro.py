"""`conform repro`."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.options import chosen_backend, module_options, write_output
from harness.repro import repro_script


@click.command("repro")
@click.argument("case", metavar="CASE")
@click.option(
    "--backend", "name", metavar="BACKEND", required=True, help="Whose requirements and environment."
)
@module_options
@click.option("--out", type=click.Path(path_type=Path), help="A file (default: stdout).")
def command(
    case: str, name: str, path: Path | None, requirements: Path | None, keras: str | None, out: Path | None
) -> int:
    """Print a script that shows CASE on BACKEND without this harness, to be pasted into an issue."""
    write_output(out, repro_script(case, chosen_backend(name, path, requirements, keras)))
    return 0
