"""A command on this machine whose descendants end with it, and whose streams are bounded."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from harness.errors import EnvironmentProblem
from harness.runtimes import supervisor
from harness.runtimes.output import BoundedLog, lines

_CHUNK = 65536
# Seconds that may pass between the last output and the end.
_SECONDS_TO_END = 10.0
_STOPPING = (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)


def supervised() -> list[str]:
    """The words before a command with which it ends, with its descendants, when its standard input closes."""
    # -I -S: without the user's site-packages and environment; it starts in 20 ms.
    return [sys.executable, "-I", "-S", supervisor.__file__]


class SupervisedProcess:
    """Runs a command under `supervisor`; iterate over it for the lines of its standard output.

    It runs in `folder`, which is removed when it has ended, also when the harness is gone by then. `limits`
    are those of `resource`, by name without RLIMIT_, for the command and its descendants.

    Raises:
        EnvironmentProblem: the operating system refuses another process.
    """

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        folder: Path,
        stderr_log: Path,
        limits: Mapping[str, int] | None = None,
    ) -> None:
        options = [
            f"--remove={folder}",
            *(f"--limit={name}={value}" for name, value in (limits or {}).items()),
        ]
        guarded = [*supervised(), *options, *command]
        self._log = BoundedLog(stderr_log)
        try:
            self._process = subprocess.Popen(
                guarded,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=dict(env),
                cwd=folder,
                bufsize=0,
                start_new_session=True,
            )
        except OSError as error:
            raise EnvironmentProblem(
                f"The suite could not be started ({error.strerror}): "
                "see that this machine has memory and processes left."
            ) from None
        self._stopped = False
        self._exhausted = False
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._lines = lines(_chunks(self._process.stdout))
        self._last_resort = threading.Timer(_SECONDS_TO_END, self._kill_tree)
        self._last_resort.daemon = True
        self._drain = threading.Thread(target=self._keep_stderr, args=(self._process.stderr,), daemon=True)
        self._drain.start()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._lines)
        except StopIteration:
            self._exhausted = True
            raise

    def stop(self) -> None:
        """Kills the command and its descendants; the iteration then ends by itself."""
        self._stopped = True
        self._tell_to_end()
        with contextlib.suppress(RuntimeError):  # started by an earlier call
            self._last_resort.start()

    def close(self) -> None:
        """Ends the processes that still run, and waits until they are gone."""
        self._stopped = self._stopped or not self._exhausted
        self._tell_to_end()
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._kill_tree()
            self._process.wait()
        self._last_resort.cancel()
        self._drain.join(_SECONDS_TO_END)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._log.__exit__(None, None, None)

    def _kill_tree(self) -> None:
        """Kills the supervisor, which was stopped or is overwhelmed, and everything below it."""
        for process in [*supervisor.descendants(self._process.pid), self._process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def _tell_to_end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGCONT)  # a stranger's code may have stopped it

    @property
    def ending(self) -> str | None:
        """A sentence when the command was killed; None when it ended by itself."""
        if self._stopped:
            return "The suite was stopped."
        try:
            status = self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.stop()
            return "The suite closed its output and went on: it was stopped."
        if status - 128 in _STOPPING:
            return "The judge was stopped by a signal and would not have gone on: the suite was killed."
        if status > 128:
            return f"The suite was killed by signal {status - 128}."
        return None

    @property
    def status(self) -> int:
        """The command's exit status; 128 and more for a signal, also for one that stopped it here."""
        return self._process.wait(_SECONDS_TO_END)

    def _keep_stderr(self, stream: IO[bytes]) -> None:
        with stream:
            for chunk in _chunks(stream):
                self._log.write(chunk)


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk
