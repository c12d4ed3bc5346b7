"""What a confined process may still do, and no longer: tried in processes of their own."""

import os
import subprocess
import sys

import pytest

from conformance.judge import confinement
from tests import ROOT

pytestmark = pytest.mark.skipif(not confinement.abi(), reason="this kernel has no Landlock")

SCRIPT = """
import os, subprocess, sys
from conformance.judge.confinement import confine
writable, other = sys.argv[1:3]
if len(sys.argv) == 3:
    confine([writable, "/nowhere"])
def tried(name, attempt):
    try:
        attempt()
    except OSError:
        return
    print(name)
tried("own", lambda: open(os.path.join(writable, "a"), "w").close())
tried("moved", lambda: os.rename(os.path.join(writable, "a"), os.path.join(writable, "b")))
tried("read", lambda: open(os.path.join(other, "there")).close())
tried("null", lambda: open(os.devnull, "w").close())
tried("child", lambda: subprocess.check_call(["/bin/true"]))
tried("other", lambda: open(os.path.join(other, "new"), "w").close())
tried("truncated", lambda: os.truncate(os.path.join(other, "there"), 0))
tried("removed", lambda: os.remove(os.path.join(other, "there")))
child = "echo x > " + os.path.join(other, "child") + " || kill -9 $$"
tried("by a child", lambda: subprocess.check_output(["/bin/sh", "-c", child]))
"""
ALLOWED = ["own", "moved", "read", "null", "child"]


def run(tmp_path, *more):
    for name in ("mine", "theirs"):
        (tmp_path / name).mkdir()
    (tmp_path / "theirs" / "there").write_text("content")
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "mine"), str(tmp_path / "theirs"), *more]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    return done.stdout.splitlines(), done.stderr


def test_a_confined_process_writes_only_below_what_it_was_given(tmp_path):
    said, error = run(tmp_path)
    assert said == ALLOWED
    assert "CalledProcessError" in error
    assert (tmp_path / "theirs" / "there").read_text() == "content"


def test_one_that_is_not_confined_writes_where_its_user_may(tmp_path):
    said, _ = run(tmp_path, "unconfined")
    assert said == [*ALLOWED, "other", "truncated", "removed", "by a child"]
