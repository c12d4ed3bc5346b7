"""A module that would make a run wait for ever: the run ends and exits 4, or the case is an error."""

from __future__ import annotations

import time

import pytest

from conformance.settings import VARIABLES
from harness import watchdog
from harness.exitcodes import ExitCode
from harness.watchdog import PATIENCE, Watchdog, longest_silence
from tests.attacks.running import DEAR, attacked, victim
from tests.fakes import FakeRuntime, Output, case, encode, journal
from tests.faults.table import TABLE, sound_cases

SOUND = dict.fromkeys([*sound_cases(), victim()], "pass")
slow = pytest.mark.slow


@slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_without_an_attack_every_case_passes(tmp_path, jobs):
    found = attacked(tmp_path, None, jobs)
    assert (found.verdicts, found.status) == (SOUND, ExitCode.OK)


@slow
def test_a_stopped_judge_ends_the_run(tmp_path):
    began = time.monotonic()
    found = attacked(tmp_path, "stop_judge")
    assert found.status == ExitCode.INCOMPLETE
    assert "The judge was stopped by a signal" in found.column.reason
    assert time.monotonic() - began < 60


@slow
def test_what_stops_the_judge_and_its_watchers_again_and_again_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("harness.column.longest_silence", lambda *limits: 8.0)
    found = attacked(tmp_path, "stop_everything")
    assert found.status == ExitCode.INCOMPLETE
    assert "wrote no record for 8 s" in found.column.reason or "stopped by a signal" in found.column.reason


@slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_judge_that_is_killed_ends_the_run(tmp_path, jobs):
    found = attacked(tmp_path, "kill_judge", jobs)
    assert found.status == ExitCode.INCOMPLETE
    said = "killed by signal 9" if jobs == 1 else "ended before its cases were judged"
    assert said in found.column.reason
    assert found.column.missing


@slow
@pytest.mark.parametrize("attack", DEAR)
def test_an_answer_that_is_dear_to_read_costs_its_case(tmp_path, attack):
    began = time.monotonic()
    found = attacked(tmp_path, attack)
    assert found.column.complete
    assert found.verdicts == {**SOUND, victim(): "error"}
    assert time.monotonic() - began < 60


def test_a_suite_that_says_nothing_is_stopped(run, monkeypatch):
    monkeypatch.setattr("harness.column.longest_silence", lambda *limits: 0.3)
    lines = encode(journal("cntk", [case("a/f/x")], end=None)).splitlines(keepends=True)
    silent = Output(lines, hold=True)
    (column,) = run(FakeRuntime({"cntk": silent})).columns
    assert silent.stopped.is_set()
    assert "wrote no record for 0 s" in column.reason
    assert not column.complete


def test_a_suite_that_speaks_in_time_is_left_alone():
    bites = []
    with Watchdog(0.5, lambda: bites.append(1)) as dog:
        for _ in range(8):
            time.sleep(0.1)
            dog.heard()
    time.sleep(0.6)
    assert (bites, dog.bitten) == ([], False)


def test_the_limits_are_those_of_the_suite():
    own = {variable.field: variable.default for variable in VARIABLES}
    assert own["case_seconds"] == watchdog.CASE_SECONDS
    assert own["start_seconds"] == watchdog.START_SECONDS
    assert max(case.patience for case in TABLE.cases()) <= PATIENCE
    assert longest_silence(1.0, 2.0) < longest_silence(None, None)
