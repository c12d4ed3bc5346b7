from __future__ import annotations

import io
from collections import Counter

from harness.progress import BarDisplay, PlainDisplay, choose_display, deviating
from tests.fakes import FakeRuntime, case, replay


def test_plain_progress_says_what_happens(run):
    run(FakeRuntime({"cntk": replay("cntk", [case("a/f/x"), case("a/f/y", "fail")])}), interval=0.0)
    assert run.said.splitlines() == [
        "cntk: preparing",
        "cntk: running",
        "cntk: 2 cases",
        "cntk: 1/2 cases",
        "cntk: 2/2 cases, 1 new deviation",
        "cntk: done in 1.5 s",
    ]


def test_between_two_lines_a_column_is_silent_for_the_interval():
    stream = io.StringIO()
    display = PlainDisplay(stream, interval=1000.0)
    display.collected("cntk", 3)
    for standing in ("settled", "known", "new"):
        display.judged("cntk", standing)
    assert stream.getvalue() == "cntk: 3 cases\n"


def test_bars_are_for_terminals_only(monkeypatch):
    stream = io.StringIO()
    assert isinstance(choose_display(["cntk"], stream=stream), PlainDisplay)
    monkeypatch.setattr(stream, "isatty", lambda: True)
    assert isinstance(choose_display(["cntk"], stream=stream), BarDisplay)


def test_quiet_says_nothing(run, monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    with choose_display(["cntk"], quiet=True) as display:
        display.say("cntk", "running")
        display.collected("cntk", 1)
        display.judged("cntk", "new")
    assert stream.getvalue() == ""


def test_known_deviations_are_told_from_new_ones():
    assert deviating(Counter({"settled": 3})) == ""
    assert deviating(Counter({"settled": 3, "known": 2})) == "2 known deviations"
    assert deviating(Counter({"known": 2, "new": 1})) == "2 known, 1 new deviations"
    assert deviating(Counter({"new": 1})) == "1 new deviation"


def test_the_clock_of_a_bar_does_not_start_again(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    display = BarDisplay(["cntk"])
    (task,) = display._progress.tasks
    with display:
        began = task.start_time
        display.say("cntk", "preparing")
        display.collected("cntk", 3)
        display.judged("cntk", "known")
        assert (task.start_time, task.total, task.completed) == (began, 3, 1)
        assert task.fields["note"] == "1 known deviation"
