"""What a plug-in must have is what the backends of the installed Keras have: the data files are held against
their source and, where it can be imported, against what it defines."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path

import pytest

from conformance.apis.ops import contract
from conformance.apis.parameters import departure
from harness.backends import load_backends, load_host
from harness.runtimes.venv import VenvRuntime
from tests import ROOT

NIGHTLY = load_host("ops").keras
RELEASE = load_backends()["ops-numpy"].keras

INTROSPECT = """
import json, sys
sys.path.append(sys.argv[1])
import importlib, keras
from conformance.worker.inspect_module import signature
found = {}
for name in json.loads(sys.argv[2]):
    path = name[len("ops."):] if name.startswith("ops.") else name
    module, _, own = path.rpartition(".")
    place = importlib.import_module(".".join(filter(None, ("keras.src.backend.numpy", module))))
    found[name] = signature(getattr(place, own))
print(json.dumps(found))
"""


def environment(backend):
    """The interpreter of a backend's environment, made when it is not there."""
    runtime = VenvRuntime()
    if reason := runtime.available() or runtime.problem(backend):
        pytest.skip(reason)
    python = runtime.prepare(backend, print).python
    assert python is not None
    return python


def script():
    """scripts/contract.py as a module."""
    spec = importlib.util.spec_from_file_location("contract_script", ROOT / "scripts" / "contract.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.venv
@pytest.mark.parametrize(
    "backend", [load_host("ops"), load_backends()["ops-numpy"]], ids=lambda item: item.keras
)
def test_the_file_is_what_the_script_makes_of_the_installed_keras(backend):
    keras = next((environment(backend).parent.parent / "lib").glob("python3*/site-packages/keras"))
    written = Path(contract.FOLDER, f"{backend.keras}.txt").read_text()
    assert script().contract(keras) == written
    assert contract.installed([str(keras.parent)]) == backend.keras


@pytest.mark.venv
def test_the_numpy_backend_of_keras_keeps_the_contract():
    """As imported, not as read: a decorator may change what a `def` line says."""
    wanted = {name: signature for name, signature in contract.of(RELEASE).signatures.items()
              if isinstance(signature, list)}
    assert len(wanted) > 300
    python = environment(load_backends()["ops-numpy"])
    done = subprocess.run(
        [python, "-c", INTROSPECT, str(ROOT), json.dumps(list(wanted))],
        env={"KERAS_BACKEND": "numpy", "HOME": "/nonexistent"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    got = json.loads(done.stdout)
    assert {name: departure(wanted[name], got[name], "Keras") for name in wanted} == dict.fromkeys(wanted)


@pytest.mark.parametrize(
    ("version", "file"),
    [("3.15.1", "3.15.1"), ("3.15.2", "3.15.1"), ("3.9.0", "3.15.1"), (NIGHTLY, NIGHTLY),
     ("3.17.0", NIGHTLY)],
)
def test_a_release_without_a_file_of_its_own_has_that_of_the_one_before(version, file):
    assert contract.of(version).source == f"the backends of Keras {file}"


def test_a_line_is_a_name_with_its_arguments_or_with_a_text():
    found = contract.of(RELEASE)
    assert found.describe("ops.numpy.sum") == "ops.numpy.sum(x, axis=None, keepdims=False)"
    assert found.describe("ops.numpy.vectorize").endswith("(pyfunc, *, excluded=None, signature=None)")
    assert found.describe("Variable") == (
        "Variable (a class below keras.src.backend.common.variables.KerasVariable)")
    assert set(found.entries) < set(found.names)


def test_without_keras_it_is_said():
    with pytest.raises(LookupError, match="Keras 3 is not installed in this environment"):
        contract.installed([str(ROOT)])
