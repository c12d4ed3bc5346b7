"""What a worker started and left behind: found although it has changed its parent and its session, and
killed."""
import ctypes
import os
import signal
import sys
import time

_PR_SET_CHILD_SUBREAPER = 36
_SECONDS = 3.0
_kept = set()


def adopt():
    """Become the parent of every descendant whose own parent dies, so that none can get away."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    # Whatever else runs below this process is none of a worker's.
    _kept.update(_children().get(os.getpid(), ()))


def keep(pid):
    """A child that is meant to live, with all it starts."""
    _kept.add(pid)


def forget(pid):
    """A child that has been ended."""
    _kept.discard(pid)


def kill_strays():
    """Kill every descendant that no living child of ours has started, and wait until none is left."""
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        strays = _strays(os.getpid())
        if not strays:
            return
        # First all are stopped, so that none can fork while the others die.
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in strays:
                try:
                    os.kill(pid, number)
                except OSError:
                    pass  # it has ended meanwhile
        for pid in strays:
            try:
                os.waitpid(pid, os.WNOHANG)
            except OSError:
                pass  # the child of another stray: ours in the next round
        time.sleep(0.002)


def _children():
    children = {}
    try:
        names = os.listdir("/proc")
    except OSError:
        return children
    for name in names:
        if name.isdigit():
            try:
                with open("/proc/{}/stat".format(name), "rb") as stream:
                    # The second field is the command's name, which may hold spaces and brackets.
                    parent = int(stream.read().rpartition(b")")[2].split()[1])
            except (OSError, IndexError, ValueError):
                continue  # it has ended meanwhile
            children.setdefault(parent, []).append(int(name))
    return children


def _strays(root):
    children = _children()
    found, todo = [], [pid for pid in children.get(root, []) if pid not in _kept]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found
