"""Standard output and standard error, whose failures end no measurement.

The reader of a pipe may go (`| head`), a disk may fill up, a terminal may be closed: from then on what is
written is dropped, and what is measured goes on.
"""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO


class Lenient(io.FileIO):
    """A descriptor whose first failed write is kept in `failure`, and after which nothing is written."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self.failure: OSError | None = None

    def write(self, data: Any) -> int:
        """Writes the data, or drops it; the number of its bytes."""
        size = memoryview(data).nbytes
        if self.failure is None:
            try:
                while (written := super().write(data)) is None:
                    select.select([], [self.fileno()], [])  # somebody made it non-blocking
                return written
            except OSError as error:
                self.failure = error
        return size

    @property
    def gone(self) -> bool:
        """Whether its reader went away, who then has what it wanted."""
        return self.failure is not None and self.failure.errno == errno.EPIPE


def open_descriptors() -> None:
    """Opens the standard descriptors that are closed (`>&-`): a journal would get their number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free


@contextmanager
def lenient_streams() -> Iterator[Lenient | None]:
    """Puts lenient streams in the place of sys.stdout and sys.stderr; the one of stdout, None without it."""
    open_descriptors()
    before = sys.stdout, sys.stderr
    out = _lenient(sys.stdout, 1)
    error = _lenient(sys.stderr, 2)
    sys.stdout, sys.stderr = out or before[0], error or before[1]
    try:
        yield out.buffer.raw if out else None  # type: ignore[attr-defined]
    finally:
        for stream in (out, error):
            if stream is not None:
                stream.flush()
        sys.stdout, sys.stderr = before
        for lost in before:
            with suppress(OSError, ValueError, AttributeError):
                lost.flush()


def _lenient(stream: TextIO | None, number: int) -> TextIO | None:
    """A lenient stream on the same descriptor; None for a stream that has no descriptor."""
    if stream is None:
        return io.TextIOWrapper(io.BufferedWriter(Lenient(number)), encoding="utf-8")
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return None
    # An encoding that lacks a character must not end a measurement either.
    errors = "backslashreplace" if stream.errors in (None, "strict") else stream.errors
    buffer = io.BufferedWriter(Lenient(descriptor))
    lines = number == 2 or stream.isatty()
    return io.TextIOWrapper(buffer, encoding=stream.encoding, errors=errors, line_buffering=lines)
