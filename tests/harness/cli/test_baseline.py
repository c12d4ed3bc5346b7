from __future__ import annotations

import json

from tests.fakes import FakeRuntime, case, replay


def test_baseline_update_then_check(backends, conform, write_journal):
    path = write_journal("cntk", [case("a/f/x", "fail"), case("a/f/y")])
    assert "not listed: fail a/f/x" in conform("baseline", "cntk", "--from", path).out
    assert conform("baseline", "cntk", "--from", path, "--update").status == 1
    file = backends["cntk"].baseline
    file.write_text(file.read_text().replace('reason = ""', 'reason = "It rounds down."'))
    result = conform("baseline", "cntk", "--from", path, "--json")
    assert result.status == 0
    assert json.loads(result.out) == {"backend": "cntk", "new": [], "problems": []}


def test_baseline_runs_the_backend_when_it_is_given_no_journals(backends, use_runtime, conform):
    runtime = use_runtime(FakeRuntime({"cntk": replay("cntk", [case("a/f/x", "fail")])}))
    assert conform("baseline", "cntk").status == 1
    assert runtime.requests[0].profile == "full"


def test_a_baseline_is_not_rewritten_from_part_of_a_run(backends, conform, write_journal):
    path = write_journal("cntk", [case("a/f/x", "fail")], profile="core")
    result = conform("baseline", "cntk", "--from", path, "--update")
    assert result.status == 2
    assert not backends["cntk"].baseline.exists()


def test_a_column_under_another_name_and_the_names_there_are(backends, conform, write_journal):
    path = write_journal("nightly", [case("a/f/x")], backend="cntk")
    assert conform("baseline", "cntk", "--from", path, "--column", "nightly").status == 0
    result = conform("baseline", "cntk", "--from", path)
    assert result.status == 2
    assert "No column is called 'cntk': name one of nightly with --column." in result.err


def test_a_baseline_or_a_column_of_another_api_is_refused(backends, conform, write_journal):
    file = backends["cntk"].baseline
    other = write_journal("cntk", [case("a/f/x")], api="ops")
    result = conform("baseline", "cntk", "--from", other)
    assert result.status == 2
    assert "The column 'cntk' is of the API 'ops' and the baseline of 'cntk' is of 'k'" in result.err
    file.write_text('schema = 2\nbackend = "cntk"\napi = "ops"\n')
    result = conform("baseline", "cntk", "--from", other)
    assert result.status == 2
    assert (
        "is a baseline of the API 'ops' and cntk is of 'k': give cntk a baseline of its own API."
        in result.err
    )


def test_answers_of_a_second_run_are_listed_by_an_update_alone(backends, conform, write_journal):
    answer = "0123abcd 1.5 0.01"
    path = write_journal("cntk", [case("a/f/x", "fail", answer=answer)])
    assert conform("baseline", "cntk", "--from", path, "--answers", path).status == 2
    conform("baseline", "cntk", "--from", path, "--answers", path, "--update")
    assert f'[known.answers]\n"a/f/x" = "{answer}"' in backends["cntk"].baseline.read_text()
