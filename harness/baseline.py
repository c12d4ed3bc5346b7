"""Known deviations of a backend, strict both ways.

An entry excuses the cases its patterns name, for the verdicts and messages it lists, with a reason. A
deviation that is not excused is new; a case that is excused and no longer deviates, or deviates in another
way, is a problem of the baseline. Both make a run exit 1. Applied here on the host, never inside the suite.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import msgspec

from harness.apis import DEFAULT_API
from harness.backends import Backend
from harness.errors import UsageError
from harness.fingerprint import fingerprint
from harness.globs import is_glob, matcher
from harness.matrix import CODE, Column, Evidence, Matrix
from harness.records import DEVIATIONS, VERDICTS, Aspect, Verdict
from harness.text import clean, one_line

SCHEMA = 2
"""The schema that is written. Schema 1, which knew one API and no aspects, is still read."""
READABLE = (1, 2)
MAX_FILE = 16 << 20
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cases that deviate for one reason.

    `messages` are fingerprints; `issue` is where upstream knows of it. With `aspects`, a case must depart in
    exactly these aspects.
    """

    cases: Annotated[tuple[_Text, ...], msgspec.Meta(min_length=1)]
    verdict: Verdict | tuple[Verdict, ...]
    messages: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    reason: str
    issue: str | None = None
    aspects: tuple[Aspect, ...] | None = None

    def excuses(self, verdict: Verdict, evidence: Evidence) -> bool:
        """Whether the entry names a deviation like this: its verdict, its message, its aspects."""
        aspects = self.aspects is None or set(self.aspects) == set(evidence.aspects)
        return verdict in self.verdicts and aspects and fingerprint(evidence.message) in self.messages

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts it excuses."""
        return self.verdict if isinstance(self.verdict, tuple) else (self.verdict,)

    @property
    def title(self) -> str:
        """The words for the entry in a sentence: its reason, else its cases."""
        return one_line(self.reason, 60) if self.reason.strip() else one_line(", ".join(self.cases), 60)


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All known deviations of one backend."""

    schema: int
    backend: str
    api: str = DEFAULT_API
    known: tuple[Entry, ...] = ()


def load_baseline(backend: Backend) -> Baseline:
    """The backend's baseline; an empty one where there is no file.

    Raises:
        UsageError: the file is malformed, of an unknown schema, or of another backend.
    """
    if not backend.baseline.exists():
        return Baseline(SCHEMA, backend.name, backend.api)
    return read_baseline(backend.baseline, backend.name, backend.api)


def read_baseline(path: Path, backend: str, api: str = DEFAULT_API) -> Baseline:
    """The baseline in a file. Raises as load_baseline does."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise UsageError(f"{path} is larger than {MAX_FILE >> 20} MiB: join its cases with globs.")
        baseline = msgspec.toml.decode(path.read_bytes(), type=Baseline)
    except (OSError, UnicodeDecodeError, RecursionError, msgspec.MsgspecError, ValueError) as error:
        raise UsageError(f"{path} is not a baseline ({clean(str(error), 300)}): correct it.") from None
    if baseline.schema not in READABLE:
        raise UsageError(
            f"{path} has baseline schema {baseline.schema} and this harness reads "
            f"{' and '.join(map(str, READABLE))}: upgrade the harness."
        )
    if baseline.backend != backend:
        raise UsageError(
            f"{path} is the baseline of {clean(baseline.backend, 100)!r}: move it to that backend's folder."
        )
    if baseline.api != api:
        raise UsageError(
            f"{path} is a baseline of the API {clean(baseline.api, 100)!r} and {backend} is of {api!r}: "
            f"give {backend} a baseline of its own API."
        )
    for entry in baseline.known:
        if set(entry.verdicts) - DEVIATIONS:
            raise UsageError(
                f"{path} lists a verdict that is not a deviation in {entry.title!r}: remove that entry."
            )
    return baseline


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

    @property
    def exact(self) -> bool:
        """Whether every case of the entry deviates as it says and nothing in it is idle."""
        return not (
            self.passing or self.changed or self.unspecified or self.idle_patterns or self.unused_messages
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
    judged = [row for row, code in enumerate(matrix.verdicts[index]) if code]
    names = {matrix.ids[row]: row for row in judged}
    matches = tuple(_match(matrix, index, entry, names) for entry in baseline.known)
    if not whole:
        matches = tuple(replace(match, idle_patterns=(), unused_messages=()) for match in matches)
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


def apply(matrix: Matrix, index: int, baseline: Baseline) -> Matrix:
    """The matrix with the known deviations of one column marked, and its problems with the baseline noted."""
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
    return matrix.with_column(index, found.problems, evidence)


def apply_all(matrix: Matrix, backends: dict[str, Backend]) -> Matrix:
    """The matrix with the baseline of every registered backend applied to its columns."""
    for index, column in enumerate(matrix.columns):
        if column.backend in backends and column.status != "not-run":
            matrix = apply(matrix, index, load_baseline(backends[column.backend]))
    return matrix


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
                if entry.excuses(VERDICTS[code - 1], evidence):
                    used.add(fingerprint(evidence.message))
                    excused[row] = None
                else:
                    changed[row] = None
        if not hit:
            idle.append(pattern)
    unused = tuple(message for message in entry.messages if message not in used)
    return Match(
        entry, tuple(excused), tuple(passing), tuple(changed), tuple(unspecified), tuple(idle), unused
    )


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
        now = f"{_verdict(matrix, index, row)}{about}: {one_line(evidence.message, 120)}"
        cases = _cases(matrix, match.changed)
        yield f"{title}: {cases} {_deviate(match.changed)} in another way now ({now})"
    if match.unspecified:
        are = "is" if len(match.unspecified) == 1 else "are"
        yield f"{title}: {_cases(matrix, match.unspecified)} {are} unspecified and cannot be listed"
    for pattern in match.idle_patterns:
        yield f"{title}: {one_line(pattern, 120)!r} matches nothing"
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
