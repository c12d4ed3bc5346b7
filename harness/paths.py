"""Where the suite, the backends and the cache are: in a checkout, or in an installed wheel's data."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _data_root() -> Path:
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parent


def suite_root() -> Path:
    """The directory that holds `conformance/`; put it on PYTHONPATH to run the suite."""
    return _data_root()


def backends_root() -> Path:
    """The directory that holds one folder per backend."""
    return _data_root() / "dockerfiles"


def cache_root() -> Path:
    """Where environments and compiled code are kept between runs (not created here)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG specification says that a relative path must be ignored.
    home = Path(base) if base.startswith("/") else Path.home() / ".cache"
    return home / "keras-backend-conformance"
