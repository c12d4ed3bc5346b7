"""Matrix files: written case by case, without a second copy in memory, and read with distrust."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec

from harness.errors import UsageError
from harness.matrix import CODE, READABLE, SCHEMA, Column, Evidence, Matrix
from harness.records import COLUMN_PATTERN, CaseId, ColumnName, Step, Verdict
from harness.steps import clean_step
from harness.text import clean, clean_json

MAX_FILE = 2 << 30
_encoder = msgspec.json.Encoder()
_Count = Annotated[int, msgspec.Meta(ge=0)]
_OWN = (
    "status",
    "complete",
    "reason",
    "counts",
    "seconds",
    "collected",
    "missing",
    "problems",
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
    unapplied: str | None = None
    infrastructure: bool = False
    reused: _Count = 0
    steps: list[Step] = msgspec.field(default_factory=list)


class _CaseFile(msgspec.Struct):
    id: CaseId
    area: str
    function: str
    verdicts: dict[ColumnName, Verdict]
    unspecified: bool = False
    reason: str | None = None
    evidence: dict[ColumnName, Evidence] = msgspec.field(default_factory=dict)


class _CellFile(msgspec.Struct):
    worst_ulp: float | None = None


class _FunctionFile(msgspec.Struct):
    area: str
    function: str
    cells: dict[ColumnName, _CellFile]


class _File(msgspec.Struct):
    columns: list[_ColumnFile]
    cases: list[_CaseFile]
    functions: list[_FunctionFile]


class _Head(msgspec.Struct):
    schema: int | None = None
    columns: list[dict[str, Any]] = msgspec.field(default_factory=list)


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
        "unapplied": column.unapplied,
        "infrastructure": column.infrastructure,
        "reused": column.reused,
        "steps": column.steps,
    }


def _cases_json(matrix: Matrix) -> Iterator[dict[str, Any]]:
    names = [column.name for column in matrix.columns]
    for case, case_id in enumerate(matrix.ids):
        area, function = matrix.functions[matrix.function_of[case]]
        unspecified = case in matrix.unspecified
        item: dict[str, Any] = {"id": case_id, "area": area, "function": function, "unspecified": unspecified}
        if unspecified:
            item["reason"] = matrix.unspecified[case]
        item["verdicts"] = {
            name: verdict
            for index, name in enumerate(names)
            if (verdict := matrix.verdict(case, index)) is not None
        }
        item["evidence"] = {
            name: matrix.evidence[index][case]
            for index, name in enumerate(names)
            if case in matrix.evidence[index]
        }
        yield item


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


def read_matrix(path: Path, data: bytes | None = None) -> Matrix:
    """The matrix in a file, or in `data`, which then came from `path`.

    Raises:
        UsageError: the file is unreadable, not a matrix, of an unknown schema, or contradicts itself.
    """
    try:
        if data is None:
            if path.stat().st_size > MAX_FILE:
                raise UsageError(
                    f"{path} is larger than {MAX_FILE >> 30} GiB: give a matrix that conform merge wrote."
                )
            data = path.read_bytes()
        head = msgspec.json.decode(data, type=_Head)
        if head.schema not in READABLE:
            stated = "no matrix schema" if head.schema is None else f"matrix schema {head.schema}"
            raise UsageError(
                f"{path} has {stated} and this harness reads {' and '.join(map(str, READABLE))}: "
                "make it with `conform merge`."
            )
        return _build(msgspec.json.decode(data, type=_File), head.columns)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read ({error.strerror}): check the path, or make it with `conform merge`."
        ) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise UsageError(
            f"{path} is not a matrix ({clean(str(error), 300)}): make it with `conform merge`."
        ) from None


def _build(file: _File, infos: list[dict[str, Any]]) -> Matrix:
    columns = tuple(_column(column, info) for column, info in zip(file.columns, infos, strict=True))
    place = {column.name: index for index, column in enumerate(columns)}
    if len(place) != len(columns):
        raise ValueError("two columns have the same name")
    if len({column.info["api"] for column in columns if "api" in column.info}) > 1:
        raise ValueError("its columns are of two APIs")
    functions = sorted({(clean(case.area, 100), clean(case.function, 100)) for case in file.cases})
    function_index = {key: index for index, key in enumerate(functions)}
    file.cases.sort(key=lambda case: case.id)
    verdicts = tuple(bytearray(len(file.cases)) for _ in columns)
    evidence: tuple[dict[int, Evidence], ...] = tuple({} for _ in columns)
    worst: tuple[dict[int, float], ...] = tuple({} for _ in columns)
    unspecified: dict[int, str | None] = {}
    function_of = array("I")
    for row, case in enumerate(file.cases):
        if row and case.id == file.cases[row - 1].id:
            raise ValueError(f"case {case.id} stands in it twice")
        function_of.append(function_index[clean(case.area, 100), clean(case.function, 100)])
        if case.unspecified:
            unspecified[row] = clean(case.reason, 500) if case.reason else None
        for name, verdict in case.verdicts.items():
            verdicts[_known(place, name)][row] = CODE[verdict]
            if verdict != "pass":
                evidence[place[name]][row] = _clean_evidence(case.evidence.get(name))
    for function in file.functions:
        for name, cell in function.cells.items():
            index = function_index.get((clean(function.area, 100), clean(function.function, 100)))
            if cell.worst_ulp is not None and index is not None:
                worst[_known(place, name)][index] = cell.worst_ulp
    ids = [case.id for case in file.cases]
    return Matrix(columns, ids, functions, function_of, unspecified, verdicts, evidence, worst)


def _known(place: dict[str, int], name: str) -> int:
    if name not in place:
        raise ValueError(f"a case has a verdict of {clean(name, 100)!r}, which is not a column")
    return place[name]


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
    )
