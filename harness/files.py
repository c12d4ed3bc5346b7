"""Files that are read and written with distrust.

Only regular files are read, and no more of them than the reader asked for. What is written is a new file: a
link at its place is replaced and never written through.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO


def open_regular(path: Path) -> BinaryIO:
    """The file, open for reading; a pipe, a device or a directory is refused, and nothing is waited for.

    Raises:
        OSError: it cannot be opened, or is not a regular file.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


class TooLargeError(OSError):
    """The file has more bytes than the reader accepts."""


def read_at_most(path: Path, limit: int) -> bytes:
    """All bytes of a regular file, counted while they are read.

    Raises:
        TooLargeError: it has more than `limit`.
        OSError: it cannot be read, or is not a regular file.
    """
    with open_regular(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise TooLargeError(errno.EFBIG, "it is too large", str(path))
    return data


def create(path: Path) -> BinaryIO:
    """A new file at `path`, open for appending, unbuffered; what stood there is no part of it any more.

    Raises:
        OSError: it cannot be made.
    """
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.fdopen(os.open(path, flags, 0o666), "wb", buffering=0)


def replace_with(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes a file at once: a reader sees the old file or the new one, and an error leaves the old one.

    A device or a pipe that the user names (/dev/stdout) is written to as it is.

    Raises:
        OSError: it cannot be written.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            stream.writelines(pieces)
        return
    scratch = path.with_name(f".{path.name[:200]}.{os.getpid()}.new")
    try:
        with io.BufferedWriter(create(scratch)) as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


class ChangedError(OSError):
    """A file was deleted, replaced, cut or written to while it was being written here."""


class Growing:
    """A file that only this process writes to; each line is on its way to the disk before the next.

    That the file at `path` is still this one, and has exactly what was written, is asked before each line.
    """

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self._file = file
        self._size = os.fstat(file.fileno()).st_size

    def append(self, data: bytes) -> None:
        """Appends the data.

        Raises:
            ChangedError: somebody else has touched the file.
            OSError: the disk refuses.
        """
        self._check()
        rest = memoryview(data)
        while rest:
            # A disk that fills up takes part of a line before it refuses the next.
            written = self._file.write(rest)
            self._size += written
            rest = rest[written:]

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _check(self) -> None:
        own = os.fstat(self._file.fileno())
        try:
            there = self.path.lstat()
        except FileNotFoundError:
            raise ChangedError(
                errno.ENOENT, "it was deleted while the run wrote it", str(self.path)
            ) from None
        if not os.path.samestat(own, there):
            raise ChangedError(errno.ESTALE, "it was replaced while the run wrote it", str(self.path))
        if own.st_size != self._size:
            raise ChangedError(errno.ESTALE, "something else wrote to it or cut it", str(self.path))
