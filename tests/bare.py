"""A machine as a newcomer has it: the system's own programs, one Python, and nothing of this project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import uv

from harness.paths import cache_root
from tests import ROOT

# What a developer's shell brings and a newcomer's does not.
_FOREIGN = (
    "PYTHON",
    "VIRTUAL_ENV",
    "CONDA",
    "CONFORM_",
    "KERAS_",
    "UV_",
    "PIPX_",
    "MAKE",
    "MFLAGS",
    "COLUMNS",
)
# Where packages come from is a matter of the machine.
_KEPT = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_NATIVE_TLS", "UV_CACHE_DIR")


@dataclass(frozen=True)
class Machine:
    """A home of its own; environments of backends and downloads come from the cache of this user, so that
    nothing is built twice."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def bin(self) -> Path:
        """What is on PATH before the system's programs."""
        return self.folder / "bin"

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in _KEPT or not name.startswith(_FOREIGN)
        }
        pyenv = os.environ.get("PYENV_ROOT") or str(Path.home() / ".pyenv")
        return {
            **kept,
            "HOME": str(self.folder),
            "PATH": os.pathsep.join([str(self.bin), "/usr/local/bin", "/usr/bin", "/bin"]),
            "PYENV_ROOT": pyenv,
            "XDG_CACHE_HOME": str(cache_root().parent),
            # Without a daemon a backend runs in a virtual environment.
            "DOCKER_HOST": f"unix://{self.folder}/none",
            **self.variables,
        }

    def run(self, *command: object, cwd: Path, seconds: float = 300, **more: str):
        """Runs a command and returns how it ended, with its output as text."""
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            timeout=seconds,
        )

    def sh(self, script: str, cwd: Path, seconds: float = 300, **more: str):
        """Runs a script as CI services do: it ends at the first command that fails."""
        return self.run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, cwd=cwd, **more)


def machine(folder: Path, **variables: str) -> Machine:
    """A bare machine that lives in `folder`, with `python3` and `uv` on its PATH."""
    made = Machine(folder, variables)
    made.bin.mkdir(parents=True)
    (made.bin / "python3").symlink_to(Path(getattr(sys, "_base_executable", sys.executable)))
    (made.bin / "uv").symlink_to(uv.find_uv_bin())
    return made


def origin(folder: Path) -> dict[str, str]:
    """The variables with which git takes this repository, as it is now, for the one that our pages name.

    The pages write OWNER for an account and COMMIT for a commit: COMMIT is a tag of it.
    """
    made = checkout(folder / "keras-backend-conformance")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "as it is"], ["tag", "COMMIT"]):
        subprocess.run([*git, *command], cwd=made, check=True, capture_output=True)
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.file://{folder}/.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/OWNER/",
        # uv would ask GitHub itself for the commit, and not git.
        "UV_NO_GITHUB_FAST_PATH": "1",
    }


def checkout(folder: Path) -> Path:
    """A clone of this repository in `folder`: every file that git has or would take, as it is now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def installed(folder: Path) -> Machine:
    """A bare machine on which `conform` was installed as docs/install.md says, from this repository."""
    made = machine(folder / "machine", **origin(folder / "origin"))
    address = "git+https://github.com/OWNER/keras-backend-conformance@COMMIT"
    done = made.run("uv", "tool", "install", address, cwd=folder)
    assert done.returncode == 0, done.stderr
    (made.bin / "conform").symlink_to(made.folder / ".local" / "bin" / "conform")
    return made
