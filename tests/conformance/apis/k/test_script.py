"""Reproduction scripts of K: every one is whole, and what it says with its exit status is true.

They are run against a miniature of Keras on NumPy, which is wrong where a test asks for it.
"""

import ast
import subprocess
import sys

import numpy as np
import pytest

from conformance import apis, settings
from conformance.apis.k import script, standalone
from conformance.case import Refusal
from conformance.judge import standalone as comparison

TABLE = apis.table("k", settings.read({}))
CASES = {case.id: case for case in TABLE.cases()}

KERAS = """
import json, os, sys
import numpy as np

sys.stderr.write("Using {} backend.\\n".format(os.environ["KERAS_BACKEND"]))
WRONG = os.environ.get("WRONG", "")
_epsilon = 1e-7
if "KERAS_HOME" in os.environ:
    os.makedirs(os.environ["KERAS_HOME"])  # Keras writes its configuration there


class Tensor:
    def __init__(self, compute, shape, dtype):
        self.compute, self.shape, self.dtype = compute, shape, dtype


def placeholder(shape, dtype):
    made = Tensor(lambda: made.fed, shape, dtype)
    return made


def variable(value, dtype):
    return Tensor(lambda: value, value.shape, dtype)


def function(inputs, outputs):
    def call(values):
        for tensor, value in zip(inputs, values):
            tensor.fed = value
        return [output.compute() for output in outputs]
    return call


def eval(tensor):
    return tensor.compute()


def int_shape(tensor):
    return tensor.shape


def ndim(tensor):
    return len(tensor.shape)


def dtype(tensor):
    return tensor.dtype


def sum(x, axis):
    dtype = "float64" if WRONG == "static" else x.dtype
    shape = x.shape[:axis] + x.shape[axis + 1:]
    return Tensor(lambda: x.compute().sum(axis) + (WRONG == "value"), shape, dtype)


def batch_dot(x, y, axes):
    if WRONG != "accepts":
        raise ValueError("no batch axis")
    return x


def random_uniform(shape):
    return Tensor(lambda: np.zeros(shape, "float32"), shape, "float32")


def epsilon():
    return _epsilon


def set_epsilon(value):
    global _epsilon
    _epsilon = value if WRONG != "value" else 1.0


def clear_session():
    raise RuntimeError("broken")
"""


@pytest.fixture
def run(tmp_path):
    (tmp_path / "keras" / "backend").mkdir(parents=True)
    (tmp_path / "keras" / "__init__.py").write_text("")
    (tmp_path / "keras" / "backend" / "__init__.py").write_text(KERAS)

    def go(case_id, wrong="", path=tmp_path):
        text = script.source(CASES[case_id], settings.read({}), "mini")
        (tmp_path / "script").mkdir(exist_ok=True)
        (tmp_path / "script" / "case.py").write_text(text)
        env = {"PYTHONPATH": str(path), "WRONG": wrong, "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
        command = [sys.executable, tmp_path / "script" / "case.py"]
        done = subprocess.run(command, env=env, cwd="/", capture_output=True, text=True)
        assert not (tmp_path / ".keras").exists()
        assert {item.name for item in tmp_path.iterdir()} == {"keras", "script"}  # what it wrote is gone
        return done

    return go


@pytest.mark.parametrize("way", ["variable", "known", "unknown"])
def test_status_0_as_promised(run, way):
    name = (
        f"reduction/sum/axis-1/{way}"
        if f"reduction/sum/axis-1/{way}" in CASES
        else "reduction/sum/axis-first/known"
    )
    done = run(name)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("case", "wrong", "says"),
    [
        ("reduction/sum/axis-first/known", "value", "result: wrong value at (0,)"),
        (
            "reduction/sum/axis-first/known",
            "static",
            "result: wrong static dtype: float64, evaluated float32",
        ),
        ("arithmetic/batch_dot/axis-0/variable", "accepts", "accepted:"),
        ("config/set_epsilon/documented-example", "value", "got: wrong value: False instead of True"),
    ],
)
def test_status_1_a_deviation(run, case, wrong, says):
    assert run(case).returncode == 0
    done = run(case, wrong)
    assert done.returncode == 1, done.stderr
    assert says in done.stdout


def test_status_1_an_exception_that_nobody_promised(run):
    done = run("state/clear_session/keeps-the-settings")
    assert done.returncode == 1
    assert done.stderr


