"""The exit status of a matrix, and the sentences that say why."""

from __future__ import annotations

from collections.abc import Iterator

from harness.exitcodes import ExitCode, worst
from harness.matrix import Column, Matrix
from harness.selection import option_text
from harness.steps import failed_steps, step_sentence
from harness.text import one_line


def outcome(matrix: Matrix) -> ExitCode:
    """The exit status of a matrix to which baselines have been applied."""
    return worst(code for code, _ in findings(matrix))


def findings(matrix: Matrix) -> Iterator[tuple[ExitCode, str]]:
    """Every reason for a status other than 0, as a sentence."""
    for index, column in enumerate(matrix.columns):
        name = column.name
        if column.status == "not-run":
            yield (
                ExitCode.NOT_RUN,
                f"{name} did not run: {one_line(column.reason or 'no reason is given', 600)}",
            )
            yield from _steps(column)
            continue
        if column.status == "incomplete":
            code = ExitCode.NOT_RUN if column.infrastructure else ExitCode.INCOMPLETE
            yield code, f"{name} is incomplete: {one_line(column.reason or '', 1500)}"
        elif not column.collected and not sum(column.counts.values()):
            yield ExitCode.USAGE, _nothing_selected(column)
        yield from _steps(column)
        new = sum(deviation.new for deviation in matrix.deviations(index))
        if new:
            why = f": {column.unapplied}" if column.unapplied else ""
            yield ExitCode.DEVIATION, f"{name} has {new} new deviation{'s' if new > 1 else ''}{why}"
        for problem in column.problems:
            yield ExitCode.DEVIATION, f"{name}: {problem}"
        if column.remedy:
            yield ExitCode.DEVIATION, f"{name}: {column.remedy}"


def _steps(column: Column) -> Iterator[tuple[ExitCode, str]]:
    for step in failed_steps(column):
        yield ExitCode.DEVIATION, f"{column.name}: {step_sentence(step)}"


def _nothing_selected(column: Column) -> str:
    select = column.info.get("select")
    profile = column.info.get("profile")
    return (
        f"{column.name} selected no case: profile {profile} has none that matches {option_text(select)}; "
        "`conform cases` lists all"
    )
