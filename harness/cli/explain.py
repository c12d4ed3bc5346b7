"""`conform explain`."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from harness.cli.names import BackendName, CaseName
from harness.cli.options import (
    chosen_backend,
    json_option,
    module_api_option,
    module_options,
    preparing,
    write_output,
)
from harness.errors import UsageError
from harness.matrix import Matrix
from harness.screen import say

DEFAULT_RESULTS = Path("results")


@click.command("explain")
@click.argument("case", metavar="CASE", type=CaseName())
@click.option(
    "--backend", "name", type=BackendName(), metavar="BACKEND", help="Only the verdicts of this backend."
)
@module_api_option
@module_options
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The directory of journals (default: results, when it is there).",
)
@click.option(
    "--matrix",
    "source",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A matrix instead of --results.",
)
@json_option
def command(
    case: str,
    name: str | None,
    path: Path | None,
    requirements: Path | None,
    keras: str | None,
    results: Path | None,
    source: Path | None,
    as_json: bool,
) -> int:
    """Say what CASE promises, where the promise stands, the wanted answer, and which backends deviate.

    The verdicts are those of the journals in --results, or of matrix.json there when it has no journal.
    """
    from harness.apis import DEFAULT_API
    from harness.explain import TEXT, explain, finding_lines, findings, lines
    from harness.runtimes.base import constant_environment
    from harness.suite import suite_digest

    if results is not None and source is not None:
        raise UsageError(
            "--results and --matrix both say where the verdicts are: leave out --results or --matrix."
        )
    backend = chosen_backend(name, path, requirements, keras) if name else None
    measured, matrix = _measured(results, source)
    api = backend.api if backend else (matrix.api if matrix else None) or DEFAULT_API
    told = constant_environment(backend) if backend else {"CONFORM_API": api}
    explained = explain(case, told, preparing("the suite"))
    found = findings(case, matrix, backend.name if backend else None) if matrix else []
    if as_json:
        write_output(None, msgspec.json.encode({**msgspec.to_builtins(explained), "columns": found}) + b"\n")
        return 0
    for line in lines(explained):
        say(line, err=False, indent=" " * TEXT)
    click.echo()
    if matrix is None:
        say(f"{measured}: make some with `conform run`, or name another folder with --results.", err=False)
    elif not found:
        say(f"{measured} has no column of {name}.", err=False)
    else:
        click.echo(f"{measured}:")
        for line in finding_lines(found, suite_digest(api)):
            say(f"  {line}", err=False, indent="    ")
    return 0


def _measured(results: Path | None, source: Path | None) -> tuple[str, Matrix | None]:
    """What was read, in words, and the matrix with baselines applied; None when nothing was measured here."""
    from harness.matrixio import read_matrix

    if source is not None:
        return str(source), read_matrix(source)
    folder = DEFAULT_RESULTS if results is None else results
    if any(folder.glob("*.jsonl")):
        from harness.backends import load_backends
        from harness.baseline_check import apply_all
        from harness.merge import journal_files, merge_journals

        return str(folder), apply_all(merge_journals(journal_files([folder])), load_backends())
    if (folder / "matrix.json").is_file():
        return str(folder / "matrix.json"), read_matrix(folder / "matrix.json")
    if results is not None:
        raise UsageError(
            f"{results} has neither a journal nor a matrix.json: name a directory that conform run wrote to."
        )
    return f"There are no verdicts in {folder}", None
