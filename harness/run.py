"""Runs columns side by side: prepares each environment, copies the suite's journal to disk, stops all of it when asked.

A column that cannot run costs the others nothing: its journal says why. Whatever ends a run, what was measured is on
disk, line by line.
"""

from __future__ import annotations

import signal
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from harness.backends import Backend
from harness.errors import EnvironmentProblem, Interrupted
from harness.journal import JournalWriter, MalformedRecordError, decode_record, encode_record
from harness.progress import Display
from harness.records import SCHEMA, Case, Collected, End, Start, Step
from harness.runtimes import Runtime, SuiteOutput, SuiteRequest
from harness.text import one_line

MOST_STEPS = 8
"""Of a module from outside."""
STOP_SECONDS = 15.0
"""How long stopping may take before the run gives up waiting."""


@dataclass(frozen=True)
class Job:
    """One column to run.

    `case_timeout` and `start_timeout` are in seconds, None for the suite's own; `device` is a GPU's number, None for any.
    """

    backend: Backend
    column: str
    profile: str
    select: str | None = None
    jobs: int = 1
    case_timeout: float | None = None
    start_timeout: float | None = None
    device: int | None = None


@dataclass
class _Stop:
    """Tells every column to stop, whichever stage it is in."""

    requested: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _outputs: list[SuiteOutput] = field(default_factory=list)

    def request(self) -> None:
        self.requested.set()
        with self._lock:
            for output in self._outputs:
                output.stop()

    def watch(self, output: SuiteOutput) -> None:
        with self._lock:
            self._outputs.append(output)
            if self.requested.is_set():
                output.stop()

    def forget(self, output: SuiteOutput) -> None:
        with self._lock:
            self._outputs.remove(output)


def run_columns(jobs: Sequence[Job], runtime: Runtime, out: Path, display: Display) -> list[Path]:
    """Runs the columns at the same time and returns their journals, in the order of `jobs`.

    Raises:
        Interrupted: asked to stop by KeyboardInterrupt; everything is stopped and the journals are kept.
        EnvironmentProblem: a journal could not be written.
    """
    stop = _Stop()
    columns = [_ColumnThread(job, runtime, out, display, stop) for job in jobs]
    with display:
        try:
            for column in columns:
                column.start()
            for column in columns:
                while not column.finished.wait(0.2):
                    pass
        except KeyboardInterrupt:
            with _uninterrupted():
                stuck = _stop_all(columns, stop)
            left = f" ({', '.join(stuck)} did not stop in {STOP_SECONDS:.0f} s)" if stuck else ""
            raise Interrupted(f"Interrupted{left}: what was measured is in {out}, run again to complete it.") from None
    for column in columns:
        if column.failure is not None:
            raise column.failure
    return [column.path for column in columns]


def _stop_all(columns: Sequence[_ColumnThread], stop: _Stop) -> list[str]:
    """Stops every column that began; the names of those that did not end in time."""
    stop.request()
    deadline = time.monotonic() + STOP_SECONDS
    begun = [column for column in columns if column.ident is not None]
    return [c.job.column for c in begun if not c.finished.wait(max(0.0, deadline - time.monotonic()))]


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ignores a second Ctrl-C, which would leave behind what the first is clearing away."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            if handler is not None:  # one that was not installed by Python cannot be put back
                signal.signal(number, handler)


class _ColumnThread(threading.Thread):
    """One column from preparation to the end of its journal; `failure` is what it could not put into the journal."""

    def __init__(self, job: Job, runtime: Runtime, out: Path, display: Display, stop: _Stop) -> None:
        # A daemon, so that one stuck in a call that cannot be cut short does not keep the process alive.
        super().__init__(name=f"column {job.column}", daemon=True)
        self.job = job
        self.path = out / f"{job.column}.jsonl"
        # Not Thread.join: one that a signal interrupts takes the running thread for ended (bpo-45274).
        self.finished = threading.Event()
        self.failure: BaseException | None = None
        self._runtime = runtime
        self._display = display
        self._stop_request = stop

    def run(self) -> None:
        try:
            with JournalWriter(self.path) as journal:
                _Column(self.job, self._runtime, journal, self._display, self._stop_request).run()
        except OSError as error:
            self.failure = EnvironmentProblem(
                f"{self.path} cannot be written ({error.strerror}): free some space or choose another --out."
            )
        except BaseException as error:  # noqa: BLE001 - a thread's exception belongs to the thread that waits for it
            self.failure = error
        finally:
            self.finished.set()


