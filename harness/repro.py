"""A stand-alone script for a case: the suite writes its body, the backend's folder has its requirements."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

from harness.backends import Backend
from harness.errors import EnvironmentProblem, UsageError
from harness.paths import suite_root
from harness.text import one_line

_SECONDS = 120


def repro_script(case: str, backend: Backend) -> str:
    """The whole script, with how to run it in its head.

    Raises:
        UsageError: the suite has no such case.
        EnvironmentProblem: this interpreter lacks what the suite needs to be read, or the suite failed.
    """
    if importlib.util.find_spec("numpy") is None or importlib.util.find_spec("pytest") is None:
        raise EnvironmentProblem(
            "Writing a script needs NumPy and pytest beside the harness: "
            "pip install 'keras-backend-conformance[suite]'."
        )
    command = [sys.executable, "-m", "conformance", f"--repro={case}"]
    env = {
        **os.environ,
        "PYTHONPATH": str(suite_root()),
        "CONFORM_API": backend.api,
        "CONFORM_API_MODULE": backend.api_module,
    }
    try:
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise EnvironmentProblem(
            f"The suite took more than {_SECONDS} s to write the script: report this."
        ) from None
    if done.returncode == 2:
        raise UsageError(
            f"{one_line(done.stderr, 500) or f'There is no case {case!r}'}; copy the id from a report."
        )
    if done.returncode != 0:
        raise EnvironmentProblem(
            f"The suite could not write the script ({one_line(done.stderr[-300:])}): report this."
        )
    return "\n".join([*_head(case, backend), done.stdout])


def _head(case: str, backend: Backend) -> list[str]:
    requirements = [line for line in _requirements(backend) if "==" in line]
    variables = {**backend.env, "KERAS_BACKEND": backend.keras_backend}
    return [
        f"# Reproduces {case} on {backend.title}.",
        f"# Needs Python {backend.python} and:",
        *(f"#     {line}" for line in requirements),
        *_where(backend),
        "import os",
        "",
        *(f"os.environ.setdefault({name!r}, {value!r})" for name, value in variables.items()),
        *(line for entry in backend.preload for line in _preload(entry)),
        *(_STUBS.format(module=backend.module.name).splitlines() if backend.module else ()),
        "",
    ]


def _preload(entry: str) -> list[str]:
    module, _, function = entry.partition(":")
    return [f"import {module}", *([f"{module}.{function}()"] if function else [])]


def _where(backend: Backend) -> list[str]:
    if backend.module is None:
        return [f"# `conform env {backend.name}` prints an interpreter that has all of it."]
    own = [f"#     {line}" for line in backend.module.requirements.splitlines() if line.strip()]
    return [*own, f"# and {backend.module.name} importable: put its directory on PYTHONPATH."]


# In the script, so that it needs nothing of this project: the stubs of conformance/worker/stubs.py.
_STUBS = """
# Keras does not load a backend that lacks a name: missing names raise NotImplementedError instead.
import ast, importlib, importlib.util

backend = importlib.import_module({module!r})


def missing(name):
    def function(*args, **kwargs):
        raise NotImplementedError("K has no " + name)
    return function


keras = importlib.util.find_spec("keras").submodule_search_locations[0]
with open(os.path.join(keras, "backend", "__init__.py")) as stream:
    imports = [node for node in ast.parse(stream.read()).body if isinstance(node, ast.ImportFrom)]
names = [alias.name for node in imports for alias in node.names]
for name in names + ["placeholder", "variable", "function"]:
    if not hasattr(backend, name):
        setattr(backend, name, missing(name))
"""


def _requirements(backend: Backend) -> list[str]:
    lines = backend.requirements.read_text(encoding="utf-8").splitlines()
    stripped = (line.split("#")[0].split(" --hash")[0].rstrip(" \\") for line in lines)
    return [line for line in stripped if line and not line.startswith((" ", "-"))]
