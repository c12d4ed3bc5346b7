"""`--failed`: what deviated newly when a column was measured last runs again, and nothing else."""

from __future__ import annotations

import json

import pytest

from tests.fakes import FakeRuntime, case, replay

SUM = "reduction/sum/axis-first/known"
MAX = "reduction/max/all-axes/known"
MIN = "reduction/min/int-shape/variable"

pytestmark = pytest.mark.usefixtures("read_here", "backends")


@pytest.fixture
def runtime(use_runtime):
    return use_runtime(FakeRuntime({"cntk": replay("cntk", [case(SUM)], select="--failed")}))


@pytest.fixture
def results(tmp_path):
    return tmp_path / "results"


def test_new_deviations_run_again_and_known_ones_do_not(conform, runtime, results, write_journal, listed):
    listed(f'[[known]]\ncases = ["{MAX}"]\nverdict = "fail"\nmessages = ["it is so"]\nreason = "It is."')
    cases = [case(SUM, "fail"), case(MAX, "fail", "it is so"), case(MIN), case("gone/f/x", "fail")]
    path = write_journal("cntk", cases, folder=results)
    before = path.read_bytes()
    done = conform("run", "cntk", "--failed", "--out", results)
    assert done.status == 0
    (request,) = runtime.requests
    assert (list(request.only), request.profile, request.select) == ([SUM], "full", None)
    assert request.start["select"] == "--failed"
    assert "cntk: 1 case selected" in done.err
    assert "profile full --failed" in done.out
    assert path.read_bytes() == before


def test_a_newer_verdict_on_a_part_counts(conform, runtime, results, write_journal):
    write_journal("cntk", [case(SUM, "fail"), case(MAX, "fail"), case(MIN)], folder=results)
    later = {"folder": results / "selected", "started": "2026-11-23T07:00:00Z"}
    write_journal("cntk", [case(SUM), case(MIN, "crash")], **later)
    conform("run", "cntk", "--failed", "--out", results)
    assert sorted(runtime.requests[0].only) == [MAX, MIN]
    earlier = {"folder": results / "selected", "started": "2026-11-20T07:00:00Z"}
    write_journal("cntk", [case(SUM), case(MIN, "crash")], **earlier)
    runtime.outputs["cntk"] = replay("cntk", [case(SUM)], select="--failed")
    conform("run", "cntk", "--failed", "--out", results)
    assert sorted(runtime.requests[1].only) == [MAX, SUM]


def test_without_a_new_deviation_nothing_runs(conform, runtime, results, write_journal):
    write_journal("cntk", [case(SUM)], folder=results)
    done = conform("run", "cntk", "--failed", "--out", results)
    assert (done.status, done.out, runtime.requests) == (0, "", [])
    assert done.err.startswith("cntk: nothing deviated newly when it was measured last")


def test_a_column_without_a_new_deviation_is_left_out(conform, runtime, results, write_journal):
    write_journal("cntk", [case(SUM, "fail")], folder=results)
    write_journal("theano", [case(SUM)], folder=results)
    conform("run", "cntk,theano", "--failed", "--out", results)
    assert runtime.entered == ["cntk"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "cntk.jsonl does not exist: --failed goes by an earlier run, so run without it."),
        (["-k", "sum"], "--failed chooses the cases: leave out -k and --cases."),
        (["--cases", "reduction/**"], "--failed chooses the cases: leave out -k and --cases."),
    ],
)
def test_status_2_what_cannot_be_chosen(conform, runtime, results, options, says):
    done = conform("run", "cntk", "--failed", "--out", results, *options)
    assert done.status == 2
    assert says in done.err
    assert not results.exists()


def test_the_journal_of_a_part_says_what_it_is(conform, runtime, results, write_journal):
    write_journal("cntk", [case(SUM, "fail")], folder=results)
    conform("run", "cntk", "--failed", "--out", results)
    start = json.loads((results / "selected" / "cntk.jsonl").read_text().splitlines()[0])
    assert start["select"] == "--failed"
