"""The matrix as tests, which CI systems know: JUnit and CTRF are written from them.

New deviations are failures (errors for crash, timeout and error). A column that did not run or is incomplete
is an error, and so is every case that was collected and never judged. The steps of an external module are
tests, too, and so is a baseline that has problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from harness.matrix import Column, Evidence, Matrix
from harness.profiles import PROFILES
from harness.records import Step
from harness.steps import items
from harness.text import counted, one_line

Excuse = Literal["", "known", "unspecified", "skip"]
_ERRORS = frozenset({"error", "crash", "timeout"})


@dataclass(frozen=True)
class Test:
    """A test of a column; with a `tag` (failure, error, skipped) it did not pass, and `message` says why.

    One that is skipped is excused: `excuse` says whether it is a known deviation, one that counts for nobody
    (unspecified), or a case that does not apply (skip).
    """

    group: str
    name: str
    seconds: float | None = None
    tag: str = ""
    kind: str = ""
    message: str = ""
    text: str = ""
    excuse: Excuse = ""


def tests_of(matrix: Matrix, index: int) -> Iterator[Test]:
    """The tests of the column at `index`."""
    column = matrix.columns[index]
    if column.status != "complete":
        said = one_line(column.reason or column.status, 500)
        yield Test("", column.status, tag="error", kind=column.status, message=said)
    yield from (_step(step) for step in column.steps if step.step not in PROFILES)
    for name in column.missing:
        group = "." + ".".join(name.split("/")[:2])
        yield Test(group, name, tag="error", kind="lost", message="collected, and never judged")
    for row, verdict, seconds in matrix.judged(index):
        group = ".{}.{}".format(*matrix.functions[matrix.function_of[row]])
        name = matrix.ids[row]
        if verdict == "pass":
            yield Test(group, name, seconds)
            continue
        evidence = matrix.evidence[index][row]
        excuse = _excuse(matrix, row, verdict, evidence)
        tag = "skipped" if excuse else "error" if verdict in _ERRORS else "failure"
        message = _excused(matrix, row, verdict, evidence) if excuse else one_line(evidence.message, 500)
        yield Test(group, name, seconds, tag, verdict, message, _text(evidence), excuse)
    if column.problems:
        yield _baseline(column)


def _step(step: Step) -> Test:
    if step.holds:
        return Test(".steps", step.step, step.seconds)
    named = "\n".join(f"{item.get('signature', '')} {item.get('message', '')}" for item in items(step))
    return Test(
        ".steps", step.step, step.seconds, "failure", "step", one_line(step.message, 500), named.strip()
    )


def _baseline(column: Column) -> Test:
    first, *others = column.problems
    more = f" (and {counted(len(others), 'other problem')})" if others else ""
    text = "\n".join(part for part in (*column.problems, column.remedy) if part)
    return Test("", "baseline", None, "failure", "baseline", one_line(first, 500) + more, text)


def _excuse(matrix: Matrix, row: int, verdict: str, evidence: Evidence) -> Excuse:
    if verdict == "skip":
        return "skip"
    return "known" if evidence.known else "unspecified" if row in matrix.unspecified else ""


def _excused(matrix: Matrix, row: int, verdict: str, evidence: Evidence) -> str:
    if verdict == "skip":
        return one_line(evidence.reason or evidence.message, 500)
    said = one_line(evidence.message, 500)
    if evidence.known:
        return f"known {verdict}: {one_line(evidence.reason or 'no reason is given', 500)} ({said})"
    silent = one_line(matrix.unspecified[row] or "the documentation is silent", 500)
    return f"unspecified {verdict}: {silent} ({said})"


def _text(evidence: Evidence) -> str:
    parts = [evidence.message]
    if evidence.expected is not None:
        parts.append(f"expected: {evidence.expected}")
    if evidence.got is not None:
        parts.append(f"got: {evidence.got}")
    return "\n".join(parts)
