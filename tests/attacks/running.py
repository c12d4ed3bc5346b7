"""A run of the hostile backend through the harness, as a user runs it."""

from __future__ import annotations

import io
import os
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harness.backends import Backend
from harness.matrix import Column, Matrix
from harness.merge import merge_journals
from harness.outcome import outcome
from harness.progress import PlainDisplay
from harness.run import Job, run_columns
from harness.runtimes import Environment, Report, SuiteOutput, SuiteRequest
from tests.faults.mixed import HereRuntime, chosen
from tests.faults.table import TABLE, faulty_backend, sound_cases

FOLDER = Path(__file__).parent


DEAR = ("huge_integer", "many_lists", "same_hash", "one_array_many_times")
"""Attacks by an answer that takes long to read: the case is an error, and its neighbours are sound."""
FATAL = ("stop_judge", "kill_judge")
"""Attacks on the judge itself, where nothing keeps them out: the column is incomplete."""


class HostileRuntime(HereRuntime):
    """The runtime of the faults, which finds the hostile backend, too."""

    def prepare(self, backend: Backend, report: Report, profile: str = "core") -> Environment:
        environment = super().prepare(backend, report, profile)
        env = dict(environment.backend.env)
        env["PYTHONPATH"] += os.pathsep + str(FOLDER / "hostile")
        return replace(environment, backend=replace(environment.backend, env=env))

    def run(self, environment: Environment, request: SuiteRequest) -> AbstractContextManager[SuiteOutput]:
        # Without Landlock, where the kernel has it: an attack that it keeps out need not be noticed.
        marks = request.stderr_log.with_suffix(".marks")
        marks.mkdir(parents=True, exist_ok=True)
        env = {**environment.backend.env, "CONFORM_WRITABLE": "", "FAULTS_MARKS": str(marks.resolve())}
        return self._venv.run(replace(environment, backend=replace(environment.backend, env=env)), request)


@dataclass(frozen=True)
class Attacked:
    """What came of it: the column, its verdicts by id, and the exit status of the run."""

    column: Column
    verdicts: dict[str, str | None]
    status: int


def victim() -> str:
    """The id of a case in which the attack happens: an `exp` that is evaluated beside others."""
    return next(case.id for case in TABLE.cases() if case.source == "K.exp(x)" and case.joint)


def attacked(folder: Path, attack: str | None, jobs: int = 1, **options: Any) -> Attacked:
    """The sound cases and one in which `attack` (None: nothing) happens, run and merged."""
    env = {"ATTACK": attack} if attack else {}
    backend = replace(faulty_backend(), api_module="hostile", env=env)
    options = {"case_timeout": 2.0, "start_timeout": 20.0, **options}
    job = Job(backend, "hostile", "full", chosen([*sound_cases(), victim()]), jobs, mode="fresh", **options)
    (path,) = run_columns([job], HostileRuntime(), folder, PlainDisplay(io.StringIO()))
    matrix: Matrix = merge_journals([path])
    verdicts = {name: matrix.verdict(row, 0) for row, name in enumerate(matrix.ids)}
    return Attacked(matrix.columns[0], verdicts, outcome(matrix))
