"""Runtime `venv`: a virtual environment per backend in the user's cache, made by uv, without root or daemon.

It keeps backends apart from each other and from this machine's configuration; it does not protect from their
code.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from harness.apis import find_api
from harness.backends import Backend, ModuleSource
from harness.errors import EnvironmentProblem
from harness.module.requirements import NO_WHEEL, OVERRIDES, constraints, replaced, unpinned
from harness.module.source import files, write
from harness.paths import suite_root
from harness.profiles import DEFAULT_PROFILE
from harness.runtimes.base import Environment, Report, SuiteRequest, suite_environment
from harness.runtimes.environments import (
    COMPILED,
    Making,
    check_unchanged,
    digest,
    made,
    place,
    python_of,
    ready,
    uv_missing,
)
from harness.runtimes.frontends import front_end
from harness.runtimes.gpu import Gpu, choose
from harness.runtimes.interpreters import Interpreter, find_interpreter, how_to_get
from harness.runtimes.judges import judge_key, judge_ready, make_judge
from harness.runtimes.limits import process_limits
from harness.runtimes.localgpu import local_gpus, variables
from harness.runtimes.manifest import contents
from harness.runtimes.processes import SupervisedProcess
from harness.suite import check_suite

# Part of the key: raise it when environments are made differently.
_RECIPE = b"1"


class VenvRuntime:
    """Virtual environments under `cache_root()/envs`, keyed by what they are made from."""

    name = "venv"

    def available(self) -> str | None:
        """None when uv is there."""
        return uv_missing()

    def problem(self, backend: Backend) -> str | None:
        """The reason why `backend` cannot be prepared here: its Python is missing. Else None."""
        return None if find_interpreter(backend.python) else f"{backend.title} {how_to_get(backend.python)}"

    def gpu(self, backend: Backend, index: int | None) -> Gpu:
        """The GPU of this machine that `backend` would run on."""
        return choose(backend, local_gpus(), index)

    def prepared(self, backend: Backend) -> bool:
        """Whether the environment is there and complete."""
        interpreter = find_interpreter(backend.python)
        return (
            interpreter is not None
            and ready(_folder(backend, _key(backend, interpreter)))
            and judge_ready(judge_key(backend, interpreter))
        )

    def prepare(self, backend: Backend, report: Report, profile: str = DEFAULT_PROFILE) -> Environment:  # noqa: ARG002
        """The environment, made unless it is there, the same for every profile.

        When another harness is making it, this one waits.

        Raises:
            EnvironmentProblem: its Python is missing, a requirement does not install, or prepare.py fails.
        """
        interpreter = find_interpreter(backend.python)
        if interpreter is None:
            raise EnvironmentProblem(f"{backend.title} {how_to_get(backend.python)}")
        key = _key(backend, interpreter)
        python = made(
            backend.name,
            _folder(backend, key),
            report,
            lambda making: _make(backend, interpreter, making, report),
        )
        judge = make_judge(backend, interpreter, report)
        release = front_end(backend, report, python)
        parts = [key, judge_key(backend, interpreter)]
        found = contents(_folder(backend, key))
        if release is not None:
            parts += [release.name]
            found = digest([str(found).encode(), str(contents(release)).encode()])
        identity = digest(part.encode() for part in parts)
        return Environment(backend, self.name, identity, python, judge, release, found)

    def _check(self, environment: Environment) -> None:
        """Whether all that takes part in a run is as it was made.

        Raises:
            EnvironmentProblem: something was changed since.
        """
        check_suite(environment.backend.api)
        parts = ((environment.backend.title, environment.python), ("the judge", environment.judge))
        for title, python in parts:
            # Without a judge of its own the interpreter is somebody else's, who may change it.
            if environment.judge is not None and python is not None:
                check_unchanged(title, python.parent.parent)
        if environment.front_end is not None:
            check_unchanged(environment.backend.title, environment.front_end)

    @contextlib.contextmanager
    def run(self, environment: Environment, request: SuiteRequest) -> Iterator[SupervisedProcess]:
        """The suite, running with few variables, a private HOME and bounded resources; all go with it.

        Raises:
            EnvironmentProblem: the suite or an environment was changed since it was made.
        """
        assert environment.python is not None
        self._check(environment)
        with tempfile.TemporaryDirectory(prefix="conform-", ignore_cleanup_errors=True) as private:
            home = Path(private)
            environ = {
                "PATH": os.pathsep.join([str(environment.python.parent), os.environ.get("PATH", os.defpath)]),
                "PYTHONPATH": str(suite_root()),
                "LANG": "C.UTF-8",
                "HOME": private,
                "KERAS_HOME": str(home / "keras"),
                "TMPDIR": private,
                "CONFORM_WRITABLE": str(environment.python.parent.parent / COMPILED),
                **suite_environment(environment.backend, request),
                **(variables(request.gpu) if request.gpu else {}),
            }
            if environment.judge is not None and environment.backend.module is None:
                (environment.python.parent.parent / COMPILED).mkdir(exist_ok=True)
            if environment.backend.module:
                # A copy, so that the module cannot write to its author's files.
                write(files(environment.backend.module.root), home / "module")
                environ["CONFORM_PATH"] = str(home / "module")
            if environment.front_end:
                environ["CONFORM_FRONT_END"] = str(environment.front_end)
            judge = environment.python
            if environment.judge is not None:
                judge = environment.judge
                environ["CONFORM_WORKER"] = str(environment.python)
            # -I: what is in the current directory or on PYTHONPATH is no part of the judge.
            command = [str(judge), "-I", str(suite_root() / "conformance" / "__main__.py")]
            limits = process_limits(environment.backend.docker)
            process = SupervisedProcess(command, environ, home, request.stderr_log, limits)
            with contextlib.closing(process):
                yield process


def _key(backend: Backend, interpreter: Interpreter) -> str:
    parts = [
        _RECIPE,
        str(interpreter.path).encode(),
        interpreter.version.encode(),
        backend.requirements.read_bytes(),
    ]
    if backend.module and backend.module.requirements:
        parts += [backend.module.requirements.encode(), constraints(backend).encode()]
        # What is installed for a module is no other module's.
        parts += [str(backend.module.root).encode(), backend.module.name.encode()]
        parts += [b"sdist"] if backend.module.allow_sdist else []
    # prepare.py, and what it imports from beside itself.
    parts += [script.read_bytes() for script in sorted(backend.source.glob("*.py"))]
    return digest(parts)


def _folder(backend: Backend, key: str) -> Path:
    # External modules without requirements share an environment, to which they cannot add anything.
    return place(backend.source.name, key)


def _make(backend: Backend, interpreter: Interpreter, making: Making, report: Report) -> str:
    python = str(python_of(making.folder))
    report(f"making an environment with Python {interpreter.version}")
    making.create(interpreter.path)
    report(f"installing the requirements of {backend.title}")
    making.install("the installation of its requirements", ["--no-deps", "-r", str(backend.requirements)])
    if backend.prepare:
        report("running prepare.py")
        making.step("prepare.py", [python, "-I", str(backend.prepare)])
    report("importing it once")
    # Writes the bytecode of the used modules, in a third of the time that compiling all of them takes (uv
    # cannot for a Python this old). The suite says in the column of the backend whether the import succeeds.
    with tempfile.TemporaryDirectory(prefix="conform-") as private:
        own = {"HOME": private, "KERAS_HOME": private, "KERAS_BACKEND": backend.keras_backend}
        # Keras does not load without the external module; the slowest of its imports do.
        needed = find_api(backend.api).warm if backend.module else (backend.api_module,)
        used = ", ".join(("pytest", "xdist", *needed))
        making.spawn([python, "-c", f"import {used}"], {**backend.env, **own})
    # Last: from then on an interpreter of this environment may run a stranger's code when it starts.
    if backend.module and backend.module.requirements:
        _install_for_module(backend, backend.module, making, report)
    return f"{interpreter.path} {interpreter.version}"


def _install_for_module(backend: Backend, module: ModuleSource, making: Making, report: Report) -> None:
    wanted, limits = making.folder / "module-requirements.txt", making.folder / "module-constraints.txt"
    wanted.write_text(module.requirements, encoding="utf-8")
    limits.write_text(constraints(backend), encoding="utf-8")
    report(f"installing what the module needs{unpinned(module.requirements)}")
    files = ["-c", str(limits), "-r", str(wanted)]
    if replaced(backend):
        overrides = making.folder / "module-overrides.txt"
        overrides.write_text(OVERRIDES, encoding="utf-8")
        files += ["--override", str(overrides)]
    if module.allow_sdist:
        making.install_building("the module's requirements", files)
        return
    making.install("the module's requirements", ["--only-binary", ":all:", *files], NO_WHEEL)
