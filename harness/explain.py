"""A case explained: its promise, and the verdict of each column of a matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from harness.matrix import Matrix
from harness.reader import ask
from harness.records import DEVIATIONS, Aspect, Verdict
from harness.runtimes.base import Report
from harness.text import one_line

TEXT = 11
"""The column of the screen in which text begins, behind its label."""


class Tolerance(msgspec.Struct, frozen=True):
    """The error that floats may have: `ulps` units of the last place of `dtype`, and the reason for more."""

    ulps: float
    dtype: str
    reason: str | None = None


class Only(msgspec.Struct, frozen=True):
    """The backends that a case applies to, and the reason why it does not apply to others."""

    backends: list[str]
    reason: str


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """The record of a case. `at` and `release` are the promise's place; `way` is how the inputs go in."""

    id: str
    area: str
    function: str
    promise: str
    at: str
    release: str
    counts: bool
    profile: str
    way: str
    source: str
    inputs: dict[str, str]
    wanted: str
    refused: bool
    tolerance: Tolerance | None
    only: Only | None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict of a column. `reason` is the baseline's where `known`, the suite's for a skip."""

    column: str
    backend: str
    verdict: Verdict | None
    message: str = ""
    expected: str | None = None
    got: str | None = None
    aspects: tuple[Aspect, ...] = ()
    known: bool = False
    reason: str | None = None
    issue: str | None = None
    suite: str | None = None


def explain(case: str, told: Mapping[str, str], report: Report) -> Explanation:
    """The suite's explanation of `case`; `told` are the variables that name the API and the backend.

    Raises:
        UsageError: the suite has no such case; the nearest ids are suggested.
        EnvironmentProblem: the suite could not be read.
    """
    return msgspec.json.decode(ask(f"--explain={case}", told, report), type=Explanation)


def explain_all(told: Mapping[str, str], report: Report) -> dict[str, Explanation]:
    """The suite's explanation of every case, by id. Raises as harness.reader.ask does."""
    decoder = msgspec.json.Decoder(Explanation)
    explained = map(decoder.decode, ask("--explanations", told, report).splitlines())
    return {case.id: case for case in explained}


def findings(case: str, matrix: Matrix, backend: str | None = None) -> list[Finding]:
    """The verdicts on `case` of all columns of a matrix, or of those of one backend."""
    row = matrix.row(case)
    return [
        _finding(matrix, row, index)
        for index, column in enumerate(matrix.columns)
        if backend in (None, column.backend, column.name)
    ]


def _finding(matrix: Matrix, row: int | None, index: int) -> Finding:
    column = matrix.columns[index]
    suite = column.info.get("suite")
    place: dict[str, Any] = {"column": column.name, "backend": column.backend, "suite": suite}
    verdict = None if row is None else matrix.verdict(row, index)
    if row is None or verdict is None or row not in matrix.evidence[index]:
        return Finding(**place, verdict=verdict)
    evidence = matrix.evidence[index][row]
    return Finding(
        **place,
        verdict=verdict,
        message=evidence.message,
        expected=evidence.expected,
        got=evidence.got,
        aspects=evidence.aspects,
        known=evidence.known,
        reason=evidence.reason,
        issue=evidence.issue,
    )


def lines(case: Explanation) -> Iterator[str]:
    """The explanation as lines of text."""
    yield case.id
    yield ""
    yield f"promise    {case.promise}"
    yield f"at         {case.at} ({case.release})"
    yield f"counts     {'yes' if case.counts else 'no: the documentation leaves it open'}"
    yield f"profile    {case.profile}"
    yield f"way        {case.way}"
    if case.only:
        yield f"only for   {', '.join(case.only.backends)}: {case.only.reason}"
    yield from _block("source", case.source)
    for name, text in case.inputs.items():
        yield f"input      {name} = {text}"
    yield from _block("refusal" if case.refused else "wanted", case.wanted)
    if case.tolerance:
        given = case.tolerance
        why = f": {given.reason}" if given.reason else ""
        yield f"tolerance  {given.ulps:g} units in the last place of {given.dtype}{why}"


def _block(label: str, text: str) -> Iterator[str]:
    first, *rest = text.splitlines() or [""]
    yield f"{label:<10} {first}"
    yield from (f"{'':<10} {line}".rstrip() for line in rest)


def finding_lines(found: list[Finding], suite: str) -> Iterator[str]:
    """The verdicts as lines of text; `suite` is the digest of the suite that explains."""
    deviating = [item for item in found if item.verdict in DEVIATIONS]
    width = max((len(item.column) for item in found), default=0)
    for item in deviating:
        yield f"{item.column:<{width}}  {item.verdict}: {one_line(item.message, 600)}"
        if item.got is not None:
            yield f"{'':<{width}}  got: {one_line(item.got, 600)}"
        if item.known:
            issue = f" ({one_line(item.issue)})" if item.issue else ""
            yield f"{'':<{width}}  known: {one_line(item.reason or 'no reason is given', 500)}{issue}"
    for item in found:
        if item.verdict == "skip":
            yield f"{item.column:<{width}}  skip: {one_line(item.reason or item.message, 300)}"
    for label, verdict in (("pass", "pass"), ("no verdict", None)):
        if names := [item.column for item in found if item.verdict == verdict]:
            yield f"{label}: {', '.join(names)}"
    if other := [item.column for item in found if item.suite and item.suite != suite]:
        yield f"measured with another version of the suite: {', '.join(other)}"
