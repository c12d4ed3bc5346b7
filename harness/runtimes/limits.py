"""Limits without a container: the kernel keeps them for every process of a run. They do not isolate."""

from __future__ import annotations

import contextlib
import os
import re
import resource
from pathlib import Path

from harness.backends import DockerSettings

OPEN_FILES = 4096
"""Open files of a process, in every runtime."""

FEWEST_FILES = 64
"""Open files that the harness needs to run a backend: pipes, logs, journals, a daemon's socket."""

LARGEST_FILE = 4 << 30
"""Bytes; a compiler's cache and an engine's scratch files are far smaller."""

_UNITS = {"": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


def process_limits(settings: DockerSettings) -> dict[str, int]:
    """The limits, by the name that `resource` has for them, without RLIMIT_.

    Memory is that of a single process; a container's is that of all processes together. NPROC counts all
    processes of the user, so the running ones are added; the kernel does not apply it to root.
    """
    return {
        "NOFILE": OPEN_FILES,
        "CORE": 0,
        "FSIZE": LARGEST_FILE,
        "DATA": in_bytes(settings.memory),
        "NPROC": settings.pids + _tasks_of_user(),
    }


def too_few_files() -> str | None:
    """A sentence where this process may open too few files; it raises its own limit as far as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    if most >= FEWEST_FILES:
        return None
    return f"This process may open {most} files only: allow it {FEWEST_FILES} or more (ulimit -n 1024)."


def in_bytes(size: str) -> int:
    """The bytes of a size in Docker's notation: "768m", "4g"."""
    found = re.fullmatch(r"(\d+)([bkmg]?)", size.lower())
    if not found:
        raise ValueError(f"{size!r} is not a size: write it like 768m or 4g")
    return int(found.group(1)) * _UNITS[found.group(2)]


def _tasks_of_user() -> int:
    count = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if folder.stat().st_uid == os.getuid():
                count += len(list((folder / "task").iterdir()))
    return count
