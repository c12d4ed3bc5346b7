"""Runtime `venv`: a virtual environment per backend in the user's cache, made by uv, without root or daemon.

It keeps backends apart from each other and from this machine's configuration; it does not protect from their
code.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import uv

from harness.apis import find_api
from harness.backends import Backend
from harness.errors import EnvironmentProblem
from harness.module.requirements import constraints
from harness.module.source import files, write
from harness.paths import cache_root, suite_root
from harness.profiles import DEFAULT_PROFILE
from harness.runtimes.base import Environment, Report, SuiteRequest, suite_environment
from harness.runtimes.gpu import Gpu, choose
from harness.runtimes.interpreters import Interpreter, find_interpreter, how_to_get
from harness.runtimes.limits import process_limits
from harness.runtimes.localgpu import local_gpus, variables
from harness.runtimes.processes import SupervisedProcess, supervised

_READY = ".conform-ready"
# Part of the key: raise it when environments are made differently.
_RECIPE = b"1"


class VenvRuntime:
    """Virtual environments under `cache_root()/envs`, keyed by what they are made from."""

    name = "venv"

    def available(self) -> str | None:
        """None when uv is there."""
        try:
            uv.find_uv_bin()
        except FileNotFoundError:
            return "uv, which makes the environments, is not installed beside the harness: pip install uv."
        return None

    def problem(self, backend: Backend) -> str | None:
        """The reason why `backend` cannot be prepared here: its Python is missing. Else None."""
        return None if find_interpreter(backend.python) else f"{backend.title} {how_to_get(backend.python)}"

    def gpu(self, backend: Backend, index: int | None) -> Gpu:
        """The GPU of this machine that `backend` would run on."""
        return choose(backend, local_gpus(), index)

    def prepared(self, backend: Backend) -> bool:
        """Whether the environment is there and complete."""
        interpreter = find_interpreter(backend.python)
        return interpreter is not None and _ready(_folder(backend, _key(backend, interpreter)))

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
        folder = _folder(backend, key)
        if not _ready(folder):
            try:
                folder.parent.mkdir(parents=True, exist_ok=True)
                with _locked(folder.with_name(f"{folder.name}.lock"), report):
                    # Another harness may have made it while this one waited.
                    if not _ready(folder):
                        _make(backend, interpreter, folder, report)
            except OSError as error:
                raise EnvironmentProblem(
                    f"The environment of {backend.name} could not be made in {folder} ({error.strerror}): "
                    "make room there, or name another directory with XDG_CACHE_HOME."
                ) from None
        return Environment(backend, self.name, key, folder / "bin" / "python")

    @contextlib.contextmanager
    def run(self, environment: Environment, request: SuiteRequest) -> Iterator[SupervisedProcess]:
        """The suite, running with few variables, a private HOME and bounded resources; all go with it."""
        assert environment.python is not None
        with tempfile.TemporaryDirectory(prefix="conform-", ignore_cleanup_errors=True) as private:
            home = Path(private)
            environ = {
                "PATH": os.pathsep.join([str(environment.python.parent), os.environ.get("PATH", os.defpath)]),
                "PYTHONPATH": str(suite_root()),
                "LANG": "C.UTF-8",
                "HOME": private,
                "KERAS_HOME": str(home / "keras"),
                "TMPDIR": private,
                **suite_environment(environment.backend, request),
                **(variables(request.gpu) if request.gpu else {}),
            }
            if environment.backend.module:
                # A copy, so that the module cannot write to its author's files.
                write(files(environment.backend.module.root), home / "module")
                environ["CONFORM_PATH"] = str(home / "module")
            command = [str(environment.python), "-m", "conformance"]
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
    # prepare.py, and what it imports from beside itself.
    parts += [script.read_bytes() for script in sorted(backend.folder.glob("*.py"))]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _folder(backend: Backend, key: str) -> Path:
    # External modules with the same requirements share an environment.
    return cache_root() / "envs" / f"{backend.folder.name}-{key[:16]}"


def _ready(folder: Path) -> bool:
    # The interpreter is a link, whose target may have been uninstalled since.
    return (folder / _READY).is_file() and (folder / "bin" / "python").exists()


@contextlib.contextmanager
def _locked(path: Path, report: Report) -> Iterator[None]:
    with path.open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("waiting for another harness that is making this environment")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(backend: Backend, interpreter: Interpreter, folder: Path, report: Report) -> None:
    # An environment cannot be moved: it is made in place and marked when complete, else made anew.
    if folder.exists():
        shutil.rmtree(folder)
    python = str(folder / "bin" / "python")
    uv_bin = uv.find_uv_bin()
    log = cache_root() / "logs" / f"{folder.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_bytes(b"")

    report(f"making an environment with Python {interpreter.version}")
    create = [uv_bin, "venv", "--no-project", "--python", str(interpreter.path), str(folder)]
    _step("the environment", create, log, backend)
    report(f"installing the requirements of {backend.title}")
    install = [uv_bin, "pip", "install", "--python", python, "--no-deps", "-r", str(backend.requirements)]
    _step("the installation of its requirements", install, log, backend)
    if backend.module and backend.module.requirements:
        report("installing what the module needs")
        wanted, limits = folder / "module-requirements.txt", folder / "module-constraints.txt"
        wanted.write_text(backend.module.requirements, encoding="utf-8")
        limits.write_text(constraints(backend), encoding="utf-8")
        more = [uv_bin, "pip", "install", "--python", python, "-c", str(limits), "-r", str(wanted)]
        _step("the module's requirements", more, log, backend)
    if backend.prepare:
        report("running prepare.py")
        _step("prepare.py", [python, "-I", str(backend.prepare)], log, backend)
    report("importing it once")
    # Writes the bytecode of the used modules, in a third of the time that compiling all of them takes (uv
    # cannot for a Python this old). The suite says in the column of the backend whether the import succeeds.
    with tempfile.TemporaryDirectory(prefix="conform-") as private:
        own = {"HOME": private, "KERAS_HOME": private, "KERAS_BACKEND": backend.keras_backend}
        # Keras does not load without the external module; the slowest of its imports do.
        needed = find_api(backend.api).warm if backend.module else (backend.api_module,)
        used = ", ".join(("pytest", "xdist", *needed))
        _spawn([python, "-c", f"import {used}"], log, {**backend.env, **own})
    (folder / _READY).write_text(f"{interpreter.path} {interpreter.version}\n")


def _step(what: str, command: Sequence[str], log: Path, backend: Backend) -> None:
    status, output = _spawn(command, log)
    if status == 0:
        return
    last = (
        "; ".join(line.strip() for line in output.splitlines()[-3:] if line.strip())
        or f"exit status {status}"
    )
    raise EnvironmentProblem(
        f"Preparing {backend.name} failed at {what}: {last}; the whole output is in {log}."
    )


def _spawn(command: Sequence[str], log: Path, extra: Mapping[str, str] | None = None) -> tuple[int, str]:
    # The caller's environment is kept, for its index and certificates, but not the variables that would
    # redirect the new environment to another Python's packages.
    foreign = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "CONDA_PREFIX")
    env = {name: value for name, value in os.environ.items() if name not in foreign} | dict(extra or {})
    # Under the supervisor: an installation must not go on when the harness has been told to stop.
    lifeline, held = os.pipe()
    try:
        done = subprocess.run(
            [*supervised(), *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=lifeline,
            env=env,
            check=False,
        )
    except OSError as error:
        raise EnvironmentProblem(
            f"{command[0]} cannot be run ({error.strerror}): install it again."
        ) from None
    finally:
        os.close(lifeline)
        os.close(held)
    text = done.stdout.decode("utf-8", "replace")
    with log.open("a", encoding="utf-8") as file:
        file.write(f"$ {' '.join(command)}\n{text}")
    return done.returncode, text
