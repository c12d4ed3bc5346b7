"""The judge's own environment: what is in it, and a virtual one for runs on this machine.

It has pytest, pytest-xdist, NumPy and what an API's oracles need beside, and nothing of a backend: what a
backend's requirements install cannot reach the judge.
"""

from __future__ import annotations

from pathlib import Path

from harness.backends import Backend
from harness.errors import UsageError
from harness.paths import backends_root, suite_root
from harness.runtimes.base import Report
from harness.runtimes.environments import Making, digest, made, place, ready
from harness.runtimes.interpreters import Interpreter

# Part of the key: raise it when environments are made differently.
_RECIPE = b"judge 1"


def locks(api: str, python: str) -> dict[str, bytes]:
    """The files with the hashed requirements of a judge, in the order of their installation, by their path in
    the repository: those of every judge on this Python, then what `api` has beside. A file serves the Python
    in its name and newer ones, up to that of the next file.

    Raises:
        UsageError: there is none for this Python.
    """
    common = _newest("conformance/judge/requirements/python", python)
    own = _newest(f"conformance/apis/{api}/judge-python", python)
    if common is None:
        raise UsageError(
            f"No judge runs on Python {python}: add conformance/judge/requirements/python{python}.txt, "
            "with hashes."
        )
    return {name: (suite_root() / name).read_bytes() for name in (common, own) if name}


def _newest(beginning: str, python: str) -> str | None:
    found = {
        _numbers(path.stem.rpartition("python")[2]): path.relative_to(suite_root()).as_posix()
        for path in suite_root().glob(f"{beginning}*.txt")
    }
    return found.get(max((version for version in found if version <= _numbers(python)), default=()))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def installers(python: str) -> dict[str, bytes]:
    """The file with the hashed releases of pip and its company that an image of this Python installs with, by
    its path in the repository; empty where the Python brings ones that will do.
    """
    path = backends_root() / f"installers-python{python}.txt"
    return {f"dockerfiles/{path.name}": path.read_bytes()} if path.is_file() else {}


def judge_key(backend: Backend, interpreter: Interpreter) -> str:
    """The key of the environment that judges `backend` with this interpreter."""
    read = [content for _, content in sorted(locks(backend.api, backend.python).items())]
    return digest([_RECIPE, str(interpreter.path).encode(), interpreter.version.encode(), *read])


def judge_folder(key: str) -> Path:
    """The folder of the judge's environment with that key."""
    return place("judge", key)


def judge_ready(key: str) -> bool:
    """Whether it is there and complete."""
    return ready(judge_folder(key))


def make_judge(backend: Backend, interpreter: Interpreter, report: Report) -> Path:
    """The interpreter of the judge's environment, which is made unless it is there.

    Raises:
        EnvironmentProblem: it could not be made.
    """

    def make(making: Making) -> str:
        report(f"making the judge's environment with Python {interpreter.version}")
        making.create(interpreter.path)
        for name in locks(backend.api, backend.python):
            making.install(
                "the installation of pytest and NumPy",
                ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(suite_root() / name)],
            )
        python = str(making.folder / "bin" / "python")
        making.spawn([python, "-I", "-c", "import numpy, pytest, xdist.plugin"])
        return f"{interpreter.path} {interpreter.version}"

    return made("the judge", judge_folder(judge_key(backend, interpreter)), report, make)
