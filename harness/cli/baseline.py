"""`conform baseline`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from harness.backends import Backend
from harness.baseline import Baseline, load_baseline, versions_of
from harness.baseline_check import Check, apply, check, is_whole, remedy_of
from harness.baseline_update import rewrite
from harness.cli.names import BackendName, ColumnName
from harness.cli.options import (
    chosen_backend,
    json_option,
    module_api_option,
    module_options,
    runtime_option,
    write_output,
)
from harness.cli.sources import read_source
from harness.errors import UsageError
from harness.exitcodes import ExitCode, worst
from harness.matrix import Matrix
from harness.merge import merge_journals
from harness.outcome import outcome
from harness.screen import say
from harness.text import counted, one_line


@click.command("baseline")
@click.argument("name", metavar="BACKEND", type=BackendName())
@click.option(
    "--baseline",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The list, of an external module always; written when it does not exist.",
)
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
    "--answers",
    "again",
    type=click.Path(path_type=Path),
    metavar="DIR|FILE",
    help="Journals or a matrix of a second full run: --update lists the wrong answers that came twice.",
)
@click.option(
    "--column",
    type=ColumnName(),
    metavar="NAME",
    help="The column to judge, where --from has it under another label.",
)
@module_api_option
@module_options
@runtime_option
@json_option
def command(
    name: str,
    file: Path | None,
    update: bool,
    source: Path | None,
    again: Path | None,
    column: str | None,
    path: Path | None,
    requirements: Path | None,
    keras: str | None,
    runtime: str,
    as_json: bool,
) -> int:
    """Compare BACKEND's list of known deviations with a full run.

    An external module is named as in `conform run`, and its list with --baseline. The exit status is 1 while
    a deviation is not listed, a listed case does not deviate as the list says, or an entry has no reason.
    """
    backend = chosen_backend(name, path, requirements, keras)
    if backend.module and file is None:
        raise UsageError(
            f"{backend.name} is not a registered backend, so its list is a file of yours: "
            "name it with --baseline FILE."
        )
    if again and not update:
        raise UsageError("--answers rewrites the list: give it together with --update.")
    baseline = load_baseline(backend, file)
    matrix = _measured(backend, runtime) if source is None else read_source(source)
    index = _column(matrix, column or _column_of(backend))
    if update or (file is not None and not file.exists()):
        answers = _wrong_answers(read_source(again), column or _column_of(backend)) if again else None
        baseline = _update(backend, file or backend.baseline, matrix, index, baseline, answers)
    other = baseline.other_versions(matrix.columns[index])
    found = check(matrix, index, baseline)
    problems = (*((f"{other}: {remedy_of(name, file)}",) if other else ()), *found.problems)
    if as_json:
        new = [matrix.ids[row] for row in found.new]
        write_output(
            None, msgspec.json.encode({"backend": backend.name, "new": new, "problems": problems}) + b"\n"
        )
    else:
        for line in _lines(matrix, index, found, problems):
            say(line, err=False, indent="    ")
    found_column = matrix.columns[index]
    codes = [ExitCode.DEVIATION] if found.new or problems else []
    if found_column.status != "complete":
        say(f"conform: {name} is {found_column.status}: {one_line(found_column.reason or '', 600)}")
        codes.append(outcome(apply(matrix, index, baseline)))
    return worst(codes)


def _measured(backend: Backend, runtime: str) -> Matrix:
    from harness.progress import choose_display
    from harness.run import Job, run_columns
    from harness.runtimes import choose

    chosen, why = choose(runtime)
    say(why)
    with tempfile.TemporaryDirectory(prefix="conform-baseline-") as folder:
        job = Job(backend, _column_of(backend), "full")
        return merge_journals(run_columns([job], chosen, Path(folder), choose_display([job.column])))


def _column_of(backend: Backend) -> str:
    from harness.module.names import column_name

    return column_name(backend.name) if backend.module else backend.name


def _wrong_answers(matrix: Matrix, name: str) -> dict[str, str]:
    """The wrong answers of a column, by case id."""
    evidence = matrix.evidence[_column(matrix, name)]
    return {matrix.ids[row]: item.answer for row, item in evidence.items() if item.answer}


def _column(matrix: Matrix, name: str) -> int:
    names = [column.name for column in matrix.columns]
    if name not in names:
        raise UsageError(f"No column is called {name!r}: name one of {', '.join(names)} with --column.")
    return names.index(name)


def _update(
    backend: Backend,
    file: Path,
    matrix: Matrix,
    index: int,
    baseline: Baseline,
    answers: dict[str, str] | None,
) -> Baseline:
    column = matrix.columns[index]
    if column.status == "not-run":
        return baseline
    if not is_whole(column):
        raise UsageError(
            "The run is not complete, or left cases out: --update takes a whole run of --profile full."
        )
    versions = versions_of(column, external=backend.module is not None)
    try:
        there = file.exists()
        old = file.read_text(encoding="utf-8") if there else ""
        text = rewrite(old, file, matrix, index, baseline, versions, answers)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{file} cannot be written ({error.strerror}): work in a checkout that is yours."
        ) from None
    say(f"{file} {'rewritten' if there else 'written'}")
    return load_baseline(backend, file)


def _lines(matrix: Matrix, index: int, found: Check, problems: tuple[str, ...]) -> Iterator[str]:
    new = {matrix.ids[row] for row in found.new}
    for deviation in matrix.deviations(index):
        if deviation.id in new:
            yield f"not listed: {deviation.verdict} {deviation.id}  {one_line(deviation.evidence.message)}"
    yield from problems
    excused = sum(len(match.excused) for match in found.matches)
    known, trouble = counted(excused, "known deviation"), counted(len(problems), "problem")
    yield f"{known}, {len(found.new)} not listed, {trouble}"
