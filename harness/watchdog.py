"""Notices a suite that says nothing any more: a judge that was stopped or killed never says so itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

CASE_SECONDS = 60.0
START_SECONDS = 300.0
"""The suite's own limits, which hold where no option gives another: conformance/settings.py."""
PATIENCE = 5
"""The most times its limit that a case may take."""
# The judge waits for two batches, of four limits each, and then asks the case alone, at most twice; each time
# it may have to start a worker, which it tries three times.
_WAITS = 10
_STARTS = 6
GRACE_SECONDS = 60.0


def longest_silence(case_seconds: float | None, start_seconds: float | None) -> float:
    """The most seconds that a sound suite with these limits (None: its own) lets pass between two records."""
    case = CASE_SECONDS if case_seconds is None else case_seconds
    start = START_SECONDS if start_seconds is None else start_seconds
    return _WAITS * PATIENCE * case + _STARTS * (start + GRACE_SECONDS)


class Watchdog:
    """Calls `bite` once when `heard` was not called for `seconds`; a context manager."""

    def __init__(self, seconds: float, bite: Callable[[], None]) -> None:
        self.seconds = seconds
        self.bitten = False
        self._bite = bite
        self._heard = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def heard(self) -> None:
        """Notes that the suite has said something."""
        self._heard = time.monotonic()

    def _watch(self) -> None:
        while not self._over.wait(max(0.0, self._heard + self.seconds - time.monotonic())):
            if time.monotonic() >= self._heard + self.seconds:
                self.bitten = True
                self._bite()
                return

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
