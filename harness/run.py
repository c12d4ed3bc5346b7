"""Runs columns side by side, and stops all of them when asked.

A column that cannot run does not disturb the others: its journal says why. However a run ends, its verdicts
are on disk, line by line.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

from harness.column import Column, Job
from harness.errors import EnvironmentProblem, Interrupted
from harness.files import ChangedError
from harness.interrupts import Interrupts
from harness.journal import JournalWriter
from harness.progress import Display
from harness.runtimes import Runtime
from harness.stopping import Stop

__all__ = ["Job", "run_columns"]

STOP_SECONDS = 4.0
"""Seconds that stopping may take before the run stops waiting. A preparation then ends with the harness."""
_LONGEST_WAIT = 10.0


def run_columns(jobs: Sequence[Job], runtime: Runtime, out: Path, display: Display) -> list[Path]:
    """The journals of the columns, in the order of `jobs`; the columns run at the same time.

    Raises:
        Interrupted: a signal asked to stop; everything is stopped and the journals are kept.
        EnvironmentProblem: a journal could not be written.
        UsageError: a journal cannot be resumed; the other columns have run.
    """
    stop = Stop()
    with Interrupts() as interrupts, display:
        columns = [_ColumnThread(job, runtime, out, display, stop, interrupts) for job in jobs]
        for column in columns:
            column.start()
        while not interrupts.asked and not all(column.finished.is_set() for column in columns):
            interrupts.wait(_LONGEST_WAIT)
        if interrupts.asked:
            stuck = _stop_all(columns, stop)
            left = f" ({', '.join(stuck)} did not stop in {STOP_SECONDS:.0f} s)" if stuck else ""
            raise Interrupted(
                f"Interrupted{left}: the verdicts so far are in {out}; "
                "the same command with --resume adds the rest."
            )
    for column in columns:
        if column.failure is not None:
            raise column.failure
    return [column.path for column in columns]


def _stop_all(columns: Sequence[_ColumnThread], stop: Stop) -> list[str]:
    """The names of the columns that did not end in time; all are told to stop."""
    stop.request()
    deadline = time.monotonic() + STOP_SECONDS
    return [c.job.column for c in columns if not c.finished.wait(max(0.0, deadline - time.monotonic()))]


class _ColumnThread(threading.Thread):
    """The thread of one column; `failure` is an error that could not be put into its journal."""

    def __init__(
        self, job: Job, runtime: Runtime, out: Path, display: Display, stop: Stop, interrupts: Interrupts
    ) -> None:
        # A daemon, so that a thread stuck in a long call does not keep the process alive.
        super().__init__(name=f"column {job.column}", daemon=True)
        self.job = job
        self.path = out / job.journal
        # Not Thread.join: after a signal it takes the running thread for ended (bpo-45274).
        self.finished = threading.Event()
        self.failure: BaseException | None = None
        self._runtime = runtime
        self._display = display
        self._stop_request = stop
        self._interrupts = interrupts

    def run(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with JournalWriter(self.path) as journal:
                Column(self.job, self._runtime, journal, self._display, self._stop_request).run()
        except ChangedError as error:
            self.failure = EnvironmentProblem(
                f"{self.path} is not what the run wrote ({error.strerror}): "
                "leave the journals alone while a run writes them, and run again."
            )
        except OSError as error:
            self.failure = EnvironmentProblem(
                f"{self.path} cannot be written ({error.strerror}): free some space or choose another --out."
            )
        except BaseException as error:  # noqa: BLE001 - a thread's exception belongs to the thread that waits for it
            self.failure = error
        finally:
            self.finished.set()
            self._interrupts.wake()
