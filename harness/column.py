"""One column of a run: its environment is prepared, earlier verdicts are reused, its journal is written."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

import msgspec

from harness.backends import Backend
from harness.earlier import Earlier, Mode, inputs_hash, read_earlier, take_over
from harness.errors import EnvironmentProblem, Interrupted
from harness.journal import JournalWriter, MalformedRecordError, decode_record, encode_record
from harness.profiles import DEFAULT_PROFILE
from harness.progress import Display, Standing
from harness.records import DEVIATIONS, SCHEMA, Case, Collected, End, Loaded, Record, Start, Step
from harness.runtimes import Runtime, SuiteOutput, SuiteRequest
from harness.selection import FOLDER, Selection
from harness.stopping import Stop
from harness.stream import ContradictionError, Rules
from harness.suite import suite_digest
from harness.text import one_line
from harness.watchdog import Watchdog, longest_silence

_KNOWN = ("image", "environment", "contents", "inputs", "gpu")

Excuse = Callable[[Case], bool]


def excuses_nothing(case: Case) -> bool:  # noqa: ARG001 - the signature of an Excuse
    """False: without a baseline every deviation is new."""
    return False


@dataclass(frozen=True)
class Job:
    """One column to run.

    `case_timeout` and `start_timeout` are in seconds, None for the suite's own; `device` is a GPU's number,
    None for any; `mode` says what becomes of an earlier run; without a `selection` the whole profile runs.
    `excuse` says which deviations are known, for the progress.
    """

    backend: Backend
    column: str
    profile: str
    selection: Selection | None = None
    jobs: int = 1
    case_timeout: float | None = None
    start_timeout: float | None = None
    device: int | None = None
    mode: Mode = "reuse"
    excuse: Excuse = excuses_nothing

    @property
    def journal(self) -> Path:
        """Where the journal goes, below the directory of the run."""
        name = f"{self.column}.jsonl"
        return Path(FOLDER) / name if self.selection else Path(name)


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
    rules: Rules = field(default_factory=Rules)
    """What the suite has said in this run."""
    failures: int = 0
    known: Mapping[str, object] = field(default_factory=dict)
    """What the harness knows of the environment, and does not take the suite's word for."""

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
            counts = self.rules.counts
            self._end(End(complete=False, counts=counts, reason=reason, infrastructure=infrastructure))
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
        self.journal.seal(self.earlier.end(end) if self.earlier else end)
        self.ended = True

    def _measure(self) -> str | None:
        job = self.job
        # Asked before anything is built: an image of gigabytes is useless where it cannot run.
        gpu = self.runtime.gpu(job.backend, job.device) if job.backend.device == "gpu" else None
        # For a few cases the others are not compiled.
        chosen = job.selection
        profile = DEFAULT_PROFILE if chosen else job.profile
        environment = self.runtime.prepare(job.backend, self._report, profile)
        fields = self._fields()
        if gpu is not None:
            fields["gpu"] = str(gpu)
        fields["image" if self.runtime.name == "docker" else "environment"] = environment.identity
        if environment.contents is not None:
            fields["contents"] = environment.contents
        fields["inputs"] = inputs_hash(job.backend, job.case_timeout, job.start_timeout, fields.get("gpu"))
        # The level of an external module is counted by the suite, over one whole run.
        mode = "reuse" if job.backend.module and job.mode == "resume" else job.mode
        self.known = {name: fields[name] for name in _KNOWN if name in fields}
        suite = suite_digest(job.backend.api)
        self.earlier = take_over(self.journal.path, {**fields, "suite": suite}, mode)
        if self.earlier is not None and self._settled(self.earlier):
            return None
        request = SuiteRequest(
            profile=job.profile,
            select=chosen.expression if chosen else None,
            jobs=job.jobs,
            case_timeout=job.case_timeout,
            start_timeout=job.start_timeout,
            start=fields,
            stderr_log=self.journal.path.with_suffix(".stderr.log"),
            gpu=gpu,
            only=self.earlier.missing if self.earlier else chosen.ids if chosen and chosen.by_id else None,
        )
        self._report("running")
        with self.runtime.run(environment, request) as output:
            self.stop.watch(output)
            silence = longest_silence(job.case_timeout, job.start_timeout)
            try:
                with Watchdog(silence, output.stop) as watchdog:
                    end, trouble = self._copy(output, watchdog)
            finally:
                self.stop.forget(output)
            if watchdog.bitten:
                return (
                    f"The suite wrote no record for {silence:.0f} s, which is longer than its limits allow: "
                    f"it was stopped. See {request.stderr_log}, and go on with --resume."
                )
            trouble = trouble or output.ending
            if end is not None and (not end.complete or not trouble):
                trouble = self._contradiction(output.status) if end.complete else None
                if trouble is None:
                    self._done(end)
                    return None
            return trouble or f"The suite ended without an end record: see {request.stderr_log}."

    def _copy(self, output: SuiteOutput, watchdog: Watchdog) -> tuple[End | None, str | None]:
        """Copies the suite's lines to the journal, each held against those before it.

        The suite's end record, which waits for its exit status, and the reason to have stopped the suite.
        """
        end: End | None = None
        for line in output:
            watchdog.heard()
            if not line.endswith(b"\n"):
                return None, None  # cut in the middle: how the suite ended says why
            try:
                record = decode_record(line)
                self.rules.take(record)
                self._belongs(record)
            except MalformedRecordError as error:
                output.stop()
                return None, f"The suite wrote a line that is not a journal record ({error}): report this."
            except ContradictionError as error:
                output.stop()
                return None, f"The suite contradicted itself ({one_line(str(error), 300)}): report this."
            if isinstance(record, End):
                end = record
                continue
            if isinstance(record, Start):
                line = _known(line, self.known)
            self._show(record)
            self.started = True
            # A journal that is continued has these records already.
            if self.earlier is None or not isinstance(record, Start | Loaded | Step | Collected):
                self.journal.write(line)
        return end, None

    def _show(self, record: Record) -> None:
        column = self.job.column
        if isinstance(record, Step):
            self.display.step(column, record)
        elif isinstance(record, Collected):
            self.display.collected(column, len(record.ids))
        elif isinstance(record, Case):
            self.failures += record.verdict in DEVIATIONS and not record.unspecified
            self.display.judged(column, self._standing(record))

    def _standing(self, case: Case) -> Standing:
        if case.verdict not in DEVIATIONS or case.unspecified:
            return "settled"
        return "known" if self.job.excuse(case) else "new"

    def _contradiction(self, status: int) -> str | None:
        """The reason why a suite that ended with `status` cannot be complete, as it says."""
        verdicts = len(self.rules.judged)
        # Those of pytest: no test, a failure, none.
        expected = 5 if not verdicts else 1 if self.failures else 0
        if status == expected:
            return None
        return (
            f"The suite wrote that it is complete, with {verdicts} verdicts, and ended with status {status} "
            f"in place of {expected}: its end record is not trusted."
        )

    def _done(self, end: End) -> None:
        self._end(end)
        done = f"done in {end.seconds:.1f} s" if end.complete else one_line(end.reason or "", 300)
        self.display.say(self.job.column, done)

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
        self.display.say(
            self.job.column, f"nothing changed: {count} verdicts of {then} reused (--fresh measures again)"
        )
        return True

    def _belongs(self, record: Record) -> None:
        """Raises ContradictionError for a record of another column, or of cases that are not missing."""
        earlier = self.earlier
        if isinstance(record, Start):
            same_suite = earlier is None or record.suite == earlier.start.suite
            if record.column != self.job.column or record.api != self.job.backend.api or not same_suite:
                raise ContradictionError("its start record does not belong to this journal")
        elif (
            isinstance(record, Collected)
            and earlier is not None
            and sorted(record.ids) != sorted(earlier.missing)
        ):
            raise ContradictionError("it collected other cases than the missing ones")

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
            "select": job.selection.text if job.selection else None,
            "runtime": self.runtime.name,
            "image": None,
            "device": job.backend.device,
        }

    def _start(self) -> Start:
        """The start record of a column whose suite never wrote one."""
        fields: Mapping[str, object] = self._fields()
        started = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Start(schema=SCHEMA, started=started, **fields)  # type: ignore[arg-type]


def _known(line: bytes, fields: Mapping[str, object]) -> bytes:
    """The start record as the suite wrote it, but for what the harness knows better."""
    said = msgspec.json.decode(line, type=dict[str, object])
    if all(said.get(name) == value for name, value in fields.items()):
        return line
    return msgspec.json.encode({**said, **fields}) + b"\n"
