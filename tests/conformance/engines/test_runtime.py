"""The proof of the device: an engine that goes on, on the CPU, in a GPU column is caught at every case that
computes.

The engines are real and this is what they do where no GPU answers. That one that has a GPU is believed needs
a GPU.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.engines import names, runtime
from conformance.judge import compare
from conformance.judge.verdicts import judge_answer
from harness.backends import find_backend
from harness.runtimes.venv import VenvRuntime
from tests import ROOT
from tests.conformance.running import Records, cases, read
from tests.conformance.table import CASES

# What each engine calls the product of two matrices, and the exponential of an array.
PRODUCTS = {"tensorflow": "MatMul", "theano": "Dot22", "cntk": "Times"}
# Of the ops API; jax alone traces a function, which is then one program.
OPS = {"jax": {"eager": "exp", "symbolic": "exp", "traced": "function"},
       "torch": {"eager": "exp", "symbolic": "exp"}}
EXPONENTIALS = {"tensorflow": "Exp", "theano": "Elemwise{exp", "cntk": "Exp"}
COMPUTE = {"arithmetic/dot/2d-2d/unknown": PRODUCTS, "elementwise/exp/2d/variable": EXPONENTIALS}
# Two that compute, and one that asks K for a shape.
SELECT = " or ".join([*COMPUTE, "tensor/int_shape/1d-known/variable"])


def interpreter(name: str) -> Path:
    venv, backend = VenvRuntime(), find_backend(name)
    if problem := venv.problem(backend):
        pytest.skip(problem)
    python = venv.prepare(backend, print).python
    assert python is not None
    return python


def run(python: Path, name: str, folder: Path, select: str = SELECT,
        **more: str) -> tuple[subprocess.CompletedProcess, Records]:
    journal = folder / "journal.jsonl"
    environment = {**os.environ, "KERAS_BACKEND": name, "CONFORM_DEVICE": "gpu", **more}
    command = [python, "-W", "ignore", "-m", "pytest", "conformance", "-q", "--tb=no", "-p",
               "no:cacheprovider"]
    command += ["--journal", str(journal), "-k", select]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    return done, read(journal.read_text())


@pytest.mark.venv
@pytest.mark.parametrize("name", PRODUCTS)
def test_an_engine_on_the_cpu_is_caught_in_a_gpu_column(name, tmp_path) -> None:
    _, records = run(interpreter(name), name, tmp_path)
    found = cases(records)
    assert COMPUTE.keys() < found.keys()
    for case, record in found.items():
        if case not in COMPUTE:
            assert record["verdict"] == "pass"  # what computes nothing has nothing to prove
            continue
        assert record["verdict"] == "fail"
        # Nothing else is wrong with it, or it would be said first.
        assert record["detail"]["message"].startswith("ran on the CPU: ")
        assert COMPUTE[case][name] in record["detail"]["message"]
        assert record["aspects"] == ["device"]


@pytest.mark.venv
@pytest.mark.parametrize("name", OPS)
def test_an_engine_of_the_ops_api_on_the_cpu_is_caught_each_time(name, tmp_path) -> None:
    """The second of two equal calls too, which jax would answer without telling anybody."""
    _, records = run(interpreter("ops-" + name), name, tmp_path,
                     "elementwise/exp/2d or elementwise/exp/of-float32", CONFORM_API="ops")
    found = cases(records)
    for way, operation in OPS[name].items():
        assert found["elementwise/exp/2d/" + way]["detail"]["message"] == "ran on the CPU: " + operation
    for way in ("eager", "symbolic"):
        assert found["elementwise/exp/of-float32/" + way]["aspects"] == ["device"]


@pytest.mark.venv
def test_an_environment_without_what_reaches_a_gpu_does_not_run_and_says_so(cntk_python, tmp_path) -> None:
    prefix = tmp_path / "prefix"
    prefix.mkdir()
    note = "this image was built without libgpuarray (no source), so Theano has no GPU in it\n"
    (prefix / "no-gpu.txt").write_text(note)
    front = tmp_path / "front"
    front.mkdir()
    (front / "sitecustomize.py").write_text(f"import sys; sys.prefix = {str(prefix)!r}\n")
    done, records = run(cntk_python, "cntk", tmp_path, PYTHONPATH=str(front))
    assert done.returncode == 3
    assert [record["kind"] for record in records] == ["start", "end"]
    assert "this image was built without libgpuarray" in records[-1]["reason"]


CASE = CASES["arithmetic/dot/2d-2d/unknown"]


def answer(ulps: float, **seen: list[str]) -> dict:
    """What a worker answers to CASE when one element is off by so many ULP of float32."""
    want = CASE.expected()
    got = want.copy()
    got[0, 0] += ulps * 2.0**-23 * max(abs(want[0, 0]), abs(want).max() / 16)
    got = got.astype("float32")
    facts = {"ndim": want.ndim, "shape": list(want.shape), "dtype": "float32"}
    return {"tree": 0, "leaves": [got], "facts": [facts], "devices": {"cpu": [], "gpu": [], **seen}}


def test_what_ran_on_the_gpu_passes_and_a_single_operation_on_the_cpu_is_named() -> None:
    assert judge_answer(CASE, answer(0, gpu=["MatMul"]), "K", "gpu").verdict == "pass"
    outcome = judge_answer(CASE, answer(0, gpu=["MatMul"], cpu=["Pad", "CTCLoss"]), "K", "gpu")
    assert (outcome.verdict, outcome.message) == ("fail", "ran on the CPU: CTCLoss, Pad")
    wrong = judge_answer(CASE, answer(1e6, cpu=["MatMul"]), "K", "gpu").message
    assert "ULP" in wrong
    assert wrong.endswith("; ran on the CPU: MatMul")


@pytest.mark.parametrize(("ulps", "cpu", "gpu"),
                         [(10, "pass", "pass"), (100, "fail", "pass"), (4096, "fail", "fail")])
def test_a_gpu_column_is_granted_more_and_not_what_tf32_would_cost(ulps, cpu, gpu) -> None:
    assert judge_answer(CASE, answer(ulps), "K", "cpu").verdict == cpu
    assert judge_answer(CASE, answer(ulps), "K", "gpu").verdict == gpu
    assert compare.LIMITS["float32"] * compare.GPU_FACTORS["float32"] < 4096


def test_an_engine_that_nobody_can_watch_proves_nothing(monkeypatch) -> None:
    for name in names("runtime"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    known = "cannot tell where this engine computes: it knows cntk, jax, tensorflow, theano, torch"
    with pytest.raises(runtime.NoGpu, match=known):
        runtime.watch()


def test_what_was_executed_is_told_once_and_by_device() -> None:
    watch = runtime.Watch()
    for device, operation in (("cpu", "Pad"), ("gpu", "MatMul"), ("gpu", "MatMul"), ("gpu", "Exp")):
        watch.saw(device, operation)
    assert watch.taken() == {"cpu": ["Pad"], "gpu": ["Exp", "MatMul"]}
    assert watch.taken() == {"cpu": [], "gpu": []}


@pytest.mark.venv
def test_only_engines_that_were_imported_are_asked(cntk_python) -> None:
    ask = ("from conformance.engines import runtime\nprint(len(runtime.loaded()), end=' ')\nimport cntk\n"
           "print([module.__name__ for module in runtime.loaded()])\nruntime.quiet()")
    done = subprocess.run([cntk_python, "-W", "ignore", "-c", ask],
                          env={**os.environ, "PYTHONPATH": str(ROOT)},
                          capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].endswith("0 ['conformance.engines.cntk.runtime']")
