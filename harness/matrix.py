"""The compatibility matrix: the verdict of every column on every case, and the cells that follow from them.

A verdict takes nine bytes (codes.py) and only deviations and skips have objects, because a merge of a million
cases must fit in a laptop's memory. Journals become a Matrix in merge.py, files in matrixio.py.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import msgspec

from harness.codes import Codes, seconds_of
from harness.records import DEVIATIONS, VERDICTS, Answer, Aspect, Step, Verdict

SCHEMA = 2
"""The schema that is written. Schema 1, which knew one API and no aspects, is still read."""
READABLE = (1, 2)
CODE: dict[str, int] = {verdict: code for code, verdict in enumerate(VERDICTS, 1)}
"""Verdicts as they are stored in `Matrix.verdicts`; 0 stands for no verdict."""

CellVerdict = Literal["pass", "partial", "fail", "unsupported", "not-run"]
Status = Literal["complete", "incomplete", "not-run"]


class Evidence(msgspec.Struct, frozen=True):
    """The reason why a case did not pass. Its text is clean; `ulp` is in units of the last place.

    `reason` is the baseline's where `known`, the suite's where the case was skipped. `answer` is the wrong
    answer in short (see `harness.answers`).
    """

    message: str
    expected: str | None = None
    got: str | None = None
    ulp: float | None = None
    known: bool = False
    reason: str | None = None
    issue: str | None = None
    aspects: tuple[Aspect, ...] = ()
    answer: Answer | None = None


@dataclass(frozen=True)
class Column:
    """One run: `info` holds the fields of its start record, `missing` the collected ids without a verdict.

    With `infrastructure` it was ended by what it ran on, not by the suite or the backend. `reused` counts
    verdicts that were taken over from an earlier run of which everything was the same.
    """

    info: Mapping[str, Any]
    complete: bool
    reason: str | None
    counts: Mapping[str, int]
    seconds: float | None
    collected: int
    missing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    """The problems of the column's baseline, a sentence each: stale entries, missing reasons and so on."""
    remedy: str | None = None
    """The sentence that says what to do about the problems; None without any."""
    unapplied: str | None = None
    """Why its baseline was not applied: it is for other versions."""
    infrastructure: bool = False
    reused: int = 0
    steps: tuple[Step, ...] = ()
    """The steps of its journal in order; a registered backend has none."""

    @property
    def name(self) -> str:
        """The column's heading and its key everywhere."""
        return str(self.info["column"])

    @property
    def backend(self) -> str:
        """The registered backend or module that was measured."""
        return str(self.info.get("backend", ""))

    @property
    def status(self) -> Status:
        """Whether it ran to its end, ended early, or never judged a case."""
        if self.complete:
            return "complete"
        return "incomplete" if self.collected or any(self.counts.values()) else "not-run"

    @property
    def partial_selection(self) -> bool:
        """Whether the run left cases out on purpose, by --profile or by -k."""
        return self.info.get("profile") != "full" or bool(self.info.get("select"))


@dataclass(frozen=True)
class Cell:
    """A function in a column. Skips and unspecified cases do not count; `worst_ulp` is that of the passes."""

    passed: int
    known: int
    total: int
    worst_ulp: float | None
    verdict: CellVerdict

    @property
    def settled(self) -> bool:
        """Whether everything that did not pass is a known deviation."""
        return self.passed + self.known == self.total


@dataclass(frozen=True)
class FunctionRow:
    """A function of the API with its cell in every column, by name."""

    area: str
    function: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Deviation:
    """A case that deviates in a column."""

    id: str
    area: str
    function: str
    verdict: Verdict
    evidence: Evidence
    unspecified: bool

    @property
    def new(self) -> bool:
        """Whether it counts and the baseline does not list it."""
        return not self.unspecified and not self.evidence.known


