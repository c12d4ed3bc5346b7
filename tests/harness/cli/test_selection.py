"""A part of the suite: refused before anything is written, or run beside the journals of whole profiles."""

from __future__ import annotations

import json

import pytest

from tests.fakes import FakeRuntime, case, replay

SUM = "reduction/sum/axis-first/known"

pytestmark = pytest.mark.usefixtures("read_here", "backends")


@pytest.fixture
def measured(write_journal, tmp_path):
    """A directory with the journal of a whole profile."""
    folder = tmp_path / "results"
    path = write_journal("cntk", [case(SUM), case("a/f/x")], folder=folder)
    return folder, path, path.read_bytes()


@pytest.fixture
def runtime(use_runtime):
    return use_runtime(FakeRuntime({"cntk": replay("cntk", [case(SUM)], select="sum")}))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["-k", "sum and"], "Wrong expression passed to '-k': sum and: at column 8: expected not OR left"),
        (["-k", " "], "-k has no expression"),
        (["-k", "xyzzy"], "-k 'xyzzy' selects no case: `conform cases` lists all of them."),
        (["--cases", "reduction/sun/**"], "No case matches 'reduction/sun/**'"),
        (["--cases", "reduction/sum/**", "--cases", "reduction/sun/**"], "'reduction/sun/**'"),
        (
            ["--cases", "reduction/sum/**", "-k", "xyzzy"],
            "--cases 'reduction/sum/**' -k xyzzy selects no case",
        ),
        (["--cases", SUM, "--profile", "examples"], "and 1 case of full: add --profile full."),
    ],
)
def test_what_selects_nothing_is_refused_before_anything_is_written(
    conform, runtime, measured, options, says
):
    folder, path, before = measured
    result = conform("run", "cntk", "--out", folder, *options)
    assert (result.status, result.out) == (2, "")
    assert says in result.err
    assert len(result.err.splitlines()) == 1
    assert path.read_bytes() == before
    assert list(folder.iterdir()) == [path]
    assert not runtime.requests
    assert conform("run", "cntk", "--out", folder / "new", *options).status == 2
    assert not (folder / "new").exists()


def test_a_selection_leaves_the_journal_of_the_whole_profile_alone(conform, runtime, measured):
    folder, path, before = measured
    result = conform("run", "cntk", "-k", "sum and axis-first", "--profile", "full", "--out", folder)
    assert result.status == 0, result.err
    assert path.read_bytes() == before
    assert f"cases selected: a journal of its own goes to {folder / 'selected'}" in result.err
    start = json.loads((folder / "selected" / "cntk.jsonl").read_text().splitlines()[0])
    assert start["select"] == "sum"
    assert len(json.loads(conform("merge", folder).out)["cases"]) == 2
    (request,) = runtime.requests
    assert (request.select, request.only) == ("sum and axis-first", None)
    assert request.start["select"] == "sum and axis-first"


def test_cases_selects_by_globs_over_ids(conform, runtime, measured):
    options = ["--cases", "reduction/sum/axis-first/*", "--cases", "reduction/max/all-axes/known"]
    assert conform("run", "cntk", *options, "--profile", "full", "--out", measured[0]).status == 0
    (request,) = runtime.requests
    assert request.select is None
    assert SUM in request.only
    assert {name.rpartition("/")[0] for name in request.only} == {
        "reduction/sum/axis-first",
        "reduction/max/all-axes",
    }
    assert request.start["select"] == (
        "--cases 'reduction/sum/axis-first/*' --cases reduction/max/all-axes/known"
    )


def test_with_both_a_case_matches_both(conform, runtime, measured):
    options = ["--cases", "reduction/sum/**", "-k", "axis-first and known"]
    assert conform("run", "cntk", *options, "--profile", "full", "--out", measured[0]).status == 0
    (request,) = runtime.requests
    assert SUM in request.only
    assert all("axis-first" in name and "known" in name for name in request.only)


def test_cases_lists_promises_with_profiles_and_ids(conform):
    result = conform("cases", "reduction/sum/axis-*/known", "--profile", "full")
    assert result.status == 0
    *found, count = result.out.splitlines()
    (promise,) = [line for line in found if line.startswith("reduction/sum: axis is an integer, and a neg")]
    assert found.index(f"  full      {SUM}") > found.index(promise)
    assert count == f"{sum(line.startswith('  ') for line in found)} cases"


def test_cases_as_json_and_by_profile_and_area(conform):
    whole = json.loads(conform("cases", "--json").out)
    assert whole["api"] == "k"
    part = json.loads(conform("cases", "--area", "reduction", "--profile", "core", "--json").out)
    assert {function["area"] for function in part["functions"]} == {"reduction"}
    found = [
        kept
        for function in part["functions"]
        for promise in function["promises"]
        for kept in promise["cases"]
    ]
    assert {kept["profile"] for kept in found} <= {"examples", "core"}
    assert found
    assert len(json.dumps(part)) < len(json.dumps(whole)) / 4


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--area", "reductoin"], "did you mean 'reduction'?"),
        (["--profile", "cor"], "did you mean 'core'?"),
        (["--api", "q"], "Unknown API 'q'"),
        (["reduction/sum/**", "--area", "shape"], "leave out --profile, --area or a GLOB"),
    ],
)
def test_what_lists_nothing_is_refused(conform, arguments, says):
    result = conform("cases", *arguments)
    assert (result.status, result.out) == (2, "")
    assert says in result.err
