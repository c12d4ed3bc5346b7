"""Finding a Python of a version."""

from __future__ import annotations

import sys

import pytest

from harness.backends import load_backends
from harness.errors import EnvironmentProblem
from harness.runtimes.interpreters import find_interpreter
from harness.runtimes.venv import VenvRuntime

HERE = "{}.{}".format(*sys.version_info)


@pytest.fixture
def nothing(monkeypatch, tmp_path):
    """A machine on which no Python is found, but by uv what uv itself knows."""
    find_interpreter.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(tmp_path / "uv"))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "bin").mkdir()
    yield tmp_path
    find_interpreter.cache_clear()


def executable(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def test_a_python_on_path_is_found_and_its_version_is_what_it_answers(nothing):
    executable(nothing / "bin" / f"python{HERE}", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    found = find_interpreter(HERE)
    assert found is not None
    assert found.version == "{}.{}.{}".format(*sys.version_info)


def test_a_shim_that_fails_is_passed_over_for_what_pyenv_has(nothing):
    executable(nothing / "bin" / f"python{HERE}", "#!/bin/sh\necho pyenv: command not found >&2\nexit 127\n")
    executable(nothing / f"pyenv/versions/{HERE}.1/bin/python", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    assert find_interpreter(HERE) is not None


def test_a_python_of_another_version_does_not_count(nothing):
    executable(nothing / "bin" / "python3.6", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    assert find_interpreter("3.6") is None


def test_where_there_is_none_the_sentence_says_how_to_get_one(nothing):
    runtime, cntk = VenvRuntime(), load_backends()["cntk"]
    assert not runtime.prepared(cntk)
    with pytest.raises(EnvironmentProblem, match=r"needs Python 3\.6, .*pyenv install 3\.6") as caught:
        runtime.prepare(cntk, print)
    assert caught.value.message == runtime.problem(cntk)


def test_without_python_3_12_no_column_of_the_ops_api_runs_and_each_says_what_helps(nothing, conform):
    done = conform("run", "--api", "ops", "--runtime", "venv", "--out", nothing / "results")
    assert done.status == 3
    for name in ("ops-jax", "ops-numpy", "ops-openvino", "ops-tensorflow", "ops-torch"):
        assert f"{name} did not run: Keras 3.15.1 on " in done.out
        assert name in done.out.split("did not run")[0]
    assert done.out.count("needs Python 3.12, which was not found") == 5
    assert done.out.count("(`pyenv install 3.12`)") == 5
    assert done.out.count("not-run") == 5
