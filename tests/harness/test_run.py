from __future__ import annotations

import _thread
import io
import threading
import time
from dataclasses import replace

import pytest

from harness.backends import GpuSettings
from harness.errors import EnvironmentProblem, Interrupted
from harness.merge import merge_journals
from harness.progress import PlainDisplay
from harness.run import Job, run_columns
from harness.runtimes.gpu import Gpu
from tests.fakes import FakeRuntime, Output, case, encode, replay, start


@pytest.fixture
def run(backends, tmp_path):
    def go(runtime, names=("cntk",), interval=5.0, **options):
        stream = io.StringIO()
        jobs = [Job(backends[name], name, "full", **options) for name in names]
        try:
            paths = run_columns(jobs, runtime, tmp_path, PlainDisplay(stream, interval))
        finally:
            go.said = stream.getvalue()
        return merge_journals(paths)

    go.out = tmp_path
    return go


def test_journals_are_written_as_the_suite_wrote_them(run):
    output = replay("cntk", [case("a/f/x", extra={"kept": True})])
    matrix = run(FakeRuntime({"cntk": output}))
    assert matrix.columns[0].status == "complete"
    assert (run.out / "cntk.jsonl").read_bytes() == b"".join(output.lines)


def test_the_suite_is_asked_for_what_the_user_asked_for(run):
    runtime = FakeRuntime({"cntk": replay("cntk", [case("a/f/x")])})
    run(runtime, select="dot and not batch", jobs=3, case_timeout=7.5)
    (request,) = runtime.requests
    assert (request.profile, request.select, request.jobs, request.case_timeout) == (
        "full",
        "dot and not batch",
        3,
        7.5,
    )
    assert request.start["column"] == "cntk"
    assert request.start["environment"] == "hash-of-cntk"
    assert request.stderr_log.parent == run.out


def test_one_that_cannot_run_does_not_keep_the_others(run):
    runtime = FakeRuntime(
        {"cntk": "No Python 3.6 was found: install one.", "theano": replay("theano", [case("a/f/x")])}
    )
    matrix = run(runtime, ("cntk", "theano"))
    assert [column.status for column in matrix.columns] == ["not-run", "complete"]
    assert matrix.columns[0].reason == "No Python 3.6 was found: install one."
    assert matrix.columns[0].info["backend"] == "cntk"


def on_gpu(backends):
    gpu = GpuSettings("10.0", "3.5", "7.5")
    backends["cntk"] = replace(backends["cntk"], device="gpu", gpu=gpu)


def test_a_gpu_backend_is_told_which_gpu_and_the_journal_too(run, backends):
    on_gpu(backends)
    runtime = FakeRuntime(
        {"cntk": replay("cntk", [case("a/f/x")])}, found=[Gpu(0, "old", (3, 0)), Gpu(1, "Tesla T4", (7, 5))]
    )
    run(runtime)
    (request,) = runtime.requests
    assert request.gpu == Gpu(1, "Tesla T4", (7, 5))
    assert request.start["device"] == "gpu"
    assert request.start["gpu"] == "GPU 1, Tesla T4, compute capability 7.5"


def test_without_a_gpu_nothing_is_prepared_and_the_column_says_why(run, backends, monkeypatch):
    on_gpu(backends)
    runtime = FakeRuntime(
        {"cntk": replay("cntk", []), "theano": replay("theano", [case("a/f/x")])}, found="no GPU: none."
    )
    prepared = []
    prepare = runtime.prepare
    monkeypatch.setattr(
        runtime, "prepare", lambda backend, *rest: prepared.append(backend.name) or prepare(backend, *rest)
    )
    matrix = run(runtime, ("cntk", "theano"), device=3)
    assert [column.reason for column in matrix.columns] == ["no GPU: none.", None]
    assert prepared == ["theano"]
    assert runtime.asked_for == [("cntk", 3)]


CUT = replay("cntk", [case("a/f/x")], end=None)
NOT_LOADED = {"kind": "end", "complete": False, "reason": "ImportError: libmpi_cxx.so.1: gone"}


@pytest.mark.parametrize(
    ("output", "status", "reason"),
    [
        (Output([]), "not-run", "ended without a word"),
        (Output([], ending="The suite was killed by signal 9."), "not-run", "signal 9"),
        (replay("cntk", [case("a/f/x")], end=None, collected=["a/f/x", "a/f/y"]), "incomplete", "1 of 2 collected"),
        (Output([*CUT.lines, b'{"kind":"ca'], ending="Out of memory."), "incomplete", "memory"),
        (Output([encode([start()]), b"hello\n"]), "not-run", "no journal record"),
        (Output([b"hello\n"]), "not-run", "no journal record"),
        (Output([encode([start("theano")])]), "not-run", "something else"),
        (Output([encode([start()]), encode([start()])]), "not-run", "something else"),
        (replay("cntk", [], end=NOT_LOADED), "not-run", "libmpi_cxx"),
    ],
)  # fmt: skip
def test_how_a_suite_can_end(run, output, status, reason):
    runtime = FakeRuntime({"cntk": output})
    (column,) = run(runtime).columns
    assert column.status == status
    assert reason in column.reason
    assert runtime.left == ["cntk"]


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
    with pytest.raises(Interrupted, match=r"Interrupted: what was measured is in"):
        run(runtime, ("cntk", "theano"))
    assert held.stopped.is_set()
    assert sorted(runtime.left) == sorted(runtime.entered)
    (column,) = merge_journals([journal]).columns
    assert column.reason == "Interrupted."
    assert column.counts == {"pass": 1}


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
