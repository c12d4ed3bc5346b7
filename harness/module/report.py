"""The result of a validation for the module's author: the matrix column, the steps, what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from harness.backends import Backend
from harness.levels import level, levels_of, steps_of
from harness.matrix import Matrix
from harness.module.advice import MOST_GAPS, Gap, gaps, repro_command
from harness.reports.terminal import show
from harness.text import one_line


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
            yield Text(f"         {repro_command(gap.cases[0], backend.name, arguments)}", "dim")
    if len(listed) > MOST_GAPS:
        yield Text(f"  and {len(listed) - MOST_GAPS} more: --json lists all", "dim")
    reached = level(column)
    if column.info.get("select"):
        yield Text("\nNo level: a part of the suite ran.", "bold")
    else:
        yield Text(
            f"\nLevel: {reached} ({levels_of(column)[reached]})" if reached else "\nLevel: none", "bold"
        )


def _gap(gap: Gap) -> Text:
    return Text.assemble(
        f"{len(gap.cases):6} ",
        (f"{gap.function} ", "bold"),
        f"{gap.words}  ",
        (one_line(gap.about, 300), "dim"),
    )
