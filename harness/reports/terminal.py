"""The matrix on a terminal: readable at 80 columns, without colour, and when piped into a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.apis import title_of
from harness.exitcodes import ExitCode
from harness.matrix import Cell, Column, Deviation, Matrix
from harness.outcome import findings
from harness.reports.summary import (
    ASCII_MARKS,
    MARKS,
    areas,
    cell_text,
    describe,
    known_groups,
    silent_groups,
    totals,
    ulp_text,
)
from harness.text import one_line

_FUNCTION_WIDTH = 33
_COLUMN_WIDTH = 14
_PLAIN_WIDTH = 100
_STYLES = {"pass": "green", "partial": "yellow", "fail": "red", "unsupported": "magenta", "not-run": "dim"}


def show(matrix: Matrix, console: Console | None = None, deviations: bool = True) -> None:
    """Prints the matrix, every deviation on a line (unless `deviations` is off), and the findings."""
    console = console or Console(highlight=False, width=None)
    if not console.is_terminal and console.width == 80:
        console.width = _PLAIN_WIDTH
    marks = MARKS if (console.encoding or "").lower().startswith("utf") else ASCII_MARKS
    for column in matrix.columns:
        _paragraph(console, Text.assemble((column.name, "bold"), f"  {describe(column)}"))
    per_table = max(1, (console.width - _FUNCTION_WIDTH) // (_COLUMN_WIDTH + 1))
    for first in range(0, len(matrix.columns), per_table):
        console.print()
        console.print(_table(matrix, range(first, min(first + per_table, len(matrix.columns))), marks))
    for index, column in enumerate(matrix.columns if deviations else ()):
        for line in _deviations(matrix, index, column):
            _line(console, line)
    console.print()
    for line in _verdict(matrix):
        _paragraph(console, line)


def render(matrix: Matrix) -> str:
    """The output of `show` as plain text."""
    console = Console(file=StringIO(), width=_PLAIN_WIDTH, highlight=False, color_system=None)
    with console.capture() as captured:
        show(matrix, console)
    return captured.get()


def _line(console: Console, text: Text) -> None:
    # A line each, so that many can be scanned and counted: cut at a terminal's edge, whole in a file or pipe.
    if console.is_terminal:
        console.print(text, no_wrap=True, overflow="ellipsis")
    else:
        console.print(text, soft_wrap=True)


def _paragraph(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=not console.is_terminal)


def _table(matrix: Matrix, shown: Sequence[int], marks: dict[str, str]) -> Table:
    columns = [matrix.columns[index] for index in shown]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("", min_width=_FUNCTION_WIDTH - 1, no_wrap=True, overflow="ellipsis")
    for column in columns:
        table.add_column(Text(column.name), min_width=_COLUMN_WIDTH, no_wrap=True, overflow="ellipsis")
    for area in areas(matrix):
        cells = (_cell(area.cells[column.name], marks, bold=True) for column in columns)
        table.add_row(Text(area.name, style="bold"), *cells)
        for row in area.rows:
            table.add_row(
                Text(f"  {row.function}"), *(_cell(row.cells[column.name], marks) for column in columns)
            )
    table.add_section()
    sums = [totals(matrix, index) for index in shown]
    table.add_row(Text("total", style="bold"), *(_cell(total.cell, marks, bold=True) for total in sums))
    table.add_row("new deviations", *(str(total.new) for total in sums))
    table.add_row("known deviations", *(str(total.cell.known) for total in sums))
    table.add_row(
        f"deviations where {title_of(matrix.api)} is silent", *(str(total.unspecified) for total in sums)
    )
    table.add_row("skipped", *(str(total.skipped) for total in sums))
    table.add_row("worst ULP of a pass", *(ulp_text(total.cell.worst_ulp) for total in sums))
    table.add_row("  in", *(total.worst or "-" for total in sums))
    table.add_row("state", *(_state(column) for column in columns))
    return table


def _cell(cell: Cell, marks: dict[str, str], bold: bool = False) -> Text:
    style = _STYLES[cell.verdict]
    if not cell.settled:
        style = "red"
    elif cell.verdict == "fail":
        style = "yellow"
    return Text(cell_text(cell, marks), style=f"bold {style}" if bold else style)


def _state(column: Column) -> Text:
    style = {"complete": "green", "incomplete": "red", "not-run": "red"}[column.status]
    return Text(column.status, style=style)


def _deviations(matrix: Matrix, index: int, column: Column) -> Iterator[Text]:
    fresh = [deviation for deviation in matrix.deviations(index) if deviation.new]
    if fresh:
        yield Text(
            f"\n{column.name}: {len(fresh)} new deviation{'s' if len(fresh) > 1 else ''}", style="bold red"
        )
        yield from (_deviation(deviation) for deviation in fresh)
    groups = known_groups(matrix, index)
    if groups:
        yield Text(
            f"\n{column.name}: {sum(len(group.deviations) for group in groups)} known deviations",
            style="bold",
        )
    for group in groups:
        issue = f" ({group.issue})" if group.issue else ""
        yield Text(f"  {len(group.deviations)} x {one_line(group.reason, 300)}{issue}", style="yellow")
        yield from (_deviation(deviation, "    ") for deviation in group.deviations)
    silent = list(silent_groups(matrix, index))
    if silent:
        yield Text(
            f"\n{column.name}: where {title_of(matrix.api)}'s documentation is silent (not counted)",
            style="bold dim",
        )
    for function, count, reason in silent:
        yield Text(f"  {count} x {function}: {one_line(reason, 300)}", style="dim")


def _deviation(deviation: Deviation, indent: str = "  ") -> Text:
    message = one_line(deviation.evidence.message, 300)
    return Text.assemble(indent, (f"{deviation.verdict} ", "red"), f"{deviation.id}  ", (message, "dim"))


def _verdict(matrix: Matrix) -> Iterator[Text]:
    found = list(findings(matrix))
    for code, sentence in found:
        yield Text(sentence, style="bold red" if code != ExitCode.DEVIATION else "red")
    if not found:
        yield Text("Nothing but passes and known deviations.", style="bold green")
