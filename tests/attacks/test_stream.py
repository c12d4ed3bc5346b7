"""A suite that lies, or a file that was forged: a stream that contradicts itself is not believed."""

from __future__ import annotations

import json

import pytest

from harness.errors import UsageError
from harness.exitcodes import ExitCode
from harness.merge import merge_journals
from harness.outcome import outcome
from harness.stream import MOST_NAMES, MOST_STEPS
from tests.fakes import FakeRuntime, Output, case, encode, journal, step

CASES = [case("a/f/x"), case("a/f/y", "fail"), case("a/g/z")]
SOUND = journal("cntk", CASES)
_BEGUN, _FAILED, _END = 5, 6, -1  # a/f/y begins, fails; the end record


def without(*places):
    gone = {place % len(SOUND) for place in places}
    return [record for place, record in enumerate(SOUND) if place not in gone]


def counting(**counts):
    return [*SOUND[:_END], {**SOUND[_END], "counts": counts}]


FORGED = {
    "two verdicts": [*SOUND[:_END], case("a/f/y"), SOUND[_END]],
    "two verdicts, begun twice": [*SOUND[:_END], SOUND[_BEGUN], case("a/f/y"), SOUND[_END]],
    "a verdict after the end": [*without(_BEGUN, _FAILED), SOUND[_BEGUN], case("a/f/y")],
    "an uncollected case": [*SOUND[:_END], {"kind": "begin", "id": "a/f/w"}, case("a/f/w"), SOUND[_END]],
    "a case that never began": without(_BEGUN),
    "two ends": [*SOUND, SOUND[_END]],
    "two collections": [*SOUND[:3], SOUND[2], *SOUND[3:]],
    "a case collected twice": [*SOUND[:2], {"kind": "collected", "ids": ["a/f/x", "a/f/x"]}],
    "two backends that answered": [*SOUND[:2], *SOUND[1:]],
    "the area of another case": [*SOUND[:_FAILED], {**SOUND[_FAILED], "area": "b"}, *SOUND[_FAILED + 1 :]],
    "the function of another case": [
        *SOUND[:_FAILED],
        {**SOUND[_FAILED], "function": "g"},
        *SOUND[_FAILED + 1 :],
    ],
    "more passes than there are": counting(**{"pass": 3}),
    "fewer verdicts than there are": counting(**{"pass": 2}),
    "counts of what is not a verdict": counting(**{"pass": 2, "fail": 1, "great": 1}),
    "no end to the steps": [
        SOUND[0],
        *(step(f"step-{number}") for number in range(MOST_STEPS + 1)),
        *SOUND[1:],
    ],
    "no end to the names of a step": [
        SOUND[0],
        step("loads", False, missing=[{"name": "f"}] * (MOST_NAMES + 1)),
        *SOUND[1:],
    ],
    "no end to the fields of a name": [
        SOUND[0],
        step("loads", False, missing=[{str(number): "" for number in range(1000)}]),
        *SOUND[1:],
    ],
}


@pytest.fixture
def suite_that_writes(run):
    """The column of a run whose suite writes these records and ends with this status."""

    def go(records, status=1):
        lines = encode(records).splitlines(keepends=True)
        return run(FakeRuntime({"cntk": Output(lines, status=status)}))

    return go


@pytest.mark.parametrize("name", FORGED)
def test_a_suite_that_contradicts_itself_is_stopped_and_incomplete(suite_that_writes, name):
    matrix = suite_that_writes(FORGED[name])
    (column,) = matrix.columns
    assert not column.complete
    assert "contradicted itself" in column.reason
    assert outcome(matrix) == ExitCode.INCOMPLETE if column.collected else ExitCode.NOT_RUN


@pytest.mark.parametrize("name", FORGED)
def test_a_journal_that_contradicts_itself_is_not_merged(tmp_path, name):
    path = tmp_path / "cntk.jsonl"
    path.write_bytes(encode(FORGED[name]))
    with pytest.raises(UsageError, match=r"line \d+: .*run the column again\.$"):
        merge_journals([path])


def test_the_sound_journal_is_believed_by_both(suite_that_writes, tmp_path):
    (column,) = suite_that_writes(SOUND).columns
    assert column.complete
    path = tmp_path / "sound.jsonl"
    path.write_bytes(encode(SOUND))
    assert merge_journals([path]).columns[0].counts == {"pass": 2, "fail": 1}


@pytest.mark.parametrize("status", [0, 2, 3, 5, 137])
def test_a_complete_end_and_another_exit_status_are_not_believed(suite_that_writes, status):
    matrix = suite_that_writes(SOUND, status)
    (column,) = matrix.columns
    assert not column.complete
    assert f"ended with status {status} in place of 1" in column.reason
    assert column.counts == {"pass": 2, "fail": 1}
    assert outcome(matrix) == ExitCode.INCOMPLETE


def test_a_forged_end_of_a_suite_that_was_killed_is_not_believed(run):
    lines = encode(SOUND).splitlines(keepends=True)
    killed = Output(lines, ending="The suite was killed by signal 9.", status=137)
    (column,) = run(FakeRuntime({"cntk": killed})).columns
    assert not column.complete
    assert "signal 9" in column.reason


def test_a_case_in_flight_begins_again_only_in_a_file_that_was_continued(suite_that_writes, tmp_path):
    again = [*SOUND[: _BEGUN + 1], SOUND[_BEGUN], *SOUND[_FAILED:]]
    path = tmp_path / "resumed.jsonl"
    path.write_bytes(encode(again))
    assert merge_journals([path]).columns[0].complete
    (column,) = suite_that_writes(again).columns
    assert "a/f/y begins twice" in column.reason


def test_two_processes_interleave(suite_that_writes):
    begins = [record for record in SOUND if record["kind"] == "begin"]
    verdicts = [record for record in SOUND if record["kind"] == "case"]
    (column,) = suite_that_writes([*SOUND[:3], *begins, *reversed(verdicts), SOUND[_END]]).columns
    assert column.complete


def test_an_incomplete_end_may_have_counted_only_its_own_part(tmp_path):
    path = tmp_path / "interrupted.jsonl"
    path.write_bytes(encode([*SOUND[:_END], {"kind": "end", "complete": False, "reason": "Interrupted."}]))
    (column,) = merge_journals([path]).columns
    assert column.counts == {"pass": 2, "fail": 1}


def test_a_line_that_was_changed_after_the_run_is_noticed(suite_that_writes, run):
    suite_that_writes(SOUND)
    path = run.out / "cntk.jsonl"
    sound = path.read_bytes()
    assert json.loads(sound.splitlines()[-1])["digest"].startswith("sha256:")
    assert merge_journals([path]).columns[0].complete
    forged = sound.replace(b'"seconds": 0.004', b'"seconds": 0.001', 1)
    assert forged != sound
    path.write_bytes(forged)
    with pytest.raises(UsageError, match="was changed after it was written"):
        merge_journals([path])
