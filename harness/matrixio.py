"""Matrix files: written case by case, without a second copy in memory, and read with distrust."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import msgspec

from harness.codes import UNTIMED, Codes, seconds_of, ticks
from harness.errors import UsageError
from harness.files import open_regular
from harness.matrix import CODE, READABLE, SCHEMA, Column, Evidence, Matrix
from harness.records import COLUMN_PATTERN, VERDICTS, CaseId, ColumnName, Step, Verdict
from harness.steps import clean_step
from harness.text import clean, clean_json

MAX_FILE = 2 << 30
MAX_LINE = 256 << 20
_PASS = CODE["pass"]
# The file as it is written: a line for the beginning, then a line for each column, case and function.
_FIRST_LINE = re.compile(rb'\{"schema":(\d{1,9}),"api":(?:null|"[^"\\]*"),"columns":\[\n')
_LAST = b"]}\n"
_NO_FUNCTIONS = b'],"functions":[' + _LAST
_ENDS = {
    "columns": ((b'],"cases":[\n', "cases"), (b'],"cases":[' + _NO_FUNCTIONS, "nothing")),
    "cases": ((b'],"functions":[\n', "functions"), (_NO_FUNCTIONS, "nothing")),
    "functions": ((_LAST, "nothing"),),
}
"""By section: how the line of its last item ends, and the section after it."""
_encoder = msgspec.json.Encoder()
_Count = Annotated[int, msgspec.Meta(ge=0)]
_Seconds = Annotated[float, msgspec.Meta(ge=0)]
_OWN = (
    "status",
    "complete",
    "reason",
    "counts",
    "seconds",
    "collected",
    "missing",
    "problems",
    "remedy",
    "unapplied",
    "infrastructure",
    "reused",
    "steps",
)


class _ColumnFile(msgspec.Struct):
    column: ColumnName
    complete: bool
    counts: dict[Verdict, _Count]
    reason: str | None = None
    seconds: float | None = None
    collected: _Count = 0
    missing: list[CaseId] = msgspec.field(default_factory=list)
    problems: list[str] = msgspec.field(default_factory=list)
    remedy: str | None = None
    unapplied: str | None = None
    infrastructure: bool = False
    reused: _Count = 0
    steps: list[Step] = msgspec.field(default_factory=list)


class _CaseFile(msgspec.Struct):
    id: CaseId
    area: str
    function: str
    verdicts: dict[ColumnName, Verdict]
    seconds: dict[ColumnName, _Seconds] = msgspec.field(default_factory=dict)
    unspecified: bool = False
    reason: str | None = None
    evidence: dict[ColumnName, Evidence] = msgspec.field(default_factory=dict)


class _CellFile(msgspec.Struct):
    worst_ulp: float | None = None


class _FunctionFile(msgspec.Struct):
    area: str
    function: str
    cells: dict[ColumnName, _CellFile]


class _Head(msgspec.Struct):
    schema: int | None = None


class _File(msgspec.Struct):
    columns: list[msgspec.Raw]
    cases: list[_CaseFile]
    functions: list[_FunctionFile]


def encode_matrix(matrix: Matrix) -> Iterator[bytes]:
    """The matrix as JSON, in chunks of about a case: the same bytes for the same matrix."""
    yield b'{"schema":%d,"api":%s,"columns":[' % (SCHEMA, _encoder.encode(matrix.api))
    yield from _separated(_column_json(column) for column in matrix.columns)
    yield b'],"cases":['
    yield from _separated(_cases_json(matrix))
    yield b'],"functions":['
    yield from _separated(_functions_json(matrix))
    yield b"]}\n"


def _separated(items: Iterator[Any]) -> Iterator[bytes]:
    separator = b"\n"
    for item in items:
        yield separator + _encoder.encode(item)
        separator = b",\n"


def _column_json(column: Column) -> dict[str, Any]:
    return {
        **column.info,
        "status": column.status,
        "complete": column.complete,
        "reason": column.reason,
        "counts": column.counts,
        "seconds": column.seconds,
        "collected": column.collected,
        "missing": column.missing,
        "problems": column.problems,
        "remedy": column.remedy,
        "unapplied": column.unapplied,
        "infrastructure": column.infrastructure,
        "reused": column.reused,
        "steps": column.steps,
    }


def _cases_json(matrix: Matrix) -> Iterator[dict[str, Any]]:
    names = [column.name for column in matrix.columns]
    first, columns, codes, times = _by_case(matrix)
    for case, case_id in enumerate(matrix.ids):
        area, function = matrix.functions[matrix.function_of[case]]
        unspecified = case in matrix.unspecified
        item: dict[str, Any] = {"id": case_id, "area": area, "function": function, "unspecified": unspecified}
        if unspecified:
            item["reason"] = matrix.unspecified[case]
        here = range(first[case], first[case + 1])
        item["verdicts"] = {names[columns[place]]: VERDICTS[codes[place] - 1] for place in here}
        item["seconds"] = {
            names[columns[place]]: seconds_of(times[place]) for place in here if times[place] != UNTIMED
        }
        item["evidence"] = {
            names[columns[place]]: matrix.evidence[columns[place]][case]
            for place in here
            if codes[place] != _PASS
        }
        yield item


def _by_case(matrix: Matrix) -> tuple[array[int], array[int], bytearray, array[int]]:
    """The verdicts by case, in the order of the columns: where each case's begin, columns, codes, times.

    As arrays: asking each column about each case would ask a million times for each of 200 columns.
    """
    first = array("I", bytes(4 * (len(matrix.ids) + 1)))
    for column in matrix.verdicts:
        for row in column.rows:
            first[row + 1] += 1
    first = array("I", accumulate(first))
    columns, times = array("I", bytes(4 * first[-1])), array("I", bytes(4 * first[-1]))
    codes = bytearray(first[-1])
    free = first[:]
    for index, column in enumerate(matrix.verdicts):
        for row, code, time in zip(column.rows, column.codes, column.times, strict=True):
            place = free[row]
            columns[place], codes[place], times[place] = index, code, time
            free[row] = place + 1
    return first, columns, codes, times


def _functions_json(matrix: Matrix) -> Iterator[dict[str, Any]]:
    for row in matrix.rows:
        cells = {
            name: {
                "pass": cell.passed,
                "known": cell.known,
                "total": cell.total,
                "worst_ulp": cell.worst_ulp,
                "verdict": cell.verdict,
            }
            for name, cell in row.cells.items()
        }
        yield {"function": row.function, "area": row.area, "cells": cells}


def read_matrix(path: Path, stream: BinaryIO | None = None) -> Matrix:
    """The matrix in a file, or in `stream`, which then is what `path` names.

    A file as `conform merge` writes it is read case by case; with other line breaks it is read whole.

    Raises:
        UsageError: the file is unreadable, not a matrix, of an unknown schema, or contradicts itself.
    """
    try:
        with open_regular(path) if stream is None else nullcontext(stream) as file:
            return _read(path, file)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read ({error.strerror}): check the path, or make it with `conform merge`."
        ) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise UsageError(
            f"{path} is not a matrix ({clean(str(error), 300)}): make it with `conform merge`."
        ) from None


def _read(path: Path, file: BinaryIO) -> Matrix:
    first = file.readline(MAX_LINE)
    written = _FIRST_LINE.fullmatch(first)
    if written:
        _check_schema(path, int(written[1]))
        return _read_lines(path, file, len(first))
    _check_size(path, len(first))
    data = first + file.read(MAX_FILE + 1 - len(first))
    _check_size(path, len(data))
    _check_schema(path, msgspec.json.decode(data, type=_Head).schema)
    whole = msgspec.json.decode(data, type=_File)
    builder = _Builder()
    for column in whole.columns:
        builder.add_column(column)
    for case in whole.cases:
        builder.add_case(case)
    for function in whole.functions:
        builder.add_function(function)
    return builder.matrix()


def _read_lines(path: Path, file: BinaryIO, size: int) -> Matrix:
    """The matrix whose file goes on with an item a line; see `encode_matrix`."""
    builder = _Builder()
    decode_case = msgspec.json.Decoder(_CaseFile).decode
    decode_function = msgspec.json.Decoder(_FunctionFile).decode
    add: dict[str, Callable[[bytes], None]] = {
        "columns": builder.add_column,
        "cases": lambda line: builder.add_case(decode_case(line)),
        "functions": lambda line: builder.add_function(decode_function(line)),
    }
    section = "columns"
    while line := file.readline(MAX_LINE):
        size += len(line)
        _check_size(path, size)
        if line.endswith(b",\n"):
            add[section](line[:-2])
            continue
        for end, after in _ENDS[section]:
            if line.endswith(end):
                add[section](line[: -len(end)])
                section = after
                break
        else:
            raise ValueError("a line of it is cut short")
        if section == "nothing":
            break
    if section != "nothing" or file.read(1):
        raise ValueError("its end is missing, or something follows it")
    return builder.matrix()


def _check_size(path: Path, size: int) -> None:
    if size > MAX_FILE:
        raise UsageError(
            f"{path} is larger than {MAX_FILE >> 30} GiB: give a matrix that conform merge wrote."
        )


def _check_schema(path: Path, stated: int | None) -> None:
    if stated not in READABLE:
        has = "no matrix schema" if stated is None else f"matrix schema {stated}"
        raise UsageError(
            f"{path} has {has} and this harness reads {' and '.join(map(str, READABLE))}: "
            "make it with `conform merge`."
        )


class _Builder:
    """A matrix from the items of its file, one after the other; the cases may come in any order."""

    def __init__(self) -> None:
        self._columns: list[Column] = []
        self._place: dict[str, int] = {}
        self._ids: list[str] = []
        self._functions: dict[tuple[str, str], int] = {}
        self._function_of = array("I")
        self._unspecified: dict[int, str | None] = {}
        self._rows: list[array[int]] = []
        self._codes: list[bytearray] = []
        self._times: list[array[int]] = []
        self._evidence: list[dict[int, Evidence]] = []
        self._worst: list[dict[tuple[str, str], float]] = []

    def add_column(self, item: bytes | msgspec.Raw) -> None:
        info = msgspec.json.decode(item, type=dict[str, Any])
        column = _column(msgspec.json.decode(item, type=_ColumnFile), info)
        if column.name in self._place:
            raise ValueError("two columns have the same name")
        self._place[column.name] = len(self._columns)
        self._columns.append(column)
        self._rows.append(array("I"))
        self._codes.append(bytearray())
        self._times.append(array("I"))
        self._evidence.append({})
        self._worst.append({})

    def add_case(self, case: _CaseFile) -> None:
        row = len(self._ids)
        self._ids.append(case.id)
        self._function_of.append(self._functions.setdefault((case.area, case.function), len(self._functions)))
        if case.unspecified:
            self._unspecified[row] = clean(case.reason, 500) if case.reason else None
        for name, verdict in case.verdicts.items():
            index = self._index(name)
            self._rows[index].append(row)
            self._codes[index].append(CODE[verdict])
            self._times[index].append(ticks(case.seconds.get(name)))
            if verdict != "pass":
                self._evidence[index][row] = _clean_evidence(case.evidence.get(name))

    def add_function(self, function: _FunctionFile) -> None:
        key = (function.area, function.function)
        for name, cell in function.cells.items():
            if cell.worst_ulp is not None and key in self._functions:
                self._worst[self._index(name)][key] = cell.worst_ulp

    def _index(self, name: str) -> int:
        if name not in self._place:
            raise ValueError(f"a case has a verdict of {clean(name, 100)!r}, which is not a column")
        return self._place[name]

    def matrix(self) -> Matrix:
        if len({column.info["api"] for column in self._columns if "api" in column.info}) > 1:
            raise ValueError("its columns are of two APIs")
        ids = self._ids
        order: Sequence[int] = range(len(ids))
        if any(one >= other for one, other in pairwise(ids)):
            order = sorted(order, key=ids.__getitem__)
            ids = [ids[row] for row in order]
            if twice := next((one for one, other in pairwise(ids) if one == other), None):
                raise ValueError(f"case {twice} stands in it twice")
        new_row = array("I", bytes(4 * len(ids)))
        for new, old in enumerate(order):
            new_row[old] = new
        cleaned = {key: (clean(key[0], 100), clean(key[1], 100)) for key in self._functions}
        functions = sorted(set(cleaned.values()))
        place = {key: index for index, key in enumerate(functions)}
        new_function = array("I", (place[cleaned[key]] for key in self._functions))
        return Matrix(
            columns=tuple(self._columns),
            ids=ids,
            functions=functions,
            function_of=array("I", (new_function[self._function_of[old]] for old in order)),
            unspecified={new_row[row]: reason for row, reason in self._unspecified.items()},
            verdicts=tuple(
                Codes.sorted((new_row[row] for row in rows), bytes(codes), times)
                for rows, codes, times in zip(self._rows, self._codes, self._times, strict=True)
            ),
            evidence=tuple({new_row[row]: item for row, item in found.items()} for found in self._evidence),
            worst=tuple({place[cleaned[key]]: ulp for key, ulp in found.items()} for found in self._worst),
        )


def _column(column: _ColumnFile, info: dict[str, Any]) -> Column:
    assert re.match(COLUMN_PATTERN, column.column)
    fields: dict[str, Any] = clean_json({key: value for key, value in info.items() if key not in _OWN}, 500)
    if "api" in fields:
        fields["api"] = str(fields["api"]).lower()  # schema 1 knew one API and called it K
    return Column(
        info=fields,
        complete=column.complete,
        reason=clean(column.reason, 2000) if column.reason else None,
        counts={str(verdict): count for verdict, count in column.counts.items()},
        seconds=column.seconds,
        collected=column.collected,
        missing=tuple(column.missing),
        problems=tuple(clean(problem, 2000) for problem in column.problems),
        remedy=clean(column.remedy, 2000) if column.remedy else None,
        unapplied=clean(column.unapplied, 2000) if column.unapplied else None,
        infrastructure=column.infrastructure,
        reused=column.reused,
        steps=tuple(map(clean_step, column.steps)),
    )


def _clean_evidence(item: Evidence | None) -> Evidence:
    if item is None:
        return Evidence(message="")
    return Evidence(
        message=clean(item.message, 2000),
        expected=clean(item.expected, 2000) if item.expected is not None else None,
        got=clean(item.got, 2000) if item.got is not None else None,
        ulp=item.ulp,
        known=item.known,
        reason=clean(item.reason, 500) if item.reason else None,
        issue=clean(item.issue, 500) if item.issue else None,
        aspects=item.aspects,
        answer=item.answer,
    )
