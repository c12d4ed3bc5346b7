"""Questions to the suite about itself, in a small environment, so that the host needs no NumPy or pytest."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from harness.errors import EnvironmentProblem, UsageError
from harness.paths import suite_root
from harness.runtimes.base import Report
from harness.runtimes.environments import Making, digest, made, place, uv_missing
from harness.text import one_line

REQUIREMENTS = Path(__file__).parent / "suite-requirements.txt"
_SECONDS = 120
# Part of the key: raise it when the environment is made differently.
_RECIPE = b"suite 1"


def ask(question: str, told: Mapping[str, str], report: Report) -> str:
    """The answer of `python -m conformance` to a question such as `--explain=CASE`.

    `told` are the variables that name the API and the backend; `report` hears of the environment while it is
    made.

    Raises:
        UsageError: the suite cannot answer the question.
        EnvironmentProblem: the environment could not be made, or the suite could not be read in it.
    """
    # -P: files in the current directory are not taken for a part of the suite.
    command = [str(interpreter(report)), "-P", "-m", "conformance", question]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    env = {**kept, "LANG": "C.UTF-8", "PYTHONPATH": str(suite_root()), **told}
    try:
        done = subprocess.run(
            command,
            env=env,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EnvironmentProblem(
            f"The suite took more than {_SECONDS} s to answer: try again when this machine is less busy."
        ) from None
    except OSError as error:
        raise EnvironmentProblem(
            f"{command[0]} cannot be run ({error.strerror}): remove its environment: it is made again."
        ) from None
    if done.returncode == 2:
        raise UsageError(one_line(done.stderr, 1000))
    if done.returncode != 0:
        raise EnvironmentProblem(
            f"The suite could not be read ({one_line(done.stderr[-300:], 300)}): report this."
        )
    return done.stdout


def environment() -> Path:
    """The folder of the environment that reads the suite, whether it is made or not."""
    # Shared by all harnesses on the same Python, wherever each is installed.
    parts = [_RECIPE, sys.base_prefix.encode(), sys.version.encode(), REQUIREMENTS.read_bytes()]
    return place("suite", digest(parts))


def interpreter(report: Report) -> Path:
    """The Python that reads the suite; its environment is made when it is missing.

    Raises:
        EnvironmentProblem: uv or the package index cannot be reached, or the cache cannot be written to.
    """
    if problem := uv_missing():
        raise EnvironmentProblem(problem)
    return made("the suite", environment(), report, lambda making: _make(making, report))


def _make(making: Making, report: Report) -> str:
    report("making an environment that reads the suite, once")
    making.create(Path(sys.executable))
    making.install(
        "the installation of NumPy",
        ["--no-deps", "--require-hashes", "--no-build", "-r", str(REQUIREMENTS)],
        "connect to a package index once, or name one that can be reached with UV_DEFAULT_INDEX",
    )
    return f"{sys.executable} {sys.version.split()[0]}"