def test_status_2_a_reader_has_to_judge(run):
    done = run("config/backend/banner-on-stderr")
    assert done.returncode == 2, done.stdout + done.stderr
    assert "a reader has to judge: " in done.stdout
    assert "Using mini backend." in done.stderr


def test_status_3_nothing_to_import(run, tmp_path_factory):
    empty = tmp_path_factory.mktemp("empty")
    done = run("reduction/sum/axis-first/known", path=empty)
    assert done.returncode == 3
    assert "keras is not installed here" in done.stdout
    (empty / "keras").mkdir()
    (empty / "keras" / "__init__.py").write_text("")
    done = run("reduction/sum/axis-first/known", path=empty)
    assert done.returncode == 3
    assert "the backend cannot be imported here: " in done.stdout


def test_every_case_makes_a_whole_script_that_names_nothing_of_this_project():
    for index, case in enumerate(CASES.values()):
        # Parsing takes milliseconds a script: of the common kind a part will do.
        if index % 8 and case.way in ("variable", "known", "unknown") and not isinstance(case.want, Refusal):
            continue
        text = script.source(case, settings.read({}), "theano")
        imported = {
            (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
            for node in ast.walk(ast.parse(text))
            if isinstance(node, (ast.Import, ast.ImportFrom))
        }
        assert not imported & {"conformance", "harness"}, case.id
        assert "conformance" not in text, case.id


def test_no_case_binds_the_name_of_a_helper():
    compared = {"Rule", "Evaluated", "rules", "departures", "ulps", "as_plain", "wanted"}
    before = {"np", "os", "sys", "atexit", "shutil", "tempfile", "importlib", "scratch", "stub"}
    refused = {"leaves", "is_tensor"}
    assert {name for name in vars(comparison) if not name.startswith("__")} <= compared | {"np"}
    for case in CASES.values():
        assert not set(case.inputs) & (compared | before | refused), case.id
        if case.way in ("script", "isolated"):
            # What such a script binds is looked up after the helpers are defined.
            assert not set(case.expected()) & (compared | before), case.id
        elif isinstance(case.want, Refusal):
            bound = {node.id for node in ast.walk(ast.parse(case.source)) if isinstance(node, ast.Name)}
            assert not bound & refused, case.id


def test_what_is_wanted_reads_back_the_same():
    for case in list(CASES.values())[::7]:
        if not isinstance(case.want, Refusal):
            want = case.expected()
            text = script._literal(want)
            read = eval(text, {"np": np, "Rule": comparison.Rule})
            assert type(read) is (comparison.Rule if text.startswith("Rule(") else type(read))
            if isinstance(want, np.ndarray):
                assert read.dtype == want.dtype
                np.testing.assert_array_equal(read, want)


def test_another_front_end_its_preload_and_a_module_of_ones_own():
    case = CASES["reduction/sum/axis-first/known"]
    told = {
        "CONFORM_API_MODULE": "tf_keras.backend",
        "CONFORM_PRELOAD": "tensorflow.compat.v1:disable_eager_execution",
    }
    text = script.source(case, settings.read(told), "tensorflow")
    assert text.index("tensorflow.compat.v1.disable_eager_execution()") < text.index(
        "from tf_keras import backend as K"
    )
    assert "def stub(" not in text
    text = script.source(case, settings.read({"CONFORM_MODULE": "mine.backend"}), "mine.backend")
    assert (
        text.index("def stub(")
        < text.index("stub('mine.backend', 'keras')")
        < text.index("from keras import backend")
    )


def test_a_stub_stands_in_for_what_a_module_lacks(tmp_path, monkeypatch):
    (tmp_path / "mini" / "backend").mkdir(parents=True)
    (tmp_path / "mini" / "__init__.py").write_text("")
    text = "from __future__ import division\nfrom .load_backend import sum\nfrom .load_backend import dot\n"
    (tmp_path / "mini" / "backend" / "__init__.py").write_text(text)
    (tmp_path / "stubbed_for_a_test.py").write_text("def sum(x): return x\n")
    monkeypatch.syspath_prepend(tmp_path)
    standalone.stub("stubbed_for_a_test", "mini")
    module = sys.modules["stubbed_for_a_test"]
    assert module.sum(3) == 3
    assert not hasattr(module, "division")
    with pytest.raises(NotImplementedError, match="K has no dot"):
        module.dot()
    with pytest.raises(NotImplementedError, match="K has no placeholder"):
        module.placeholder()
