"""The parts that all reports share: areas, totals, deviations in groups, and the text of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from harness.levels import level, steps_of
from harness.matrix import Cell, CellVerdict, Column, Deviation, FunctionRow, Matrix
from harness.selection import option_text
from harness.text import age, counted, one_line

MARKS = {"pass": "✓", "partial": "◐", "fail": "✗", "unsupported": "∅", "not-run": "·"}
CELL_MEANING = {
    "✓ 12": "all 12 cases passed",
    "◐ 10/12": "10 of 12 passed, the other two are known deviations",
    "◐ 10/12 !1": "one deviation is new: the run exits 1",
    "✗ 0/3": "none passed",
    "∅ 0/3": "the backend does not have the function",
    "·": "nothing was judged: the column did not run, or its profile has no case that counts",
}
ASCII_MARKS = {"pass": "+", "partial": "~", "fail": "x", "unsupported": "0", "not-run": "."}


@dataclass(frozen=True)
class Area:
    """An area with its functions and, for every column, the sum of its cells."""

    name: str
    cells: dict[str, Cell]
    rows: tuple[FunctionRow, ...]


@dataclass(frozen=True)
class Totals:
    """The sums of a column; `unspecified` counts its unspecified deviations, `worst` has the worst_ulp."""

    cell: Cell
    new: int
    unspecified: int
    skipped: int
    worst: str | None


@dataclass(frozen=True)
class KnownGroup:
    """The known deviations of a column that one baseline entry excuses."""

    reason: str
    issue: str | None
    deviations: tuple[Deviation, ...]


def areas(matrix: Matrix) -> list[Area]:
    """The matrix by area."""
    return [
        Area(name, _sums(matrix, found), found)
        for name, rows in groupby(matrix.rows, key=lambda row: row.area)
        for found in (tuple(rows),)
    ]


def _sums(matrix: Matrix, rows: tuple[FunctionRow, ...]) -> dict[str, Cell]:
    return {column.name: together(row.cells[column.name] for row in rows) for column in matrix.columns}


def together(cells: Iterable[Cell]) -> Cell:
    """The sum of several cells of a column."""
    cells = list(cells)
    passed = sum(cell.passed for cell in cells)
    total = sum(cell.total for cell in cells)
    ulps = [cell.worst_ulp for cell in cells if cell.worst_ulp is not None]
    verdicts = {cell.verdict for cell in cells} - {"not-run"}
    verdict: CellVerdict
    if not verdicts:
        verdict = "not-run"
    elif len(verdicts) == 1:
        (verdict,) = verdicts
    else:
        verdict = "partial" if passed else "fail"
    if verdict == "pass" and passed < total:
        verdict = "partial"
    return Cell(passed, sum(cell.known for cell in cells), total, max(ulps, default=None), verdict)


def totals(matrix: Matrix, index: int) -> Totals:
    """The sums of the column at `index`."""
    name = matrix.columns[index].name
    deviations = list(matrix.deviations(index))
    worst = max(
        (row for row in matrix.rows if row.cells[name].worst_ulp is not None),
        key=lambda row: row.cells[name].worst_ulp or 0.0,
        default=None,
    )
    return Totals(
        cell=together(row.cells[name] for row in matrix.rows),
        new=sum(deviation.new for deviation in deviations),
        unspecified=sum(deviation.unspecified for deviation in deviations),
        skipped=matrix.columns[index].counts.get("skip", 0),
        worst=worst.function if worst else None,
    )


def known_groups(matrix: Matrix, index: int) -> list[KnownGroup]:
    """The known deviations of a column, by baseline entry."""
    groups: dict[tuple[str, str | None], list[Deviation]] = {}
    for deviation in matrix.deviations(index):
        if deviation.evidence.known and not deviation.unspecified:
            key = (deviation.evidence.reason or "no reason is given", deviation.evidence.issue)
            groups.setdefault(key, []).append(deviation)
    return [KnownGroup(reason, issue, tuple(found)) for (reason, issue), found in groups.items()]


def silent_groups(matrix: Matrix, index: int) -> Iterator[tuple[str, int, str]]:
    """Unspecified deviations: function, count, and what the documentation leaves open."""
    groups: dict[tuple[str, str], int] = {}
    sentence = {matrix.ids[row]: reason for row, reason in matrix.unspecified.items()}
    for deviation in matrix.deviations(index):
        if deviation.unspecified:
            key = (deviation.function, sentence.get(deviation.id) or "")
            groups[key] = groups.get(key, 0) + 1
    for (function, reason), count in groups.items():
        yield function, count, reason


def cell_text(cell: Cell, marks: dict[str, str] = MARKS) -> str:
    """The text of a cell: its mark, the passes of all cases, and after a `!` the new deviations."""
    mark = marks[cell.verdict]
    if cell.verdict == "not-run":
        return mark
    count = str(cell.total) if cell.passed == cell.total else f"{cell.passed}/{cell.total}"
    new = cell.total - cell.passed - cell.known
    return f"{mark} {count} !{new}" if new else f"{mark} {count}"


def ulp_text(ulp: float | None) -> str:
    """An error in units of the last place, or a dash."""
    return "-" if ulp is None else f"{ulp:.3g}"


def describe(column: Column) -> str:
    """Versions, runtime, profile and age of a column on one line."""
    versions = column.info.get("versions") or {}
    parts = (
        [f"{name} {version}" for name, version in versions.items() if version]
        if isinstance(versions, dict)
        else []
    )
    if column.info.get("runtime"):
        parts.append(str(column.info["runtime"]))
    if column.info.get("profile"):
        select = column.info.get("select")
        parts.append(f"profile {column.info['profile']}" + (f" {option_text(select)}" if select else ""))
    parts += _how_far(column)
    if column.seconds:
        parts.append(f"{column.seconds:.1f} s")
    if column.info.get("started"):
        then = f"{column.info['started']}{age(str(column.info['started']))}"
        count = counted(column.reused, "verdict")
        parts.append(f"{count} reused from {then}" if column.reused else then)
    if "digest" in column.info and not column.info["digest"]:
        parts.append("no digest")
    if column.info.get("signed"):
        parts.append(f"signed by {column.info['signed']}")
    return one_line(", ".join(parts), 400)


def _how_far(column: Column) -> Iterator[str]:
    """The level of an external module, and the number of names it lacks."""
    for step in steps_of(column):
        if step.step == "loads" and step.missing:
            yield f"{counted(len(step.missing), 'name')} stubbed"
    if steps_of(column) and not column.info.get("select"):
        yield f"level {level(column) or 'none'}"
