"""`conform baseline`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from harness.backends import Backend, find_backend
from harness.baseline import Baseline, Check, apply, check, is_whole, load_baseline
from harness.baseline_update import rewrite
from harness.cli.options import json_option, runtime_option, write_output
from harness.errors import UsageError
from harness.exitcodes import ExitCode, worst
from harness.matrix import Matrix
from harness.matrixio import read_matrix
from harness.merge import journal_files, merge_journals
from harness.outcome import outcome
from harness.text import one_line


@click.command("baseline")
@click.argument("name", metavar="BACKEND")
@click.option(
    "--update", is_flag=True, help="Rewrite the list; reasons are kept, and are empty in new entries."
)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="DIR|FILE",
    help="Journals or a matrix of a full run, instead of running now.",
)
@click.option(
    "--column", metavar="NAME", help="The column to judge, where --from has it under another label."
)
@runtime_option
@json_option
def command(
    name: str, update: bool, source: Path | None, column: str | None, runtime: str, as_json: bool
) -> int:
    """Compare BACKEND's list of known deviations with a full run.

    The exit status is 1 while a deviation is not listed, a listed case does not deviate as the list says, or
    an entry has no reason.
    """
    backend = find_backend(name)
    baseline = load_baseline(backend)
    matrix = _measured(backend, runtime) if source is None else _read(source)
    index = _column(matrix, column or name)
    found = check(matrix, index, baseline)
    if update:
        baseline, found = _update(backend, matrix, index, baseline, found)
    if as_json:
        new = [matrix.ids[row] for row in found.new]
        write_output(
            None, msgspec.json.encode({"backend": name, "new": new, "problems": found.problems}) + b"\n"
        )
    else:
        for line in _lines(matrix, index, found):
            click.echo(line)
    found_column = matrix.columns[index]
    codes = [ExitCode.DEVIATION] if found.new or found.problems else []
    if found_column.status != "complete":
        click.echo(
            f"conform: {name} is {found_column.status}: {one_line(found_column.reason or '', 600)}", err=True
        )
        codes.append(outcome(apply(matrix, index, baseline)))
    return worst(codes)


def _measured(backend: Backend, runtime: str) -> Matrix:
    from harness.progress import choose_display
    from harness.run import Job, run_columns
    from harness.runtimes import choose

    chosen, why = choose(runtime)
    click.echo(why, err=True)
    with tempfile.TemporaryDirectory(prefix="conform-baseline-") as folder:
        job = Job(backend, backend.name, "full")
        return merge_journals(run_columns([job], chosen, Path(folder), choose_display([job.column])))


def _read(source: Path) -> Matrix:
    if source.is_dir() or source.suffix == ".jsonl":
        return merge_journals(journal_files([source]))
    return read_matrix(source, sys.stdin.buffer.read() if str(source) == "-" else None)


def _column(matrix: Matrix, name: str) -> int:
    names = [column.name for column in matrix.columns]
    if name not in names:
        raise UsageError(f"No column is called {name!r}: name one of {', '.join(names)} with --column.")
    return names.index(name)


def _update(
    backend: Backend, matrix: Matrix, index: int, baseline: Baseline, found: Check
) -> tuple[Baseline, Check]:
    if not is_whole(matrix.columns[index]):
        raise UsageError(
            "The run is not complete, or left cases out: --update takes a whole run of --profile full."
        )
    try:
        old = backend.baseline.read_text(encoding="utf-8") if backend.baseline.exists() else ""
        backend.baseline.write_text(rewrite(old, backend, matrix, index, baseline, found), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{backend.baseline} cannot be written ({error.strerror}): work in a checkout that is yours."
        ) from None
    click.echo(f"{backend.baseline} rewritten", err=True)
    baseline = load_baseline(backend)
    return baseline, check(matrix, index, baseline)


def _lines(matrix: Matrix, index: int, found: Check) -> Iterator[str]:
    new = {matrix.ids[row] for row in found.new}
    for deviation in matrix.deviations(index):
        if deviation.id in new:
            yield f"not listed: {deviation.verdict} {deviation.id}  {one_line(deviation.evidence.message)}"
    yield from found.problems
    excused = sum(len(match.excused) for match in found.matches)
    yield f"{excused} known deviations, {len(found.new)} not listed, {len(found.problems)} problems"
