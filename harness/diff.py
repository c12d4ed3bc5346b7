"""The differences between two matrices, column by column and case by case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.errors import UsageError
from harness.exitcodes import ExitCode, worst
from harness.fingerprint import fingerprint
from harness.matrix import Column, Matrix
from harness.profiles import PROFILES
from harness.records import DEVIATIONS, Aspect, Verdict
from harness.selection import option_text
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
    """Why a column is compared in part or not at all: it is missing, incomplete or did not run on a side."""
    columns: list[str] = field(default_factory=list)
    """A sentence for each column: when its sides were measured, how much is compared, what else changed."""
    status: ExitCode = ExitCode.OK


KINDS = ("regressions", "fixes", "changed", "new", "gone")
TITLES = {
    "regressions": ("regression (passed before)", "regressions (passed before)"),
    "fixes": ("fix (passes now)", "fixes (pass now)"),
    "changed": ("case deviates in another way", "cases deviate in another way"),
    "new": ("new case", "new cases"),
    "gone": ("gone case", "gone cases"),
}
"""What a kind of change is called: one of them, several."""


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
        was = old.columns[then[name]] if name in then else None
        is_ = new.columns[now[name]] if name in now else None
        cut = list(_inconclusive(name, was, is_))
        about = f"{name}: {_when(was)} -> {_when(is_)}"
        if was and is_:
            compared = _compare(result, name, (old, then[name]), (new, now[name]), bool(cut))
            about += f", {compared} case{'' if compared == 1 else 's'} compared{_changes(was, is_)}"
            if not compared and not cut:
                cut.append((f"{name} has no case that both sides judged", ExitCode.OK))
        result.columns.append(about)
        result.inconclusive += [sentence for sentence, _ in cut]
        codes += [code for _, code in cut]
    if result.regressions:
        codes.append(ExitCode.DEVIATION)
    result.status = worst(codes)
    return result


def _when(column: Column | None) -> str:
    if column is None:
        return "absent"
    started = one_line(str(column.info.get("started") or "no date"), 40)
    return f"{started}{age(started)}"


def _changes(was: Column, is_: Column) -> str:
    """What else than the backend's behaviour may explain a difference: versions and the suite."""
    before, after = was.info.get("versions"), is_.info.get("versions")
    changed = []
    if isinstance(before, dict) and isinstance(after, dict):
        names = dict.fromkeys((*before, *after))
        changed = [
            f"{one_line(name, 60)} {_version(before, name)} -> {_version(after, name)}"
            for name in names
            if before.get(name) != after.get(name)
        ]
    if was.info.get("suite") != is_.info.get("suite"):
        changed.append("another version of the suite")
    return "".join(f", {change}" for change in changed)


def _version(versions: Mapping[str, Any], name: str) -> str:
    return one_line(str(versions.get(name) or "absent"), 60)


def _inconclusive(name: str, was: Column | None, is_: Column | None) -> Iterator[tuple[str, ExitCode]]:
    """The reasons why a column is compared in part or not at all, each with what it does to the status."""
    if is_ is None:
        yield f"{name} is missing from the new matrix", ExitCode.INCOMPLETE
    elif is_.status != "complete":
        lost = is_.status == "not-run" or is_.infrastructure
        code = ExitCode.NOT_RUN if lost else ExitCode.INCOMPLETE
        yield f"{name} is {is_.status} in the new matrix: {one_line(is_.reason or '', 300)}", code
    if was is None:
        yield f"{name} is missing from the old matrix", ExitCode.OK
    elif was.status != "complete":
        yield f"{name} is {was.status} in the old matrix: {one_line(was.reason or '', 300)}", ExitCode.OK
    if was and is_ and _part(was) != _part(is_):
        yield f"{name} ran another part of the suite: {_part(was)} -> {_part(is_)}", ExitCode.OK


def _part(column: Column) -> str:
    select = column.info.get("select")
    told = f" {option_text(select)}" if select else ""
    return f"profile {one_line(str(column.info.get('profile') or 'unknown'), 60)}{told}"


def _compare(result: Diff, name: str, old: tuple[Matrix, int], new: tuple[Matrix, int], cut: bool) -> int:
    """Sorts the differences of a column into `result`; the number of cases that both sides judged.

    With `cut`, a case that a side lacks is neither new nor gone: that side did not run all of its cases.
    """
    before, after = dict(_sides(*old)), dict(_sides(*new))
    for case in sorted({*before, *after}):
        was, is_ = before.get(case, Side()), after.get(case, Side())
        change = Change(name, case, was, is_)
        if was.verdict is None or is_.verdict is None:
            if not cut:
                (result.new if was.verdict is None else result.gone).append(change)
        elif is_.verdict in DEVIATIONS and (was.verdict == "pass" or not set(is_.names) <= set(was.names)):
            result.regressions.append(change)
        elif was.verdict in DEVIATIONS and is_.verdict == "pass":
            result.fixes.append(change)
        elif _differ(was, is_):
            result.changed.append(change)
    return sum("/" in case for case in before.keys() & after.keys())


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
