"""A front end that is not called keras: how rows reach it, and which do not apply to it."""

import subprocess
import sys

import pytest

from conformance import front, spec, worker
from tests import ROOT


@pytest.mark.parametrize(
    ("source", "localised"),
    [
        ("from keras import backend as K\nK.eps()", "from tf_keras import backend as K\nK.eps()"),
        ("import keras\nkeras.__version__", "import tf_keras as keras\nkeras.__version__"),
        ("path = 'home/.keras/keras.json'", "path = 'home/.keras/keras.json'"),
    ],
)
def test_imports_of_keras_reach_the_front_end(monkeypatch, source, localised) -> None:
    assert front.localised(source) == source
    monkeypatch.setattr(front, "PACKAGE", "tf_keras")
    assert front.localised(source) == localised


def test_preload_imports_and_calls(monkeypatch, tmp_path) -> None:
    (tmp_path / "preloaded_for_a_test.py").write_text("state = []\ndef act():\n    state.append(1)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("CONFORM_PRELOAD", "preloaded_for_a_test")
    worker.preload()
    assert sys.modules["preloaded_for_a_test"].state == []
    monkeypatch.setenv("CONFORM_PRELOAD", "preloaded_for_a_test, preloaded_for_a_test:act")
    worker.preload()
    assert sys.modules["preloaded_for_a_test"].state == [1]


def test_rows_about_choosing_a_backend_are_for_keras_alone() -> None:
    facts = {"backend": "tensorflow", "front": "tf_keras"}
    skipped = {case.id for case in spec.cases() if case.not_applicable(facts)}
    assert {"config/backend/banner", "config/backend/external-of-one-word", "config/backend/file-illegal-unknown"} <= skipped
    assert not any(case.not_applicable({**facts, "front": "keras"}) for case in spec.cases())
    assert "config/backend/default-file" not in skipped


def test_a_repro_imports_the_front_end() -> None:
    listed = next(case.id for case in spec.cases("examples") if case.way == "variable")
    command = [sys.executable, "-m", "conformance", f"--repro={listed}"]
    done = subprocess.run(
        command, cwd=ROOT, env={"CONFORM_K": "tf_keras.backend", "PATH": ""}, capture_output=True, text=True, check=True
    )
    assert "from tf_keras import backend as K" in done.stdout
