from __future__ import annotations

import json
from dataclasses import replace

import pytest

from harness.backends import GpuSettings
from harness.runtimes.gpu import Gpu
from harness.selection import Selection
from harness.stream import MOST_STEPS
from tests.fakes import FakeRuntime, Output, case, encode, replay, start, step, unsealed


def test_journals_are_written_as_the_suite_wrote_them(run):
    output = replay("cntk", [case("a/f/x", extra={"kept": True})])
    matrix = run(FakeRuntime({"cntk": output}))
    assert matrix.columns[0].status == "complete"
    path = run.out / "cntk.jsonl"
    assert path.read_bytes().splitlines(keepends=True)[1:-1] == output.lines[1:-1]
    assert unsealed(path)[-1].items() >= json.loads(output.lines[-1]).items()


def test_the_suite_is_asked_for_what_the_user_asked_for(run):
    runtime = FakeRuntime({"cntk": replay("cntk", [case("a/f/x")])})
    run(runtime, selection=Selection("dot and not batch", (), ()), jobs=3, case_timeout=7.5)
    (request,) = runtime.requests
    assert (request.profile, request.select, request.jobs, request.case_timeout) == (
        "full",
        "dot and not batch",
        3,
        7.5,
    )
    assert request.start["column"] == "cntk"
    assert request.start["environment"] == "hash-of-cntk"
    assert request.stderr_log.parent == run.out / "selected"


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
CUT_OFF = replay("cntk", [case("a/f/x")], end=None, collected=["a/f/x", "a/f/y"])


NOT_LOADED = {"kind": "end", "complete": False, "reason": "ImportError: libmpi_cxx.so.1: gone"}


@pytest.mark.parametrize(
    ("output", "status", "reason"),
    [
        (Output([]), "not-run", "ended without an end record"),
        (Output([], ending="The suite was killed by signal 9."), "not-run", "signal 9"),
        (CUT_OFF, "incomplete", "1 of 2 collected"),
        (Output([*CUT.lines, b'{"kind":"ca'], ending="Out of memory."), "incomplete", "memory"),
        (Output([encode([start()]), b"hello\n"]), "not-run", "is not a journal record"),
        (Output([b"hello\n"]), "not-run", "is not a journal record"),
        (Output([encode([start("theano")])]), "not-run", "its start record does not belong"),
        (Output([encode([start()]), encode([start()])]), "not-run", "the start record stands first"),
        (replay("cntk", [], end=NOT_LOADED), "not-run", "libmpi_cxx"),
    ],
)  # fmt: skip
def test_how_a_suite_can_end(run, output, status, reason):
    runtime = FakeRuntime({"cntk": output})
    (column,) = run(runtime).columns
    assert column.status == status
    assert reason in column.reason
    assert runtime.left == ["cntk"]


NOT_PREPARED = "No Python 3.6 was found: install it."


def records_of(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_the_start_record_is_the_first_line_and_the_suites_own(run):
    run(FakeRuntime({"cntk": replay("cntk", [case("a/f/x")], run="the suite's own")}))
    kinds = [record["kind"] for record in records_of(run.out / "cntk.jsonl")]
    assert kinds == ["start", "loaded", "collected", "begin", "case", "end"]
    assert records_of(run.out / "cntk.jsonl")[0]["run"] == "the suite's own"


def test_the_harness_writes_a_start_record_only_when_no_suite_wrote_one(run):
    run(
        FakeRuntime({"cntk": NOT_PREPARED, "theano": replay("theano", [], end=NOT_LOADED)}),
        ("cntk", "theano"),
    )
    first, last = records_of(run.out / "cntk.jsonl")
    assert (first["kind"], first["schema"], first["column"], first["api"]) == ("start", 2, "cntk", "k")
    assert (last["kind"], last["infrastructure"], last["reason"]) == ("end", True, NOT_PREPARED)
    kinds = [record["kind"] for record in records_of(run.out / "theano.jsonl")]
    assert kinds.count("start") == 1
    assert kinds[0] == "start"


def test_the_journal_of_another_api_is_stopped(run):
    output = replay("cntk", [case("a/f/x")], api="ops")
    (column,) = run(FakeRuntime({"cntk": output})).columns
    assert output.stopped.is_set()
    assert column.status == "not-run"
    assert "its start record does not belong to this journal): report this" in column.reason


@pytest.mark.parametrize(("count", "stopped"), [(MOST_STEPS, False), (MOST_STEPS + 1, True)])
def test_steps_are_bounded_in_number(run, count, stopped):
    output = replay("cntk", [case("a/f/x")], steps=[step(f"step-{number}") for number in range(count)])
    (column,) = run(FakeRuntime({"cntk": output})).columns
    assert output.stopped.is_set() is stopped
    assert len(column.steps) == MOST_STEPS
    assert column.complete is not stopped


def test_a_selection_is_not_worth_compiling_a_whole_profile_for(run, monkeypatch):
    runtime = FakeRuntime({"cntk": replay("cntk", [case("a/f/x")])})
    profiles, prepare = [], runtime.prepare
    monkeypatch.setattr(
        runtime,
        "prepare",
        lambda backend, report, profile: profiles.append(profile) or prepare(backend, report),
    )
    run(runtime, selection=Selection("f", (), ()))
    run(runtime, mode="fresh")
    assert profiles == ["core", "full"]
