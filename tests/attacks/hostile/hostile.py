"""The small right backend of the faults, whose `exp` attacks the suite in the way that ATTACK names."""

import json
import os
import signal
import struct
import sys
import time

import faulty
import numpy as np
from faulty import *  # noqa: F403 - it is that backend

_exp = faulty._function(np.exp)


def _above(watchers=False):
    """The judges above this one and what starts workers for them; with `watchers` the supervisor, too."""
    found, pid = [], os.getppid()
    while pid > 1:
        with open(f"/proc/{pid}/cmdline", "rb") as stream:
            command = stream.read()
        watcher = b"supervisor.py" in command
        if (watcher and not watchers) or not any(name in command for name in _JUDGES):
            break
        found.append(pid)
        if watcher:
            break  # above it is the harness
        with open(f"/proc/{pid}/stat", "rb") as stream:
            pid = int(stream.read().rpartition(b")")[2].split()[1])
    return found


# A judge by itself, and one below pytest-xdist.
_JUDGES = (b"conformance", b"exec(eval")


def _signal(number):
    os.kill(_above()[0], number)
    time.sleep(10**6)


def stop_judge():
    """Stops the judge, which then never says that anything is wrong."""
    _signal(signal.SIGSTOP)


def stop_everything():
    """Stops the judge and those that watch it, again and again."""
    above = _above(watchers=True)
    while True:
        for pid in reversed(above):
            try:
                os.kill(pid, signal.SIGSTOP)
            except OSError:
                pass  # it is gone
        time.sleep(0.001)


def kill_judge():
    """Kills the judge."""
    _signal(signal.SIGKILL)


def _answer(header, arrays=b""):
    """Writes an answer where answers are written, and never anything else."""
    message = struct.pack(">I", len(header)) + header + arrays
    for descriptor in map(int, sys.argv[1:3]):
        try:
            os.write(descriptor, message)
        except OSError:
            pass  # the end that requests are read from
    time.sleep(10**6)


def huge_integer():
    """An answer whose header holds an integer of three million digits."""
    _answer(b'{"sizes": [], "tree": ' + b"7" * 3000000 + b"}")


def many_lists():
    """An answer whose header holds five million lists."""
    _answer(b'{"sizes": [], "tree": [' + b"[]," * 5000000 + b"[]]}")


def same_hash():
    """An answer with a dict whose keys have one hash in every process."""
    keys = [(2**61 - 1) * number for number in range(60000)]
    _answer(json.dumps({"sizes": [], "tree": {"@dict": [[key, 0] for key in keys]}}).encode())


def one_array_many_times():
    """An answer that refers to one large array again and again: a copy is made of it each time."""
    reference = {"@array": 0, "dtype": "<f8", "shape": [1 << 20], "scalar": False}
    _answer(json.dumps({"sizes": [8 << 20], "tree": [reference] * 4000}).encode(), bytes(8 << 20))


def exp(x):
    """The attack; without one, exp."""
    if "ATTACK" in os.environ:
        globals()[os.environ["ATTACK"]]()
    return _exp(x)
