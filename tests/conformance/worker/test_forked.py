"""Scripts in forked children: each in surroundings of its own, and none costs the process that forks."""

import os
import subprocess
import sys

import pytest

from tests import ROOT
from tests.conformance.table import MINIATURES

# Run in a process of its own: forking pytest would fork its threads and its output.
START = """
import os, sys
sys.path.insert(0, {miniatures!r})
from conformance import settings
from conformance.apis.k.adapter import Adapter
from conformance.worker.forked import run_forked, run_together
adapter = Adapter(settings.read({{"CONFORM_API_MODULE": "small"}}))
adapter.load()
def request(source, names=("got",), env={{}}, files={{}}):
    return {{"source": source, "names": list(names), "env": env, "files": files}}
"""


@pytest.fixture
def run(tmp_path):
    """Runs statements in a process that can fork; what they print."""
    def ran(statements: str) -> str:
        done = subprocess.run([sys.executable, "-c", START.format(miniatures=str(MINIATURES)) + statements],
                              cwd=tmp_path,
                              env={**os.environ, "PYTHONPATH": str(ROOT), "KERAS_BACKEND": "small",
                                   "GONE": "1"},
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return ran


def test_a_child_has_its_own_environment_and_files(run):
    assert run("""
print(run_forked(request(
    "got = [os.environ['NAME'], 'GONE' in os.environ, open(os.path.join(root, 'a/b.txt')).read(), backend]",
    env={"NAME": "{backend} in {root}", "GONE": None}, files={"a/b.txt": "for {backend}"}),
    adapter)["values"]["got"][1:])
print("NAME" in os.environ, "GONE" in os.environ)
""") == "[False, 'for small', 'small']\nFalse True"


def test_a_child_that_dies_says_how_and_the_others_answer(run):
    assert run("""
sources = ["got = 1", "os._exit(3)", "os.kill(os.getpid(), 11)", "got = 1 / 0", "got = 4"]
answers = run_together([request(source) for source in sources], adapter)
print([answer.get("died") or answer.get("values") or answer["raised"]["type"] for answer in answers])
""") in [f"[{{'got': 1}}, {3 << 8}, {core}, 'ZeroDivisionError', {{'got': 4}}]" for core in (11, 11 | 0x80)]


def test_what_a_child_writes_to_stderr_is_its_answer_and_no_other(run):
    assert run("""
answer = run_forked(request("print('warned', file=sys.stderr)\\nos.write(2, b'from C')\\ngot = 1"), adapter)
print(answer["stderr"].split())
print(run_forked(request("got = 1"), adapter)["stderr"])
""") == "['warned', 'from', 'C']"


def test_nothing_is_left_behind(run, tmp_path):
    run("""
run_together([request("open(os.path.join(root, 'x'), 'w').write('x')", files={"y": ""})] * 5, adapter)
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    pass
else:
    raise SystemExit("a child is left")
""")
    assert list(tmp_path.iterdir()) == []
