"""A function that dies, hangs, lies or floods costs its own cases: every other verdict is what the sound
backend gets."""

import json
import os
import re
import shutil
import subprocess

import pytest

from conformance.judge.judge import BATCH
from tests import ROOT
from tests.conformance.running import by_hand, cases
from tests.conformance.table import CASES, MINIATURES

# What each miniature function makes of its own cases; `sign` writes into its own answers, which are then
# none.
ENDINGS = {
    "exp": "crash",
    "sin": "timeout",
    "cos": "unsupported",
    "sqrt": "crash",
    "round": "error",
    "square": "fail",
    "sign": "error",
}
pytestmark = pytest.mark.venv


@pytest.mark.parametrize(
    ("jobs", "functions"),
    [(1, ("exp", "sin", "square", "sign", "abs", "log")), (2, ("sqrt", "cos", "round", "abs"))],
)
def test_misbehaving_functions_cost_their_own_cases(cntk_python, tmp_path, jobs, functions) -> None:
    """`os._exit`, a hang, a segmentation fault, SystemExit, a forged journal, a flood: one mixed run, right
    to the case."""
    select = " or ".join(f"elementwise/{function}/" for function in functions)
    sound = cases(by_hand(cntk_python, "cntk", MINIATURES, tmp_path / "sound.jsonl", "-k", select))
    parallel = ["-n", str(jobs)] if jobs > 1 else []
    options = ["--case-timeout", "5", "-k", select, *parallel]
    wounded = cases(by_hand(cntk_python, "misbehaving", MINIATURES, tmp_path / "wounded.jsonl", *options))
    assert sound.keys() == wounded.keys()
    wrong, seen = {}, set()
    for case_id, case in wounded.items():
        used = set(re.findall(r"\w+", CASES[case_id].source)) & ENDINGS.keys()
        allowed = {ENDINGS[function] for function in used} or {sound[case_id]["verdict"]}
        if used and sound[case_id]["verdict"] != "pass":
            allowed.add(sound[case_id]["verdict"])  # it may end before the function is reached
        if case["verdict"] not in allowed:
            wrong[case_id] = (case["verdict"], sorted(allowed), case.get("detail", {}).get("message"))
        seen |= used
    assert wrong == {}
    assert len(seen) >= 3


def test_what_a_worker_uses_up_costs_no_case_that_imports_keras_meanwhile(cntk_python, tmp_path,
                                                                          monkeypatch) -> None:
    """Such cases run beside the worker; what they say while it comes to harm is not believed."""
    (tmp_path / "apart").mkdir()
    shutil.copy(MINIATURES / "greedy.py", tmp_path / "apart")
    # A first batch that takes a while, so that the others are under way when `transpose` does harm.
    assert sum(case.joint for case in CASES.values() if case.function == "relu") > BATCH
    options = ["-k", "activation/relu/ or arithmetic/transpose/2d or config/"]
    sound = cases(by_hand(cntk_python, "apart.greedy", tmp_path, tmp_path / "sound.jsonl", *options))
    monkeypatch.setenv("GREEDY", "1")
    harmed = cases(by_hand(cntk_python, "apart.greedy", tmp_path, tmp_path / "harmed.jsonl", *options))
    guilty = {case_id for case_id in sound if case_id.startswith("arithmetic/transpose/")}
    expected = {case_id: "crash" if case_id in guilty else case["verdict"] for case_id, case in sound.items()}
    assert {case_id: case["verdict"] for case_id, case in harmed.items()} == expected
    assert guilty


def test_a_wrong_function_put_in_front_is_caught(cntk_python, tmp_path) -> None:
    """PYTHONPATH is honoured by hand: a patched copy of Keras in front is what is judged, and its fault is
    seen."""
    find = "import importlib.util as u; print(u.find_spec('keras').submodule_search_locations[0])"
    package = subprocess.run([str(cntk_python), "-c", find], capture_output=True, text=True,
                             check=True).stdout.strip()
    front = tmp_path / "front"
    shutil.copytree(package, front / "keras")
    module = front / "keras" / "backend" / "cntk_backend.py"
    text = module.read_text()
    right, wrong = "return C.square(x)", "return C.square(x) + 1e-3"
    assert right in text
    module.write_text(text.replace(right, wrong))
    records = by_hand(cntk_python, "cntk", front, tmp_path / "j.jsonl", "-k", "elementwise/square/")
    (loaded,) = (record for record in records if record["kind"] == "loaded")
    assert loaded["file"].startswith(str(front))
    found = cases(records)
    assert found["elementwise/square/2d/variable"]["verdict"] == "fail"
    assert found["elementwise/square/4d/variable"]["verdict"] == "fail"


def test_a_backend_that_cannot_be_imported_says_the_root_cause(cntk_python, tmp_path) -> None:
    environment = {**os.environ, "KERAS_BACKEND": "absent.module", "PYTHONPATH": str(tmp_path)}
    command = [str(cntk_python), "-m", "conformance", "--profile", "examples"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 3
    end = json.loads(done.stdout.splitlines()[-1])
    assert not end["complete"]
    assert "absent" in end["reason"]


@pytest.mark.parametrize("parallel", [[], ["--jobs", "2"]], ids=["one process", "two processes"])
def test_a_backend_that_does_not_load_again_ends_the_run_with_the_reason(cntk_python, tmp_path,
                                                                         parallel) -> None:
    """What was measured until then is kept, and the end record says why there is no more of it."""
    shutil.copy(MINIATURES / "vanishing.py", tmp_path)
    environment = {**os.environ, "KERAS_BACKEND": "vanishing", "PYTHONPATH": str(tmp_path)}
    command = [str(cntk_python), "-m", "conformance", "--profile", "full", "-k", "elementwise/", *parallel]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 3, done.stderr
    assert not records[-1]["complete"]
    assert "could not be loaded again" in records[-1]["reason"]
    assert "vanishing" in records[-1]["reason"]
