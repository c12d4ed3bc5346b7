"""How a backend is isolated and run: `docker`, or `venv` where no Docker daemon answers.

A runtime prepares an `Environment` for a backend and runs the suite in it. It knows nothing about verdicts:
it hands on the suite's standard output, line by line, and a sentence when the suite did not end by itself. A
new runtime is a new entry of the table below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.errors import EnvironmentProblem, UsageError
from harness.runtimes.base import Environment, Report, Runtime, SuiteOutput, SuiteRequest
from harness.runtimes.limits import too_few_files

__all__ = [
    "RUNTIMES",
    "Environment",
    "Report",
    "Runtime",
    "SuiteOutput",
    "SuiteRequest",
    "choose",
    "every_runtime",
]

AUTO = "auto"


@dataclass(frozen=True)
class _Registration:
    """A runtime. `make` imports it when it is asked for.

    With `auto` the runtime is tried when the user names no runtime. `because` is the reason why it is taken
    then, and `caveat` is a warning to the user; both continue a sentence.
    """

    make: Callable[[], Runtime]
    auto: bool = False
    because: str | None = None
    caveat: str | None = None


# Imported when asked for: the Docker SDK alone costs a quarter of a second.
def _docker() -> Runtime:
    from harness.runtimes.docker import DockerRuntime

    return DockerRuntime()


def _venv() -> Runtime:
    from harness.runtimes.venv import VenvRuntime

    return VenvRuntime()


# In the order in which `auto` tries them.
_REGISTERED = {
    "docker": _Registration(_docker, auto=True, because="a Docker daemon answers"),
    "venv": _Registration(_venv, auto=True, caveat="does not isolate the backend from this machine"),
}

RUNTIMES = (AUTO, *_REGISTERED)


def choose(name: str = AUTO) -> tuple[Runtime, str]:
    """The runtime called `name`, and a sentence that says which runtime it is and why.

    `auto` takes the first runtime that can be used here.

    Raises:
        UsageError: the name is unknown.
        EnvironmentProblem: the runtime cannot be used here; with `auto`, no runtime can.
    """
    if name not in RUNTIMES:
        raise UsageError(f"Unknown runtime {name!r}: choose one of {', '.join(RUNTIMES)}.")
    if problem := too_few_files():
        raise EnvironmentProblem(problem)
    if name != AUTO:
        runtime = _REGISTERED[name].make()
        if reason := runtime.available():
            raise EnvironmentProblem(reason.removesuffix(".") + _instead_of(name))
        caveat = _REGISTERED[name].caveat
        return runtime, f"Runtime {name}, as asked{f': it {caveat}' if caveat else ''}."
    refused: dict[str, str] = {}
    for candidate, registered in _REGISTERED.items():
        if registered.auto:
            runtime = registered.make()
            reason = runtime.available()
            if reason is None:
                return runtime, _why(candidate, registered, list(refused.values()))
            refused[candidate] = reason
    *others, (_, last) = refused.items()
    also = "".join(f" (Runtime {other} cannot be used either: {reason})" for other, reason in others)
    raise EnvironmentProblem(f"{last}{also}")


def every_runtime() -> dict[str, Runtime]:
    """Every runtime by its name, whether it can be used here or not."""
    return {name: registered.make() for name, registered in _REGISTERED.items()}


def _why(name: str, registered: _Registration, refused: Sequence[str]) -> str:
    which = f", which {registered.caveat}" if registered.caveat else ""
    if not refused:
        return f"Runtime {name}{which}{f', because {registered.because}' if registered.because else ''}."
    # A reason is a sentence of its own, and says what helps.
    return " ".join([f"Runtime {name}{which}.", *refused])


def _instead_of(name: str) -> str:
    """The end of a sentence about a runtime that cannot be used: a runtime that can, if there is any."""
    for other, registered in _REGISTERED.items():
        if other != name and registered.auto and registered.make().available() is None:
            return f", or use --runtime {other}."
    return "."
