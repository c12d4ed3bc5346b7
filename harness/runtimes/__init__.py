"""How a backend is isolated and run: `docker`, or `venv` where no Docker daemon answers.

A runtime prepares an `Environment` for a backend and runs the suite in it. It knows nothing about verdicts:
it hands on the suite's standard output, line by line, and a sentence when the suite did not end by itself.
"""

from __future__ import annotations

from harness.errors import EnvironmentProblem, UsageError
from harness.runtimes.base import Environment, Report, Runtime, SuiteOutput, SuiteRequest

__all__ = ["RUNTIMES", "Environment", "Report", "Runtime", "SuiteOutput", "SuiteRequest", "choose"]

RUNTIMES = ("auto", "docker", "venv")


def choose(name: str = "auto") -> tuple[Runtime, str]:
    """The runtime called `name`, and a sentence that says which runtime it is and why.

    `auto` takes docker when a daemon answers, else venv.

    Raises:
        UsageError: the name is unknown.
        EnvironmentProblem: docker was asked for and no daemon answers, or uv is missing for venv.
    """
    if name not in RUNTIMES:
        raise UsageError(f"Unknown runtime {name!r}: choose one of {', '.join(RUNTIMES)}.")
    if name == "venv":
        venv = _venv()
        if reason := venv.available():
            raise EnvironmentProblem(reason)
        return venv, "Runtime venv, as asked: it does not isolate the backend from this machine."
    docker = _docker()
    reason = docker.available()
    if reason is None:
        where = "as asked" if name == "docker" else "because a Docker daemon answers"
        return docker, f"Runtime docker, {where}."
    if name == "docker":
        raise EnvironmentProblem(reason)
    venv = _venv()
    if problem := venv.available():
        raise EnvironmentProblem(f"{problem} (Runtime docker cannot be used either: {reason})")
    return (
        venv,
        "Runtime venv, which does not isolate the backend from this machine, "
        f"because no Docker daemon answers: {reason}",
    )


# Imported when asked for: the Docker SDK alone costs a quarter of a second.
def _docker() -> Runtime:
    from harness.runtimes.docker import DockerRuntime

    return DockerRuntime()


def _venv() -> Runtime:
    from harness.runtimes.venv import VenvRuntime

    return VenvRuntime()
