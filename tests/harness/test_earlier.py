"""What becomes of the journal of an earlier run: taken over, continued, left alone."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.earlier import SAME, read_earlier
from harness.errors import EnvironmentProblem, UsageError
from harness.merge import merge_journals
from harness.progress import PlainDisplay
from harness.run import Job, run_columns
from harness.runtimes import Environment
from harness.suite import suite_digest
from tests.fakes import FakeRuntime, Output, case, encode, journal, replay, unsealed
from tests.harness.baselines import SCHEMA_1

CASES = [case("a/f/x"), case("a/f/y", "fail"), case("b/g/z"), case("b/g/w", "skip", reason="not here")]


@dataclass
class Suite(FakeRuntime):
    """A runtime whose suite runs the cases it is asked for, and writes the start record as the real one
    does."""

    cases: Sequence[dict] = tuple(CASES)
    identity: str = "hash"
    die_after: int | None = None
    asked: list = field(default_factory=list)

    def prepare(self, backend, report, profile):
        if isinstance(self.outputs.get(backend.name), str):
            raise EnvironmentProblem(self.outputs[backend.name])
        return Environment(backend, self.name, self.identity)

    @contextmanager
    def run(self, environment, request):
        chosen = [item for item in self.cases if request.only is None or item["id"] in request.only]
        self.asked.append([item["id"] for item in chosen])
        fields = {name: value for name, value in request.start.items() if name != "column"}
        if self.die_after is not None:
            records = journal("cntk", chosen, **{**fields, "suite": suite_digest("k")})
            lines = encode(records).splitlines(keepends=True)
            lines = lines[: 3 + 2 * self.die_after + 1]  # the next one is in flight
            yield Output(lines, "Killed.")
        else:
            yield replay("cntk", chosen, **{**fields, "suite": suite_digest("k")})


@pytest.fixture
def go(backends, tmp_path):
    def run(runtime, mode="reuse", backend=None, **options):
        options = {"profile": "full", **options}
        stream = io.StringIO()
        job = Job(backend or backends["cntk"], "cntk", mode=mode, **options)
        try:
            (path,) = run_columns([job], runtime, tmp_path, PlainDisplay(stream))
        finally:
            run.said = stream.getvalue()
        run.matrix = merge_journals([path])
        run.column = run.matrix.columns[0]
        return run.matrix

    run.path = tmp_path / "cntk.jsonl"
    return run


def results(matrix):
    return (
        {name: matrix.verdict(row, 0) for row, name in enumerate(matrix.ids)},
        matrix.evidence,
        matrix.columns[0].counts,
    )


def kinds(path):
    return [json.loads(line)["kind"] for line in path.read_bytes().splitlines()]


def test_a_second_run_of_the_same_is_reused_and_marked(go):
    runtime = Suite({})
    first = go(runtime)
    assert go.column.reused == 0
    second = go(runtime)
    assert len(runtime.asked) == 1
    assert results(first) == results(second)
    assert go.column.reused == len(CASES)
    assert go.column.info["run"] == first.columns[0].info["run"]
    assert "4 verdicts" in go.said
    assert "--fresh" in go.said
    assert all(
        json.loads(line).get("reused", True)
        for line in go.path.read_bytes().splitlines()
        if b'"case"' in line
    )


def test_fresh_measures_again(go):
    runtime = Suite({})
    go(runtime)
    go(runtime, "fresh")
    assert len(runtime.asked) == 2
    assert go.column.reused == 0


@pytest.mark.parametrize(
    "change",
    [
        {"runtime": {"identity": "other"}},
        {"runtime": {"name": "docker"}},
        {"options": {"profile": "core"}},
        {"options": {"case_timeout": 9.0}},
        {"file": "backend.toml"},
    ],
)
def test_nothing_is_reused_when_anything_has_changed(go, backends, change):
    go(Suite({}))
    backend = backends["cntk"]
    if "file" in change:
        path = backend.folder / change["file"]
        path.write_text(path.read_text() + "# other limits\n")
    other = Suite({}, **change.get("runtime", {}))
    go(other, **change.get("options", {}))
    assert len(other.asked) == 1
    assert go.column.reused == 0


def test_a_changed_baseline_does_not_make_a_run_necessary(go, backends):
    go(Suite({}))
    backends["cntk"].baseline.write_text('schema = 2\nbackend = "cntk"\napi = "k"\n')
    go(again := Suite({}))
    assert again.asked == []


def test_an_incomplete_journal_is_not_reused_but_measured_anew(go):
    go(Suite({}, die_after=2))
    assert go.column.status == "incomplete"
    go(again := Suite({}))
    assert len(again.asked[0]) == len(CASES)
    assert go.column.complete


@pytest.mark.parametrize("died_after", range(len(CASES) + 1))
def test_resume_runs_what_is_missing_and_what_was_in_flight(go, died_after):
    undisturbed = results(go(Suite({}), "fresh"))
    go(Suite({}, die_after=died_after), "fresh")
    go(rest := Suite({}), "resume")
    missing = [item["id"] for item in CASES[died_after:]]
    assert rest.asked == ([missing] if missing else [])
    assert results(go.matrix) == undisturbed
    assert go.column.complete
    found = kinds(go.path)
    assert (*found[:3], found[-1]) == ("start", "loaded", "collected", "end")
    assert [found.count(kind) for kind in ("start", "loaded", "collected", "end")] == [1, 1, 1, 1]


def test_resume_several_times(go):
    undisturbed = results(go(Suite({}), "fresh"))
    go(Suite({}, die_after=1), "fresh")
    go(Suite({}, die_after=1), "resume")
    assert go.column.counts == {"pass": 1, "fail": 1}
    go(Suite({}), "resume")
    assert results(go.matrix) == undisturbed


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_journal_cut_anywhere_is_readable_and_resumes_to_the_same(go_once, data):
    whole, undisturbed, go = go_once
    go.path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    go(Suite({}), "resume")
    assert results(go.matrix) == undisturbed
    assert kinds(go.path).count("start") == 1


@pytest.fixture
def go_once(go):
    undisturbed = results(go(Suite({}), "fresh"))
    return go.path.read_bytes(), undisturbed, go


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"profile": "core"}, "profile full, not core"),
        ({"case_timeout": 9.0}, "--case-timeout"),
    ],
)
def test_resume_refuses_another_run_and_leaves_its_journal_alone(go, changed, says):
    go(Suite({}, die_after=2))
    before = go.path.read_bytes()
    with pytest.raises(UsageError, match=says) as refused:
        go(Suite({}), "resume", **changed)
    assert refused.value.message.endswith(".")
    assert go.path.read_bytes() == before


def test_resume_refuses_another_environment_and_another_suite(go, monkeypatch):
    go(Suite({}, die_after=2))
    with pytest.raises(UsageError, match="another environment"):
        go(Suite({}, identity="other"), "resume")
    monkeypatch.setattr("harness.column.suite_digest", lambda api: "other")
    with pytest.raises(UsageError, match="another version of the suite"):
        go(Suite({}), "resume")


def test_resume_without_a_journal_is_a_run(go):
    go(runtime := Suite({}), "resume")
    assert len(runtime.asked[0]) == len(CASES)


def test_what_was_measured_is_kept_when_the_environment_cannot_be_had_again(go):
    go(Suite({}, die_after=2))
    go(Suite({"cntk": "No Docker daemon answers."}), "resume")
    assert go.column.counts == {"pass": 1, "fail": 1}
    assert go.column.infrastructure
    go(Suite({}), "resume")
    assert go.column.complete


def test_a_suite_that_goes_on_with_something_else_is_stopped(go):
    go(Suite({}, die_after=2))
    go(Suite({}, cases=[*CASES[:3], case("c/other/case")]), "resume")
    assert "it collected other cases than the missing ones" in go.column.reason
    assert go.column.counts == {"pass": 1, "fail": 1}


def test_a_file_that_is_no_journal_is_replaced_but_not_resumed(go):
    go.path.write_text("hello\n")
    with pytest.raises(UsageError, match="not a journal"):
        go(Suite({}), "resume")
    go(Suite({}))
    assert go.column.complete


def test_an_interrupt_before_the_first_case_leaves_the_earlier_journal(go, backends, monkeypatch):
    from harness.errors import Interrupted

    go(Suite({}))
    before = go.path.read_bytes()
    runtime = Suite({})

    def interrupted(*arguments):
        raise Interrupted("Interrupted.")

    monkeypatch.setattr(runtime, "prepare", interrupted)
    go(runtime, "fresh")
    assert go.path.read_bytes() == before


def test_another_column_of_the_backend_has_a_journal_of_its_own(go, backends, tmp_path):
    go(Suite({}))
    job = replace(Job(backends["cntk"], "cntk-again", "full"))
    with pytest.raises(UsageError):
        merge_journals([tmp_path / "cntk-again.jsonl"])
    assert read_earlier(tmp_path / f"{job.column}.jsonl") is None


def test_the_api_and_the_digest_of_its_suite_are_part_of_the_reuse_key(go, monkeypatch):
    assert {"api", "suite"} <= set(SAME)
    go(Suite({}))
    asked = []
    monkeypatch.setattr("harness.column.suite_digest", lambda api: asked.append(api) or "other")
    go(again := Suite({}))
    assert asked == ["k"]
    assert len(again.asked) == 1


def test_the_journal_of_another_api_is_not_reused(go, backends):
    go(Suite({}))
    start, *records = unsealed(go.path)
    go.path.write_bytes(encode([{**start, "api": "ops"}, *records]))
    with pytest.raises(UsageError, match="was measured with api ops, not k"):
        go(Suite({}), "resume")
    go(again := Suite({}))
    assert len(again.asked) == 1
    assert go.column.info["api"] == "k"


def test_a_journal_of_schema_1_is_not_reused_but_replaced(go):
    go.path.write_bytes((SCHEMA_1 / "cntk.jsonl").read_bytes())
    go(again := Suite({}))
    assert len(again.asked) == 1
    assert go.column.complete