@dataclass(frozen=True)
class Matrix:
    """Columns and cases, both sorted by name: the order of the journals does not matter."""

    columns: tuple[Column, ...]
    ids: Sequence[str]
    functions: Sequence[tuple[str, str]]
    """(area, function), sorted."""
    function_of: array[int]
    """For every case the index of its function."""
    unspecified: Mapping[int, str | None]
    """Index of an unspecified case -> what the documentation leaves open."""
    verdicts: tuple[Codes, ...]
    """For every column the codes (see CODE) and times of the cases that it has a verdict on."""
    evidence: tuple[Mapping[int, Evidence], ...]
    worst: tuple[Mapping[int, float], ...] = field(default=())
    """For every column: index of a function -> largest error in ULP among its passes."""

    @property
    def api(self) -> str | None:
        """The API that all columns are of; None when no column says so."""
        return next((str(column.info["api"]) for column in self.columns if column.info.get("api")), None)

    def verdict(self, case: int, column: int) -> Verdict | None:
        """The verdict on a case in a column, both by index; None where the case has no verdict there."""
        code = self.verdicts[column][case]
        return VERDICTS[code - 1] if code else None

    def row(self, case_id: str) -> int | None:
        """The index of the case with that id, None where the matrix has none."""
        place = bisect_left(self.ids, case_id)
        return place if place < len(self.ids) and self.ids[place] == case_id else None

    def judged(self, column: int) -> Iterator[tuple[int, Verdict, float | None]]:
        """The cases that a column has a verdict on, by id: index, verdict, and its seconds if known."""
        found = self.verdicts[column]
        for case, code, time in zip(found.rows, found.codes, found.times, strict=True):
            yield case, VERDICTS[code - 1], seconds_of(time)

    def deviations(self, column: int) -> Iterator[Deviation]:
        """The deviations of a column, by id."""
        codes = self.verdicts[column]
        for case in sorted(self.evidence[column]):
            verdict = VERDICTS[codes[case] - 1]
            if verdict in DEVIATIONS:
                area, function = self.functions[self.function_of[case]]
                evidence = self.evidence[column][case]
                yield Deviation(self.ids[case], area, function, verdict, evidence, case in self.unspecified)

    @cached_property
    def rows(self) -> tuple[FunctionRow, ...]:
        """Every function with its cells, sorted by area and name."""
        per_column = [self._cells(index) for index in range(len(self.columns))]
        names = [column.name for column in self.columns]
        return tuple(
            FunctionRow(
                area, function, {name: cells[index] for name, cells in zip(names, per_column, strict=True)}
            )
            for index, (area, function) in enumerate(self.functions)
        )

    def _cells(self, column: int) -> list[Cell]:
        size = len(self.functions)
        judged, passed, unsupported, known, lost = ([0] * size for _ in range(5))
        function_of, evidence = self.function_of, self.evidence[column]
        ok, skip, missing_name = CODE["pass"], CODE["skip"], CODE["unsupported"]
        for case, code in self.verdicts[column].items():
            if code == skip or case in self.unspecified:
                continue
            function = function_of[case]
            judged[function] += 1
            if code == ok:
                passed[function] += 1
                continue
            unsupported[function] += code == missing_name
            known[function] += evidence[case].known
        for case in self._lost(column):
            lost[function_of[case]] += 1
        worst = self.worst[column] if self.worst else {}
        return [
            Cell(
                passed[function],
                known[function],
                judged[function] + lost[function],
                worst.get(function),
                _cell_verdict(passed[function], unsupported[function], judged[function], lost[function] > 0),
            )
            for function in range(size)
        ]

    def _lost(self, column: int) -> list[int]:
        rows = (self.row(name) for name in self.columns[column].missing)
        return [row for row in rows if row is not None and row not in self.unspecified]

    def with_column(
        self,
        column: int,
        problems: tuple[str, ...],
        evidence: Mapping[int, Evidence],
        unapplied: str | None = None,
        remedy: str | None = None,
    ) -> Matrix:
        """A copy in which one column has other evidence and another result of its baseline."""
        columns = list(self.columns)
        columns[column] = replace(columns[column], problems=problems, unapplied=unapplied, remedy=remedy)
        changed = list(self.evidence)
        changed[column] = evidence
        return replace(self, columns=tuple(columns), evidence=tuple(changed))


def _cell_verdict(passed: int, unsupported: int, judged: int, lost: bool) -> CellVerdict:
    if not judged:
        return "not-run"
    if passed == judged:
        return "partial" if lost else "pass"
    if passed:
        return "partial"
    return "unsupported" if unsupported == judged else "fail"
