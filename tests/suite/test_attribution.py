"""A function that dies, hangs, lies or floods costs its own cases: every other verdict is what the sound backend gets."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENDINGS = {"exp": "crash", "sin": "timeout", "cos": "unsupported", "sqrt": "crash", "round": "error", "square": "fail"}

pytestmark = pytest.mark.venv


def run_suite(python: Path, backend: str, journal: Path, *options: str) -> dict[str, dict]:
    """The suite as a person runs it by hand; the case records of its journal by id."""
    environment = {**os.environ, "KERAS_BACKEND": backend, "PYTHONPATH": str(Path(__file__).parent / "miniatures")}
    command = [
        str(python),
        "-m",
        "pytest",
        "conformance",
        "-q",
        "--tb=no",
        "-p",
        "no:cacheprovider",
        "--journal",
        str(journal),
        *options,
    ]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=500)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    records = [json.loads(line) for line in journal.read_text().splitlines()]
    assert records[0]["kind"] == "start" and records[-1]["kind"] == "end" and records[-1]["complete"]
    cases = {record["id"]: record for record in records if record["kind"] == "case"}
    assert sorted(cases) == sorted(next(r["ids"] for r in records if r["kind"] == "collected"))
    return cases


@pytest.mark.parametrize(
    ("jobs", "functions"),
    [(1, ("exp", "sin", "cos", "sqrt", "round", "square", "sign", "abs", "log", "clip")), (2, ("exp", "round", "sign", "abs", "log"))],
)
def test_misbehaving_functions_cost_their_own_cases(cntk_python: Path, tmp_path: Path, jobs: int, functions: tuple[str, ...]) -> None:
    """`os._exit`, a hang, a segmentation fault, SystemExit, a forged journal, a flood: one mixed run, right to the case."""
    select = ["-k", " or ".join(f"elementwise/{function}/" for function in functions)]
    sound = run_suite(cntk_python, "cntk", tmp_path / "sound.jsonl", *select)
    parallel = ["-n", str(jobs)] if jobs > 1 else []
    wounded = run_suite(cntk_python, "misbehaving", tmp_path / "wounded.jsonl", "--case-timeout", "10", *select, *parallel)
    assert sound.keys() == wounded.keys()
    wrong = {}
    for case_id, case in wounded.items():
        expected = ENDINGS.get(case["function"], sound[case_id]["verdict"])
        if case["verdict"] != expected:
            wrong[case_id] = (case["verdict"], expected, case.get("detail"))
    assert wrong == {}


def test_a_wrong_function_put_in_front_is_caught(cntk_python: Path, tmp_path: Path) -> None:
    """PYTHONPATH is honoured by hand: a patched copy of Keras is what is judged, and `sum` along the wrong axis is seen."""
    found = subprocess.run(
        [str(cntk_python), "-W", "ignore", "-c", "import keras; print(keras.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "KERAS_BACKEND": "cntk", "KERAS_HOME": str(tmp_path)},
    )
    copied = tmp_path / "front"
    subprocess.run(
        ["cp", "-r", found.stdout.strip(), str(copied / "keras")], check=True
    ) if copied.mkdir() is None else None
    module = copied / "keras" / "backend" / "cntk_backend.py"
    text = module.read_text()
    assert "def square(x):\n    return C.square(x)" in text
    module.write_text(
        text.replace("def square(x):\n    return C.square(x)", "def square(x):\n    return C.square(x) + 1e-3")
    )
    journal = tmp_path / "j.jsonl"
    environment = {**os.environ, "KERAS_BACKEND": "cntk", "PYTHONPATH": str(copied)}
    done = subprocess.run(
        [str(cntk_python), "-m", "pytest", "conformance", "-q", "-k", "arithmetic/square/", "--journal", str(journal)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 1, done.stdout
    records = [json.loads(line) for line in journal.read_text().splitlines()]
    assert records[0]["file"].startswith(str(copied))
    assert {r["verdict"] for r in records if r["kind"] == "case"} == {"fail"}
