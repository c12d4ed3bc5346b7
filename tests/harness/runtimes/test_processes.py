"""Nothing a suite starts outlives it: real processes, really killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harness.runtimes import supervisor
from harness.runtimes.processes import SupervisedProcess

# A grandchild that left the session and ignores what it can, whose parent is gone: prints its id and sleeps.
DETACHED = """
import os, signal, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        print(os.getpid(), flush=True)
        time.sleep(600)
    os._exit(0)
os.wait()
"""


@pytest.fixture
def start(tmp_path):
    """Runs a piece of Python under the supervisor."""
    started = []
    folder = tmp_path / "home"
    folder.mkdir()

    def run(code):
        env = {"PATH": os.environ["PATH"]}
        process = SupervisedProcess([sys.executable, "-c", code], env, folder, tmp_path / "stderr.log")
        started.append(process)
        return process

    yield run
    for process in started:
        process.close()


def alive(pid):
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def gone(pid, seconds=5):
    deadline = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not alive(pid)


def test_lines_come_as_they_are_written_and_errors_go_to_the_log(start, tmp_path):
    process = start("import sys; print('one'); sys.stderr.write('oops'); print('two', end='')")
    assert list(process) == [b"one\n", b"two"]
    process.close()
    assert process.ending is None
    assert (tmp_path / "stderr.log").read_bytes() == b"oops"


def test_a_failing_status_is_an_ordinary_ending(start):
    process = start("raise SystemExit(3)")
    assert list(process) == []
    assert process.ending is None


def test_a_detached_grandchild_goes_when_the_command_ends_by_itself(start):
    process = start(DETACHED)
    (line,) = list(process)
    assert gone(int(line))
    assert process.ending is None


def test_closing_takes_a_detached_grandchild_along(start):
    process = start(DETACHED + "time.sleep(600)")
    pid = int(next(process))
    assert alive(pid)
    process.close()
    assert not alive(pid)


def test_stop_from_outside_ends_the_iteration(start):
    process = start("import time; print('begun', flush=True); time.sleep(600)")
    assert next(process) == b"begun\n"
    process.stop()
    assert list(process) == []
    assert process.ending == "The suite was stopped."


def test_a_killed_command_is_told_with_its_signal(start):
    process = start("import os; os.kill(os.getpid(), 9)")
    assert list(process) == []
    assert process.ending == "The suite was killed by signal 9."


def test_a_flood_of_errors_blocks_nothing(start):
    process = start("import sys; sys.stderr.write('x' * (1 << 22)); print('done')")
    assert list(process) == [b"done\n"]


def test_everything_goes_when_the_harness_itself_is_killed():
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import subprocess, sys; subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE).wait()",
            sys.executable,
            supervisor.__file__,
            sys.executable,
            "-c",
            DETACHED + "time.sleep(600)",
        ],
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert alive(pid)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert gone(pid)
    parent.stdout.close()


def test_the_folder_it_ran_in_goes_with_it(start, tmp_path):
    process = start("open('left', 'w').close(); print('there')")
    list(process)
    process.close()
    assert not (tmp_path / "home").exists()


LIMITS = {"NOFILE": 64, "CORE": 0, "FSIZE": 1 << 20, "DATA": 256 << 20}
REFUSED = {
    "NOFILE": "held = [os.open(os.devnull, os.O_RDONLY) for _ in range(100)]",
    "CORE": "resource.setrlimit(resource.RLIMIT_CORE, (1, 1))",
    "FSIZE": "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "open('big', 'wb', 0).write(bytes(2 << 20)) == 2 << 20 or fail()",
    "DATA": "held = b'x' * (512 << 20)",
}
TRY = """
import os, resource, signal
def fail():
    raise OSError
try:
    {attempt}
    print("done")
except (OSError, MemoryError, ValueError):
    print("refused")
"""


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("limited", [False, True])
def test_a_limit_refuses_what_goes_without_it(tmp_path, name, limited):
    (tmp_path / "home").mkdir()
    command = [sys.executable, "-c", TRY.format(attempt=REFUSED[name])]
    limits = {name: LIMITS[name]} if limited else None
    process = SupervisedProcess(command, {}, tmp_path / "home", tmp_path / "stderr.log", limits)
    with contextlib.closing(process):
        assert list(process) == [b"refused\n" if limited else b"done\n"]


def test_the_number_of_processes_is_bounded_for_who_is_not_root(tmp_path):
    if os.getuid() != 0:
        pytest.skip("another user is needed, whose processes nobody else counts")
    code = """
import os, resource, time
os.setgid(54321); os.setuid(54321)
children = 0
try:
    while children < 100:
        if os.fork() == 0:
            time.sleep(60); os._exit(0)
        children += 1
except OSError:
    pass
print(children < 100)
"""
    (tmp_path / "home").mkdir()
    process = SupervisedProcess(
        [sys.executable, "-c", code], {}, tmp_path / "home", tmp_path / "stderr.log", {"NPROC": 20}
    )
    with contextlib.closing(process):
        assert list(process) == [b"True\n"]


def test_a_command_that_is_not_there_is_named(start, tmp_path):
    process = SupervisedProcess(["/nowhere/python"], {}, tmp_path / "home", tmp_path / "stderr.log")
    assert list(process) == []
    process.close()
    assert "/nowhere/python cannot be started" in (tmp_path / "stderr.log").read_text()


def test_a_command_that_closes_its_output_and_goes_on_is_stopped(start, monkeypatch):
    monkeypatch.setattr("harness.runtimes.processes._SECONDS_TO_END", 0.5)
    process = start("import os, time; os.close(1); os.close(2); time.sleep(600)")
    assert list(process) == []
    assert process.ending == "The suite closed its output and went on: it was stopped."
