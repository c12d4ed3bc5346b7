"""The progress of a run on stderr: a bar per column on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter, defaultdict
from types import TracebackType
from typing import Protocol, Self, TextIO

from harness.records import DEVIATIONS, Step, Verdict
from harness.text import one_line

PLAIN_INTERVAL = 5.0
"""Seconds between two lines about the same column."""


class Display(Protocol):
    """Shows what the columns' threads tell it; a context manager."""

    def say(self, column: str, text: str) -> None:
        """Shows what the column is doing before its first case, or how it ended."""

    def collected(self, column: str, total: int) -> None:
        """Shows that the column has that many cases."""

    def step(self, column: str, step: Step) -> None:
        """Shows a step of an external module, and whether it holds."""

    def verdict(self, column: str, verdict: Verdict) -> None:
        """Shows that another case is judged."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def choose_display(columns: list[str], stream: TextIO | None = None) -> Display:
    """Bars where `stream` (stderr) is a terminal, plain lines elsewhere."""
    stream = stream or sys.stderr
    return BarDisplay(columns) if stream.isatty() else PlainDisplay(stream)


class PlainDisplay:
    """Prints a line when a column begins and ends, and every few seconds between."""

    def __init__(self, stream: TextIO, interval: float = PLAIN_INTERVAL) -> None:
        self._stream = stream
        self._interval = interval
        self._lock = threading.Lock()
        self._total: Counter[str] = Counter()
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
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
            self._print(column, f"{total} cases")

    def step(self, column: str, step: Step) -> None:
        """Prints it."""
        with self._lock:
            self._print(column, step_line(step))

    def verdict(self, column: str, verdict: Verdict) -> None:
        """Counts, and prints where a line is due."""
        counts = self._counts[column]
        counts[verdict] += 1
        if time.monotonic() >= self._due[column]:
            with self._lock:
                self._due[column] = time.monotonic() + self._interval
                self._print(column, f"{counts.total()}/{self._total[column]} cases{deviating(counts)}")

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
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=18),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}", markup=False),
            console=Console(stderr=True),
            refresh_per_second=4,
        )
        self._counts: dict[str, Counter[str]] = {column: Counter() for column in columns}
        self._tasks = {
            column: self._progress.add_task(one_line(column, 24), total=None, note="starting")
            for column in columns
        }

    def say(self, column: str, text: str) -> None:
        """Shows it behind the bar."""
        self._progress.update(self._tasks[column], note=one_line(text, 60))

    def collected(self, column: str, total: int) -> None:
        """Gives the bar its length."""
        self._progress.reset(self._tasks[column], total=total, note="")

    def step(self, column: str, step: Step) -> None:
        """Prints it above the bars."""
        from rich.text import Text

        self._progress.console.print(Text(f"{column}: {step_line(step)}", style="" if step.holds else "red"))

    def verdict(self, column: str, verdict: Verdict) -> None:
        """Advances the bar."""
        counts = self._counts[column]
        counts[verdict] += 1
        self._progress.update(self._tasks[column], advance=1, note=deviating(counts).lstrip(", "))

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


def step_line(step: Step) -> str:
    """A step on one line; a step that does not hold begins with ERROR, as Keras documents it."""
    message = one_line(step.message, 600)
    return (
        f"{one_line(step.step, 20)}: {message}"
        if step.holds
        else f"ERROR, {one_line(step.step, 20)}: {message}"
    )


def deviating(counts: Counter[str]) -> str:
    """The number of deviations so far, as the end of a line; empty without any."""
    seen = [f"{counts[verdict]} {verdict}" for verdict in sorted(DEVIATIONS) if counts[verdict]]
    return f", {', '.join(seen)}" if seen else ""
