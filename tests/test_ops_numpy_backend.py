"""The plug-in package to copy is what it says: NumPy and Keras alone, small modules, most of core."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

import pytest

from harness.backends import find_backend, load_host
from harness.runtimes.venv import VenvRuntime
from tests import ROOT

EXAMPLE = ROOT / "examples" / "ops_numpy_backend"
MODULES = sorted(EXAMPLE.rglob("*.py"))
ALLOWED = {"numpy", "scipy", "ml_dtypes", "keras", "keras_example", *sys.stdlib_module_names}
OPEN = {"cond", "get_item", "reciprocal", "searchsorted"}
"""Functions with a case of `core` that does not pass under the nightly Keras; their causes are open."""
PREDICT = """
import sys
sys.path[:0] = sys.argv[1:]
from conformance.apis.ops import registration
print(registration.register(registration.Package("keras_example")))
import keras, numpy as np
model = keras.Sequential([keras.Input((6, 6, 1)), keras.layers.Conv2D(4, 3, activation="relu"),
    keras.layers.BatchNormalization(), keras.layers.MaxPooling2D(), keras.layers.Flatten(),
    keras.layers.Dropout(0.1), keras.layers.Dense(2, activation="softmax")])
answer = model.predict(np.ones((40, 6, 6, 1)))
print(answer.shape, np.allclose(answer.sum(1), 1))
print(keras.layers.LSTM(3)(np.ones((2, 5, 4))).shape)
try:
    model.compile("sgd", "mse"); model.fit(np.ones((4, 6, 6, 1)), np.ones((4, 2)))
except NotImplementedError as error:
    print(error)
"""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_is_small_documented_and_needs_little(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names.append(node.module or "")
        assert all(name.split(".")[0] in ALLOWED for name in names), names


@pytest.fixture(scope="module")
def python():
    runtime = VenvRuntime()
    if problem := runtime.available() or runtime.problem(find_backend("ops-numpy")):
        pytest.skip(problem)
    return runtime.prepare(load_host("ops"), print).python


@pytest.mark.venv
@pytest.mark.slow
def test_it_passes_core_but_for_what_is_known(python, tmp_path):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "harness", "validate", "keras_example", "--path", EXAMPLE, "--runtime"),
            *("venv", "--level", "core", "--json", "--out", tmp_path),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    document = json.loads(done.stdout)
    core = {step["step"]: step["holds"] for step in document["steps"]}
    assert all(core[name] for name in ("contract", "loads", "signatures"))
    assert {gap["function"] for gap in document["next"]} <= OPEN, document["next"]


@pytest.mark.venv
def test_keras_predicts_with_it_and_refuses_to_train(python, tmp_path):
    done = subprocess.run(
        [python, "-c", PREDICT, ROOT, EXAMPLE],
        env={"HOME": str(tmp_path), "KERAS_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == [
        "Keras does not know example yet: it was added to PLUGGABLE_BACKENDS, as keras_example.src would be",
        "(40, 2) True",
        "(2, 3)",
        "keras_example has no gradients, so its models do not learn",
    ], done.stderr[-2000:]
