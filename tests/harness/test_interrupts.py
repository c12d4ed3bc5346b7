from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
import time

import pytest

from harness.interrupts import Interrupts, raise_on_signals

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture(autouse=True)
def handlers():
    """What this process does on a signal is put back after each test."""
    before = {number: signal.getsignal(number) for number in NUMBERS}
    yield before
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_signal_is_raised_outside_and_noted_inside(number):
    raise_on_signals()
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), number)
    with Interrupts() as interrupts:
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)  # a second one changes nothing
        assert interrupts.asked
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), number)


def test_a_signal_ends_the_wait():
    with Interrupts() as interrupts:
        began = time.monotonic()
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()
        while not interrupts.asked:
            interrupts.wait(20)
        assert time.monotonic() - began < 10


def test_a_thread_ends_the_wait():
    with Interrupts() as interrupts:
        began = time.monotonic()
        threading.Timer(0.1, interrupts.wake).start()
        interrupts.wait(20)
        assert 0.05 < time.monotonic() - began < 10
        assert not interrupts.asked
    interrupts.wake()  # a column that did not stop in time


def test_nohup_is_honoured():
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    raise_on_signals()
    with Interrupts() as interrupts:
        os.kill(os.getpid(), signal.SIGHUP)
        assert not interrupts.asked


WAITS = """
import signal, sys, time
from harness.interrupts import Interrupts, raise_on_signals
raise_on_signals()
try:
    with Interrupts() as interrupts:
        sys.stderr.write("ready\\n")
        while not interrupts.asked:
            interrupts.wait(20)
    print("asked to stop", flush=True)
    sys.stderr.write("asked to stop\\n")
except BaseException:
    sys.exit(77)
sys.exit(130)
"""


def test_a_terminal_that_is_gone_hides_no_status():
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", WAITS], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    assert b"ready" in os.read(ours, 100)
    os.close(ours)  # the terminal hangs up; the kernel tells a session's leader of its own terminal only
    process.send_signal(signal.SIGHUP)
    assert process.wait(20) == 130


def test_what_is_said_after_a_hang_up_reaches_a_pipe():
    process = subprocess.Popen([sys.executable, "-c", WAITS], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stderr.readline() == b"ready\n"
    process.send_signal(signal.SIGHUP)
    assert process.communicate(timeout=20)[0] == b"asked to stop\n"
    assert process.returncode == 130
