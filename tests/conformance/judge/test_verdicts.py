"""The verdict on an answer: what each kind of answer is, and that a malformed one is the backend's error."""

import pytest

from conformance.case import Arrays, Case, Promise, Refusal, given
from conformance.judge.verdicts import ended_as, first_line, judge_answer


def case(want):
    inputs = {"x": given([1.0])}
    return Case(Promise("it is itself", "identity: summary", "1.0"), "area", "identity", "1d", "known",
                "core", "f(x)",
                want, Arrays("area/identity/1d", inputs), inputs)


def raised(kind="ValueError", *bases, message="no such axis"):
    return {"raised": {"type": kind, "bases": [kind, *bases, "Exception"], "message": message,
                       "traceback": "Trace",
                       "root": message}}


@pytest.mark.parametrize(("answer", "verdict", "message"), [
    ({"died": 9}, "crash", "the process died: killed by SIGKILL"),
    ({"died": 3 << 8}, "crash", "the process died: exited with status 3"),
    ({"missing": ["dot", "sum"]}, "unsupported", "API has no dot, sum"),
    (raised("NotImplementedError", message="later"), "unsupported", "NotImplementedError: later"),
    (raised("Unported", "NotImplementedError", message="later"), "unsupported", "Unported: later"),
    (raised(message="\n\nno such axis\nat all"), "error", "ValueError:"),
    ({"tree": 0, "leaves": [1.0], "facts": [None]}, "fail", "wrong shape: () instead of (1,)"),
    ({"tree": 0, "leaves": [], "facts": []}, "error", "the answer is malformed: IndexError"),
    ({"tree": 0, "leaves": [1.0], "facts": 7}, "error", "the answer is malformed: TypeError"),
    ({"raised": {"type": "X"}}, "error", "the answer is malformed: KeyError"),
    ({"raised": "X"}, "error", "the answer is malformed: TypeError"),
    ({}, "error", "the answer is malformed: KeyError"),
])
def test_each_kind_of_answer(answer, verdict, message):
    outcome = judge_answer(case(given([1.0]).array(0)), answer, "API")
    assert (outcome.verdict, outcome.message[:len(message)]) == (verdict, message)


@pytest.mark.parametrize(("answer", "verdict", "message"), [
    (raised(), "pass", None),
    (raised("AxisError", "ValueError"), "pass", None),
    (raised("TypeError"), "fail", "refused with TypeError instead of ValueError"),
    (raised("NotImplementedError"), "unsupported", "NotImplementedError: no such axis"),
    (raised(message="no"), "fail", "the message does not name AXIS"),
    ({"tree": 0, "leaves": [1.0], "facts": [None]}, "fail", "accepted what API documents as refused"),
])
def test_each_answer_to_what_is_documented_as_refused(answer, verdict, message):
    outcome = judge_answer(case(Refusal("ValueError", "AXIS")), answer, "API")
    assert (outcome.verdict, outcome.message) == (verdict, message)


def test_an_exception_keeps_its_traceback():
    assert judge_answer(case(1.0), raised(), "API").trace == "Trace"


@pytest.mark.parametrize(("status", "text"), [
    (None, "it stopped answering"), (-11, "killed by SIGSEGV"), (-200, "killed by signal 200"),
    (0, "exited with status 0")])
def test_an_exit_status_in_words(status, text):
    assert ended_as(status) == text


def test_the_first_line_that_says_something_is_bounded():
    assert first_line("\n  \n  " + "x" * 500) == "x" * 300
    assert first_line("") == ""
