"""The progress of a run on stderr: a bar per column on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter, defaultdict
from types import TracebackType
from typing import Literal, Protocol, Self, TextIO

from harness.records import Step
from harness.text import one_line

PLAIN_INTERVAL = 5.0
"""Seconds between two lines about the same column."""

Standing = Literal["settled", "known", "new"]
"""What a verdict means for the run: a deviation that the baseline lists, a new one, or neither."""


class Display(Protocol):
    """Shows what the columns' threads tell it; a context manager."""

    def say(self, column: str, text: str) -> None:
        """Shows what the column is doing before its first case, or how it ended."""

    def collected(self, column: str, total: int) -> None:
        """Shows that the column has that many cases."""

    def step(self, column: str, step: Step) -> None:
        """Shows that an external module has taken a step."""

    def judged(self, column: str, standing: Standing) -> None:
        """Shows that another case is judged."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def choose_display(columns: list[str], quiet: bool = False, stream: TextIO | None = None) -> Display:
    """Bars where `stream` (stderr) is a terminal, plain lines elsewhere; nothing where it is `quiet`."""
    stream = stream or sys.stderr
    if quiet:
        return NoDisplay()
    return BarDisplay(columns) if stream.isatty() else PlainDisplay(stream)


class NoDisplay:
    """Shows nothing."""

    def say(self, column: str, text: str) -> None:
        """Drops it."""

    def collected(self, column: str, total: int) -> None:
        """Drops it."""

    def step(self, column: str, step: Step) -> None:
        """Drops it."""

    def judged(self, column: str, standing: Standing) -> None:
        """Drops it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class PlainDisplay:
    """Prints a line when a column begins and ends, and every few seconds between."""

    def __init__(self, stream: TextIO, interval: float = PLAIN_INTERVAL) -> None:
        self._stream = stream
        self._interval = interval
        self._lock = threading.Lock()
        self._total: Counter[str] = Counter()
        self._counts: defaultdict[str, Counter[Standing]] = defaultdict(Counter)
        self._due: defaultdict[str, float] = defaultdict(float)

    def say(self, column: str, text: str) -> None:
        """Prints it."""
        with self._lock:
            self._print(column, one_line(text, 300))

    def collected(self, column: str, total: int) -> None:
        """Prints the number of cases."""
        with self._lock:
            self._total[column] = total
            self._due[column] = time.monotonic() + self._interval
            self._print(column, f"{total} case{'' if total == 1 else 's'}")

    def step(self, column: str, step: Step) -> None:
        """Prints nothing: the result lists the steps."""

    def judged(self, column: str, standing: Standing) -> None:
        """Counts, and prints where a line is due."""
        counts = self._counts[column]
        counts[standing] += 1
        if time.monotonic() >= self._due[column]:
            with self._lock:
                self._due[column] = time.monotonic() + self._interval
                text = deviating(counts)
                done = f"{counts.total()}/{self._total[column]} cases"
                self._print(column, f"{done}, {text}" if text else done)

    def _print(self, column: str, text: str) -> None:
        print(f"{column}: {text}", file=self._stream, flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class BarDisplay:
    """Shows a progress bar for every column."""

    def __init__(self, columns: list[str]) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
        from rich.table import Column

        self._progress = Progress(
            TextColumn(
                "{task.description}",
                markup=False,
                table_column=Column(no_wrap=True, overflow="ellipsis", max_width=28),
            ),
            BarColumn(bar_width=12),
            TextColumn("{task.fields[count]}", markup=False, table_column=Column(no_wrap=True)),
            TimeElapsedColumn(),
            TextColumn(
                "{task.fields[note]}",
                markup=False,
                table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1),
            ),
            console=Console(stderr=True),
            refresh_per_second=4,
            expand=True,
        )
        self._counts: dict[str, Counter[Standing]] = {column: Counter() for column in columns}
        self._total: Counter[str] = Counter()
        self._tasks = {
            column: self._progress.add_task(one_line(column, 60), total=None, count="", note="starting")
            for column in columns
        }

    def say(self, column: str, text: str) -> None:
        """Shows it behind the bar."""
        self._progress.update(self._tasks[column], note=one_line(text, 200))

    def collected(self, column: str, total: int) -> None:
        """Gives the bar its length; its clock goes on."""
        self._total[column] = total
        self._progress.update(self._tasks[column], total=total, count=f"0/{total}", note="")

    def step(self, column: str, step: Step) -> None:
        """Shows its name behind the bar."""
        self.say(column, step.step)

    def judged(self, column: str, standing: Standing) -> None:
        """Advances the bar."""
        counts = self._counts[column]
        counts[standing] += 1
        self._progress.update(
            self._tasks[column],
            advance=1,
            count=f"{counts.total()}/{self._total[column]}",
            note=deviating(counts),
        )

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


def deviating(counts: Counter[Standing]) -> str:
    """The numbers of deviations so far, the known ones apart from the new ones; empty without any."""
    said = [f"{counts['known']} known"] if counts["known"] else []
    said += [f"{counts['new']} new"] if counts["new"] else []
    few = counts["known"] + counts["new"] == 1
    return f"{', '.join(said)} deviation{'' if few else 's'}" if said else ""
