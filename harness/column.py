"""One column of a run: its environment is prepared, earlier verdicts are reused, its journal is written."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

from harness.backends import Backend
from harness.earlier import Earlier, Mode, inputs_hash, read_earlier, take_over
from harness.errors import EnvironmentProblem, Interrupted
from harness.journal import JournalWriter, MalformedRecordError, decode_record, encode_record
from harness.profiles import DEFAULT_PROFILE
from harness.progress import Display
from harness.records import SCHEMA, Case, Collected, End, Loaded, Record, Start, Step
from harness.runtimes import Runtime, SuiteOutput, SuiteRequest
from harness.stopping import Stop
from harness.suite import suite_digest
from harness.text import one_line

MOST_STEPS = 64
"""The most `step` records that a journal of an external module may have; an API has about ten levels."""


@dataclass(frozen=True)
class Job:
    """One column to run.

    `case_timeout` and `start_timeout` are in seconds, None for the suite's own; `device` is a GPU's number,
    None for any; `mode` says what becomes of an earlier run.
    """

    backend: Backend
    column: str
    profile: str
    select: str | None = None
    jobs: int = 1
    case_timeout: float | None = None
    start_timeout: float | None = None
    device: int | None = None
    mode: Mode = "reuse"


@dataclass
class Column:
    """One column while it runs, from the preparation to the end record."""

    job: Job
    runtime: Runtime
    journal: JournalWriter
    display: Display
    stop: Stop
    earlier: Earlier | None = None
    started: bool = False
    ended: bool = False
    steps: int = 0

    def run(self) -> None:
        """Measures the column; its journal gets an end record whatever happens.

        Raises:
            UsageError: there is nothing to resume here.
            OSError: the journal cannot be written.
        """
        infrastructure = False
        try:
            reason = self._measure()
        except EnvironmentProblem as error:
            reason = error.message
            infrastructure = True
        except Interrupted:
            reason = "Interrupted."
            if not self.started and self.journal.path.exists():
                return  # what an earlier run measured is worth more than the news that this one never began
        if self.stop.requested.is_set():
            reason, infrastructure = "Interrupted.", False
        if not self.started:
            self._begin()
        if not self.ended:
            self._end(End(complete=False, reason=reason, infrastructure=infrastructure))
            self.display.say(self.job.column, one_line(reason or "ended early", 300))

    def _begin(self) -> None:
        """Begins a journal to which the suite wrote nothing: with the earlier verdicts, or a start record."""
        if self.job.mode == "resume" and self.earlier is None:
            # Without the environment it is unknown whether it is the same: the verdicts there are kept.
            self.earlier = read_earlier(self.journal.path)
            if self.earlier is not None:
                self.journal.begin_with(self.earlier.lines())
                return
        self.journal.write(encode_record(self._start()))

    def _end(self, end: End) -> None:
        self.journal.write(encode_record(self.earlier.end(end) if self.earlier else end))
        self.ended = True

    def _measure(self) -> str | None:
        job = self.job
        # Asked before anything is built: an image of gigabytes is useless where it cannot run.
        gpu = self.runtime.gpu(job.backend, job.device) if job.backend.device == "gpu" else None
        # For a few cases the others are not compiled.
        profile = DEFAULT_PROFILE if job.select else job.profile
        environment = self.runtime.prepare(job.backend, self._report, profile)
        fields = self._fields()
        if gpu is not None:
            fields["gpu"] = str(gpu)
        fields["image" if self.runtime.name == "docker" else "environment"] = environment.identity
        fields["inputs"] = inputs_hash(job.backend, job.case_timeout, job.start_timeout, fields.get("gpu"))
        # The level of an external module is counted by the suite, over one whole run.
        mode = "reuse" if job.backend.module and job.mode == "resume" else job.mode
        suite = suite_digest(job.backend.api)
        self.earlier = take_over(self.journal.path, {**fields, "suite": suite}, mode)
        if self.earlier is not None and self._settled(self.earlier):
            return None
        request = SuiteRequest(
            profile=job.profile,
            select=job.select,
            jobs=job.jobs,
            case_timeout=job.case_timeout,
            start_timeout=job.start_timeout,
            start=fields,
            stderr_log=self.journal.path.with_suffix(".stderr.log"),
            gpu=gpu,
            only=self.earlier.missing if self.earlier else None,
        )
        self._report("running")
        with self.runtime.run(environment, request) as output:
            self.stop.watch(output)
            try:
                trouble = self._copy(output)
            finally:
                self.stop.forget(output)
            return (
                trouble
                or output.ending
                or f"The suite ended without an end record: see {request.stderr_log}."
            )

    def _copy(self, output: SuiteOutput) -> str | None:
        """Copies the suite's lines to the journal, each validated; the reason to stop it, or None."""
        column = self.job.column
        heard = False
        for line in output:
            if not line.endswith(b"\n"):
                return None  # cut in the middle: how the suite ended says why
            try:
                record = decode_record(line)
            except MalformedRecordError as error:
                output.stop()
                return f"The suite wrote a line that is not a journal record ({error}): report this."
            if isinstance(record, Start) == heard or not self._expected(record):
                output.stop()
                kind = type(record).__name__.lower()
                return f"The suite wrote a {kind} record that does not belong to this journal: report this."
            heard = True
            if isinstance(record, End):
                self.journal.write(encode_record(self.earlier.end(record)) if self.earlier else line)
                self.ended = True
                done = (
                    f"done in {record.seconds:.1f} s"
                    if record.complete
                    else one_line(record.reason or "", 300)
                )
                self.display.say(column, done)
                continue
            if isinstance(record, Step):
                self.display.step(column, record)
            elif isinstance(record, Collected):
                self.display.collected(column, len(record.ids))
            elif isinstance(record, Case):
                self.display.verdict(column, record.verdict)
            self.started = True
            # A journal that is continued has these records already.
            if self.earlier is None or not isinstance(record, Start | Loaded | Step | Collected):
                self.journal.write(line)
        return None

    def _settled(self, earlier: Earlier) -> bool:
        """Takes over the earlier journal; whether nothing is left to measure."""
        missing = earlier.missing
        self.journal.begin_with(earlier.lines(reused=not missing))
        self.started = True
        count = len(earlier.verdicts)
        if missing:
            self.display.say(self.job.column, f"resumed: {count} of {len(earlier.ids)} cases have a verdict")
            return False
        self._end(End(complete=True))
        then = one_line(earlier.start.started, 40)
        self.display.collected(self.job.column, count)
        for verdict in earlier.verdicts.values():
            self.display.verdict(self.job.column, verdict)
        self.display.say(
            self.job.column, f"nothing changed: {count} verdicts of {then} reused (--fresh measures again)"
        )
        return True

    def _expected(self, record: Record) -> bool:
        """Whether the record belongs to this column and, in a continued journal, to its missing cases."""
        earlier = self.earlier
        if isinstance(record, Start):
            same_suite = earlier is None or record.suite == earlier.start.suite
            return record.column == self.job.column and record.api == self.job.backend.api and same_suite
        if isinstance(record, Step):
            self.steps += 1
            return self.steps <= MOST_STEPS
        if isinstance(record, Collected) and earlier is not None:
            return sorted(record.ids) == sorted(earlier.missing)
        return True

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
