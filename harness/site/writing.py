"""The site on a disk: a folder that is the site's own and is replaced as a whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from harness.errors import UsageError

MARKER = ".conform-site"
"""A file in every site: a folder without it is somebody else's, and nothing in it is removed."""


def write_site(files: Iterable[tuple[str, bytes]], out: Path) -> int:
    """Writes the files below `out`, which is empty, missing or an earlier site; the number of them.

    Raises:
        UsageError: the folder has something else in it, or cannot be written to.
    """
    count = 0
    try:
        _empty(out)
        folders = set()
        for address, content in files:
            path = out / address
            if path.parent not in folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                folders.add(path.parent)
            path.write_bytes(content)
            count += 1
    except OSError as error:
        raise UsageError(f"{out} cannot be written to ({error.strerror}): choose another --out.") from None
    return count


def _empty(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    there = list(out.iterdir())
    if there and not (out / MARKER).is_file():
        raise UsageError(f"{out} has files that are not of a site: name an empty or a new folder with --out.")
    (out / MARKER).touch()
    for path in there:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARKER:
            path.unlink()
