"""A column compared with a baseline, and the matrix with the known deviations marked.

A deviation that no entry excuses is new; a case that is excused and no longer deviates, or deviates in
another way, is a problem of the baseline. Both make a run exit 1. Applied here on the host, never inside the
suite.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from harness.backends import Backend
from harness.baseline import Baseline, Entry, load_baseline
from harness.errors import UsageError
from harness.fingerprint import fingerprint
from harness.globs import is_glob, matcher
from harness.matrix import CODE, Column, Evidence, Matrix
from harness.records import DEVIATIONS, VERDICTS
from harness.text import clean, one_line


@dataclass(frozen=True)
class Match:
    """The rows of the matrix that an entry stands for in a column, and the parts of it that nothing uses."""

    entry: Entry
    excused: tuple[int, ...]
    passing: tuple[int, ...]
    changed: tuple[int, ...]
    unspecified: tuple[int, ...]
    idle_patterns: tuple[str, ...]
    unused_messages: tuple[str, ...]
    unused_answers: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """Whether every case of the entry deviates as it says and nothing in it is idle."""
        return not (
            self.passing
            or self.changed
            or self.unspecified
            or self.idle_patterns
            or self.unused_messages
            or self.unused_answers
        )


@dataclass(frozen=True)
class Check:
    """A column compared with its baseline; `problems` are sentences."""

    matches: tuple[Match, ...]
    overlapping: tuple[int, ...]
    new: tuple[int, ...]
    problems: tuple[str, ...]


def check(matrix: Matrix, index: int, baseline: Baseline) -> Check:
    """The column at `index` compared with a baseline.

    Patterns and messages that nothing uses are judged only where the column ran the whole suite to its end.

    Raises:
        UsageError: the column and the baseline are of two APIs.
    """
    column = matrix.columns[index]
    if column.info.get("api", baseline.api) != baseline.api:
        raise UsageError(
            f"The column {column.name!r} is of the API {column.info['api']!r} and the baseline of "
            f"{baseline.backend!r} is of {baseline.api!r}: give the column the name of a backend of its API."
        )
    whole = is_whole(column)
    names = {matrix.ids[row]: row for row in matrix.verdicts[index].rows}
    matches = tuple(_match(matrix, index, entry, names) for entry in baseline.known)
    if not whole:
        matches = tuple(
            replace(match, idle_patterns=(), unused_messages=(), unused_answers=()) for match in matches
        )
    claimed: dict[int, int] = {}
    for match in matches:
        for row in (*match.excused, *match.changed, *match.passing):
            claimed[row] = claimed.get(row, 0) + 1
    excused = {row for match in matches for row in match.excused}
    new = tuple(
        row
        for row in sorted(matrix.evidence[index])
        if row not in excused and row not in matrix.unspecified and _verdict(matrix, index, row) in DEVIATIONS
    )
    overlapping = tuple(sorted(row for row, times in claimed.items() if times > 1))
    problems = [problem for match in matches for problem in _problems(matrix, index, match)]
    if overlapping:
        stand = "stands" if len(overlapping) == 1 else "stand"
        problems.append(f"{_cases(matrix, overlapping)} {stand} in more than one baseline entry")
    return Check(matches, overlapping, new, tuple(problems))


def apply(matrix: Matrix, index: int, baseline: Baseline, file: Path | None = None) -> Matrix:
    """The matrix with the known deviations of one column marked, and its problems with the baseline noted.

    A baseline for other versions is not applied, which is noted too. `file` is the baseline's own file where
    it is not that of a registered backend.
    """
    column = matrix.columns[index]
    if other := baseline.other_versions(column):
        return matrix.with_column(index, (), matrix.evidence[index], unapplied=other)
    found = check(matrix, index, baseline)
    evidence: dict[int, Evidence] = dict(matrix.evidence[index])
    for match in found.matches:
        for row in match.excused:
            entry = match.entry
            evidence[row] = msgspec.structs.replace(
                evidence[row],
                known=True,
                reason=clean(entry.reason, 500),
                issue=clean(entry.issue or "", 500) or None,
            )
    bare = column.steps and "." not in column.backend
    name = f"module:{column.backend}" if bare else column.backend
    remedy = f"{remedy_of(name, file)}." if found.problems else None
    return matrix.with_column(index, found.problems, evidence, remedy=remedy)


def remedy_of(backend: str, file: Path | None) -> str:
    """What to do about a baseline that does not fit: the command that rewrites it."""
    told = f" --baseline {file}" if file else ""
    return f"`conform baseline {backend}{told} --update` rewrites the baseline after a full run"


def apply_all(
    matrix: Matrix, backends: Mapping[str, Backend], given: Mapping[Path, Baseline] | None = None
) -> Matrix:
    """The matrix with a baseline applied to every column that has one.

    The baselines that are `given`, by file, come before those of the registered `backends`.

    Raises:
        UsageError: two given baselines are of the same backend, or one is of no column.
    """
    files = by_backend(given or {}, {column.backend for column in matrix.columns})
    for index, column in enumerate(matrix.columns):
        if column.status == "not-run":
            continue
        if column.backend in files:
            file, baseline = files[column.backend]
            matrix = apply(matrix, index, baseline, file)
        elif column.backend in backends:
            matrix = apply(matrix, index, load_baseline(backends[column.backend]))
    return matrix


def by_backend(given: Mapping[Path, Baseline], there: Set[str]) -> dict[str, tuple[Path, Baseline]]:
    """The given baselines by their backend, each of which is in `there`.

    Raises:
        UsageError: two are of the same backend, or one is of none that is there.
    """
    files: dict[str, tuple[Path, Baseline]] = {}
    for file, baseline in given.items():
        if baseline.backend not in there:
            named = ", ".join(sorted(there)) or "no backend"
            raise UsageError(
                f"{file} is the baseline of {clean(baseline.backend, 100)!r}, and what is judged is {named}: "
                f"leave it out, or correct its line backend = ... if the module was renamed."
            )
        if baseline.backend in files:
            raise UsageError(
                f"{files[baseline.backend][0]} and {file} are both baselines of {baseline.backend!r}: "
                "give one of them."
            )
        files[baseline.backend] = (file, baseline)
    return files


def is_whole(column: Column) -> bool:
    """Whether the column is a complete run of the whole suite; a baseline is written from nothing less."""
    return column.complete and not column.partial_selection


def _match(matrix: Matrix, index: int, entry: Entry, names: dict[str, int]) -> Match:
    excused: dict[int, None] = {}
    passing: dict[int, None] = {}
    changed: dict[int, None] = {}
    unspecified: dict[int, None] = {}
    idle: list[str] = []
    used: set[str] = set()
    for pattern in entry.cases:
        hit = False
        for row in rows_of(pattern, names):
            code = matrix.verdicts[index][row]
            if is_glob(pattern) and (row in matrix.unspecified or code == CODE["skip"]):
                continue  # globs skip uncounted cases; an explicit id must not name one
            hit = True
            if row in matrix.unspecified:
                unspecified[row] = None
            elif VERDICTS[code - 1] not in DEVIATIONS:
                passing[row] = None
            else:
                evidence = matrix.evidence[index][row]
                if entry.excuses(matrix.ids[row], VERDICTS[code - 1], evidence):
                    used.add(fingerprint(evidence.message))
                    excused[row] = None
                else:
                    changed[row] = None
        if not hit:
            idle.append(pattern)
    unused = tuple(message for message in entry.messages if message not in used)
    claimed = {matrix.ids[row] for row in (*excused, *passing, *changed, *unspecified)}
    answers = tuple(case for case in entry.answers if case not in claimed)
    rows = (tuple(excused), tuple(passing), tuple(changed), tuple(unspecified))
    return Match(entry, *rows, tuple(idle), unused, answers)


def rows_of(pattern: str, names: dict[str, int]) -> Iterator[int]:
    """The rows of the ids in `names` that a pattern stands for."""
    if not is_glob(pattern):
        if pattern in names:
            yield names[pattern]
        return
    matches = matcher(pattern)
    for name, row in names.items():
        if matches(name):
            yield row


def _problems(matrix: Matrix, index: int, match: Match) -> Iterator[str]:
    title = f"baseline entry {match.entry.title!r}"
    if not match.entry.reason.strip():
        yield f"{title} has no reason"
    if match.passing:
        yield f"{title}: {_cases(matrix, match.passing)} no longer {_deviate(match.passing)}"
    if match.changed:
        row = match.changed[0]
        evidence = matrix.evidence[index][row]
        about = f" in {', '.join(evidence.aspects)}" if evidence.aspects else ""
        if not match.entry.answered(matrix.ids[row], evidence):
            about += f" with the answer {evidence.answer}"
        now = f"{_verdict(matrix, index, row)}{about}: {one_line(evidence.message, 120)}"
        cases = _cases(matrix, match.changed)
        yield f"{title}: {cases} {_deviate(match.changed)} in another way now ({now})"
    if match.unspecified:
        are = "is" if len(match.unspecified) == 1 else "are"
        yield f"{title}: {_cases(matrix, match.unspecified)} {are} unspecified and cannot be listed"
    for pattern in match.idle_patterns:
        yield f"{title}: {one_line(pattern, 120)!r} matches nothing"
    for case in match.unused_answers:
        yield f"{title}: the answer of {one_line(case, 120)!r} belongs to none of its cases"
    # When nothing is excused at all, the problem of the pattern says so already.
    for message in match.unused_messages if match.excused else ():
        yield f"{title}: no case says {one_line(message, 120)!r} any more"


def _deviate(rows: Sequence[int]) -> str:
    return "deviates" if len(rows) == 1 else "deviate"


def _cases(matrix: Matrix, rows: Sequence[int]) -> str:
    shown = ", ".join(matrix.ids[row] for row in rows[:3])
    return shown if len(rows) <= 3 else f"{shown} and {len(rows) - 3} more"


def _verdict(matrix: Matrix, index: int, row: int) -> str:
    return VERDICTS[matrix.verdicts[index][row] - 1]
