"""The result of a validation for the module's author: the matrix column, the steps, what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from harness.backends import Backend
from harness.levels import level, levels_of, steps_of
from harness.matrix import Matrix
from harness.module.advice import Gap, gaps
from harness.reports.terminal import show
from harness.text import one_line

MOST_GAPS = 20
_WORDS = {
    "missing": "is missing",
    "unwritten": "is not written",
    "arguments": "has other arguments",
    "wrong": "is wrong",
}


def repro_command(case: str, backend: Backend, arguments: tuple[str, ...]) -> str:
    """The command that prints a stand-alone script for a case; `arguments` are --path and so on, as given."""
    name = backend.name if "." in backend.name else f"module:{backend.name}"
    return shlex.join(["conform", "repro", case, "--backend", name, *arguments])


def present(
    matrix: Matrix, backend: Backend, arguments: tuple[str, ...], console: Console | None = None
) -> None:
    """Prints the result for the only column of `matrix`."""
    console = console or Console(highlight=False)
    if matrix.columns[0].collected:
        show(matrix, console, deviations=False)
    console.print()
    for line in [*_steps(matrix), *_next(matrix, backend, arguments)]:
        console.print(line, soft_wrap=True)


def _steps(matrix: Matrix) -> Iterator[Text]:
    column = matrix.columns[0]
    taken = {step.step: step for step in steps_of(column)}
    for name in levels_of(column):
        step = taken.get(name)
        if step is None:
            yield Text(
                f"  ·  {name:<11} not reached"
                if not column.info.get("select")
                else f"  ·  {name:<11} not judged",
                "dim",
            )
            continue
        mark, style = ("✓", "green") if step.holds else ("✗", "red")
        yield Text.assemble(f"  {mark}  ", (f"{name:<11} ", style), one_line(step.message, 600))
        missing = () if column.info.get("select") and name == "loads" else step.missing
        for item in [*missing, *step.wrong]:
            detail = f"  {item['message']}" if item.get("message") else ""
            yield Text(
                f"       {one_line(str(item.get('signature', '')), 200)}{one_line(detail, 200) and detail}",
                "dim",
            )


def _next(matrix: Matrix, backend: Backend, arguments: tuple[str, ...]) -> Iterator[Text]:
    column = matrix.columns[0]
    # With -k, only the functions that the chosen cases need.
    listed = [
        gap
        for gap in gaps(matrix, 0)
        if gap.cases or gap.kind == "arguments" or not column.info.get("select")
    ]
    if listed:
        yield Text("\nWhat to do next, with the number of failing cases:", "bold")
    for gap in listed[:MOST_GAPS]:
        yield _gap(gap)
        if gap.cases and gap.kind == "wrong":
            yield Text(f"         {repro_command(gap.cases[0], backend, arguments)}", "dim")
    if len(listed) > MOST_GAPS:
        yield Text(f"  and {len(listed) - MOST_GAPS} more: --json lists all", "dim")
    reached = level(column)
    if column.info.get("select"):
        yield Text("\nNo level: -k ran a part of the suite.", "bold")
    else:
        yield Text(
            f"\nLevel: {reached} ({levels_of(column)[reached]})" if reached else "\nLevel: none", "bold"
        )


def _gap(gap: Gap) -> Text:
    cost = f"{len(gap.cases):6} "
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(gap.verdicts.items()))
    said = (
        gap.signature if gap.kind == "missing" else f"{verdicts}: {gap.message}" if verdicts else gap.message
    )
    return Text.assemble(
        cost, (f"{gap.function} ", "bold"), f"{_WORDS[gap.kind]}  ", (one_line(said, 300), "dim")
    )
