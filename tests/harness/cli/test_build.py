from __future__ import annotations

import json

from tests.fakes import FakeRuntime, replay


def test_build_goes_on_after_one_that_fails(backends, use_runtime, conform):
    use_runtime(FakeRuntime({"cntk": "No Python 3.6 was found.", "theano": replay("theano", [])}))
    result = conform("build", "--json")
    assert result.status == 3
    assert [item["ready"] for item in json.loads(result.out)["built"]] == [False, True]
    assert "conform: No Python 3.6 was found." in result.err
