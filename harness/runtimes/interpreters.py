"""The Python interpreter of the version that a backend needs, or how to get it."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import uv

_SECONDS = 20
_ASK = "import sys; print('%d.%d.%d' % sys.version_info[:3]); print(sys.executable)"


@dataclass(frozen=True)
class Interpreter:
    """A Python interpreter that was run and answered; `version` is the full version (3.6.15)."""

    path: Path
    version: str


@functools.cache
def find_interpreter(version: str) -> Interpreter | None:
    """The first Python `version` (3.6) on PATH, in pyenv or known to uv; None without such a Python."""
    for candidate in _candidates(version):
        found = _ask(candidate)
        if found and (found.version == version or found.version.startswith(f"{version}.")):
            return found
    return None


def how_to_get(version: str) -> str:
    """The end of a sentence about a Python that is missing."""
    return (
        f"needs Python {version}, which was not found on PATH, in pyenv or by uv: install it "
        f"(`pyenv install {version}`), or start a Docker daemon and use --runtime docker."
    )


def _candidates(version: str) -> Iterator[Path]:
    if on_path := shutil.which(f"python{version}"):
        yield Path(on_path)
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    installed = root.glob(f"versions/{version}*/bin/python")
    yield from sorted(installed, key=lambda path: _numbers(path.parts[-3]), reverse=True)
    try:
        command = [
            uv.find_uv_bin(),
            "python",
            "find",
            "--no-project",
            "--system",
            "--no-python-downloads",
            version,
        ]
        found = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return
    if found.returncode == 0:
        yield Path(found.stdout.strip())


def _numbers(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name)]


def _ask(candidate: Path) -> Interpreter | None:
    # pyenv's shims on PATH fail for a version that was not chosen: only an interpreter that answers counts.
    try:
        answer = subprocess.run(
            [candidate, "-I", "-c", _ASK], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if answer.returncode != 0:
        return None
    version, executable = answer.stdout.splitlines()[:2]
    return Interpreter(Path(executable), version)
