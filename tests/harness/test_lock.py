from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from harness.errors import UsageError
from harness.lock import NAME, only_user
from tests.fakes import FakeRuntime, case, replay

HOLD = """
import sys, time
from pathlib import Path
from harness.lock import only_user
with only_user(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_harness_on_the_directory_is_refused_by_name(
    holder, tmp_path, backends, use_runtime, conform
):
    runtime = use_runtime(FakeRuntime({"cntk": replay("cntk", [case("a/f/x")])}))
    result = conform("run", "cntk", "--out", tmp_path)
    assert result.status == 2
    assert f"Another conform (process {holder.pid}) is writing to {tmp_path}" in result.err
    assert runtime.entered == []


def test_the_lock_of_a_killed_harness_is_free(holder, tmp_path):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with only_user(tmp_path):
        assert (tmp_path / NAME).read_text() == f"{os.getpid()}\n"


def test_two_directories_are_two_locks(tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    with only_user(tmp_path), only_user(other):
        pass


def test_the_lock_is_given_back(tmp_path):
    for _ in range(2):
        with only_user(tmp_path):
            assert time.time()


def test_a_directory_that_cannot_be_locked_is_a_sentence(tmp_path):
    with pytest.raises(UsageError, match="cannot be written to"), only_user(tmp_path / "nowhere"):
        pass
