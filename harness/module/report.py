"""The result of a validation for the module's author: the matrix column, the steps, what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from harness.backends import Backend
from harness.levels import level, levels_of, steps_of
from harness.matrix import Matrix
from harness.module.advice import Gap, advice, repro_command
from harness.outcome import findings
from harness.reports import Shown
from harness.reports.terminal import show_table
from harness.screen import command_lines
from harness.steps import failed_steps, step_sentence
from harness.text import one_line

_MARGIN = 17
"""The columns before what is said of a step."""


def present(
    matrix: Matrix,
    backend: Backend,
    arguments: tuple[str, ...],
    console: Console | None = None,
    shown: Shown = "normal",
) -> None:
    """Prints the result for the only column of `matrix`."""
    console = console or Console(highlight=False)
    if matrix.columns[0].collected:
        show_table(matrix, console, shown)
    console.print()
    width = console.width if console.is_terminal else None
    for line in _findings(matrix):
        _print(console, line, width)
    for line in _steps(matrix):
        _print(console, line, width, _MARGIN)
    for line in _next(matrix, backend, arguments, width):
        _print(console, line, width)


def _print(console: Console, line: Text, width: int | None, margin: int = 0) -> None:
    """A line; on a terminal it is broken between words, and goes on below its own text or the margin."""
    lead = max(len(line) - len(line.plain.lstrip(" ")) + 2, margin)
    if width is None or len(line) <= width or lead > width // 2:
        console.print(line, soft_wrap=True)
        return
    first, *_ = line.wrap(console, width)
    parts = [first, *line[len(first) :].wrap(console, width - lead)]
    for number, part in enumerate(parts):
        part.rstrip()
        console.print(Text(" " * lead) + part if number else part, soft_wrap=True)


def _findings(matrix: Matrix) -> Iterator[Text]:
    """The findings, but for the steps, which have a list of their own."""
    steps = {step_sentence(step) for step in failed_steps(matrix.columns[0])}
    for _, sentence in findings(matrix):
        if sentence.partition(": ")[2] not in steps:
            yield Text(sentence, "red")


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


def _next(matrix: Matrix, backend: Backend, arguments: tuple[str, ...], width: int | None) -> Iterator[Text]:
    column = matrix.columns[0]
    found = advice(matrix, 0)
    # With -k, only the functions that the chosen cases need.
    part = bool(column.info.get("select"))
    listed = [gap for gap in found.gaps if gap.cases or gap.kind == "arguments" or not part]
    if listed:
        yield Text()
        yield Text("What to do next, with the number of failing cases:", "bold")
    for gap in listed:
        yield _gap(gap)
        if gap.cases and gap.kind == "wrong":
            command = repro_command(gap.cases[0], backend.name, arguments)
            yield from (Text(line, "dim") for line in command_lines(command, width, " " * 9))
    if found.more and not part:
        yield Text(f"  and {found.more}", "dim")
    reached = level(column)
    yield Text()
    if column.info.get("select"):
        yield Text("No level: a part of the suite ran.", "bold")
    else:
        yield Text(f"Level: {reached} ({levels_of(column)[reached]})" if reached else "Level: none", "bold")


def _gap(gap: Gap) -> Text:
    return Text.assemble(
        f"{len(gap.cases):6} ",
        (f"{gap.function} ", "bold"),
        f"{gap.words}  ",
        (one_line(gap.about, 300), "dim"),
    )
