"""A stand-alone script for a case: the suite writes it, the backend's folder has its requirements."""

from __future__ import annotations

from harness.backends import Backend
from harness.pins import installed
from harness.reader import ask
from harness.releases import release_options
from harness.runtimes.base import Report, constant_environment


def repro_script(case: str, backend: Backend, report: Report) -> str:
    """The script, with its requirements on top. `report` hears of an environment that is made first.

    Raises:
        UsageError: the suite has no such case.
        EnvironmentProblem: the suite could not be read.
    """
    body = ask(f"--repro={case}", constant_environment(backend), report)
    return "\n".join([*_head(case, backend), body])


def _head(case: str, backend: Backend) -> list[str]:
    # The variables for the suite mean nothing to a script without the suite.
    variables = {name: value for name, value in backend.env.items() if not name.startswith("CONFORM_")}
    pins = installed(backend)
    return [
        f"# Reproduces {case} on {backend.title}.",
        f"# Needs Python {backend.python} and:",
        *(f"#     {name}=={version}" for name, version in pins.items()),
        *_where(backend),
        "import os",
        "",
        *(f"os.environ.setdefault({name!r}, {value!r})" for name, value in variables.items()),
        *([""] if variables else []),
    ]


def _where(backend: Backend) -> list[str]:
    if backend.module is None and backend.release is None:
        return [f"# `conform env {backend.name}` prints an interpreter that has all of it."]
    if backend.module is None:
        command = " ".join(["conform", "env", backend.name, *release_options(backend), "--json"])
        return [f"# `{command}` says which interpreter has all of it with which PYTHONPATH."]
    own = [f"#     {line}" for line in backend.module.requirements.splitlines() if line.strip()]
    return [*own, f"# and {backend.module.name} importable: put its directory on PYTHONPATH."]
