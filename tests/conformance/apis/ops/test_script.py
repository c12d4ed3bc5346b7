"""A case as a script that needs Keras and NumPy alone, run over a made-up Keras."""

import subprocess
import sys

import numpy as np
import pytest

from conformance import settings
from conformance.apis.ops import script
from conformance.apis.ops.inputs import given
from conformance.apis.ops.language import Ops, choose_ways

KERAS = """
import types
import numpy as np

backend = types.SimpleNamespace(standardize_dtype=str)
config = types.SimpleNamespace(backend=lambda: "numpy")
KerasTensor = Variable = type("Unused", (), {})


def double(x):
    if writes:
        x *= 2
        return x
    return x * 2


ops = types.SimpleNamespace(
    convert_to_tensor=lambda x, dtype=None: np.array(x, dtype), convert_to_numpy=np.asarray,
    is_tensor=lambda x: isinstance(x, np.ndarray), double=double)
"""


@pytest.mark.parametrize(("writes", "status"), [(False, 0), (True, 1)])
def test_a_call_that_writes_to_its_input_departs(tmp_path, writes, status):
    spec = Ops("ops.{}", ("eager", "symbolic"), choose_ways, release="made up")
    with spec.function("double", area="made") as f:
        f.promise("twice the input, which stays as it is", at="double: returns")
        f.case("1d", x=given([1.0, np.nan]), oracle=lambda x: 2 * x, ways="eager")
    (tmp_path / "keras.py").write_text(f"writes = {writes}\n{KERAS}")
    (tmp_path / "case.py").write_text(script.source(next(spec.cases()), settings.read({}), "numpy"))
    done = subprocess.run(
        [sys.executable, "case.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert ("the input x was changed" in done.stdout) == writes
