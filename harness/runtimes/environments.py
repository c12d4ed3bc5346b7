"""Virtual environments in the user's cache, made in place by uv, by a single harness at a time."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import uv

from harness.errors import EnvironmentProblem
from harness.paths import cache_root
from harness.runtimes import manifest
from harness.runtimes.base import Report
from harness.runtimes.processes import supervised

_READY = ".conform-ready"

COMPILED = "compiled"
"""The only folder of an environment that a run may write to: a backend that compiles keeps its work there."""

# What an installation may know of this machine: where things are, and how an index is reached. Tokens and the
# like are not for what is installed.
_KEPT = {
    *("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TMP", "TEMP", "SYSTEMROOT"),
    *("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_HOME", "PYENV_ROOT", "NETRC"),
    *("CC", "CXX", "CFLAGS", "CXXFLAGS", "LDFLAGS", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("http_proxy", "https_proxy", "all_proxy", "no_proxy"),
}
_KEPT_BEGINNINGS = ("UV_", "CONFORM_", "LIBGPUARRAY")
_NEVER = ("UV_PUBLISH_",)
# What is left of them where a package is built from source.
_BUILDING = {
    *(
        "PATH",
        "LANG",
        "LC_ALL",
        "CC",
        "CXX",
        "CFLAGS",
        "CXXFLAGS",
        "LDFLAGS",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
    ),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("http_proxy", "https_proxy", "all_proxy", "no_proxy"),
    *("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS"),
    *("UV_NATIVE_TLS", "UV_SYSTEM_CERTS", "UV_INSECURE_HOST", "UV_HTTP_TIMEOUT"),
}


def digest(parts: Iterable[bytes]) -> str:
    """The key of an environment that is made from these parts."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


def place(name: str, key: str) -> Path:
    """The folder of the environment called `name` with that key."""
    return cache_root() / "envs" / f"{name}-{key[:16]}"


def python_of(folder: Path) -> Path:
    """The environment's interpreter."""
    return folder / "bin" / "python"


def ready(folder: Path) -> bool:
    """Whether the environment is there and complete."""
    # The interpreter is a link, whose target may have been uninstalled since.
    return complete(folder) and python_of(folder).exists()


def complete(folder: Path) -> bool:
    """Whether the folder, which need not be an environment, was made to its end."""
    return (folder / _READY).is_file() and (folder / manifest.NAME).is_file()


def check_unchanged(title: str, folder: Path) -> None:
    """Compares the environment of `title` with what it was when it was made.

    Raises:
        EnvironmentProblem: it was changed since; the next preparation makes it anew.
    """
    if change := manifest.changes(folder, [COMPILED, _READY]):
        (folder / _READY).unlink(missing_ok=True)
        raise EnvironmentProblem(
            f"The environment of {title} was changed since it was made ({change} in {folder}): "
            "run again, and it is made anew."
        )


def uv_missing() -> str | None:
    """None when uv is there, else a sentence that says how to get it."""
    try:
        uv.find_uv_bin()
    except FileNotFoundError:
        return "uv, which makes the environments, is not installed beside the harness: pip install uv."
    return None


