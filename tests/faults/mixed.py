"""A run of faults among sound cases, through the harness as a user runs it, and the count of what came out
right."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from harness.backends import Backend
from harness.journal import read_journal
from harness.paths import suite_root
from harness.progress import PlainDisplay
from harness.records import Case, End
from harness.run import Job, run_columns
from harness.runtimes import Environment, Report, Runtime, SuiteOutput, SuiteRequest
from harness.runtimes.venv import VenvRuntime
from harness.selection import Selection
from tests.faults.table import FOLDER, Fault, faulty_backend, sound_cases

CASE_SECONDS = 3.0
SOUND = "sound neighbours"


class HereRuntime:
    """Runtime venv in the interpreter that runs this, which has NumPy and pytest: nothing has to be made."""

    name = "venv"

    def __init__(self) -> None:
        self._venv = VenvRuntime()

    def prepare(self, backend: Backend, report: Report, profile: str = "core") -> Environment:
        del report, profile
        paths = os.pathsep.join([str(suite_root()), str(FOLDER / "faulty")])
        # What the images' environment brings without anybody asking.
        backend = replace(backend, env={**backend.env, "PYTHONPATH": paths})
        return Environment(backend, self.name, "this interpreter", Path(sys.executable))

    def run(self, environment: Environment, request: SuiteRequest) -> AbstractContextManager[SuiteOutput]:
        # A worker that is confined writes to one more place: a fault tells the next process by a file.
        marks = request.stderr_log.with_suffix(".marks")
        marks.mkdir(parents=True, exist_ok=True)
        env = {"FAULTS_MARKS": str(marks.resolve()), "CONFORM_WRITABLE": str(marks.resolve())}
        # What is set stays: an attack may want to be without Landlock.
        backend = replace(environment.backend, env={**env, **environment.backend.env})
        return self._venv.run(replace(environment, backend=backend), request)


def chosen(ids: Iterable[str]) -> Selection:
    """These cases."""
    names = tuple(ids)
    return Selection(None, names, names)


@dataclass
class Tally:
    """Per fault (and for SOUND): repetitions, verdicts expected, verdicts right; and what was wrong, a
    sentence each."""

    repetitions: dict[str, int] = field(default_factory=dict)
    expected: dict[str, int] = field(default_factory=dict)
    right: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, case: str, want: str, got: str | None, where: str) -> None:
        self.expected[name] = self.expected.get(name, 0) + 1
        self.right[name] = self.right.get(name, 0) + (got == want)
        if got != want:
            self.wrong.append(f"{where}: {name}: {case} is {got}, not {want}")

    def take(self, other: Tally) -> None:
        """Add what another tally has counted."""
        for mine, theirs in (
            (self.repetitions, other.repetitions),
            (self.expected, other.expected),
            (self.right, other.right),
        ):
            for name, count in theirs.items():
                mine[name] = mine.get(name, 0) + count
        self.wrong += other.wrong


def run_mixed(
    runtimes: Sequence[tuple[Runtime, int]],
    faults: Sequence[Fault],
    folder: Path,
    tally: Tally,
    flood_mib: int = 8,
    case_seconds: float = CASE_SECONDS,
) -> None:
    """The faults that each runtime can bear, among the sound cases, in that many suite processes; all
    runtimes at once."""
    planned = []
    for number, (runtime, jobs) in enumerate(runtimes):
        borne = [fault for fault in faults if fault.verdict(runtime.name)]
        wanted = {fault.case: (fault.name, fault.verdict(runtime.name)) for fault in borne}
        wanted |= dict.fromkeys(sound_cases(), (SOUND, "pass"))
        backend = replace(faulty_backend(), env={"FAULTS_FLOOD_MIB": str(flood_mib)})
        column = f"{runtime.name}-{jobs}-{number}"
        job = Job(backend, column, "full", chosen(wanted), jobs, case_seconds, mode="fresh")
        planned.append((runtime, job, wanted))
    with ThreadPoolExecutor(len(planned)) as pool:
        list(
            pool.map(
                lambda plan: run_columns([plan[1]], plan[0], folder, PlainDisplay(io.StringIO())), planned
            )
        )
    for _, job, wanted in planned:
        _count(folder / job.journal, wanted, tally, job.column)


def _count(journal: Path, wanted: dict[str, tuple[str, str | None]], tally: Tally, where: str) -> None:
    got: dict[str, str] = {}
    ended = None
    for record in read_journal(journal):
        if isinstance(record, Case):
            if record.id in got:
                tally.wrong.append(f"{where}: {record.id} has two verdicts")
            got[record.id] = record.verdict
        elif isinstance(record, End):
            ended = record
    if ended is None or not ended.complete:
        tally.wrong.append(f"{where}: not complete: {ended.reason if ended else 'no end'}")
    for name in {name for name, _ in wanted.values()}:
        tally.repetitions[name] = tally.repetitions.get(name, 0) + 1
    for case, (name, want) in wanted.items():
        assert want is not None
        tally.add(name, case, want, got.get(case), where)
