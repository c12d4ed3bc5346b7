"""What changed between two matrices, column by column and case by case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from harness.exitcodes import ExitCode, worst
from harness.fingerprint import fingerprint
from harness.matrix import Matrix
from harness.records import DEVIATIONS, Verdict
from harness.text import age, one_line


@dataclass(frozen=True)
class Change:
    """A case in a column; a verdict is None where that matrix has none (a skip counts as none)."""

    column: str
    id: str
    old: Verdict | None
    new: Verdict | None
    message: str


@dataclass
class Diff:
    """Changes by kind. Unspecified cases are in none of them."""

    regressions: list[Change] = field(default_factory=list)
    """Passed, and now deviates."""
    fixes: list[Change] = field(default_factory=list)
    """Deviated, and now passes."""
    changed: list[Change] = field(default_factory=list)
    """Deviates in another way than before."""
    new: list[Change] = field(default_factory=list)
    """Judged only now."""
    gone: list[Change] = field(default_factory=list)
    """Judged only then."""
    inconclusive: list[str] = field(default_factory=list)
    """Columns of which one side is missing, incomplete or did not run, a sentence each."""
    columns: list[str] = field(default_factory=list)
    """When either side of every column was measured, a sentence each."""
    status: ExitCode = ExitCode.OK


KINDS = ("regressions", "fixes", "changed", "new", "gone")


def diff(old: Matrix, new: Matrix) -> Diff:
    """Compares every column that either matrix has."""
    result = Diff()
    then = {column.name: index for index, column in enumerate(old.columns)}
    now = {column.name: index for index, column in enumerate(new.columns)}
    codes = []
    for name in sorted({*then, *now}):
        sentence, code = _inconclusive(name, old, then.get(name), new, now.get(name))
        if sentence:
            result.inconclusive.append(sentence)
            codes.append(code)
        result.columns.append(f"{name}: {_when(old, then.get(name))} -> {_when(new, now.get(name))}")
        if name in then and name in now:
            _compare(result, name, old, then[name], new, now[name])
    if result.regressions:
        codes.append(ExitCode.DEVIATION)
    result.status = worst(codes)
    return result


def _when(matrix: Matrix, index: int | None) -> str:
    if index is None:
        return "absent"
    started = one_line(str(matrix.columns[index].info.get("started") or "no date"), 40)
    return f"{started}{age(started)}"


def _inconclusive(
    name: str, old: Matrix, then: int | None, new: Matrix, now: int | None
) -> tuple[str | None, ExitCode]:
    if now is None:
        return f"{name} is missing from the new matrix", ExitCode.INCOMPLETE
    if then is None:
        return f"{name} is missing from the old matrix", ExitCode.OK
    column = new.columns[now]
    if column.status != "complete":
        code = (
            ExitCode.NOT_RUN if column.status == "not-run" or column.infrastructure else ExitCode.INCOMPLETE
        )
        return f"{name} is {column.status} in the new matrix: {one_line(column.reason or '', 300)}", code
    column = old.columns[then]
    if column.status != "complete":
        return (
            f"{name} is {column.status} in the old matrix: {one_line(column.reason or '', 300)}",
            ExitCode.OK,
        )
    return None, ExitCode.OK


def _compare(result: Diff, name: str, old: Matrix, then: int, new: Matrix, now: int) -> None:
    before, after = dict(_verdicts(old, then)), dict(_verdicts(new, now))
    cut = new.columns[now].status != "complete" or old.columns[then].status != "complete"
    for case in sorted({*before, *after}):
        was, old_message = before.get(case, (None, ""))
        is_, message = after.get(case, (None, ""))
        if was is None or is_ is None:
            # What a column that was cut off lacks has neither come nor gone.
            if not cut:
                (result.new if was is None else result.gone).append(
                    Change(name, case, was, is_, message or old_message)
                )
        elif was == "pass" and is_ in DEVIATIONS:
            result.regressions.append(Change(name, case, was, is_, message))
        elif was in DEVIATIONS and is_ == "pass":
            result.fixes.append(Change(name, case, was, is_, old_message))
        elif was != is_ or fingerprint(old_message) != fingerprint(message):
            result.changed.append(Change(name, case, was, is_, message))


def _verdicts(matrix: Matrix, column: int) -> Iterator[tuple[str, tuple[Verdict, str]]]:
    for row, case in enumerate(matrix.ids):
        verdict = matrix.verdict(row, column)
        if verdict is None or verdict == "skip" or row in matrix.unspecified:
            continue
        evidence = matrix.evidence[column].get(row)
        yield case, (verdict, evidence.message if evidence else "")
