"""What a CI service has to do: a job per column that installs the harness and runs, and a job that merges.

Every step is a line for a POSIX shell in a checkout of the repository that the pipeline belongs to. gitlab.py
and jenkins.py put the lines into the service's own words.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.backends import Backend
from harness.module.names import column_name

RESULTS = "results"
_HARNESS = ".conform"
_CONFORM = f"{_HARNESS}/bin/conform"
GPU_LABEL = "gpu"
"""The tag (GitLab) or label (Jenkins) of a machine with a GPU and a Docker daemon."""


@dataclass(frozen=True)
class Options:
    """How every job runs; `path`, `requirements` and `keras` belong to an external module."""

    profile: str
    runtime: str
    path: Path | None = None
    requirements: Path | None = None
    keras: str | None = None
    baselines: Mapping[str, Path] = field(default_factory=dict)
    """Backend -> its file of known deviations."""


@dataclass(frozen=True)
class Job:
    """A column: its facts, and the command that runs it."""

    backend: Backend
    column: str
    profile: str
    command: tuple[str, ...]

    @property
    def run(self) -> str:
        """The line that runs the suite."""
        return shlex.join([_CONFORM, *self.command])

    @property
    def gpu(self) -> bool:
        """Whether the job needs a machine with a GPU."""
        return self.backend.device == "gpu"

    def facts(self) -> dict[str, Any]:
        """What a CI service may want to show or to choose by, and the line that runs the job."""
        return {
            "backend": self.backend.name,
            "column": self.column,
            "title": self.backend.title,
            "keras": self.backend.keras,
            "python": self.backend.python,
            "device": self.backend.device,
            "profile": self.profile,
            "run": self.run,
        }


@dataclass(frozen=True)
class Plan:
    """The jobs, and `requirement`, which pip installs the harness from."""

    jobs: tuple[Job, ...]
    options: Options
    requirement: str

    @property
    def install(self) -> tuple[str, ...]:
        """The lines that install the harness in `.conform/`."""
        pip = [f"{_HARNESS}/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        return (f"python3 -m venv {_HARNESS}", shlex.join([*pip, self.requirement]))

    @property
    def merge(self) -> tuple[str, ...]:
        """The lines that merge the journals of all jobs; they end with the exit status of the runs."""
        matrix = f"{RESULTS}/matrix.json"
        given = ["--expect", ",".join(job.column for job in self.jobs)]
        given += [part for file in self.options.baselines.values() for part in ("--baseline", str(file))]
        return (
            "status=0",
            f"{_CONFORM} merge {RESULTS} {shlex.join(given)} --out {matrix} || status=$?",
            f"{_CONFORM} report {matrix} --format junit --out {RESULTS}/junit.xml",
            f"{_CONFORM} report {matrix} --format html --out {RESULTS}/site",
            "exit $status",
        )


def plan(backends: Sequence[Backend], options: Options, requirement: str) -> Plan:
    """A job for each of the backends."""
    return Plan(tuple(_job(backend, options) for backend in backends), options, requirement)


def _job(backend: Backend, options: Options) -> Job:
    command = ["run", backend.name]
    if backend.module:
        # Without a dot the name would be taken for that of a registered backend.
        command = ["run", backend.name if "." in backend.name else f"module:{backend.name}"]
        given = (
            ("--path", options.path),
            ("--requirements", options.requirements),
            ("--keras", options.keras),
        )
        command += [str(part) for option, value in given if value is not None for part in (option, value)]
        command += ["--allow-sdist"] if backend.module.allow_sdist else []
    if backend.name in options.baselines:
        command += ["--baseline", str(options.baselines[backend.name])]
    command += ["--profile", options.profile, "--runtime", options.runtime, "--out", RESULTS]
    column = column_name(backend.name) if backend.module else backend.name
    return Job(backend, column, options.profile, tuple(command))
