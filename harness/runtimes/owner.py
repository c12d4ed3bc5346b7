"""Which harness a container belongs to, told to the next one in case this one is killed."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def myself() -> str:
    """This process as nobody else is called: boot, process namespace, number, time of its start. Empty
    without /proc.
    """
    with contextlib.suppress(OSError):
        return _process(os.getpid())
    return ""


def is_gone(owner: str) -> bool:
    """Whether that process has ended. False where it cannot be known: another machine, another namespace, no
    /proc.
    """
    place, _, process = owner.rpartition("/")
    number = process.partition("-")[0]
    mine = myself()
    if not mine or not number.isdigit() or mine.rpartition("/")[0] != place:
        return False
    try:
        return _process(int(number)) != owner
    except (FileNotFoundError, ProcessLookupError):
        return True
    except OSError:
        return False  # it could not be looked at, which says nothing


def _process(number: int) -> str:
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    namespace = Path("/proc/self/ns/pid").readlink()
    # The second field is the command's name, which may hold spaces and brackets; the 22nd is the start.
    begun = Path(f"/proc/{number}/stat").read_bytes().rpartition(b")")[2].split()[19].decode("ascii")
    return f"{boot}/{namespace}/{number}-{begun}"