@dataclass
class _Column:
    job: Job
    runtime: Runtime
    journal: JournalWriter
    display: Display
    stop: _Stop
    started: bool = False
    ended: bool = False
    steps: list[bytes] = field(default_factory=list)
    """Those that came before the start record, which is the first of every journal."""

    def run(self) -> None:
        try:
            reason = self._measure()
        except EnvironmentProblem as error:
            reason = error.message
        except Interrupted:
            reason = "Interrupted."
        if not self.started:
            self.journal.write(encode_record(self._start()))
            self._write_steps()
        if not self.ended:
            reason = "Interrupted." if self.stop.requested.is_set() else reason
            self.journal.write(encode_record(End(complete=False, reason=reason)))
            self.display.say(self.job.column, one_line(reason or "ended early", 300))

    def _measure(self) -> str | None:
        job = self.job
        # Asked before anything is built: an image of gigabytes is of no use where it cannot run.
        gpu = self.runtime.gpu(job.backend, job.device) if job.backend.device == "gpu" else None
        environment = self.runtime.prepare(job.backend, self._report)
        fields = self._fields()
        if gpu is not None:
            fields["gpu"] = str(gpu)
        fields["image" if self.runtime.name == "docker" else "environment"] = environment.identity
        request = SuiteRequest(
            profile=job.profile,
            select=job.select,
            jobs=job.jobs,
            case_timeout=job.case_timeout,
            start_timeout=job.start_timeout,
            start=fields,
            stderr_log=self.journal.path.with_suffix(".stderr.log"),
            gpu=gpu,
        )
        self._report("running")
        with self.runtime.run(environment, request) as output:
            self.stop.watch(output)
            try:
                trouble = self._copy(output)
            finally:
                self.stop.forget(output)
            return trouble or output.ending or f"The suite ended without a word: see {request.stderr_log}."

    def _copy(self, output: SuiteOutput) -> str | None:
        """The suite's lines to the journal, each validated; a reason to distrust it, or None."""
        column = self.job.column
        for line in output:
            if not line.endswith(b"\n"):
                return None  # cut in the middle: how the suite ended says why
            try:
                record = decode_record(line)
            except MalformedRecordError as error:
                output.stop()
                return f"The suite wrote a line that is no journal record ({error}): report this."
            early = isinstance(record, Step) and not self.started and len(self.steps) < MOST_STEPS
            if not early and (
                isinstance(record, Start) == self.started or (isinstance(record, Start) and record.column != column)
            ):
                output.stop()
                return "The suite wrote a journal of something else: report this."
            if isinstance(record, Step):
                self.display.step(column, record)
                if not self.started:
                    self.steps.append(line)
                    continue
            self.journal.write(line)
            if isinstance(record, Case):
                self.display.verdict(column, record.verdict)
            elif isinstance(record, Collected):
                self.display.collected(column, len(record.ids))
            elif isinstance(record, Start):
                self.started = True
                self._write_steps()
            elif isinstance(record, End):
                self.ended = True
                done = f"done in {record.seconds:.1f} s" if record.complete else one_line(record.reason or "", 300)
                self.display.say(column, done)
        return None

    def _write_steps(self) -> None:
        for line in self.steps:
            self.journal.write(line)
        self.steps.clear()

    def _report(self, text: str) -> None:
        if self.stop.requested.is_set():
            raise Interrupted("Interrupted.")
        self.display.say(self.job.column, text)

    def _fields(self) -> dict[str, object]:
        job = self.job
        return {
            "run": str(uuid.uuid4()),
            "column": job.column,
            "backend": job.backend.name,
            "api": job.backend.api,
            "profile": job.profile,
            "select": job.select,
            "runtime": self.runtime.name,
            "image": None,
            "device": job.backend.device,
        }

    def _start(self) -> Start:
        """The start record of a column whose suite never wrote one."""
        fields: Mapping[str, object] = self._fields()
        started = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Start(schema=SCHEMA, started=started, **fields)  # type: ignore[arg-type]
