"""Every row of the table of exit statuses is made to happen."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from harness.exitcodes import MEANING, ExitCode, worst
from tests import ROOT
from tests.fakes import FakeRuntime, Output, case, encode, journal, replay

TABLE = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")


GOOD = [case("a/f/x"), case("a/f/y", "skip", reason="not here")]


def test_every_status_has_a_row_and_a_test():
    rows = [int(row) for row in re.findall(r"^\| (\d+) \|", TABLE, re.MULTILINE)]
    assert rows == [code.value for code in ExitCode] == [code.value for code in MEANING]
    for code in rows:
        assert any(name.startswith(f"test_status_{code}_") for name in globals()), code


@pytest.fixture
def run(backends, use_runtime, conform, tmp_path):
    def go(outputs, *arguments):
        use_runtime(FakeRuntime(outputs))
        return conform("run", *outputs, "--out", tmp_path / "out", *arguments)

    return go


def test_status_0_nothing_but_passes(run):
    result = run({"cntk": replay("cntk", GOOD), "theano": replay("theano", GOOD)})
    assert result.status == 0
    assert "Nothing but passes and known deviations." in result.out


def test_status_0_known_deviations(run, backends):
    backends["cntk"].baseline.write_text(
        'schema = 2\nbackend = "cntk"\napi = "k"\n[[known]]\ncases = ["a/f/z"]\nverdict = "fail"\n'
        'messages = ["wrong value: off by # ULP at (#)"]\nreason = "It rounds down."\n'
    )
    result = run({"cntk": replay("cntk", [*GOOD, case("a/f/z", "fail")])})
    assert result.status == 0
    assert "1 known deviation: -v lists the reasons" in result.out
    result = run({"cntk": replay("cntk", [*GOOD, case("a/f/z", "fail")])}, "-v")
    assert "1 x It rounds down." in result.out


def test_status_1_new_deviation(run):
    result = run({"cntk": replay("cntk", [*GOOD, case("a/f/z", "fail")])})
    assert result.status == 1
    assert "cntk has 1 new deviation" in result.out
    assert "  fail  a/f/z\n    wrong value: off by 12 ULP" in result.out


def test_status_1_stale_baseline_entry(run, backends):
    backends["cntk"].baseline.write_text(
        'schema = 2\nbackend = "cntk"\napi = "k"\n[[known]]\ncases = ["a/f/x"]\nverdict = "fail"\n'
        'messages = ["x"]\nreason = "Old."\n'
    )
    result = run({"cntk": replay("cntk", GOOD)})
    assert result.status == 1
    assert "a/f/x no longer deviates" in result.out


def test_status_1_regression(conform, write_journal, tmp_path):
    for name, cases in (("old", [case("a/f/x")]), ("new", [case("a/f/x", "fail")])):
        path = write_journal("zz", cases, folder=tmp_path / name)
        conform("merge", path, "--out", tmp_path / f"{name}.json")
    result = conform("diff", tmp_path / "old.json", tmp_path / "new.json")
    assert result.status == 1
    assert "a/f/x  pass -> fail" in result.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "cnkt"], "did you mean 'cntk'"),
        (["run", "cntk", "--profile", "ful"], "did you mean 'full'"),
        (["run", "cntk", "--runtime", "dcoker"], "docker"),
        (["run", "cntk", "theano", "--label", "x"], "--label"),
        (["run", "cntk", "--label", "../x"], "--label"),
        (["run", "cntk", "--device", "0"], "cntk runs on the CPU"),
        (["run", "cntk", "--out", "/proc/nowhere"], "cannot be written to"),
        (["merge", "/nowhere"], "does not exist"),
        (["merge", __file__], "not a journal"),
        (["report", "/nowhere"], "cannot be read"),
        (["report", __file__], "not a matrix"),
        (["report", __file__, "--format", "htlm"], "did you mean 'html'"),
        (["repro", "no/such/case", "--backend", "cntk"], "no/such/case"),
        (["explain", "no/such/case"], "no/such/case"),
        (["explain", "a/f/x", "--results", "/nowhere"], "neither a journal nor a matrix.json"),
        (["plan", "--format", "gitHub"], "did you mean 'github'"),
        (["rnu"], "did you mean 'run'"),
        (["run", "--nope"], "--nope"),
        (["run", "cntk", "-k", "dot and"], "Wrong expression passed to '-k': dot and: at column"),
        (["run", "cntk", "-k", "xyzzy"], "-k 'xyzzy' selects no case"),
        (["run", "cntk", "--cases", "reduction/sum"], "write 'reduction/sum/**'"),
        (["cases", "reduction/summ/**"], "No case matches 'reduction/summ/**'"),
    ],
)
def test_status_2_usage(backends, read_here, conform, arguments, says):
    result = conform(*arguments)
    assert result.status == 2
    assert says in result.err
    assert result.out == ""


def test_status_3_environment_not_prepared(run):
    result = run({"cntk": "No Python 3.6 was found: install one.", "theano": replay("theano", GOOD)})
    assert result.status == 3
    assert "cntk did not run: No Python 3.6 was found: install one." in result.out
    assert "complete" in result.out


def test_status_3_backend_not_loaded(run):
    end = {
        "kind": "end",
        "complete": False,
        "reason": "ImportError: libmpi_cxx.so.1: cannot open shared object file",
    }
    result = run({"cntk": replay("cntk", [], end=end)})
    assert result.status == 3
    assert "libmpi_cxx.so.1" in result.out


def test_status_4_incomplete(run):
    result = run({"cntk": replay("cntk", GOOD, collected=["a/f/x", "a/f/y", "a/f/lost"])})
    assert result.status == 4
    assert "1 of 3 collected cases have no verdict" in result.out


def test_status_4_truncated_journal(conform, tmp_path):
    path = tmp_path / "cntk.jsonl"
    path.write_bytes(encode(journal("zz", GOOD))[:-100])
    result = conform("merge", path, "--out", tmp_path / "m.json")
    assert result.status == 4
    assert result.err.count("\n") == 1


INTERRUPTED = """
import harness.backends, harness.runtimes
from pathlib import Path
from tests.fakes import FakeRuntime, case, replay
harness.backends.backends_root = lambda: Path({root!r})
held = replay("cntk", [case("a/f/x")], end=None)
held.hold = True
harness.runtimes.choose = lambda name: (FakeRuntime({{"cntk": held}}), "Runtime fake.")
from harness.cli import main
main(["run", "cntk", "--out", {out!r}])
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_status_130_interrupted(backends, tmp_path, number):
    out = tmp_path / "out"
    root = backends["cntk"].folder.parent
    script = INTERRUPTED.format(root=str(root), out=str(out))
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    # As a shell starts a background job: with SIGINT ignored.
    ignoring = signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = subprocess.Popen([sys.executable, "-c", script], env=env, stdout=-1, stderr=-1, text=True)
    signal.signal(signal.SIGINT, ignoring)
    journal_file = out / "cntk.jsonl"
    deadline = time.monotonic() + 30
    while (
        not (journal_file.exists() and '"case"' in journal_file.read_text()) and time.monotonic() < deadline
    ):
        time.sleep(0.02)
    process.send_signal(number)
    stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert f"conform: Interrupted: the verdicts so far are in {out}" in stderr
    assert "Traceback" not in stderr
    assert "cntk is incomplete" in stdout
    assert '"verdict": "pass"' in journal_file.read_text()


def test_several_at_once():
    order = [130, 2, 3, 4, 1, 0]
    for position, code in enumerate(order):
        assert worst(ExitCode(other) for other in order[position:]) == code
    assert worst([]) == 0


def test_status_3_before_4_before_1(run):
    outputs = {
        "cntk": "No Python 3.6 was found.",
        "theano": replay("theano", [case("a/f/x", "fail")], collected=["a/f/x", "a/f/y"]),
    }
    assert run(outputs).status == 3
    assert run({"theano": Output(outputs["theano"].lines)}).status == 4
