from __future__ import annotations

import io
from collections import Counter

from harness.progress import BarDisplay, PlainDisplay, choose_display, deviating, step_line
from harness.records import Step
from tests.fakes import FakeRuntime, case, replay


def test_plain_progress_says_what_happens(run):
    run(FakeRuntime({"cntk": replay("cntk", [case("a/f/x"), case("a/f/y", "fail")])}), interval=0.0)
    assert run.said.splitlines() == [
        "cntk: preparing",
        "cntk: running",
        "cntk: 2 cases",
        "cntk: 1/2 cases",
        "cntk: 2/2 cases, 1 fail",
        "cntk: done in 1.5 s",
    ]


def test_a_step_that_does_not_hold_is_an_error():
    record = Step(step="valid", holds=False, message="Missing required entry: function\n\x1b[2J")
    assert step_line(record) == "ERROR, valid: Missing required entry: function \\x1b[2J"
    assert step_line(Step(step="found", holds=True, message="m is m.py")) == "found: m is m.py"


def test_between_two_lines_a_column_is_silent_for_the_interval():
    stream = io.StringIO()
    display = PlainDisplay(stream, interval=1000.0)
    display.collected("cntk", 3)
    for verdict in ("pass", "fail", "crash"):
        display.verdict("cntk", verdict)
    assert stream.getvalue() == "cntk: 3 cases\n"


def test_bars_are_for_terminals_only(monkeypatch):
    stream = io.StringIO()
    assert isinstance(choose_display(["cntk"], stream), PlainDisplay)
    monkeypatch.setattr(stream, "isatty", lambda: True)
    assert isinstance(choose_display(["cntk"], stream), BarDisplay)


def test_deviations_are_counted_by_verdict():
    assert deviating(Counter({"pass": 3, "skip": 1})) == ""
    assert deviating(Counter({"pass": 3, "fail": 2, "crash": 1})) == ", 1 crash, 2 fail"
