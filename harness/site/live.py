"""Journals as they grow: how far each column is, how fast it goes, and what it judged last."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from harness.files import open_regular
from harness.journal import MalformedRecordError, decode_record
from harness.lock import is_held
from harness.records import DEVIATIONS, MAX_COLLECTED_LINE, Case, Collected, End, Start

_PIECE = 8 << 20
_WINDOW = 30.0
"""Seconds over which a rate is measured."""


@dataclass
class Growing:
    """A journal, read as far as it is written. `problem` says why it is read no further."""

    path: Path
    clock: Callable[[], float]
    column: str = ""
    started: str = ""
    total: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    last: str = ""
    end: End | None = None
    problem: str = ""
    size: int = 0
    _identity: tuple[int, int] = (0, 0)
    _rest: bytes = b""
    _seen: deque[tuple[float, int]] = field(default_factory=deque)

    def read(self) -> None:
        """Reads what has been written since the last time; a journal that was begun anew is read anew."""
        try:
            with open_regular(self.path) as file:
                status = self.path.stat()
                if (status.st_dev, status.st_ino) != self._identity or status.st_size < self.size:
                    self._begin((status.st_dev, status.st_ino))
                file.seek(self.size)
                while not self.problem and (piece := file.read(_PIECE)):
                    self.size += len(piece)
                    self._take(piece)
        except OSError as error:
            self.problem = f"it cannot be read ({error.strerror})"
        now = self.clock()
        self._seen.append((now, self.judged))
        while len(self._seen) > 2 and self._seen[0][0] < now - _WINDOW:
            self._seen.popleft()

    def _begin(self, identity: tuple[int, int]) -> None:
        fresh = Growing(self.path, self.clock, _identity=identity)
        self.__dict__.update(fresh.__dict__)

    def _take(self, piece: bytes) -> None:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if len(self._rest) > MAX_COLLECTED_LINE:
            self.problem = "a line of it is too long"
        try:
            for line in lines:
                self._note(line)
        except MalformedRecordError as error:
            self.problem = f"a line of it is not a record ({error})"

    def _note(self, line: bytes) -> None:
        record = decode_record(line)
        if isinstance(record, Case):
            self.counts[record.verdict] += 1
            self.last = record.id
        elif isinstance(record, Start):
            self.column, self.started = record.column, record.started
        elif isinstance(record, Collected):
            self.total = len(record.ids)
        elif isinstance(record, End):
            self.end = record

    @property
    def judged(self) -> int:
        """The number of verdicts."""
        return sum(self.counts.values())

    @property
    def deviations(self) -> int:
        """The verdicts that are neither passes nor skips, known ones among them."""
        return sum(count for verdict, count in self.counts.items() if verdict in DEVIATIONS)

    @property
    def rate(self) -> float | None:
        """Cases per second of late; None before there is anything to measure."""
        if len(self._seen) < 2:
            return None
        (then, before), (now, judged) = self._seen[0], self._seen[-1]
        return (judged - before) / (now - then) if now > then else None

    @property
    def left(self) -> float | None:
        """The seconds that the rest takes at this rate; None where nobody can tell."""
        return (self.total - self.judged) / self.rate if self.rate else None


class Watch:
    """The journals of a directory."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder = folder
        self._clock = clock
        self._found: dict[Path, Growing] = {}

    def look(self) -> list[Growing]:
        """All journals as they are now, by the name of their files."""
        there = sorted(self.folder.glob("*.jsonl"))
        self._found = {path: self._found.get(path) or Growing(path, self._clock) for path in there}
        for journal in self._found.values():
            journal.read()
        return list(self._found.values())

    def done(self, journals: list[Growing]) -> bool:
        """Whether all there are have ended and nothing writes another."""
        return bool(journals) and all(item.end for item in journals) and not self.held()

    def held(self) -> bool:
        """Whether a harness on this machine writes journals here."""
        return is_held(self.folder)
