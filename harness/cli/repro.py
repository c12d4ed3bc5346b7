"""`conform repro`."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.names import BackendName, CaseName
from harness.cli.options import chosen_backend, module_api_option, module_options, preparing, write_output


@click.command("repro")
@click.argument("case", metavar="CASE", type=CaseName())
@click.option(
    "--backend",
    "name",
    type=BackendName(),
    metavar="BACKEND",
    required=True,
    help="The backend that the script runs on.",
)
@module_api_option
@module_options
@click.option("--out", type=click.Path(path_type=Path), help="A file (default: stdout).")
def command(
    case: str, name: str, path: Path | None, requirements: Path | None, keras: str | None, out: Path | None
) -> int:
    """Print a script that shows CASE on BACKEND without this harness, to be pasted into an issue.

    The script exits with 0 when the answer is as promised, 1 when it deviates, 2 when a reader has to judge
    it, and 3 when the backend cannot be imported where the script runs.
    """
    from harness.repro import repro_script

    backend = chosen_backend(name, path, requirements, keras)
    write_output(out, repro_script(case, backend, preparing("the suite")))
    return 0
