"""Reproduction scripts: each has in its head what the backend needs, and needs nothing of this project."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from harness.backends import ModuleSource, load_backends, load_host
from harness.repro import repro_script

CASE = "reduction/sum/axis-first/known"
CASES = {"k": CASE, "ops": "elementwise/exp/2d/eager"}
"""A case of each API."""

pytestmark = pytest.mark.usefixtures("read_here")


def test_it_is_a_script_of_its_own(backends, conform, tmp_path):
    result = conform("repro", CASE, "--backend", "cntk", "--out", tmp_path / "case.py")
    assert (result.status, result.out) == (0, "")
    script = (tmp_path / "case.py").read_text()
    compile(script, "case.py", "exec")
    assert script.startswith(f"# Reproduces {CASE} on CNTK.\n")
    assert "#     numpy==1.18.5\n" in script
    assert "--hash" not in script
    assert "os.environ['KERAS_BACKEND'] = 'cntk'" in script
    assert script.index("KERAS_BACKEND") < script.index("from keras import backend as K")


def test_nothing_is_printed_of_a_script_that_could_not_be_made(backends, conform):
    result = conform("repro", "reduction/sum/axis-frist/known", "--backend", "cntk")
    assert (result.status, result.out) == (2, "")
    assert CASE in result.err


@pytest.mark.parametrize("name", sorted(load_backends()))
def test_the_head_of_every_registered_backend(name):
    backend = load_backends()[name]
    script = repro_script(CASES[backend.api], backend, print)
    imported = [
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(script))
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert not {module.split(".")[0] for module in imported} & {"conformance", "harness"}
    assert backend.api_module.split(".")[0] in imported
    assert "CONFORM" not in script
    assert f"# Needs Python {backend.python} and:" in script
    assert f"os.environ['KERAS_BACKEND'] = {backend.keras_backend!r}" in script
    for variable, value in backend.env.items():
        if not variable.startswith("CONFORM_"):
            # Before anything that reads it is imported.
            stated = f"os.environ.setdefault({variable!r}, {value!r})"
            assert script.index(stated) < script.index("import numpy as np")
    for entry in backend.preload:
        module, _, function = entry.partition(":")
        call = f"{module}.{function}()" if function else f"import {module}"
        loading = "backend as K" if backend.api == "k" else "    import keras\n"
        assert script.index(call) < script.index(loading)


def test_a_module_of_ones_own_is_stubbed_and_its_requirements_are_named(tmp_path):
    source = ModuleSource("mine.backend", tmp_path, "tinygrad==0.9\n")
    backend = replace(load_host(), name="mine.backend", keras_backend="mine.backend", module=source)
    script = repro_script(CASE, backend, print)
    compile(script, "case.py", "exec")
    assert "#     tinygrad==0.9\n# and mine.backend importable" in script
    assert script.index("stub('mine.backend', 'keras')") < script.index("from keras import backend as K")


def test_the_harness_writes_nothing_that_only_one_api_has():
    text = (Path(__file__).parents[2] / "harness" / "repro.py").read_text()
    assert "keras" not in text.lower()
