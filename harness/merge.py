"""The matrix of several journals: each is read once, and the order of the files does not matter."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from harness.codes import Codes, ticks
from harness.errors import UsageError
from harness.journal import Reading, read_head
from harness.matrix import Column, Evidence, Matrix
from harness.records import Begin, Case, Collected, End, Loaded, Start, Step
from harness.signatures import Signed, check_signature
from harness.steps import clean_step
from harness.stream import Rules
from harness.text import clean, clean_json, one_line

_UNKNOWN = 0xFFFFFFFF
# The number of missing cases that a sentence names; the matrix names all of them.
_NAMED = 5
CUT_OFF = "the journal ends without its end record: the run was interrupted or died"


def journal_files(arguments: Iterable[Path]) -> list[Path]:
    """The journals that the arguments of `conform merge` name, each once: files, and *.jsonl in directories.

    Raises:
        UsageError: a path does not exist or a directory has no journal.
    """
    files: dict[Path, None] = {}
    for argument in arguments:
        if argument.is_dir():
            inside = sorted(argument.glob("*.jsonl"))
            if not inside:
                raise UsageError(
                    f"{argument} has no journal (*.jsonl) in it: run `conform run --out {argument}` first."
                )
            files.update(dict.fromkeys(path.resolve() for path in inside))
        elif argument.exists():
            files[argument.resolve()] = None
        else:
            raise UsageError(
                f"{argument} does not exist: name a journal or a directory that conform run wrote."
            )
    return list(files)


def merge_journals(
    paths: Iterable[Path], expected: Iterable[str] = (), signers: Path | None = None
) -> Matrix:
    """The matrix of these journals, without baselines. An expected column without a journal did not run.

    With `signers`, each journal must be signed by somebody in that list; see signatures.py.

    Raises:
        UsageError: a file is not a journal, two are of the same column, they are of two APIs, or one was
            changed after it was written or signed.
    """
    streams = [_open(path, signers) for path in paths]
    there = {stream.info["column"] for stream in streams}
    streams += [_absent(name) for name in dict.fromkeys(expected) if name not in there]
    streams.sort(key=lambda stream: str(stream.info["column"]))
    for first, second in pairwise(streams):
        if first.info["column"] == second.info["column"]:
            pair = " and ".join(sorted((str(first.path), str(second.path))))
            raise UsageError(
                f"{pair} are both of column {first.info['column']!r}: merge one of them, "
                "or run one again with --label."
            )
    _one_api(streams)
    table = _Table()
    for stream in streams:
        table.add(stream)
    return table.matrix()


def _one_api(streams: Iterable[_Stream]) -> None:
    """Raises UsageError for journals of two APIs: they have no case in common."""
    columns: dict[str, str] = {}
    for stream in streams:
        if "api" in stream.info:
            columns.setdefault(stream.info["api"], stream.info["column"])
    if len(columns) > 1:
        told = " and ".join(f"{column!r} of {api!r}" for api, column in sorted(columns.items()))
        raise UsageError(f"These journals are of two APIs ({told}): merge the journals of one API at a time.")


@dataclass
class _Stream:
    """A journal, or an expected column that has none; `path` is None where there are no records to read."""

    path: Path | None
    info: dict[str, Any]
    end: End | None = None
    signed: Signed | None = None


def _open(path: Path, signers: Path | None) -> _Stream:
    signed = check_signature(path, signers) if signers else None
    # Read and closed again: there may be more journals than a process may have open.
    head = read_head(path)
    if head is None:
        # The run was killed before its start record was whole: only the file's name tells the column.
        name = clean(path.stem, 100)
        return _Stream(None, {"column": name, "backend": name, "versions": {}})
    return _Stream(path, _start_fields(path, *head), signed=signed)


def _absent(column: str) -> _Stream:
    end = End(complete=False, reason="no journal of it was found", infrastructure=True)
    return _Stream(None, {"column": column, "backend": column, "versions": {}}, end)


def _start_fields(path: Path, start: Start, line: bytes) -> dict[str, Any]:
    """All fields of the start record, also those that this version does not know."""
    try:
        raw = msgspec.json.decode(line)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UsageError(
            f"{path}, line 1 is not a journal record ({clean(str(error), 300)}): run the column again."
        ) from None
    fields = {**msgspec.to_builtins(start), **raw}
    for name in ("kind", "schema", "digest", "signed"):  # the last two are said here, not by the journal
        fields.pop(name, None)
    fields["api"] = str(fields["api"]).lower()  # schema 1 knew one API and called it K
    cleaned: dict[str, Any] = clean_json(fields, 500)
    return cleaned


def _what_answered(record: Loaded) -> dict[str, Any]:
    """The fields of the loaded record that a column has; its backend keeps the registered name."""
    fields: dict[str, Any] = clean_json(msgspec.to_builtins(record), 500)
    told = ("file", "front", "engine", "versions", *(("signatures",) if record.signatures else ()))
    return {name: fields[name] for name in told}


@dataclass
class _Part:
    """The part of the matrix that one column contributes, by row in the order in which rows appeared."""

    column: Column
    rows: array[int]
    codes: bytes
    times: array[int]
    evidence: dict[int, Evidence]
    worst: dict[int, float]


@dataclass
class _Table:
    rows: dict[str, int] = field(default_factory=dict)
    function_of: array[int] = field(default_factory=lambda: array("I"))
    functions: dict[tuple[str, str], int] = field(default_factory=dict)
    unspecified: dict[int, str | None] = field(default_factory=dict)
    parts: list[_Part] = field(default_factory=list)

    def function(self, area: str, function: str) -> int:
        key = (area, function)
        index = self.functions.get(key)
        if index is None:
            index = self.functions[key] = len(self.functions)
        return index

    def add(self, stream: _Stream) -> None:
        part = self._read(stream) if stream.path else self._nothing(stream)
        self.parts.append(part)

    def _nothing(self, stream: _Stream) -> _Part:
        column = _column(stream.info, stream.end, Rules(), [], [], 0)
        return _Part(column, array("I"), b"", array("I"), {}, {})

    def _read(self, stream: _Stream) -> _Part:
        times = array("I")
        evidence: dict[int, Evidence] = {}
        worst: dict[int, float] = {}
        end: End | None = None
        steps: list[Step] = []
        loaded: dict[str, Any] = {}
        reused = 0
        assert stream.path is not None
        reading = Reading(stream.path, self.rows)
        rules, function_of = reading.rules, self.function_of
        for record in reading:
            if isinstance(record, Begin):
                continue
            if isinstance(record, Case):
                row = rules.judged[-1]
                times.append(ticks(record.seconds))
                function = function_of[row]
                if function == _UNKNOWN:
                    function = function_of[row] = self.function(record.area, record.function)
                reused += record.reused
                if record.unspecified:
                    reason = clean(record.reason, 500) if record.reason else None
                    self.unspecified.setdefault(row, reason)
                if record.verdict != "pass":
                    evidence[row] = evidence_of(record)
                elif record.ulp is not None and not record.unspecified:
                    worst[function] = max(record.ulp, worst.get(function, 0.0))
            elif isinstance(record, Collected):
                function_of.extend(_unknown(len(self.rows) - len(function_of)))
            elif isinstance(record, Step):
                steps.append(clean_step(record))
            elif isinstance(record, Loaded):
                loaded = _what_answered(record)
            elif isinstance(record, End):
                end = record
        info = {**stream.info, **loaded, "digest": reading.digest if reading.sealed else None}
        if stream.signed:
            if stream.signed.digest != reading.digest:
                raise UsageError(f"{stream.path} changed while it was read: merge it again.")
            info["signed"] = stream.signed.by
        missing, in_flight = rules.missing(), rules.in_flight()
        names = self._names(missing) if missing else {}
        column = _column(info, end, rules, sorted(names.values()), [names[row] for row in in_flight], reused)
        column = replace(column, steps=tuple(steps))
        codes = bytes(rules.code(row) for row in rules.judged)
        return _Part(column, rules.judged, codes, times, evidence, worst)

    def _names(self, rows: Iterable[int]) -> dict[int, str]:
        wanted = set(rows)
        return {row: name for name, row in self.rows.items() if row in wanted}

    def matrix(self) -> Matrix:
        """The Matrix: everything permuted into sorted order."""
        for name, row in self.rows.items():
            if self.function_of[row] == _UNKNOWN:  # collected and never judged: the id tells it
                self.function_of[row] = self.function(*name.split("/", 2)[:2])
        ids = sorted(self.rows)
        order = array("I", (self.rows[name] for name in ids))
        self.rows.clear()  # the largest of what is not needed any more
        new_row = array("I", bytes(4 * len(order)))
        for new, old in enumerate(order):
            new_row[old] = new
        cleaned = {
            index: (clean(area, 100), clean(name, 100)) for (area, name), index in self.functions.items()
        }
        functions = sorted(set(cleaned.values()))
        position = {key: index for index, key in enumerate(functions)}
        new_function = {index: position[key] for index, key in cleaned.items()}
        return Matrix(
            columns=tuple(part.column for part in self.parts),
            ids=ids,
            functions=functions,
            function_of=array("I", (new_function[self.function_of[old]] for old in order)),
            unspecified={new_row[row]: reason for row, reason in self.unspecified.items()},
            verdicts=tuple(
                Codes.sorted((new_row[row] for row in part.rows), part.codes, part.times)
                for part in self.parts
            ),
            evidence=tuple(
                {new_row[row]: item for row, item in part.evidence.items()} for part in self.parts
            ),
            worst=tuple(
                {new_function[index]: ulp for index, ulp in part.worst.items()} for part in self.parts
            ),
        )


def _unknown(count: int) -> array[int]:
    return array("I", b"\xff\xff\xff\xff" * count)


def evidence_of(case: Case) -> Evidence:
    """The evidence in a case record, with its text cleaned."""
    detail = case.detail
    return Evidence(
        message=clean(detail.message, 2000) if detail else "",
        expected=clean(detail.expected, 2000) if detail and detail.expected is not None else None,
        got=clean(detail.got, 2000) if detail and detail.got is not None else None,
        ulp=case.ulp,
        reason=clean(case.reason, 500) if case.reason else None,
        aspects=case.aspects,
        answer=case.answer,
    )


def _column(
    info: dict[str, Any],
    end: End | None,
    rules: Rules,
    missing: list[str],
    in_flight: Iterable[str],
    reused: int,
) -> Column:
    collected = len(rules.collected)
    complete = end is not None and end.complete and not missing
    reason = None
    if not complete:
        reason = clean(end.reason, 2000) if end and end.reason else None
        if reason is None and end is None:
            reason = CUT_OFF
        lost = (
            f"{len(missing)} of {collected} collected cases have no verdict: {_named(missing)}"
            if missing
            else ""
        )
        flight = f"in flight: {one_line(', '.join(in_flight), 300)}" if in_flight else ""
        reason = (
            "; ".join(part for part in (reason, lost, flight) if part)
            or "the suite says that it is incomplete"
        )
    return Column(
        info=info,
        complete=complete,
        reason=reason,
        counts=rules.counts,
        seconds=end.seconds if end else None,
        collected=collected,
        missing=tuple(missing),
        infrastructure=end is not None and end.infrastructure,
        reused=reused,
    )


def _named(missing: list[str]) -> str:
    more = len(missing) - _NAMED
    return ", ".join(missing[:_NAMED]) + (f" and {more} more" if more > 0 else "")
