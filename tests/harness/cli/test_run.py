from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from harness.schemas import schema
from tests.fakes import FakeRuntime, case, replay
from tests.harness.module.external_modules import MODULES


def test_run_takes_the_default_set(backends, use_runtime, conform, tmp_path):
    runtime = use_runtime(FakeRuntime({name: replay(name, [case("a/f/x")]) for name in backends}))
    result = conform("run", "--out", tmp_path)
    assert result.status == 0
    assert sorted(runtime.entered) == ["cntk", "theano"]
    assert "Runtime fake, for a test." in result.err


def test_run_takes_names_with_commas_and_spaces(backends, use_runtime, conform, tmp_path):
    runtime = use_runtime(FakeRuntime({name: replay(name, [case("a/f/x")]) for name in backends}))
    conform("run", "other,theano", "cntk", "theano", "--out", tmp_path)
    assert sorted(runtime.entered) == ["cntk", "other", "theano"]


def test_a_label_makes_a_column_of_its_own(backends, use_runtime, conform, tmp_path):
    use_runtime(FakeRuntime({"cntk": replay("cntk-again", [case("a/f/x")], backend="cntk")}))
    assert conform("run", "cntk", "--label", "cntk-again", "--out", tmp_path).status == 0
    assert (tmp_path / "cntk-again.jsonl").exists()


def test_run_as_json_is_a_matrix(backends, use_runtime, conform, tmp_path):
    use_runtime(FakeRuntime({"cntk": replay("cntk", [case("a/f/x", "fail")])}))
    result = conform("run", "cntk", "--out", tmp_path, "--json")
    Draft202012Validator(schema("matrix")).validate(json.loads(result.out))
    assert result.status == 1


def test_status_2_options_for_a_module_without_one(conform, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    result = conform("run", "cntk", "--path", MODULES)
    assert result.status == 2
    assert "name it, as in my_package.my_module" in result.err


def test_status_2_resume_and_fresh_exclude_each_other(backends, use_runtime, conform, tmp_path):
    runtime = use_runtime(FakeRuntime({"cntk": replay("cntk", [case("a/f/x")])}))
    result = conform("run", "cntk", "--resume", "--fresh", "--out", tmp_path)
    assert (result.status, result.out, runtime.entered) == (2, "", [])
    assert "--fresh measures all of it again: leave one of them out." in result.err


def test_the_suite_is_told_everything_in_the_request(backends, read_here, use_runtime, conform, tmp_path):
    runtime = use_runtime(FakeRuntime({"cntk": replay("cntk", [case("a/f/x")], select="dot")}))
    options = ["--profile", "examples", "-k", "dot", "--jobs", 2, "--case-timeout", 9.5]
    assert conform("run", "cntk", "--out", tmp_path, *options).status == 0
    (request,) = runtime.requests
    asked = (request.profile, request.select, request.jobs, request.case_timeout, request.only)
    assert asked == ("examples", "dot", 2, 9.5, None)
