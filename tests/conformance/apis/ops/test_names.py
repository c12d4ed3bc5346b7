"""Every public name has a case, but for the list of those that have none yet."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from conformance import apis, settings
from conformance.apis.ops.names import PUBLIC
from harness.backends import find_backend
from harness.runtimes.venv import VenvRuntime

TABLE = apis.table("ops", settings.read({}))
UNWRITTEN = (Path(__file__).parent / "unwritten.txt").read_text().split()

ASK = """
import inspect, json, keras
from keras import ops
public = lambda where: [name for name in dir(where) if not name.startswith("_")
                        and not inspect.ismodule(getattr(where, name))]
print(json.dumps({"": public(ops), "image.": public(ops.image), "random.": public(keras.random),
                  "Variable.": public(keras.Variable), "KerasTensor.": public(keras.KerasTensor)}))
"""


def test_the_list_of_names_without_a_case_is_exact():
    """Take a name off the list when it gets its first case."""
    written = {function.name for function in TABLE.functions()}
    assert written <= set(PUBLIC)
    assert sorted(set(PUBLIC) - written) == UNWRITTEN


def test_no_name_stands_twice():
    assert [name for name, count in Counter(PUBLIC).items() if count > 1] == []


@pytest.mark.venv
@pytest.mark.slow
def test_the_names_are_those_of_keras(tmp_path):
    environment = VenvRuntime().prepare(find_backend("ops-numpy"), lambda text: None)
    asked = {**os.environ, "KERAS_BACKEND": "numpy", "KERAS_HOME": str(tmp_path)}
    done = subprocess.run([str(environment.python), "-c", ASK], env=asked, capture_output=True, text=True,
                          check=True)
    found = {prefix + name for prefix, names in json.loads(done.stdout).items() for name in names}
    others = {name for name in PUBLIC if name.split(".")[0] in ("config", "backend")}
    others |= {"Variable", "KerasTensor", "Function", "StatelessScope", "name_scope", "device"}
    assert found | others == set(PUBLIC)
