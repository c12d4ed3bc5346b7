"""Reading and writing journals: JSON Lines, validated once, here.

A journal may come from anywhere, so its size, its lines and its text are bounded. The journal of a killed
run, whose last line may be cut in the middle, is read as far as it goes; a file that is not a journal is
refused in a sentence.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from harness.errors import UsageError
from harness.files import Growing, create, open_regular, replace_with
from harness.records import MAX_COLLECTED_LINE, MAX_FILE, MAX_LINE, READABLE, End, Record, Start
from harness.stream import ContradictionError, Rules
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


class Reading:
    """A journal file while it is read: iterate over it, once, for its records, the start record first.

    A last line that was cut short is left out; a file in which not even the start record is whole has no
    record. What is known afterwards: `head`, the first line; `sealed`, whether its end record has the digest
    of what stands before it, None without an end record; `rules`, the state of its cases.

    Raises:
        UsageError: unreadable, not a journal, of an unknown schema, malformed, beyond the limits, against the
            rules of stream.py, or changed after it was written.
    """

    def __init__(self, path: Path, rows: dict[str, int] | None = None) -> None:
        self.path = path
        self.rules = Rules(rows, continued=True)
        self.head = b""
        self.sealed: bool | None = None
        self._sum = hashlib.sha256()

    def __iter__(self) -> Iterator[Record]:
        try:
            with open_regular(self.path) as file:
                yield from self._records(file)
        except OSError as error:
            raise UsageError(
                f"{self.path} cannot be read ({error.strerror}): check the path and its permissions."
            ) from None

    def _records(self, file: BinaryIO) -> Iterator[Record]:
        decode, readline, take, update = _decoder.decode, file.readline, self.rules.take, self._sum.update
        path, number, size = self.path, 0, 0
        while line := readline(MAX_LINE + 1):
            number += 1
            if number == 1:
                _check_head(line, path)
                self.head = line
            if len(line) > MAX_LINE:
                line = _long_line(line, file, path)
            # Counted here: the file may grow while it is read.
            size += len(line)
            if size > MAX_FILE:
                raise UsageError(
                    f"{path} is larger than {MAX_FILE >> 30} GiB: give a journal that conform wrote."
                )
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
            if not line.endswith(b"\n"):
                return
            try:
                take(record)
            except ContradictionError as error:
                raise UsageError(
                    f"{path}, line {number}: {clean(str(error), 500)}: run the column again."
                ) from None
            if type(record) is End:
                self._check_seal(record, number)
            update(line)
            del line  # a million ids take as much again as a line of text
            yield record

    @property
    def digest(self) -> str:
        """The SHA-256 of all lines that were read: that of the file, when its last line was whole."""
        return _digest(self._sum)

    def _check_seal(self, end: End, number: int) -> None:
        self.sealed = end.digest is not None
        if end.digest not in (None, _digest(self._sum)):
            raise UsageError(
                f"{self.path} was changed after it was written: the {number - 1} lines before its end have "
                "another digest than the end record says: run the column again."
            )


def read_journal(path: Path) -> Iterator[Record]:
    """The records of a journal file, as Reading has them. Raises as it does."""
    return iter(Reading(path))


def read_head(path: Path) -> tuple[Start, bytes] | None:
    """The start record and its line; None when not even that is whole. Raises UsageError as Reading does."""
    reading = Reading(path)
    start = next(iter(reading), None)
    if start is None:
        return None
    assert isinstance(start, Start)
    return start, reading.head


def _digest(running: hashlib._Hash) -> str:
    return f"sha256:{running.hexdigest()}"


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
        self._file: Growing | None = None
        self._sum = hashlib.sha256()

    def seal(self, end: End) -> None:
        """Appends the end record with the digest of every line before it. Raises as `write` does."""
        self.write(encode_record(msgspec.structs.replace(end, digest=_digest(self._sum))))

    def write(self, line: bytes) -> None:
        """Appends one line. Raises OSError where the disk refuses, and ChangedError as Growing does."""
        if self._file is None:
            self._file = Growing(self.path, create(self.path))
        line = line if line.endswith(b"\n") else line + b"\n"
        self._sum.update(line)
        self._file.append(line)

    def begin_with(self, lines: Iterable[bytes]) -> None:
        """Replaces the file by these lines, at once: a reader sees the old file or the new file."""
        assert self._file is None
        replace_with(self.path, self._summed(lines))
        flags = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        self._file = Growing(self.path, os.fdopen(os.open(self.path, flags), "ab", buffering=0))

    def _summed(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            self._sum.update(line)
            yield line

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
