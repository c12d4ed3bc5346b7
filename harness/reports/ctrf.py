"""The matrix in the Common Test Report Format (ctrf.io): JSON that CI tools of many makers read.

A known deviation is not a skipped test there: it has the status `other`, like a deviation that counts for
nobody, and `rawStatus` says which of them it is. The tests are those of ci_tests.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import msgspec

from harness import __version__
from harness.matrix import Column, Matrix
from harness.reports.ci_tests import Test, tests_of

SPEC = "0.0.0"
_STATUSES = ("passed", "failed", "skipped", "pending", "other")
_encoder = msgspec.json.Encoder()


def render(matrix: Matrix) -> Iterator[bytes]:
    """The document in pieces, a line for each test."""
    counts = Counter(
        _status(test) for index in range(len(matrix.columns)) for test in tests_of(matrix, index)
    )
    begun = [start for column in matrix.columns if (start := _started(column)) is not None]
    ended = [
        start + round(1000 * (column.seconds or 0))
        for column in matrix.columns
        if (start := _started(column)) is not None
    ]
    summary = {
        "tests": sum(counts.values()),
        **{status: counts[status] for status in _STATUSES},
        "suites": len(matrix.columns),
        "start": min(begun, default=0),
        "stop": max(ended, default=0),
    }
    tool = {"name": "keras-backend-conformance", "version": __version__}
    yield b'{"reportFormat":"CTRF","specVersion":%s,"results":{"tool":%s,"summary":%s,"tests":[' % (
        _encoder.encode(SPEC),
        _encoder.encode(tool),
        _encoder.encode(summary),
    )
    separator = b"\n"
    for index, column in enumerate(matrix.columns):
        for test in tests_of(matrix, index):
            yield separator + _encoder.encode(_test(column, test))
            separator = b",\n"
    yield b"\n]}}\n"


def _started(column: Column) -> int | None:
    """When a column was started, in milliseconds."""
    try:
        then = datetime.fromisoformat(str(column.info.get("started")))
        return round(1000 * (then if then.tzinfo else then.replace(tzinfo=timezone.utc)).timestamp())
    except (ValueError, OverflowError):
        return None


def _status(test: Test) -> str:
    if not test.tag:
        return "passed"
    if test.excuse:
        return "skipped" if test.excuse == "skip" else "other"
    return "failed"


def _test(column: Column, test: Test) -> dict[str, Any]:
    raw = f"{test.excuse} {test.kind}" if test.excuse in ("known", "unspecified") else test.kind or "pass"
    told: dict[str, Any] = {
        "name": test.name,
        "status": _status(test),
        "duration": round(1000 * (test.seconds or 0)),
        "suite": [column.name, *filter(None, test.group.split("."))],
        "rawStatus": raw,
    }
    if test.tag:
        told["message"] = test.message
        told |= {"trace": test.text} if test.text else {}
    return told
