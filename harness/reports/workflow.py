"""The findings of a matrix as annotations of a GitHub job: workflow commands on its standard output.

GitHub shows ten of a kind in a step and drops the others without a word, so like deviations are told together
and the last annotation counts what is left.
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.exitcodes import ExitCode
from harness.matrix import Matrix
from harness.outcome import findings
from harness.reports.findings import groups, repro_commands
from harness.reports.summary import totals
from harness.text import one_line

MOST = 10


def render(matrix: Matrix) -> str:
    """A line for each: errors for what is new or failed, a notice for the known deviations of each column."""
    errors, notices = list(_errors(matrix)), list(_notices(matrix))
    return "".join(f"{line}\n" for line in (*_limited("error", errors), *_limited("notice", notices)))


def _errors(matrix: Matrix) -> Iterator[tuple[str, str]]:
    """Title and text. What ended a run comes first: without it the rest cannot be understood."""
    for code, sentence in findings(matrix):
        if code is not ExitCode.DEVIATION:
            yield "Conformance", sentence
    command = repro_commands(matrix)
    for group in sorted(groups(matrix), key=lambda group: -len(group.deviations)):
        first, more = group.first, len(group.deviations) - 1
        alike = f" and {more} alike" if more else ""
        said = one_line(first.evidence.message, 300)
        yield (
            f"{group.column}: {first.function}",
            f"{first.verdict} in {first.id}{alike}: {said} | {command(first.id, group.column)}",
        )
    for code, sentence in findings(matrix):
        if code is ExitCode.DEVIATION and " new deviation" not in sentence:
            yield "Conformance", sentence


def _notices(matrix: Matrix) -> Iterator[tuple[str, str]]:
    for index, column in enumerate(matrix.columns):
        cell = totals(matrix, index).cell
        passed = f"{cell.passed} of {cell.total} cases passed"
        if cell.total:
            yield column.name, f"{passed}, {cell.known} known deviations ({column.status})"


def _limited(kind: str, found: list[tuple[str, str]]) -> Iterator[str]:
    shown = found if len(found) <= MOST else found[: MOST - 1]
    yield from (_command(kind, title, text) for title, text in shown)
    if len(found) > len(shown):
        left = len(found) - len(shown)
        yield _command(kind, "Conformance", f"{left} more of this kind: the report of the job has all")


def _command(kind: str, title: str, text: str) -> str:
    return f"::{kind} title={_property(one_line(title, 200))}::{_data(one_line(text, 1500))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
