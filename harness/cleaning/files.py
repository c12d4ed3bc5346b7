"""The environments and logs in the cache, and the journals of a results directory."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec

from harness.cleaning import Item
from harness.errors import UsageError
from harness.lock import only_user
from harness.paths import cache_root
from harness.runtimes.environments import complete

_ENVIRONMENT = re.compile(r"[a-z0-9][a-z0-9_.-]*-[0-9a-f]{16}")
_LOG = re.compile(rf"({_ENVIRONMENT.pattern}|image-[\w.-]+)\.log")
_LONGEST_START = 1 << 20


def environments() -> Iterator[Item]:
    """The virtual environments in the cache, complete or not."""
    used = _command_lines()
    for folder in _below(cache_root() / "envs", _ENVIRONMENT):
        if folder.is_dir() and ((folder / "pyvenv.cfg").is_file() or complete(folder)):
            busy = "a process runs in it" if f"{folder}/" in used else None
            made, size = _measured(folder)
            yield Item("environments", folder.name, made, size, busy, partial(_remove_made, folder))


def logs() -> Iterator[Item]:
    """What was printed while environments and images were made."""
    for path in _below(cache_root() / "logs", _LOG):
        made, size = _measured(path)
        yield Item("logs", path.name, made, size, None, partial(_unlink, path))


def journals(results: Path) -> Iterator[Item]:
    """The journals of a results directory, each with the standard error that was kept beside it."""
    for path in sorted(results.glob("*.jsonl")):
        if path.is_file() and not path.is_symlink() and _is_journal(path):
            parts = [path, path.with_suffix(".stderr.log")]
            made, size = _measured(path)
            size += sum(_measured(part)[1] for part in parts[1:] if part.is_file())
            yield Item("journals", str(path), made, size, None, partial(_remove_journal, parts))


def _below(folder: Path, pattern: re.Pattern[str]) -> list[Path]:
    """What is in the folder under such a name; a link is not ours."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if pattern.fullmatch(path.name) and not path.is_symlink())


def _is_journal(path: Path) -> bool:
    with contextlib.suppress(OSError, msgspec.DecodeError), path.open("rb") as file:
        start = msgspec.json.decode(file.readline(_LONGEST_START))
        return (
            isinstance(start, dict) and start.get("kind") == "start" and {"schema", "column"} <= start.keys()
        )
    return False


def _measured(path: Path) -> tuple[float, int]:
    """When it was made, and its size on the disk; a file with two names in it counts once."""
    made = path.lstat().st_mtime
    if path.is_file():
        return made, path.lstat().st_blocks * 512
    seen: dict[tuple[int, int], int] = {}
    for folder, _, names in os.walk(path):
        for name in names:
            with contextlib.suppress(OSError):
                state = os.lstat(f"{folder}/{name}")
                seen[state.st_dev, state.st_ino] = state.st_blocks * 512
    return made, sum(seen.values())


def _command_lines() -> str:
    """The command lines of all processes that this user can see."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        # A process may end meanwhile.
        with contextlib.suppress(OSError):
            found.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(found)


def _remove_made(folder: Path) -> str | None:
    # The lock of the harness that makes it. The lock file stays: without it, two could hold the lock.
    try:
        with folder.with_name(f"{folder.name}.lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)
    except BlockingIOError:
        return "another harness is making it"
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return None


def _unlink(path: Path) -> str | None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return None


def _remove_journal(parts: list[Path]) -> str | None:
    try:
        with only_user(parts[0].parent):
            problems = [_unlink(part) for part in parts]
    except UsageError as error:
        return error.message
    return next(filter(None, problems), None)
