"""Front ends of other releases: folders in the cache that hold a front end alone.

Such a folder is put first on the worker's path: one environment with the engine serves all releases.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import uv

from harness.backends import Backend
from harness.errors import UsageError
from harness.runtimes.base import Report
from harness.runtimes.environments import Making, digest, installing_environment, kept, place

_RECIPE = b"1"
_MOST = 200
"""Releases that are listed at most."""


def front_end(backend: Backend, report: Report, python: Path | None = None) -> Path | None:
    """The folder of the release that `backend` asks for, made unless it is there; None for its own.

    `python` is the interpreter that will import it: its bytecode is written ahead.

    Raises:
        EnvironmentProblem: the release cannot be installed.
    """
    if backend.release is None:
        return None
    wanted = f"{backend.front_end}=={backend.release}"
    parts = [_RECIPE, wanted.encode(), backend.python.encode(), str(python or "").encode()]
    folder = place(backend.front_end, digest(parts))

    def make(making: Making) -> str:
        report(f"installing {wanted}")
        options = ["--quiet", "--no-deps", "--target", str(folder), "--python-version", backend.python]
        install = [uv.find_uv_bin(), "pip", "install", "--python", sys.executable, *options, wanted]
        making.step(f"the front end {wanted}", install)
        if python is not None:
            # A file that this Python cannot compile is one that it never imports.
            making.spawn([str(python), "-I", "-m", "compileall", "-q", str(folder)])
        return wanted

    kept(wanted, folder, report, make)
    return folder


def published(distribution: str, bounds: str, python: str) -> list[str]:
    """The releases of a distribution within `bounds` for a version of Python, oldest first.

    uv resolves one after the other, newest first: so every index that uv is set up for serves.

    Raises:
        UsageError: the index cannot be asked.
    """
    found: list[str] = []
    asked = bounds
    while len(found) < _MOST:
        done = subprocess.run(
            [
                *(uv.find_uv_bin(), "pip", "compile", "--quiet", "--no-deps", "--no-header", "--no-annotate"),
                *("--python", sys.executable, "--python-version", python, "-"),
            ],
            input=f"{distribution}{asked}\n",
            capture_output=True,
            text=True,
            check=False,
            env=installing_environment(os.environ),
        )
        if done.returncode != 0:
            if found or "unsatisfiable" in done.stderr or "incompatible" in done.stderr:
                break
            said = " ".join(done.stderr.split())[-300:]
            raise UsageError(
                f"The releases of {distribution} cannot be listed ({said}): name them, with commas between."
            )
        version = done.stdout.strip().partition("==")[2]
        found.append(version)
        asked = f"{bounds},<{version}"
    return found[::-1]
