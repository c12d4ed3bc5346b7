"""The places of the suite, the backends and the cache: in a checkout, or in an installed wheel's data."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _data_root() -> Path:
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parent


def suite_root() -> Path:
    """The directory that holds `conformance/`; put it on PYTHONPATH to run the suite."""
    return _data_root()


def backends_root() -> Path:
    """The directory that has a folder for every backend."""
    return _data_root() / "dockerfiles"


def cache_root() -> Path:
    """The directory in which environments and compiled code are kept between runs (not created here)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG specification says that a relative path must be ignored.
    home = Path(base) if base.startswith("/") else Path.home() / ".cache"
    return home / "keras-backend-conformance"


def files_below(root: Path, leave_out: Collection[str] = ()) -> Iterator[tuple[str, bytes]]:
    """The files below `root` by relative name, sorted, without hidden files, caches and `leave_out`."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        hidden = any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(root).parts)
        if path.is_file() and not hidden and name not in leave_out:
            yield name, path.read_bytes()
