"""Stopping a run from whichever thread notices that it has to stop."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from harness.runtimes import SuiteOutput


@dataclass
class Stop:
    """Tells every column to stop, whichever stage it is in."""

    requested: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _outputs: list[SuiteOutput] = field(default_factory=list)

    def request(self) -> None:
        """Stops every suite that runs or is about to run."""
        self.requested.set()
        with self._lock:
            for output in self._outputs:
                output.stop()

    def watch(self, output: SuiteOutput) -> None:
        """Notes that a suite has been started; after a request it is stopped at once."""
        with self._lock:
            self._outputs.append(output)
            if self.requested.is_set():
                output.stop()

    def forget(self, output: SuiteOutput) -> None:
        """Notes that the suite has ended."""
        with self._lock:
            self._outputs.remove(output)
