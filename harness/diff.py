"""The differences between two matrices, column by column and case by case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from harness.errors import UsageError
from harness.exitcodes import ExitCode, worst
from harness.fingerprint import fingerprint
from harness.matrix import Matrix
from harness.profiles import PROFILES
from harness.records import DEVIATIONS, Aspect, Verdict
from harness.steps import items
from harness.text import age, one_line


@dataclass(frozen=True)
class Side:
    """One matrix on a case or a step in a column; without a verdict, or with a skip, `verdict` is None.

    A step that does not hold is a `fail`; `names` are those that it finds missing or wrong.
    """

    verdict: Verdict | None = None
    message: str = ""
    aspects: tuple[Aspect, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A case in a column, as the old and as the new matrix have it; the id of a step is `step NAME`."""

    column: str
    id: str
    old: Side
    new: Side


@dataclass
class Diff:
    """Changes by kind. Unspecified cases are left out."""

    regressions: list[Change] = field(default_factory=list)
    """Passed, and now deviates; a step that does not hold for further names is among them."""
    fixes: list[Change] = field(default_factory=list)
    """Deviated, and now passes."""
    changed: list[Change] = field(default_factory=list)
    """Deviates in another way than before: another verdict, another message, or other aspects."""
    new: list[Change] = field(default_factory=list)
    """Judged only now."""
    gone: list[Change] = field(default_factory=list)
    """Judged only then."""
    inconclusive: list[str] = field(default_factory=list)
    """A sentence for each column that is missing, incomplete or did not run on one side."""
    columns: list[str] = field(default_factory=list)
    """A sentence for each column: when its two sides were measured."""
    status: ExitCode = ExitCode.OK


KINDS = ("regressions", "fixes", "changed", "new", "gone")


def diff(old: Matrix, new: Matrix) -> Diff:
    """The differences in every column that either matrix has.

    Raises:
        UsageError: the matrices are of two APIs.
    """
    if old.api != new.api and None not in (old.api, new.api):
        raise UsageError(
            f"The old matrix is of the API {old.api!r} and the new matrix of {new.api!r}: "
            "compare matrices of the same API."
        )
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
    before, after = dict(_sides(old, then)), dict(_sides(new, now))
    cut = new.columns[now].status != "complete" or old.columns[then].status != "complete"
    for case in sorted({*before, *after}):
        was, is_ = before.get(case, Side()), after.get(case, Side())
        change = Change(name, case, was, is_)
        if was.verdict is None or is_.verdict is None:
            # A case that is missing from an incomplete column is neither new nor gone.
            if not cut:
                (result.new if was.verdict is None else result.gone).append(change)
        elif is_.verdict in DEVIATIONS and (was.verdict == "pass" or not set(is_.names) <= set(was.names)):
            result.regressions.append(change)
        elif was.verdict in DEVIATIONS and is_.verdict == "pass":
            result.fixes.append(change)
        elif _differ(was, is_):
            result.changed.append(change)


def _differ(was: Side, is_: Side) -> bool:
    """Whether two deviations are not the same. A matrix of schema 1 has no aspects to compare."""
    aspects = bool(was.aspects and is_.aspects) and set(was.aspects) != set(is_.aspects)
    if was.names != is_.names:
        return True
    return was.verdict != is_.verdict or aspects or fingerprint(was.message) != fingerprint(is_.message)


def _sides(matrix: Matrix, column: int) -> Iterator[tuple[str, Side]]:
    for step in matrix.columns[column].steps:
        if step.step not in PROFILES:
            names = tuple(sorted({item.get("name", "") for item in items(step)}))
            said = step.message + (f" ({', '.join(names)})" if names else "")
            yield f"step {step.step}", Side("pass") if step.holds else Side("fail", said, names=names)
    for row, case in enumerate(matrix.ids):
        verdict = matrix.verdict(row, column)
        if verdict is None or verdict == "skip" or row in matrix.unspecified:
            continue
        evidence = matrix.evidence[column].get(row)
        yield case, Side(verdict, evidence.message, evidence.aspects) if evidence else Side(verdict)
