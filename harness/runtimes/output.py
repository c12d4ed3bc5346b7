"""The suite's two streams, bounded: a stranger's code may write without end to either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes; the `collected` record of a very large suite has a tenth of it. What a line has beyond is
dropped."""

LONGEST_LOG = 16 * 1024 * 1024
"""Bytes of standard error that are kept."""


class BoundedLog:
    """A file that takes everything and keeps the first `limit` bytes, or what the disk has room for."""

    def __init__(self, path: Path, limit: int = LONGEST_LOG) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: BinaryIO = path.open("wb", buffering=0)
        self._room = limit
        self._limit = limit

    def write(self, chunk: bytes) -> None:
        """Appends what still fits, unbuffered."""
        if self._room <= 0:
            return
        try:
            self._file.write(chunk[: self._room])
            self._room -= len(chunk)
            if self._room <= 0:
                self._file.write(f"\n[cut here: more than {self._limit} bytes]\n".encode())
        except OSError:
            # Nobody would go on reading the suite's errors, and it would wait for that for ever.
            self._room = 0

    def __enter__(self) -> BoundedLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def lines(chunks: Iterable[bytes], longest: int = LONGEST_LINE) -> Iterator[bytes]:
    """Cuts a stream into lines, each with its newline except perhaps the last.

    A line longer than `longest` bytes is handed on cut to that length, without a newline of its own.
    """
    held = bytearray()
    dropping = False
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            if not dropping:
                held += piece
                held += b"\n"
                yield bytes(held[:longest])
            held.clear()
            dropping = False
        if not dropping:
            held += rest
            if len(held) > longest:
                yield bytes(held[:longest])
                held.clear()
                dropping = True
    if held:
        yield bytes(held)
