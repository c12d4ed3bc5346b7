"""The matrix on a terminal: readable at 80 columns, without colour, and when piped into a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.apis import title_of
from harness.matrix import Cell, Column, Matrix
from harness.reports import Shown
from harness.reports.findings import Command, repro_commands, summary
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
from harness.steps import step_counts
from harness.text import one_line

_LABEL_WIDTH = 30
_COLUMN_WIDTH = 14
_GAP = 1
_FEW = 12
"""Functions that are shown without being asked for."""
_STYLES = {"pass": "green", "partial": "yellow", "fail": "red", "unsupported": "magenta", "not-run": "dim"}


def show(
    matrix: Matrix,
    console: Console | None = None,
    shown: Shown = "normal",
    command: Command | None = None,
    promises: Mapping[str, str] | None = None,
) -> None:
    """Prints the matrix and its summary; `command` and `promises` are for `summary`."""
    console = console or Console(highlight=False)
    if shown != "quiet":
        show_table(matrix, console, shown)
    if shown == "full":
        for index, column in enumerate(matrix.columns):
            for line in _reasons(matrix, index, column):
                _line(console, line)
    if shown != "quiet":
        console.print()
    width = console.width if console.is_terminal else None
    full = shown == "full"
    for line in summary(matrix, command or repro_commands(matrix), promises or {}, width, full):
        console.print(line, soft_wrap=True)


def show_table(matrix: Matrix, console: Console, shown: Shown = "normal") -> None:
    """Prints a line about each column, and the cells."""
    marks = MARKS if (console.encoding or "").lower().startswith("utf") else ASCII_MARKS
    for column in matrix.columns:
        text = Text.assemble((column.name, "bold"), f"  {describe(column) or 'did not run'}")
        console.print(text, soft_wrap=not console.is_terminal)
    functions = shown == "full" or len(matrix.rows) <= _FEW
    labels = [row.function for row in matrix.rows] if functions else []
    widest = max([_LABEL_WIDTH, len(_silent(matrix)) + _GAP, *(len(name) + 2 for name in labels)])
    label = min(widest, console.width // 2)
    sums = (totals(matrix, index).cell for index in range(len(matrix.columns)))
    cells = [cell for area in areas(matrix) for cell in area.cells.values()]
    texts = [cell_text(cell, marks) for cell in (*cells, *sums)]
    longest = max(map(len, [" " * _COLUMN_WIDTH, *texts, *(column.name for column in matrix.columns)]))
    # The names of functions may take the room that is left when all columns stand side by side.
    room = (console.width - label) // max(len(matrix.columns), 1) - _GAP
    names = [totals(matrix, index).worst or "" for index in range(len(matrix.columns))]
    width = min(max([longest, *(min(len(name), room) for name in names)]), console.width - label - _GAP)
    per_table = max(1, (console.width - label) // (width + _GAP))
    for first in range(0, len(matrix.columns), per_table):
        part = range(first, min(first + per_table, len(matrix.columns)))
        console.print()
        _print(console, _table(matrix, part, marks, functions, (label, width)))


def _print(console: Console, table: Table) -> None:
    """Prints the table; in a file or pipe without the spaces at the ends of lines."""
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    console.out("\n".join(line.rstrip() for line in captured.get().splitlines()), highlight=False)


def render(matrix: Matrix) -> str:
    """The output of `show` in full, as plain text."""
    console = Console(file=StringIO(), width=80, highlight=False, color_system=None)
    with console.capture() as captured:
        show(matrix, console, "full")
    return captured.get()


def _line(console: Console, text: Text) -> None:
    # A line each, so that many can be scanned and counted: cut at a terminal's edge, whole in a file or pipe.
    if console.is_terminal:
        console.print(text, no_wrap=True, overflow="ellipsis")
    else:
        console.print(text, soft_wrap=True)


def _table(
    matrix: Matrix, shown: Sequence[int], marks: dict[str, str], functions: bool, widths: tuple[int, int]
) -> Table:
    label, width = widths
    columns = [matrix.columns[index] for index in shown]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, _GAP, 0, 0))
    table.add_column("", width=label - _GAP, no_wrap=True, overflow="ellipsis")
    for column in columns:
        # A long name goes on in the next line: two columns must not look alike.
        table.add_column(Text(column.name), width=width, overflow="fold")
    for area in areas(matrix):
        cells = (_cell(area.cells[column.name], marks, bold=functions) for column in columns)
        table.add_row(Text(area.name, style="bold" if functions else ""), *cells)
        for row in area.rows if functions else ():
            table.add_row(
                Text(f"  {row.function}"), *(_cell(row.cells[column.name], marks) for column in columns)
            )
    table.add_section()
    sums = [totals(matrix, index) for index in shown]
    table.add_row(Text("total", style="bold"), *(_cell(total.cell, marks, bold=True) for total in sums))
    table.add_row("new deviations", *(str(total.new) for total in sums))
    table.add_row("known deviations", *(str(total.cell.known) for total in sums))
    if failed := step_counts(matrix):
        table.add_row("steps that do not hold", *(failed[index] for index in shown))
    table.add_row(_silent(matrix), *(str(total.unspecified) for total in sums))
    table.add_row("skipped", *(str(total.skipped) for total in sums))
    table.add_row("worst ULP of a pass", *(ulp_text(total.cell.worst_ulp) for total in sums))
    table.add_row("  in", *(_cut(total.worst or "-") for total in sums))
    table.add_row("state", *(_state(column) for column in columns))
    return table


def _silent(matrix: Matrix) -> str:
    return f"deviations where {title_of(matrix.api)} is silent"


def _cut(name: str) -> Text:
    return Text(name, no_wrap=True, overflow="ellipsis")


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


def _reasons(matrix: Matrix, index: int, column: Column) -> Iterator[Text]:
    groups = known_groups(matrix, index)
    if groups:
        yield Text(
            f"\n{column.name}: {sum(len(group.deviations) for group in groups)} known deviations",
            style="bold",
        )
    for group in groups:
        issue = f" ({group.issue})" if group.issue else ""
        yield Text(f"  {len(group.deviations)} x {one_line(group.reason, 300)}{issue}", style="yellow")
    silent = list(silent_groups(matrix, index))
    if silent:
        yield Text(
            f"\n{column.name}: where {title_of(matrix.api)}'s documentation is silent (not counted)",
            style="bold dim",
        )
    for function, count, reason in silent:
        yield Text(f"  {count} x {function}: {one_line(reason, 300)}", style="dim")
