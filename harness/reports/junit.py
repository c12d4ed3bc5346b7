"""The matrix as JUnit XML, a test suite per column, for CI systems that show test results.

The document is valid by the schema of Jenkins' xUnit plugin (junit-10.xsd), and GitLab reads it too. Known
and unspecified deviations are skipped with reason and evidence, because JUnit has no third colour. It is
written test by test: a million elements would not fit in a laptop's memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from harness.matrix import Matrix
from harness.reports.ci_tests import Test, tests_of

_SUMS = {"tests": "", "failures": "failure", "errors": "error", "skipped": "skipped"}


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
        for test in tests_of(matrix, index):
            yield _element(column.name, test)
        yield b"  </testsuite>\n"
    yield b"</testsuites>\n"


def _sums(matrix: Matrix, index: int) -> dict[str, str]:
    counts = Counter(test.tag for test in tests_of(matrix, index))
    return {key: str(counts[tag] if tag else sum(counts.values())) for key, tag in _SUMS.items()}


def _element(column: str, test: Test) -> bytes:
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