@dataclass(frozen=True)
class Making:
    """An environment while it is made. `title` names it in errors; all output goes to `log`."""

    title: str
    folder: Path
    log: Path

    def create(self, interpreter: Path) -> None:
        """Makes the environment itself, with nothing in it.

        Raises:
            EnvironmentProblem: uv failed.
        """
        create = [uv.find_uv_bin(), "venv", "--no-project", "--python", str(interpreter), str(self.folder)]
        self.step("the environment", create)

    def install(self, what: str, arguments: Sequence[str], remedy: str = "") -> None:
        """Installs with these arguments of `uv pip install`; `what` names the step in an error.

        Raises:
            EnvironmentProblem: uv failed.
        """
        install = [uv.find_uv_bin(), "pip", "install", "--python", str(python_of(self.folder)), *arguments]
        self.step(what, install, remedy)

    def install_building(self, what: str, arguments: Sequence[str]) -> None:
        """Installs as `install` does, from source where there is no wheel: a stranger's code runs meanwhile.

        It gets an empty home and a cache of its own, and of the user's variables only those that say where
        programs, certificates and the index are.

        Raises:
            EnvironmentProblem: uv failed.
        """
        with tempfile.TemporaryDirectory(prefix="conform-") as private:
            known = {name: os.environ[name] for name in sorted(_BUILDING) if name in os.environ}
            own = {
                "HOME": private,
                "TMPDIR": private,
                "UV_CACHE_DIR": f"{private}/uv",
                "UV_LINK_MODE": "copy",
            }
            install = [
                uv.find_uv_bin(),
                "pip",
                "install",
                "--python",
                str(python_of(self.folder)),
                *arguments,
            ]
            self.step(what, install, environment={**known, **own})

    def step(
        self,
        what: str,
        command: Sequence[str],
        remedy: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Runs a command that has to succeed, with `environment` alone or as `spawn` does.

        Raises:
            EnvironmentProblem: it failed; the sentence has the end of its output, and `remedy`, what to do.
        """
        status, output = self.spawn(command, environment=environment)
        if status == 0:
            return
        last = (
            "; ".join(line.strip() for line in output.splitlines()[-3:] if line.strip())
            or f"exit status {status}"
        )
        end = f"; {remedy}" if remedy else ""
        raise EnvironmentProblem(
            f"Preparing {self.title} failed at {what}: {last} (the whole output is in {self.log}){end}."
        )

    def spawn(
        self,
        command: Sequence[str],
        extra: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> tuple[int, str]:
        """Runs a command with few of the user's variables and those in `extra`, or with `environment` alone;
        its exit status and output.

        Raises:
            EnvironmentProblem: the command cannot be run at all.
        """
        # Copies: where a file is the same inode in uv's cache and in each environment that has it, a run that
        # writes to it changes all of them.
        env = {**installing_environment(os.environ), "UV_LINK_MODE": "copy", **(extra or {})}
        env = env if environment is None else dict(environment)
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
        with self.log.open("a", encoding="utf-8") as file:
            file.write(f"$ {' '.join(command)}\n{text}")
        return done.returncode, text


def installing_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables of `environment` that an installation gets."""
    return {
        name: value
        for name, value in environment.items()
        if name in _KEPT or (name.startswith(_KEPT_BEGINNINGS) and not name.startswith(_NEVER))
    }


def made(title: str, folder: Path, report: Report, make: Callable[[Making], str]) -> Path:
    """The interpreter of the environment in `folder`, which `make` makes unless it is ready.

    Waits for another harness that is making it. What `make` returns is written into the mark.

    Raises:
        EnvironmentProblem: `make` raised it, or the folder cannot be written to.
    """
    kept(title, folder, report, make, ready)
    return python_of(folder)


def kept(
    title: str,
    folder: Path,
    report: Report,
    make: Callable[[Making], str],
    done: Callable[[Path], bool] = complete,
) -> None:
    """Sees that `folder` is there and `done`, as `made` does: `make` fills it where it is not.

    Raises:
        EnvironmentProblem: `make` raised it, or the folder cannot be written to.
    """
    if done(folder):
        return
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _locked(folder.with_name(f"{folder.name}.lock"), report):
            # Another harness may have made it while this one waited.
            if not done(folder):
                _make(title, folder, make)
    except OSError as error:
        raise EnvironmentProblem(
            f"The environment of {title} could not be made in {folder} ({error.strerror}): "
            "make room there, or name another directory with XDG_CACHE_HOME."
        ) from None


def _make(title: str, folder: Path, make: Callable[[Making], str]) -> None:
    # An environment cannot be moved: it is made in place and marked when complete, else made anew.
    if folder.exists():
        shutil.rmtree(folder)
    log = cache_root() / "logs" / f"{folder.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_bytes(b"")
    mark = make(Making(title, folder, log))
    manifest.write_manifest(folder, [COMPILED, _READY])
    (folder / _READY).write_text(f"{mark}\n")


@contextlib.contextmanager
def _locked(path: Path, report: Report) -> Iterator[None]:
    with path.open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("waiting for another harness that is making this environment")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
