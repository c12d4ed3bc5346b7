"""What an environment consisted of when it was made, and what differs now.

A run may leave something behind: a `.pth` file that the next run imports, a changed module. So each file is
compared with the manifest before each run. Size, times, inode and mode are looked at first; the time of the
last change of the inode cannot be set back by its owner. The content is read only where they differ.

Byte code is a cache: what was not there when the environment was made, or has changed, is removed.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

NAME = ".conform-manifest"
_CACHES = "__pycache__"


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """A file: its inode in short, and the SHA-256 of its content, or the target of a link."""

    size: int
    modified: int
    changed: int
    inode: int
    mode: int
    content: str

    def same_inode(self, other: Entry) -> bool:
        """Whether nobody has written to the file since, nor to its mode."""
        return self._inode == other._inode

    @property
    def _inode(self) -> tuple[int, ...]:
        return self.size, self.modified, self.changed, self.inode, self.mode


def write_manifest(folder: Path, without: Collection[str] = ()) -> None:
    """Writes down what is in `folder`; the folders and files at its top called `without` are left out."""
    entries = {name: _entry(path, status, read=True) for name, path, status in _files(folder, without)}
    (folder / NAME).write_bytes(msgspec.json.encode(entries))


def contents(folder: Path) -> str | None:
    """A digest of the names and contents in the manifest of `folder`; None without a manifest."""
    try:
        known = msgspec.json.decode((folder / NAME).read_bytes(), type=dict[str, Entry])
    except (OSError, msgspec.DecodeError):
        return None
    running = hashlib.sha256()
    for name, entry in sorted(known.items()):
        running.update(f"{name}\0{entry.content}\0".encode("utf-8", "surrogateescape"))
    return f"sha256:{running.hexdigest()}"


def changes(folder: Path, without: Collection[str] = ()) -> str | None:
    """The first thing that differs from the manifest, as "lib/x.pth is new"; None when nothing does.

    Byte code that is not in the manifest is removed.
    """
    try:
        known = msgspec.json.decode((folder / NAME).read_bytes(), type=dict[str, Entry])
    except (OSError, msgspec.DecodeError):
        return "it has no list of its files"
    seen = set()
    for name, path, status in _files(folder, without):
        entry, now = known.get(name), _entry(path, status, read=False)
        seen.add(name)
        if entry is not None and (entry.same_inode(now) or _same_content(entry, path, status)):
            continue
        if Path(path).parent.name == _CACHES:
            Path(path).unlink()
            continue
        return f"{name} is new" if entry is None else f"{name} was changed"
    for name in known.keys() - seen:
        if Path(name).parent.name != _CACHES:
            return f"{name} is gone"
    return None


def _same_content(entry: Entry, path: str, status: os.stat_result) -> bool:
    # A copy, or a change of times: the environment was moved, or backed up.
    now = _entry(path, status, read=True)
    return (entry.size, entry.mode, entry.content) == (now.size, now.mode, now.content)


def _entry(path: str, status: os.stat_result, *, read: bool) -> Entry:
    content = ""
    if read:
        content = str(Path(path).readlink()) if stat.S_ISLNK(status.st_mode) else _digest(path)
    return Entry(
        status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_mode, content
    )


def _digest(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path, without: Collection[str]) -> Iterator[tuple[str, str, os.stat_result]]:
    """Each file and link below `folder`: relative name, path and status. Links are not followed."""
    left_out = {*without, NAME}
    todo = [(str(folder), "")]
    while todo:
        place, prefix = todo.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                if not prefix and entry.name in left_out:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    todo.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    yield f"{prefix}{entry.name}", entry.path, entry.stat(follow_symlinks=False)
