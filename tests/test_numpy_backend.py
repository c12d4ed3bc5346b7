"""The example is what it says: NumPy alone, small modules, honest about what it lacks, and enough for Keras
to train with."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest

from harness.backends import find_backend
from harness.runtimes.venv import VenvRuntime
from tests import ROOT

MODULES = sorted((ROOT / "examples" / "numpy_backend").glob("*.py"))
TRAIN = """
import numpy as np
np.random.seed(7)
from keras import layers, models

images = np.random.uniform(size=(120, 6, 6, 1))
classes = (images[:, :, :3].mean((1, 2, 3)) > images[:, :, 3:].mean((1, 2, 3))).astype(int)
model = models.Sequential([
    layers.Conv2D(4, 3, activation="relu", input_shape=(6, 6, 1)), layers.BatchNormalization(),
    layers.MaxPooling2D(), layers.Flatten(), layers.Dropout(0.1), layers.Dense(2, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
losses = model.fit(images, classes, epochs=12, verbose=0).history["loss"]
print(losses[-1] < 0.8 * losses[0], model.predict(images[:3]).shape)

series = np.random.uniform(size=(60, 5, 2))
model = models.Sequential([layers.LSTM(5, input_shape=(None, 2)), layers.Dense(1)])
model.compile("sgd", "mse")
losses = model.fit(series, series.sum((1, 2)), epochs=8, verbose=0).history["loss"]
print(losses[-1] < 0.5 * losses[0], model.predict(series[:3, :2]).shape)
"""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_is_small_documented_and_needs_numpy_alone(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 200
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names.append(node.module or "")
        assert all(name.split(".")[0] in {"numpy", *sys.stdlib_module_names} for name in names), names


@pytest.mark.venv
@pytest.mark.slow
def test_it_reaches_level_core(conform, tmp_path):
    if problem := VenvRuntime().problem(find_backend("cntk")):
        pytest.skip(problem)
    command = [
        "examples.numpy_backend",
        "--path",
        ROOT,
        "--level",
        "core",
        "--runtime",
        "venv",
        "--jobs",
        2,
        "--out",
        tmp_path,
    ]
    result = conform("validate", *command)
    assert result.status == 0, result.out
    assert "Level: core" in result.out


@pytest.mark.venv
@pytest.mark.slow
def test_keras_trains_with_it(tmp_path):
    runtime, cntk = VenvRuntime(), find_backend("cntk")
    if problem := runtime.problem(cntk):
        pytest.skip(problem)
    python = runtime.prepare(cntk, print).python
    # By its own name, as a copy of the folder would be used.
    environment = {
        **os.environ,
        "KERAS_BACKEND": "numpy_backend",
        "PYTHONPATH": str(ROOT / "examples"),
        "KERAS_HOME": str(tmp_path),
    }
    command = [str(python), "-W", "ignore", "-c", TRAIN]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["True (3, 2)", "True (3, 1)"]
    assert "Using numpy_backend backend." in done.stderr
