"""Reading and writing journals: JSON Lines, validated once, here.

A journal may come from anywhere, so its size, its lines and its text are bounded. The journal of a killed
run, whose last line may be cut in the middle, is read as far as it goes; a file that is not a journal is
refused in a sentence.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from harness.errors import UsageError
from harness.records import MAX_CASES, MAX_COLLECTED_LINE, MAX_FILE, MAX_LINE, READABLE, Record, Start
from harness.text import clean

_decoder = msgspec.json.Decoder(Record)
_encoder = msgspec.json.Encoder()
_START = b'{"kind":"start"'
_COLLECTED = b'{"kind":"collected"'


class _Head(msgspec.Struct):
    kind: str | None = None
    schema: int | None = None


_head_decoder = msgspec.json.Decoder(_Head)


_UNDECODABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class MalformedRecordError(ValueError):
    """A line that is not a journal record; the text says why."""


def decode_record(line: bytes) -> Record:
    """One validated record.

    Raises:
        MalformedRecordError: the line is too long, not JSON, or not a record as the schema has it.
    """
    if len(line) > MAX_LINE and not _may_be_collected(line):
        raise MalformedRecordError(f"a line of more than {MAX_LINE} bytes")
    try:
        _check_text(line)
        record: Record = _decoder.decode(line)
    except _UNDECODABLE as error:
        raise MalformedRecordError(clean(str(error), 300)) from None
    return record


def encode_record(record: Record) -> bytes:
    """The record as one line, with its newline."""
    return _encoder.encode(record) + b"\n"


def _check_text(line: bytes) -> None:
    # The decoder skips fields it does not know without looking at them, and another reader may look.
    if not line.isascii():
        line.decode("utf-8")


def _may_be_collected(line: bytes) -> bool:
    return line[:40].replace(b" ", b"").startswith(_COLLECTED) and len(line) <= MAX_COLLECTED_LINE


def read_journal(path: Path) -> Iterator[Record]:
    """The records of a journal file in order, the start record first; a last line cut short is left out.

    A file in which not even the start record is whole yields nothing.

    Raises:
        UsageError: unreadable, not a journal, of an unknown schema, malformed, or beyond the limits.
    """
    try:
        with path.open("rb") as file:
            if path.stat().st_size > MAX_FILE:
                raise UsageError(
                    f"{path} is larger than {MAX_FILE >> 30} GiB: give a journal that conform wrote."
                )
            yield from _records(file, path)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read ({error.strerror}): check the path and its permissions."
        ) from None


def _records(file: BinaryIO, path: Path) -> Iterator[Record]:
    decode, readline = _decoder.decode, file.readline
    number = 0
    while line := readline(MAX_LINE + 1):
        number += 1
        if number == 1:
            _check_head(line, path)
        if len(line) > MAX_LINE:
            line = _long_line(line, file, path)
        try:
            _check_text(line)
            record: Record = decode(line)
        except _UNDECODABLE as error:
            if not line.endswith(b"\n"):
                return
            raise UsageError(
                f"{path}, line {number} is not a journal record ({clean(str(error), 300)}): "
                "give the file as conform wrote it."
            ) from None
        if (number == 1) != (type(record) is Start):
            raise UsageError(
                f"{path}, line {number}: the start record stands first in a journal and only there: "
                "run the column again."
            )
        if number > 2 * MAX_CASES + 3:
            raise UsageError(f"{path} has more than {MAX_CASES} cases: give a journal that conform wrote.")
        if not line.endswith(b"\n"):
            return
        yield record


def _long_line(line: bytes, file: BinaryIO, path: Path) -> bytes:
    if not line.endswith(b"\n") and _may_be_collected(line):
        line += file.readline(MAX_COLLECTED_LINE)
    if not _may_be_collected(line):
        raise UsageError(
            f"{path} has a line of more than {MAX_LINE >> 20} MiB: give a journal that conform wrote."
        )
    return line


def _check_head(line: bytes, path: Path) -> None:
    try:
        head = _head_decoder.decode(line)
    except _UNDECODABLE:
        seen = line.replace(b" ", b"")[: len(_START)]
        if not line.endswith(b"\n") and _START.startswith(seen):
            return
        head = _Head()
    if head.kind != "start":
        raise UsageError(
            f"{path} is not a journal (its first line is not a start record): "
            "give the files that conform run wrote."
        )
    if head.schema not in READABLE:
        raise UsageError(
            f"{path} has journal schema {head.schema} and this harness reads "
            f"{' and '.join(map(str, READABLE))}: use the conform that wrote it."
        )


class JournalWriter:
    """Writes a journal line by line, each flushed, so that what was measured survives a sudden end.

    The file appears with its first line: a journal on disk always has at least the beginning of a start
    record.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO | None = None

    def write(self, line: bytes) -> None:
        """Appends one line. Raises OSError where the disk refuses."""
        if self._file is None:
            # Unbuffered: one write() a line, so that a reader never sees half a line that is not the last.
            self._file = self.path.open("wb", buffering=0)
        rest = memoryview(line if line.endswith(b"\n") else line + b"\n")
        while rest:
            # A disk that fills up takes part of a line before it refuses the next.
            rest = rest[self._file.write(rest) :]

    def begin_with(self, lines: Iterable[bytes]) -> None:
        """Replaces the file by these lines, at once: a reader sees the old file or the new file."""
        assert self._file is None
        scratch = self.path.with_name(f".{self.path.name}.new")
        try:
            with scratch.open("wb") as file:
                file.writelines(lines)
                file.flush()
                os.fsync(file.fileno())
            scratch.replace(self.path)
        finally:
            scratch.unlink(missing_ok=True)
        self._file = self.path.open("ab", buffering=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
