from __future__ import annotations

import json

from tests.fakes import FakeRuntime, replay


def test_env_prints_an_interpreter_and_nothing_else(backends, use_runtime, conform):
    use_runtime(FakeRuntime({"cntk": replay("cntk", []), "theano": "No Python 3.6 was found."}))
    assert conform("env", "cntk").out == "/fake/bin/python\n"
    assert json.loads(conform("env", "cntk", "--json").out)["env"] == {"KERAS_BACKEND": "cntk"}
    failed = conform("env", "theano")
    assert (failed.status, failed.out) == (3, "")
