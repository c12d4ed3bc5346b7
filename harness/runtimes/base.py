"""The types that all runtimes share: Runtime, Environment, SuiteRequest, SuiteOutput."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from harness.backends import Backend
from harness.profiles import DEFAULT_PROFILE
from harness.runtimes.gpu import Gpu

Report = Callable[[str], None]
"""Takes a line about the preparation. An exception that it raises ends the preparation."""


@dataclass(frozen=True)
class Environment:
    """A backend that is ready to run: an image or a virtual environment.

    `identity` is the image's id or the environment's hash, `python` the interpreter where it is on this
    machine and `judge` that of the judge, None where they are the same. `front_end` is a directory with
    another release of the front end. `contents` is a digest of the files that were there, where there is a
    list of them; an image's id is one by itself.
    """

    backend: Backend
    runtime: str
    identity: str
    python: Path | None = None
    judge: Path | None = None
    front_end: Path | None = None
    contents: str | None = None


@dataclass(frozen=True)
class SuiteRequest:
    """The run that a runtime is asked for. The timeouts are in seconds.

    `start` is merged into the journal's start record; `only` names the cases to run, None for all that
    profile and `select` choose; `gpu` is the GPU that the column runs on, None for a CPU backend.
    """

    profile: str
    select: str | None
    jobs: int
    case_timeout: float | None
    start: Mapping[str, object]
    stderr_log: Path
    start_timeout: float | None = None
    gpu: Gpu | None = None
    only: Sequence[str] | None = None


class SuiteOutput(Protocol):
    """The suite while it runs: iterate over it for the raw lines of its standard output."""

    def __iter__(self) -> Iterator[bytes]: ...

    def __next__(self) -> bytes: ...

    def stop(self) -> None:
        """Ends the suite at once, from any thread; the iteration then ends by itself."""

    @property
    def ending(self) -> str | None:
        """After the last line: a sentence when the suite did not end by itself (it was killed), else None.

        Raises:
            EnvironmentProblem: the suite was ended by what it ran on (the Docker daemon went away).
        """

    @property
    def status(self) -> int:
        """The exit status of the suite, once `ending` is None; 128 and more for a signal."""


class Runtime(Protocol):
    """A way to isolate and run backends."""

    name: str

    def available(self) -> str | None:
        """None when this runtime can be used here, else the reason and the remedy in a sentence."""

    def problem(self, backend: Backend) -> str | None:
        """The reason why this backend cannot be prepared here (its Python is missing), or None."""

    def gpu(self, backend: Backend, index: int | None) -> Gpu:
        """The GPU that a GPU backend would run on: number `index`, or the first that it supports.

        Raises:
            EnvironmentProblem: without such a GPU; it begins with "no GPU" or "unsupported hardware".
        """

    def prepared(self, backend: Backend) -> bool:
        """Whether the environment is ready, so that `prepare` makes nothing."""

    def prepare(self, backend: Backend, report: Report, profile: str = DEFAULT_PROFILE) -> Environment:
        """The environment of `backend`, ready to run `profile`; its missing parts are made.

        Raises:
            EnvironmentProblem: something could not be made; the sentence has the step and the log's path.
        """

    def run(self, environment: Environment, request: SuiteRequest) -> AbstractContextManager[SuiteOutput]:
        """The suite, running; when the context is left, everything that it started is gone.

        Raises:
            EnvironmentProblem: the suite could not be started.
        """


def constant_environment(backend: Backend) -> dict[str, str]:
    """What the suite is told and no run changes. An image states it too, so that it can be run by hand."""
    told = {
        "KERAS_BACKEND": backend.keras_backend,
        "CONFORM_API": backend.api,
        "CONFORM_API_MODULE": backend.api_module,
        "CONFORM_PRELOAD": ",".join(backend.preload),
        "CONFORM_DEVICE": backend.device if backend.device != "cpu" else None,
        "CONFORM_MODULE": backend.module.name if backend.module else None,
    }
    return {**backend.env, **{name: value for name, value in told.items() if value}}


def suite_environment(backend: Backend, request: SuiteRequest) -> dict[str, str]:
    """All that the suite is told, the same in every runtime. Only conformance/settings.py reads it."""
    told = {
        "CONFORM_PROFILE": request.profile,
        "CONFORM_SELECT": request.select,
        "CONFORM_JOBS": str(request.jobs) if request.jobs > 1 else None,
        "CONFORM_CASE_TIMEOUT": _seconds(request.case_timeout),
        "CONFORM_START_TIMEOUT": _seconds(request.start_timeout),
        "CONFORM_ONLY": None if request.only is None else _packed(request.only),
        "CONFORM_START": json.dumps(dict(request.start)),
    }
    return {**constant_environment(backend), **{name: value for name, value in told.items() if value}}


def _seconds(limit: float | None) -> str | None:
    return None if limit is None else f"{limit:g}"


def _packed(ids: Sequence[str]) -> str:
    return base64.b64encode(zlib.compress("\n".join(ids).encode(), 9)).decode()
