from __future__ import annotations

import _thread
import signal
import threading
import time

import pytest

from harness.errors import EnvironmentProblem, Interrupted
from harness.merge import merge_journals
from tests.fakes import FakeRuntime, case, replay


def test_one_that_cannot_run_does_not_keep_the_others(run):
    runtime = FakeRuntime(
        {"cntk": "No Python 3.6 was found: install one.", "theano": replay("theano", [case("a/f/x")])}
    )
    matrix = run(runtime, ("cntk", "theano"))
    assert [column.status for column in matrix.columns] == ["not-run", "complete"]
    assert matrix.columns[0].reason == "No Python 3.6 was found: install one."
    assert matrix.columns[0].info["backend"] == "cntk"


def interrupt_when(condition):
    """Does what Ctrl-C does once the condition holds."""

    def wait():
        deadline = time.monotonic() + 20
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.01)
        _thread.interrupt_main()

    threading.Thread(target=wait, daemon=True).start()


def test_an_interrupt_stops_everything_and_keeps_the_journals(run):
    held = replay("cntk", [case("a/f/x")], end=None)
    held.hold = True
    runtime = FakeRuntime({"cntk": held, "theano": replay("theano", [case("a/f/x")])})
    journal = run.out / "cntk.jsonl"
    interrupt_when(lambda: journal.exists() and b'"case"' in journal.read_bytes())
    with pytest.raises(Interrupted, match=r"Interrupted: the verdicts so far are in"):
        run(runtime, ("cntk", "theano"))
    assert held.stopped.is_set()
    assert sorted(runtime.left) == sorted(runtime.entered)
    (column,) = merge_journals([journal]).columns
    assert column.reason == "Interrupted."
    assert column.counts == {"pass": 1}


def test_while_columns_run_a_signal_raises_nothing(run, monkeypatch):
    # Raised in the middle of a wait of threading, it would leave a lock taken: the run would hang.
    runtime = FakeRuntime({"cntk": replay("cntk", [case("a/f/x")])})
    outcomes = []

    def prepare(backend, report, profile, prepare=runtime.prepare):
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        outcomes.extend(signal.getsignal(number)(number, None) for number in numbers)
        return prepare(backend, report, profile)

    monkeypatch.setattr(runtime, "prepare", prepare)
    with pytest.raises(Interrupted):
        run(runtime)
    assert outcomes == [None, None, None]


def test_an_interrupt_ends_a_preparation(run, monkeypatch):
    asked = threading.Event()

    def prepare(backend, report, profile):
        while True:
            report("compiling")
            asked.set()
            time.sleep(0.01)

    runtime = FakeRuntime({"cntk": replay("cntk", [])})
    monkeypatch.setattr(runtime, "prepare", prepare)
    interrupt_when(asked.is_set)
    with pytest.raises(Interrupted):
        run(runtime)
    assert merge_journals([run.out / "cntk.jsonl"]).columns[0].reason == "Interrupted."


def test_a_journal_that_cannot_be_written_is_a_sentence(run):
    (run.out / "cntk.jsonl").mkdir()
    with pytest.raises(EnvironmentProblem, match="cannot be written"):
        run(FakeRuntime({"cntk": replay("cntk", [case("a/f/x")])}))


def test_a_bug_in_a_column_is_not_swallowed(run, monkeypatch):
    runtime = FakeRuntime({"cntk": replay("cntk", [])})
    monkeypatch.setattr(runtime, "prepare", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(runtime)
