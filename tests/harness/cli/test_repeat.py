"""`conform run --repeat N`."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest

from tests.fakes import FakeRuntime, case, replay


@pytest.fixture
def measured(backends, use_runtime, conform, tmp_path):
    """`conform run cntk --repeat N`, where run number n has the n-th of these verdicts on a/f/x."""

    def go(verdicts, *options):
        outputs = iter([replay("cntk", [case("a/f/x", verdict), case("a/f/y")]) for verdict in verdicts])

        class Runtime(FakeRuntime):
            @contextmanager
            def run(self, environment, request):
                self.outputs["cntk"] = next(outputs)
                with super().run(environment, request) as output:
                    yield output

        use_runtime(Runtime({"cntk": replay("cntk", [])}))
        return conform("run", "cntk", "--out", tmp_path, "--repeat", len(verdicts), *options)

    return go


def test_the_same_verdicts_are_stable_and_the_status_is_that_of_the_runs(measured, tmp_path):
    result = measured(["pass", "pass"])
    assert result.status == 0
    assert result.out.endswith("\n2 runs: every verdict is stable.\n")
    assert f"Run 2 of 2: its journals go to {tmp_path}/repeated/2." in result.err
    assert (tmp_path / "repeated" / "1" / "cntk.jsonl").exists()
    assert not list(tmp_path.glob("*.jsonl"))
    assert measured(["fail", "fail"]).status == 1


def test_a_verdict_that_changes_is_told_with_its_counts(measured):
    result = measured(["pass", "unsupported", "pass"])
    assert result.status == 1
    assert result.out.endswith("\n3 runs: 1 verdict is not stable.\n  cntk  a/f/x  2 pass, 1 unsupported\n")


def test_known_deviations_that_come_and_go_are_red(measured, listed):
    listed(
        '[[known]]\ncases = ["a/f/x"]\nverdict = ["fail", "crash"]\nreason = "It is so."\n'
        'messages = ["wrong value: off by # ULP at (#)"]'
    )
    assert measured(["fail", "fail"]).status == 0
    assert measured(["fail", "crash"]).status == 1


def test_as_json_every_verdict_is_there(measured):
    result = measured(["pass", "skip"], "--json")
    assert result.status == 1
    (found,) = json.loads(result.out)["unstable"]
    assert found == {"column": "cntk", "id": "a/f/x", "verdicts": ["pass", "skip"]}


def test_nothing_is_reused(measured):
    measured(["pass", "pass"])
    assert "not stable" in measured(["pass", "fail"]).out


@pytest.mark.parametrize("option", ["--repeat=2", "--failed"])
def test_status_2_what_measures_again_resumes_nothing(backends, conform, tmp_path, option):
    result = conform("run", "cntk", "--out", tmp_path, "--resume", option)
    assert result.status == 2
    assert f"and {option.partition('=')[0]} measures again: leave one of them out." in result.err
