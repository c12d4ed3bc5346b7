"""A front end that is not called keras: how rows reach it, and which do not apply to it."""

import subprocess
import sys

import pytest

from conformance import settings
from conformance.apis.k import frontend
from tests import ROOT
from tests.conformance.table import CASES, TABLE

KERAS = settings.read({})
TF_KERAS = settings.read({"CONFORM_API_MODULE": "tf_keras.backend"})


@pytest.mark.parametrize(
    ("source", "localised"),
    [
        ("from keras import backend as K\nK.eps()", "from tf_keras import backend as K\nK.eps()"),
        ("import keras\nkeras.__version__", "import tf_keras as keras\nkeras.__version__"),
        ("path = 'home/.keras/keras.json'", "path = 'home/.keras/keras.json'"),
    ],
)
def test_imports_of_keras_reach_the_front_end(source, localised) -> None:
    assert frontend.localised(source, KERAS) == source
    assert frontend.localised(source, TF_KERAS) == localised


def test_the_module_is_the_one_that_is_named_and_its_package_the_front_end() -> None:
    assert (frontend.module(KERAS), frontend.package(KERAS)) == ("keras.backend", "keras")
    assert (frontend.module(TF_KERAS), frontend.package(TF_KERAS)) == ("tf_keras.backend", "tf_keras")


def test_rows_about_choosing_a_backend_are_for_keras_alone() -> None:
    facts = {"backend": "tensorflow", "front": "tf_keras"}
    skipped = {case.id for case in CASES.values() if TABLE.not_applicable(case, facts)}
    assert {"config/backend/banner", "config/backend/external-of-one-word",
            "config/backend/file-illegal-unknown"} <= skipped
    assert not any(TABLE.not_applicable(case, {**facts, "front": "keras"}) for case in CASES.values())
    assert "config/backend/default-file" not in skipped


def test_a_repro_imports_the_front_end() -> None:
    listed = next(case.id for case in TABLE.cases("examples") if case.way == "variable")
    command = [sys.executable, "-m", "conformance", f"--repro={listed}"]
    environment = {"CONFORM_API_MODULE": "tf_keras.backend", "PATH": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "from tf_keras import backend as K" in done.stdout
