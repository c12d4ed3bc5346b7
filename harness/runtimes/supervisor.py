"""Runs a command, and kills its descendants when it ends or when standard input closes.

    python -I -S supervisor.py [--limit=NAME=NUMBER...] [--remove=FOLDER] COMMAND [ARGUMENT...]

It is a program of its own, because orphans are given to a parent that stays, and because it has to work also
when the harness is killed: the harness has the other end of standard input, and its death closes it. It exits
with the command's status, or with 128 + the signal that killed the command. A command that was stopped
(SIGSTOP) will not go on by itself: it is killed, and the status is 128 + that signal.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import select
import signal
import sys
import time

_PR_SET_CHILD_SUBREAPER = 36
_SECONDS_TO_KILL = 5.0


def main(command: list[str]) -> int:
    """The status to exit with after running `command`."""
    folder = None
    while command and command[0].startswith("--"):
        option, _, value = command.pop(0).partition("=")
        if option == "--limit":
            name, _, number = value.partition("=")
            _limit(name, int(number))
        elif option == "--remove":
            folder = value
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    wake, woken = os.pipe()
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    try:
        nothing = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
        child = os.posix_spawnp(command[0], command, os.environ, file_actions=nothing, setsid=True)
    except OSError as error:
        sys.stderr.write(f"{command[0]} cannot be started: {error.strerror}\n")
        return 127
    # Only the command has the streams: open here too, they would not end when it does.
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    os.dup2(null, 2)

    status = None
    while status is None:
        ready, _, _ = select.select([0, wake], [], [])
        if wake in ready:
            os.read(wake, 4096)
            status = _reap(child)
        if 0 in ready and not os.read(0, 4096):
            break
    killed = _kill_all(child)
    if folder:
        import shutil  # costs a third of the start-up time of this program

        shutil.rmtree(folder, ignore_errors=True)
    if status is not None and os.WIFSTOPPED(status):
        return 128 + os.WSTOPSIG(status)
    code = os.waitstatus_to_exitcode(killed if status is None else status)
    return code if code >= 0 else 128 - code


def _limit(name: str, value: int) -> None:
    """Lowers a limit of this process, which the command inherits; a limit is never raised."""
    kind = getattr(resource, f"RLIMIT_{name}", None)  # not every system has every limit
    if kind is not None:
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (bound, bound))


def _reap(child: int) -> int | None:
    """The wait status of `child` when it has ended or was stopped; every process that ended is reaped."""
    status = None
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG | os.WUNTRACED))[0]:
            if ended[0] == child:
                status = ended[1]
    return status


def _kill_all(child: int) -> int:
    """The wait status of `child` after all descendants are killed; "killed" when its end was not seen."""
    status: int = signal.SIGKILL
    deadline = time.monotonic() + _SECONDS_TO_KILL
    if not os.path.isdir("/proc/self"):  # noqa: PTH112 - pathlib doubles the start-up time of this program
        os.killpg(child, signal.SIGKILL)
    while time.monotonic() < deadline:
        reaped = _reap(child)
        status = status if reaped is None or os.WIFSTOPPED(reaped) else reaped
        left = descendants(os.getpid())
        if not left:
            break
        # First all are stopped, so that none can fork while the others die.
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in left:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(process, number)
        time.sleep(0.005)
    return status


def descendants(root: int) -> list[int]:
    """Every living process below `root`; empty without /proc."""
    children: dict[int, list[int]] = {}
    if not os.path.isdir("/proc/self"):  # noqa: PTH112 - pathlib doubles the start-up time of this program
        return []
    for name in os.listdir("/proc"):  # noqa: PTH208 - likewise
        if name.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as file:  # noqa: PTH123
                # The second field is the command's name, which may hold spaces and brackets.
                children.setdefault(int(file.read().rpartition(b")")[2].split()[1]), []).append(int(name))
    found: list[int] = []
    todo = [root]
    while todo:
        below = children.get(todo.pop(), [])
        found += below
        todo += below
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
