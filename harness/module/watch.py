"""Waiting for a change below a directory, by looking at times of change: it works on every file system."""

from __future__ import annotations

import time
from pathlib import Path

from harness.module.source import stamp

_INTERVAL = 0.2


def wait_for_change(root: Path, results: Path, before: dict[str, tuple[int, int]]) -> None:
    """Returns when the files below `root`, without `results`, differ from `before` and have come to rest."""
    last = before
    while True:
        time.sleep(_INTERVAL)
        now = stamp(root, results)
        if now != before and now == last:
            return
        last = now
