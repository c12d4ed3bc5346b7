"""Strays: descendants that no living child has started are found whatever they did to get away, and no other
process is touched."""

import subprocess
import sys

import pytest

from tests import ROOT

# A judge with a child that is meant to live, which starts another; and strays of three kinds. Run in a
# process of its own: whoever adopts, kills.
SCRIPT = """
import os, subprocess, sys, time
from conformance.judge import descendants

SLEEP = "import time; time.sleep(1000)"
before = subprocess.Popen([sys.executable, "-c", SLEEP])
descendants.adopt()
START = ("import subprocess, sys, time; print(subprocess.Popen([sys.executable, '-c', %r]).pid, flush=True); "
         "time.sleep(1000)")
kept = subprocess.Popen([sys.executable, "-c", START % SLEEP], stdout=subprocess.PIPE)
descendants.keep(kept.pid)
grandchild = int(kept.stdout.readline())

def detach(depth):
    reading, writing = os.pipe()
    for _ in range(depth):
        if os.fork():
            if _ == 0:
                os.wait() if depth > 1 else None
                return int(os.read(reading, 20).decode())
            os._exit(0)
        os.setsid()
    os.write(writing, str(os.getpid()).encode())
    time.sleep(1000)

strays = [detach(depth) for depth in (1, 2, 3)]

def alive(pid):
    try:
        with open("/proc/%d/stat" % pid) as stream:
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False

assert all(map(alive, strays))
descendants.kill_strays()
print("strays", [alive(pid) for pid in strays])
print("meant to live", [alive(pid) for pid in (before.pid, kept.pid, grandchild)])
descendants.forget(kept.pid)
descendants.kill_strays()
print("forgotten", [alive(pid) for pid in (kept.pid, grandchild)])
print("before", alive(before.pid))
before.kill()
"""


@pytest.fixture(scope="module")
def seen():
    done = subprocess.run([sys.executable, "-c", SCRIPT], env={"PYTHONPATH": str(ROOT)}, capture_output=True,
                          text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_strays_end_however_often_they_forked_and_left_their_session(seen):
    assert "strays [False, False, False]" in seen


def test_what_is_meant_to_live_and_what_it_started_lives(seen):
    assert "meant to live [True, True, True]" in seen


def test_what_has_been_forgotten_is_a_stray(seen):
    assert "forgotten [False, False]" in seen
    assert "before True" in seen
