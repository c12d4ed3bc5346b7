"""The matrix as JUnit XML, a test suite per column, for CI systems that show test results.

The document is valid by the schema of Jenkins' xUnit plugin (junit-10.xsd), and GitLab reads it too. New
deviations are failures (errors for crash, timeout and error); known and unspecified deviations are skipped
with their reason and their evidence, because JUnit has no third colour. A column that did not run or is
incomplete is an error, and so is every case that was collected and never judged. The steps of an external
module are tests, too, and so is a baseline that has problems. It is written test by test: a million elements
would not fit in a laptop's memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from harness.matrix import Column, Evidence, Matrix
from harness.profiles import PROFILES
from harness.records import Step
from harness.steps import items
from harness.text import counted, one_line

_ERRORS = frozenset({"error", "crash", "timeout"})
_SUMS = {"tests": "", "failures": "failure", "errors": "error", "skipped": "skipped"}


@dataclass(frozen=True)
class _Test:
    """A test of a suite; with a `tag` (failure, error, skipped) it did not pass, and `message` says why."""

    group: str
    name: str
    seconds: float | None = None
    tag: str = ""
    kind: str = ""
    message: str = ""
    text: str = ""


def render(matrix: Matrix) -> Iterator[bytes]:
    """The document in pieces, UTF-8 with its declaration."""
    sums = [_sums(matrix, index) for index in range(len(matrix.columns))]
    attributes = {"name": "keras-backend-conformance"}
    # The schema has no `skipped` here.
    attributes |= {key: str(sum(int(each[key]) for each in sums)) for key in _SUMS if key != "skipped"}
    attributes["time"] = f"{sum(column.seconds or 0 for column in matrix.columns):.3f}"
    yield b'<?xml version="1.0" encoding="utf-8"?>\n' + _tag("testsuites", attributes) + b">\n"
    for index, column in enumerate(matrix.columns):
        attributes = {"name": column.name}
        if column.info.get("started"):
            attributes["timestamp"] = str(column.info["started"]).removesuffix("Z")
        attributes |= {"time": f"{column.seconds or 0:.3f}", **sums[index]}
        yield b"  " + _tag("testsuite", attributes) + b">\n"
        for test in _tests(matrix, index):
            yield _element(column.name, test)
        yield b"  </testsuite>\n"
    yield b"</testsuites>\n"


def _sums(matrix: Matrix, index: int) -> dict[str, str]:
    counts = Counter(test.tag for test in _tests(matrix, index))
    return {key: str(counts[tag] if tag else sum(counts.values())) for key, tag in _SUMS.items()}


def _element(column: str, test: _Test) -> bytes:
    attributes = {"classname": column + test.group, "name": test.name}
    if test.seconds is not None:
        attributes["time"] = f"{test.seconds:.4f}"
    begin = b"    " + _tag("testcase", attributes)
    if not test.tag:
        return begin + b"/>\n"
    outcome = _tag(test.tag, {"type": test.kind, "message": test.message})
    text = escape(test.text).encode()
    return b"%s>\n      %s>%s</%s>\n    </testcase>\n" % (begin, outcome, text, test.tag.encode())


def _tag(name: str, attributes: dict[str, str]) -> bytes:
    """The beginning of an element, without what closes it."""
    return f"<{name}{''.join(f' {key}={quoteattr(value)}' for key, value in attributes.items())}".encode()


def _tests(matrix: Matrix, index: int) -> Iterator[_Test]:
    column = matrix.columns[index]
    if column.status != "complete":
        said = one_line(column.reason or column.status, 500)
        yield _Test("", column.status, tag="error", kind=column.status, message=said)
    yield from (_step(step) for step in column.steps if step.step not in PROFILES)
    for name in column.missing:
        group = "." + ".".join(name.split("/")[:2])
        yield _Test(group, name, tag="error", kind="lost", message="collected, and never judged")
    for row, verdict, seconds in matrix.judged(index):
        group = ".{}.{}".format(*matrix.functions[matrix.function_of[row]])
        name = matrix.ids[row]
        if verdict == "pass":
            yield _Test(group, name, seconds)
            continue
        evidence = matrix.evidence[index][row]
        excused = verdict == "skip" or evidence.known or row in matrix.unspecified
        tag = "skipped" if excused else "error" if verdict in _ERRORS else "failure"
        message = _excuse(matrix, row, verdict, evidence) if excused else one_line(evidence.message, 500)
        yield _Test(group, name, seconds, tag, verdict, message, _text(evidence))
    if column.problems:
        yield _baseline(column)


def _step(step: Step) -> _Test:
    if step.holds:
        return _Test(".steps", step.step, step.seconds)
    named = "\n".join(f"{item.get('signature', '')} {item.get('message', '')}" for item in items(step))
    return _Test(
        ".steps", step.step, step.seconds, "failure", "step", one_line(step.message, 500), named.strip()
    )


def _baseline(column: Column) -> _Test:
    first, *others = column.problems
    more = f" (and {counted(len(others), 'other problem')})" if others else ""
    text = "\n".join(part for part in (*column.problems, column.remedy) if part)
    return _Test("", "baseline", None, "failure", "baseline", one_line(first, 500) + more, text)


def _excuse(matrix: Matrix, row: int, verdict: str, evidence: Evidence) -> str:
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
