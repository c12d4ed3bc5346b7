from __future__ import annotations

import json


def test_plan(backends, conform):
    github = json.loads(conform("plan", "--format", "github", "--profile", "full").out)
    assert [job["backend"] for job in github["include"]] == ["cntk", "theano"]
    assert {job["profile"] for job in github["include"]} == {"full"}
    gitlab = json.loads(conform("plan", "other", "--format", "gitlab").out)
    assert list(gitlab) == ["conform other"]
    assert [job["backend"] for job in json.loads(conform("plan").out)["jobs"]] == ["cntk", "theano"]
