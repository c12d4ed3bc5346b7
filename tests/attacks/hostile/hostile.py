"""The small right backend of the faults, whose `exp` attacks the suite in the way that ATTACK names."""

import json
import os
import signal
import struct
import sys
import threading
import time

import faulty
import numpy as np
from faulty import *  # noqa: F403 - it is that backend

_exp = faulty._function(np.exp)


def _ancestors():
    """The processes above this one: its judge first, then whoever started that, up to a harness."""
    found, pid = [], os.getppid()
    while pid > 1:
        with open(f"/proc/{pid}/cmdline", "rb") as stream:
            command = stream.read()
        if not (b"conformance" in command or b"supervisor.py" in command or b"exec(eval" in command):
            break
        found.append(pid)
        with open(f"/proc/{pid}/stat", "rb") as stream:
            pid = int(stream.read().rpartition(b")")[2].split()[1])
    return found


def stop_judge():
    """Stops the judge, which then never says that anything is wrong."""
    os.kill(os.getppid(), signal.SIGSTOP)
    time.sleep(10**6)


def stop_everything():
    """Stops the judge and those that watch it, again and again."""
    above = _ancestors()
    while True:
        for pid in reversed(above):
            try:
                os.kill(pid, signal.SIGSTOP)
            except OSError:
                pass  # it is gone
        time.sleep(0.001)


def kill_judge():
    """Kills the judge."""
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(10**6)


def _answer(header):
    """Writes a header where answers are written, and never anything else."""
    message = struct.pack(">I", len(header)) + header
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
    reference = {"@array": 0, "dtype": "<f8", "shape": [1 << 23], "scalar": False}
    header = json.dumps({"sizes": [8 << 23], "tree": [reference] * 4000}).encode()
    threading.Thread(target=_answer, args=(header + bytes(8 << 23),), daemon=True).start()
    time.sleep(10**6)


def exp(x):
    """The attack; without one, exp."""
    if "ATTACK" in os.environ:
        globals()[os.environ["ATTACK"]]()
    return _exp(x)
