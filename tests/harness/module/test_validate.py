"""The steps of an external module, its level, what it is told to do next, and how the command ends."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from harness.apis import find_api
from harness.schemas import schema
from tests.harness.module.external_modules import CASES, EXPECTED, MODULES

SELECT = " or ".join(CASES)

pytestmark = pytest.mark.venv


@pytest.fixture
def tiny(environment, tmp_path):
    """A directory with the tiny module as my_package.my_module."""
    del environment
    package = tmp_path / "src" / "my_package"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    shutil.copy(MODULES / "tiny.py", package / "my_module.py")
    return tmp_path / "src"


def test_what_it_lacks_is_listed_in_full_with_signatures_and_the_rest_is_measured(validate, tiny):
    found = validate("my_package.my_module", "--path", tiny, "-k", f"{SELECT} or arithmetic/dot/2d-2d")
    loads = found.step("loads")
    missing = {item["name"]: item["signature"] for item in loads["missing"]}
    assert not loads["holds"]
    assert f"lacks {len(missing)} of the 143 names" in loads["message"]
    assert len(missing) == 143 - 10  # the tiny module has ten of them
    assert (
        missing["conv2d"]
        == "conv2d(x, kernel, strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, 1))"
    )
    assert not {"square", "epsilon", "floatx"} & set(missing)
    dot = {case: verdict for case, verdict in found.verdicts.items() if case.startswith("dot/")}
    assert dot
    assert set(dot.values()) == {"unsupported"}
    assert {case: verdict for case, verdict in found.verdicts.items() if case not in dot} == EXPECTED
    (column,) = found.document["matrix"]["columns"]
    assert column["backend"] == "my_package.my_module"
    assert [step["step"] for step in column["steps"]] == ["found", "imports", "valid", "loads", "signatures"]


def test_the_document_is_as_its_schema_says_and_its_order_is_the_cost(validate, tiny):
    found = validate("my_package.my_module", "--path", tiny, "-k", f"{SELECT} or arithmetic/dot/")
    Draft202012Validator(schema("validation")).validate(found.document)
    costs = [item["cost"] for item in found.document["next"]]
    assert costs == sorted(costs, reverse=True)
    first, second = found.document["next"][:2]
    assert (first["function"], first["kind"], first["signature"]) == ("dot", "missing", "dot(x, y)")
    assert (second["function"], second["kind"], second["cost"]) == ("abs", "wrong", 3)
    failing = {case["id"] for case in found.document["failing"]}
    assert {f"elementwise/{case}" for case, verdict in EXPECTED.items() if verdict == "fail"} <= failing


def test_two_of_the_three_entries_name_the_third(validate, environment):
    found = validate("module:incomplete", "--path", MODULES, "-k", SELECT)
    valid = found.step("valid")
    assert valid["message"] == "Missing required entry: function"
    assert [item["signature"] for item in valid["missing"]] == [
        "function(inputs, outputs, updates=None, **kwargs)"
    ]
    assert found.step("valid")["message"] == "Missing required entry: function"
    assert found.verdicts["square/2d/variable"] == "pass"
    assert found.verdicts["square/2d/known"] == "unsupported"


def test_arguments_that_depart_from_ks_are_told(validate, environment):
    found = validate("module:arguments", "--path", MODULES, "-k", SELECT)
    wrong = {item["name"]: item["message"] for item in found.step("signatures")["wrong"]}
    assert wrong == {
        "square": "has tensor where K has x",
        "sqrt": "demands precise, which K does not have",
        "placeholder": "has dtype='float32' where K has dtype=None",
        "abs": "is compiled and does not tell its arguments: wrap it in a function",
        "eye": "is not a function",
    }


def test_a_level_is_demanded_and_decides_the_status(validate, tiny):
    assert validate("my_package.my_module", "--path", tiny, "--level", "valid").status == 0
    found = validate("my_package.my_module", "--path", tiny, "--level", "loads")
    assert found.status == 1
    assert found.document["level"] == "valid"
    # The smallest profile that can tell.
    assert found.document["matrix"]["columns"][0]["profile"] == "examples"
    assert set(found.holds) == {"found", "imports", "valid", "loads", "signatures", "examples"}


def test_text_for_people_has_the_steps_the_next_thing_to_do_and_a_command(tiny, tmp_path):
    command = [
        sys.executable,
        "-m",
        "harness",
        "validate",
        "my_package.my_module",
        "--path",
        "src",
        "--runtime",
        "venv",
    ]
    env = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run([*command, "-k", SELECT], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    for name in find_api("k").levels:
        assert re.search(rf"^  [✓✗·]  {name} ", done.stdout, re.MULTILINE), name
    assert "     3 abs is wrong  3 fail: wrong value" in done.stdout
    assert "No level: a part of the suite ran." in done.stdout
    (line,) = [line.strip() for line in done.stdout.splitlines() if "conform repro" in line]
    assert line == "conform repro elementwise/abs/2d/known --backend my_package.my_module --path src"


def test_a_failing_case_is_reproduced_by_a_script_without_the_harness(tiny, environment, conform, tmp_path):
    script = tmp_path / "case.py"
    case = "elementwise/abs/2d/known"
    assert (
        conform("repro", case, "--backend", "my_package.my_module", "--path", tiny, "--out", script).status
        == 0
    )
    env = {"PYTHONPATH": str(tiny), "HOME": str(tmp_path), "PATH": os.defpath}
    done = subprocess.run([environment, script], cwd="/", env=env, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "result: wrong value at" in done.stdout


def test_run_takes_such_a_module_beside_a_label_and_other_reports(conform, tiny, tmp_path):
    out = tmp_path / "out"
    arguments = ["my_package.my_module", "--path", tiny, "--runtime", "venv", "-k", SELECT, "--out", out]
    result = conform("run", *arguments, "--label", "mine")
    assert result.status == 1
    assert "mine has 3 new deviations" in result.out
    assert '"kind": "start"' in (out / "selected" / "mine.jsonl").read_text().splitlines()[0]
    assert conform("merge", out / "selected", "--out", tmp_path / "m.json").status == 1
    assert (
        conform("report", tmp_path / "m.json", "--format", "badge", "--out", tmp_path / "badges").status == 0
    )
    assert (tmp_path / "badges" / "mine.svg").exists()


def test_watch_runs_again_when_a_file_changes_and_ends_with_ctrl_c(tiny, tmp_path):
    command = [
        sys.executable,
        "-m",
        "harness",
        "validate",
        "my_package.my_module",
        "--path",
        str(tiny),
        "--runtime",
        "venv",
    ]
    command += ["-k", SELECT, "--watch", "--out", str(tiny / "results")]
    log = tmp_path / "log"
    env = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with (
        log.open("wb") as stream,
        subprocess.Popen(command, env=env, stdout=stream, stderr=subprocess.STDOUT) as process,
        contextlib.ExitStack() as end,
    ):
        end.callback(process.kill)  # where a line below fails, it would be waited for without end
        _wait(lambda: log.read_text().count("Watching ") == 1)
        assert "abs is wrong" in log.read_text()
        time.sleep(1)  # what the run itself wrote below --path is no change
        assert log.read_text().count("running") == 1
        module = tiny / "my_package" / "my_module.py"
        module.write_text(module.read_text().replace("np.float32(1.001)", "1"))
        _wait(lambda: log.read_text().count("Watching ") == 2)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    second = log.read_text().partition("Watching ")[2]
    assert "abs is wrong" not in second
    assert "Traceback" not in log.read_text()


def _wait(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)
