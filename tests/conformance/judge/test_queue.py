"""Questions with several cases in them: every case gets its own answer, or none gets another's."""

import os
import signal
import time

import pytest

from conformance import wire
from conformance.judge.queue import UNANSWERED, Ahead
from tests.conformance.table import CASES, TABLE

SQUARES = [CASES[f"elementwise/square/2d/{way}"] for way in ("variable", "known", "unknown")]


def requests(cases):
    return [TABLE.request(case) for case in cases]


def test_each_case_has_its_answer_and_its_share_of_the_time(process):
    asked = process()
    asked.ask({"op": "hello"}, 30)
    cases = [*SQUARES, CASES["elementwise/exp/2d/known"]]
    began = time.monotonic()
    answers = Ahead(asked, "batch", requests(cases), cases, 30).take()
    assert list(answers) == [case.id for case in cases]
    for case in cases:
        answer, _ = answers[case.id]
        assert answer["leaves"][0] == pytest.approx(case.expected(), rel=1e-5)
    assert sum(seconds for _, seconds in answers.values()) <= time.monotonic() - began


def test_an_answer_that_lies_ready_is_read_though_its_time_is_over(process):
    """The judge came late, and not the answer."""
    asked = process()
    asked.ask({"op": "hello"}, 30)
    ahead = Ahead(asked, "batch", requests(SQUARES), SQUARES, 0.001)
    deadline = time.monotonic() + 10
    while not ahead.arrived() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(ahead.take()) == 3


def test_what_does_not_come_in_time_is_unanswered(process):
    asked = process("slow_start")
    with pytest.raises(UNANSWERED):
        Ahead(asked, "hello", [], SQUARES, 0.2).take()


def test_fewer_answers_than_cases_are_no_answers(process):
    asked = process()
    asked.ask({"op": "hello"}, 30)
    with pytest.raises(wire.Garbage, match="2 answers to 3 questions"):
        Ahead(asked, "batch", requests(SQUARES[:2]), SQUARES, 30).take()


def test_a_process_that_is_gone_is_said_at_once(process):
    asked = process()
    asked.ask({"op": "hello"}, 30)
    os.kill(asked.pid, signal.SIGKILL)
    while asked.lives:
        time.sleep(0.01)
    with pytest.raises(wire.Closed):
        Ahead(asked, "batch", requests(SQUARES), SQUARES, 30)
