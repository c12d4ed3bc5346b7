"""Earlier matrices: a folder of files that fits into a repository, and what has changed between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from harness.diff import KINDS, Diff, diff
from harness.errors import UsageError
from harness.files import replace_with
from harness.matrix import Column, Evidence, Matrix
from harness.matrixio import encode_matrix, read_matrix
from harness.reports.summary import totals


def read_history(folder: Path, keep: Sequence[Matrix] = ()) -> list[Matrix]:
    """The matrices in a folder, the earliest first; those to `keep` are written there before.

    Raises:
        UsageError: the folder cannot be read or written, or a file in it is not a matrix.
    """
    try:
        for matrix in keep:
            folder.mkdir(parents=True, exist_ok=True)
            replace_with(folder / _name(matrix), encode_matrix(kept(matrix)))
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written to ({error.strerror}): choose another --history."
        ) from None
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a directory: name one with --history, or begin it with --keep.")
    return sorted((read_matrix(path) for path in sorted(folder.glob("*.json"))), key=date_of)


def earlier(history: Sequence[Matrix], matrix: Matrix) -> list[Matrix]:
    """Those of the same API that are not this matrix itself."""
    return [item for item in history if item.api == matrix.api and _runs(item) != _runs(matrix)]


def kept(matrix: Matrix) -> Matrix:
    """What is worth keeping: verdicts and messages, and nothing that differs when nothing has changed."""
    return replace(
        matrix,
        verdicts=tuple(found.untimed() for found in matrix.verdicts),
        evidence=tuple({row: _short(item) for row, item in found.items()} for found in matrix.evidence),
    )


def _short(found: Evidence) -> Evidence:
    return msgspec.structs.replace(found, expected=None, got=None, ulp=None, answer=None)


def _runs(matrix: Matrix) -> set[tuple[str, str]]:
    return {(column.name, str(column.info.get("run"))) for column in matrix.columns}


def date_of(matrix: Matrix) -> str:
    """When the last of its columns was started; empty where no column says."""
    return max((started(column) for column in matrix.columns), default="")


def started(column: Column) -> str:
    """When a column was started; empty where it does not say."""
    return str(column.info.get("started") or "")


def _name(matrix: Matrix) -> str:
    date = "".join(char for char in date_of(matrix) if char.isalnum()) or "undated"
    return f"{matrix.api or 'k'}-{date}.json"


@dataclass(frozen=True)
class Point:
    """A run of a column: when, of which versions, and how many of its cases passed."""

    date: str
    version: str
    passed: int
    total: int
    new: int
    complete: bool

    @property
    def share(self) -> float:
        """The passes in percent."""
        return 100 * self.passed / self.total if self.total else 0.0


def lines(matrices: Sequence[Matrix]) -> Mapping[str, list[Point]]:
    """The runs of every column, the earliest first; a run that several matrices have counts once."""
    found: dict[str, dict[str, Point]] = {}
    for matrix in matrices:
        for index, column in enumerate(matrix.columns):
            if column.status != "not-run":
                key = f"{started(column)} {column.info.get('run')}"
                found.setdefault(column.name, {}).setdefault(key, _point(matrix, index))
    return {
        name: sorted(points.values(), key=lambda point: point.date) for name, points in sorted(found.items())
    }


def _point(matrix: Matrix, index: int) -> Point:
    column, sums = matrix.columns[index], totals(matrix, index)
    versions = column.info.get("versions")
    told = versions.items() if isinstance(versions, dict) else ()
    version = ", ".join(f"{name} {value}" for name, value in told if name not in ("python", "numpy"))
    cell = sums.cell
    return Point(started(column), version, cell.passed, cell.total, sums.new, column.complete)


def since(before: Sequence[Matrix], matrix: Matrix) -> Diff:
    """What has changed since earlier matrices: each column is compared with its own run before.

    A column that only the last of them has is inconclusive; one that was not run again is left out.
    """
    last = before[-1]
    of: dict[int, set[str]] = {}
    for column in matrix.columns:
        place = next((place for place in reversed(range(len(before))) if _has(before[place], column)), None)
        if place is None:
            of.setdefault(len(before) - 1, set()).add(column.name)
        elif (column.name, str(column.info.get("run"))) not in _runs(before[place]):
            of.setdefault(place, set()).add(column.name)
    gone = {column.name for column in last.columns} - {column.name for column in matrix.columns}
    of.setdefault(len(before) - 1, set()).update(gone)
    found = Diff()
    for place, names in of.items():
        part = diff(_only(before[place], names), _only(matrix, names))
        for kind in (*KINDS, "inconclusive", "columns"):
            getattr(found, kind).extend(getattr(part, kind))
    found.columns.sort()
    return found


def _has(matrix: Matrix, column: Column) -> bool:
    return any(item.name == column.name for item in matrix.columns)


def _only(matrix: Matrix, names: Set[str]) -> Matrix:
    places = [place for place, column in enumerate(matrix.columns) if column.name in names]
    return replace(
        matrix,
        columns=tuple(matrix.columns[place] for place in places),
        verdicts=tuple(matrix.verdicts[place] for place in places),
        evidence=tuple(matrix.evidence[place] for place in places),
        worst=(),
    )


def steps(matrices: Sequence[Matrix]) -> Iterator[tuple[str, Diff]]:
    """What each matrix has changed, the latest first: its date, and the changes."""
    for place in range(len(matrices) - 1, 0, -1):
        yield date_of(matrices[place]), since(matrices[:place], matrices[place])
