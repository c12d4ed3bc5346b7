"""The owner of a container: a name by which a later harness can tell whether this process is gone."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def myself() -> str:
    """A unique name for this process: boot, process namespace, number, start time. Empty without /proc."""
    with contextlib.suppress(OSError):
        return _process(os.getpid())
    return ""


def is_gone(owner: str) -> bool:
    """Whether that process has ended. False when it is unknown: another machine or namespace, no /proc."""
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
        return False  # the process could not be looked at


def _process(number: int) -> str:
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    namespace = Path("/proc/self/ns/pid").readlink()
    # The second field is the command's name, which may hold spaces and brackets; the 22nd is the start.
    begun = Path(f"/proc/{number}/stat").read_bytes().rpartition(b")")[2].split()[19].decode("ascii")
    return f"{boot}/{namespace}/{number}-{begun}"
