"""The run as pytest drives it: when each record is written, which cases run, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests import ROOT
from tests.conformance.running import cases, kinds, miniature, read
from tests.conformance.table import CASES, MINIATURES, TABLE


def test_a_complete_run_has_every_record_in_its_order():
    done = miniature("small", "--profile", "full", "-k", "elementwise/square/2d")
    records = read(done.stdout)
    assert done.returncode == 0
    assert kinds(records)[:3] == ["start", "loaded", "collected"]
    assert [record["kind"] for record in records[3:]] == ["begin", "case"] * 3 + ["end"]
    assert records[2]["ids"] == [f"elementwise/square/2d/{way}" for way in ("variable", "known", "unknown")]
    assert records[-1] == {"kind": "end", "seconds": records[-1]["seconds"], "counts": {"pass": 3},
                           "complete": True,
                           "reason": None}


def test_the_start_is_on_record_before_the_backend_is_imported(tmp_path):
    """Killed in the middle of the import, a run has said what it was about to judge."""
    environment = {**os.environ, "PYTHONPATH": f"{MINIATURES}:{ROOT}", "CONFORM_API_MODULE": "slow_start",
                   "KERAS_BACKEND": "slow_start", "CONFORM_START": '{"column": "mine"}'}
    journal = tmp_path / "journal.jsonl"
    with journal.open("w") as out:
        running = subprocess.Popen([sys.executable, "-m", "conformance"], cwd=ROOT, env=environment,
                                   stdout=out,
                                   stderr=subprocess.PIPE, start_new_session=True)
        deadline = time.monotonic() + 30
        while not journal.read_text() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)
        assert running.poll() is None, running.stderr.read()
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
    (start,) = read(journal.read_text())
    assert (start["kind"], start["api"], start["column"], start["backend"]) == ("start", "k", "mine",
                                                                                "slow_start")


def test_a_backend_that_does_not_load_ends_the_run_with_the_reason():
    done = miniature("no_words")
    records = read(done.stdout)
    assert done.returncode == 3
    assert [record["kind"] for record in records] == ["start", "end"]
    assert not records[1]["complete"]
    assert "no_words.py, line" in records[1]["reason"]
    assert "assert CONFIGURED" in records[1]["reason"]


def test_one_broken_function_is_one_red_function():
    """`variable` raises: what goes in as a variable is red, and everything else is judged."""
    done = miniature("no_variables", "--profile", "full", "-k", "elementwise/square/ or elementwise/exp/")
    records = read(done.stdout)
    assert done.returncode == 1
    assert kinds(records)[:2] == ["start", "loaded"]
    assert records[-1]["complete"]
    sound = cases(read(miniature("small", "--profile", "full", "-k",
                                 "elementwise/square/ or elementwise/exp/").stdout))
    found = cases(records)
    assert found.keys() == sound.keys()
    red = {case_id for case_id in found if found[case_id]["verdict"] != sound[case_id]["verdict"]}
    assert {"elementwise/square/2d/variable", "elementwise/exp/2d/variable"} <= red
    for case_id in red:
        assert found[case_id]["verdict"] == "error"
        assert "variables are out today" in found[case_id]["detail"]["message"]
        assert case_id.endswith("/variable") or "K.variable" in CASES[case_id].source
    assert {"elementwise/square/2d/known", "elementwise/exp/2d/unknown"} <= {
        case_id for case_id in found if found[case_id]["verdict"] == "pass"}


@pytest.mark.parametrize(("options", "ids"), [
    (("-k", "elementwise/square/2d/known"), ["elementwise/square/2d/known"]),
    (("--only", "{file}"), ["elementwise/square/2d/known", "elementwise/exp/2d/known"]),
    (("--only", "{file}", "-k", "exp"), ["elementwise/exp/2d/known"]),
    (("-k", "nothing_is_called_this"), []),
])
def test_what_is_selected_is_what_is_listed(options, ids, tmp_path):
    chosen = tmp_path / "chosen"
    chosen.write_text("elementwise/exp/2d/known\nelementwise/square/2d/known\nno/such/case\n")
    command = [sys.executable, "-m", "conformance", "--list", "--profile", "full"]
    command += [option.format(file=chosen) for option in options]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
                          text=True)
    assert sorted(json.loads(done.stdout)["ids"]) == sorted(ids)


def test_the_list_needs_no_backend():
    """`--list` answers on the host."""
    command = [sys.executable, "-m", "conformance", "--list", "--profile", "examples"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(json.loads(listed.stdout)["ids"]) == {case.id for case in TABLE.cases("examples")}


@pytest.mark.parametrize(("environment", "says"), [
    ({"CONFORM_API": "nothing"}, "no API is called 'nothing'"),
    ({"CONFORM_JOBS": "many"}, "CONFORM_JOBS cannot be read"),
])
def test_what_cannot_be_done_is_said_in_one_line(environment, says):
    done = subprocess.run([sys.executable, "-m", "conformance"], cwd=ROOT, env={**os.environ, **environment},
                          capture_output=True, text=True)
    assert done.returncode == 4
    assert done.stdout == ""
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == 1


def test_evidence_goes_with_a_verdict_and_with_nothing_else():
    found = cases(read(miniature("small", "--profile", "full", "-k",
                                 "tensor/ndim/ or elementwise/square/2d").stdout))
    for case in found.values():
        assert ("detail" in case) == (case["verdict"] != "pass")
    assert {"pass", "unsupported"} <= {case["verdict"] for case in found.values()}


@pytest.mark.venv
def test_the_steps_of_a_module_come_between_start_and_loaded(cntk_python, tmp_path):
    """A module of somebody's own that lacks nearly all of K is measured in what it has."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "small.py").write_text((MINIATURES / "small.py").read_text())
    (tmp_path / "mine" / "__init__.py").write_text("")
    environment = {**os.environ, "KERAS_BACKEND": "mine.small", "CONFORM_MODULE": "mine.small",
                   "CONFORM_PATH": str(tmp_path)}
    command = [cntk_python, "-m", "conformance", "--profile", "full", "-k",
               "elementwise/square/2d or arithmetic/dot/2d-2d"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    records = read(done.stdout)
    assert kinds(records)[:4] == ["start", "step", "loaded", "collected"], done.stderr
    steps = {record["step"]: record for record in records if record["kind"] == "step"}
    assert list(steps)[:5] == ["found", "imports", "valid", "loads", "signatures"]
    assert steps["valid"]["holds"]
    assert not steps["loads"]["holds"]
    found = cases(records)
    assert found["elementwise/square/2d/known"]["verdict"] == "pass"
    assert found["arithmetic/dot/2d-2d/unknown"]["verdict"] == "unsupported"
    (loaded,) = (record for record in records if record["kind"] == "loaded")
    assert loaded["file"] == "mine/small.py"
