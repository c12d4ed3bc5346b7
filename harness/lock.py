"""A lock on a results directory: two harnesses that write the same journals would lose both."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.errors import UsageError

NAME = ".conform.lock"
"""In the directory; it stays there, because removing a lock file lets two processes hold it."""

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


@contextmanager
def only_user(directory: Path) -> Iterator[None]:
    """Keeps every other harness out of the directory. The system releases the lock of a harness that dies.

    Raises:
        UsageError: another harness uses the directory, or it cannot be written to.
    """
    path = directory / NAME
    try:
        # Not "w": the holder's number would be gone before the lock is known to be ours.
        descriptor = os.open(path, _FLAGS, 0o644)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(errno.EINVAL, f"{NAME} in it is not a regular file")
    except OSError as error:
        raise UsageError(
            f"{directory} cannot be written to ({error.strerror}): choose another directory with --out."
        ) from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
            process = f" (process {holder})" if holder.isdigit() else ""
            raise UsageError(
                f"Another conform{process} is writing to {directory}: wait until it is done, "
                "or choose another directory with --out."
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def is_held(directory: Path) -> bool:
    """Whether a harness on this machine uses the directory.

    It is read from the kernel's list: taking the lock to find out could turn a harness away.
    """
    try:
        status = (directory / NAME).stat()
        locks = Path("/proc/locks").read_text("ascii")
    except OSError:
        return False
    place = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    return any("FLOCK" in line and place in line.split() for line in locks.splitlines())
