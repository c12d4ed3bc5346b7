from __future__ import annotations

import json

import pytest

from harness.errors import EnvironmentProblem
from harness.runtimes.localgpu import local_gpus
from tests.fakes import FakeRuntime, replay


def test_env_prints_an_interpreter_and_nothing_else(backends, use_runtime, conform):
    use_runtime(FakeRuntime({"cntk": replay("cntk", []), "theano": "No Python 3.6 was found."}))
    assert conform("env", "cntk").out == "/fake/bin/python\n"
    assert json.loads(conform("env", "cntk", "--json").out)["env"] == {"KERAS_BACKEND": "cntk"}
    failed = conform("env", "theano")
    assert (failed.status, failed.out) == (3, "")


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """An empty cache, and a machine without a GPU. What would be installed is noted and refused."""
    asked = []

    def make(*arguments):
        asked.append(arguments[0])
        raise EnvironmentProblem("It would be installed now.")

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("harness.runtimes.venv.made", make)
    monkeypatch.setattr("harness.runtimes.localgpu.DEVICES", tmp_path)
    local_gpus.cache_clear()
    yield asked
    local_gpus.cache_clear()


def test_nothing_is_downloaded_for_a_gpu_that_is_not_there(bare, conform):
    done = conform("env", "cntk-gpu")
    assert (done.status, done.out, bare) == (3, "", [])
    assert "no GPU: this machine has no /dev/nvidia0" in done.err
    assert "--build" in done.err


def test_it_is_made_all_the_same_when_asked(bare, conform):
    done = conform("env", "cntk-gpu", "--build")
    assert (done.status, bare) == (3, ["cntk-gpu"])
    assert "It would be installed now." in done.err
