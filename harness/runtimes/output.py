"""The suite's two streams, bounded: a stranger's code may write to them without end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from harness.files import create

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of a line; the rest of it is dropped. The `collected` record of a large suite has a tenth of them."""

LONGEST_LOG = 16 * 1024 * 1024
"""Bytes of standard error that are kept."""


class BoundedLog:
    """A file that keeps the first `limit` bytes written to it, or as many as the disk has room for."""

    def __init__(self, path: Path, limit: int = LONGEST_LOG) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: BinaryIO = create(path)
        self._room = limit
        self._limit = limit

    def write(self, chunk: bytes) -> None:
        """Appends the bytes that still fit, unbuffered."""
        if self._room <= 0:
            return
        try:
            self._file.write(chunk[: self._room])
            self._room -= len(chunk)
            if self._room <= 0:
                self._file.write(f"\n[cut here: more than {self._limit} bytes]\n".encode())
        except OSError:
            # An error here would end the reading, and the suite would wait for a reader for ever.
            self._room = 0

    def __enter__(self) -> BoundedLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def lines(chunks: Iterable[bytes], longest: int = LONGEST_LINE) -> Iterator[bytes]:
    """The lines of a stream, each with its newline except perhaps the last.

    A line longer than `longest` bytes is cut to that length, and loses its newline.
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
