"""Files that are read with distrust: regular ones only, and no more of them than the reader asked for."""

from __future__ import annotations

import errno
import os
import stat
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
