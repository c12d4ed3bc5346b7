from __future__ import annotations

import pytest

from harness.diff import KINDS, diff
from harness.errors import UsageError
from harness.exitcodes import ExitCode
from harness.merge import merge_journals
from tests.fakes import case, step


@pytest.fixture
def compare(write_journal, tmp_path):
    def run(old, new, old_fields=None, new_fields=None):
        first = write_journal("cntk", old, folder=tmp_path / "old", **(old_fields or {}))
        second = write_journal("cntk", new, folder=tmp_path / "new", **(new_fields or {}))
        return diff(merge_journals([first]), merge_journals([second]))

    return run


def test_every_kind_of_change(compare):
    old = [
        case("a/f/same"),
        case("a/f/worse"),
        case("a/f/better", "fail"),
        case("a/f/other", "fail"),
        case("a/f/gone"),
    ]
    new = [
        case("a/f/same"),
        case("a/f/worse", "error"),
        case("a/f/better"),
        case("a/f/other", "crash"),
        case("a/f/new"),
    ]
    found = compare(old, new)
    names = {
        kind: [change.id for change in getattr(found, kind)]
        for kind in ("regressions", "fixes", "changed", "new", "gone")
    }
    assert names == {
        "regressions": ["a/f/worse"],
        "fixes": ["a/f/better"],
        "changed": ["a/f/other"],
        "new": ["a/f/new"],
        "gone": ["a/f/gone"],
    }
    assert found.status == ExitCode.DEVIATION
    assert not found.inconclusive


def test_a_message_that_differs_in_numbers_only_is_no_change(compare):
    found = compare([case("a/f/x", "fail", message="off by 3")], [case("a/f/x", "fail", message="off by 4")])
    assert not found.changed


def test_unspecified_cases_are_nobodys_regression(compare):
    found = compare([case("a/f/x", unspecified=True)], [case("a/f/x", "fail", unspecified=True)])
    assert not found.regressions


def test_what_a_cut_off_column_lacks_is_not_gone(compare):
    found = compare([case("a/f/x"), case("a/f/y")], [case("a/f/x")], new_fields={"end": None})
    assert not found.gone
    assert found.status == ExitCode.INCOMPLETE
    assert "cntk is incomplete in the new matrix" in found.inconclusive[0]


def test_a_column_that_did_not_run_is_inconclusive(compare):
    end = {"kind": "end", "seconds": 0, "complete": False, "reason": "no Python 3.6"}
    found = compare([case("a/f/x")], [], new_fields={"end": end})
    assert found.status == ExitCode.NOT_RUN
    assert "no Python 3.6" in found.inconclusive[0]


def test_a_missing_column_is_said(write_journal, tmp_path):
    old = merge_journals([write_journal("cntk", [case("a/f/x")])])
    new = merge_journals([write_journal("theano", [case("a/f/x")], folder=tmp_path / "n")])
    found = diff(old, new)
    assert found.inconclusive == [
        "cntk is missing from the new matrix",
        "theano is missing from the old matrix",
    ]
    assert found.status == ExitCode.INCOMPLETE


def test_a_deviation_in_other_aspects_has_changed_also_with_the_same_message(compare):
    old = [case("a/f/x", "fail", "wrong", aspects=["value"]), case("a/f/y", "fail", "wrong")]
    found = compare(old, [case("a/f/x", "fail", "wrong", aspects=["dtype", "value"]), old[1]])
    (change,) = found.changed
    assert (change.id, change.old.aspects, change.new.aspects) == ("a/f/x", ("value",), ("dtype", "value"))
    assert (change.old.message, change.new.message) == ("wrong", "wrong")


def test_a_matrix_without_aspects_differs_in_messages_only(compare):
    old = [case("a/f/x", "fail", "wrong", aspects=[])]
    assert not compare(old, [case("a/f/x", "fail", "wrong", aspects=["dtype"])]).changed
    assert compare(old, [case("a/f/x", "fail", "worse", aspects=["dtype"])]).changed


def test_matrices_of_two_apis_are_refused_and_a_column_that_never_ran_is_not(
    compare, write_journal, tmp_path
):
    with pytest.raises(UsageError, match="The old matrix is of the API 'k' and the new matrix of 'ops'"):
        compare([case("a/f/x")], [case("a/f/x")], new_fields={"api": "ops"})
    absent = merge_journals([], expected=["cntk"])
    assert absent.api is None
    ran = merge_journals([write_journal("cntk", [case("a/f/x")], folder=tmp_path / "k", api="ops")])
    assert diff(absent, ran).inconclusive


def lacking(*names):
    missing = [{"name": name, "signature": f"{name}(x)"} for name in names]
    return step("loads", holds=not names, message=f"it lacks {len(names)} of 143 names", missing=missing)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (lacking(), lacking("elu"), "regressions"),
        (lacking("elu"), lacking(), "fixes"),
        (lacking("elu"), lacking("relu"), "regressions"),
        (lacking("elu"), lacking("elu", "relu"), "regressions"),
        (lacking("elu", "relu"), lacking("elu"), "changed"),
        (lacking("elu"), lacking("elu"), None),
    ],
)
def test_a_step_is_compared_by_the_names_it_finds(compare, old, new, kind):
    found = compare([case("a/f/x")], [case("a/f/x")], {"steps": [old]}, {"steps": [new]})
    assert {name: [change.id for change in getattr(found, name)] for name in KINDS} == {
        name: ["step loads"] if name == kind else [] for name in KINDS
    }
    assert found.status == (ExitCode.DEVIATION if kind == "regressions" else ExitCode.OK)


def test_a_profile_is_compared_case_by_case_and_not_again_as_a_step(compare):
    steps = [{"steps": [step("examples", holds)]} for holds in (True, False)]
    found = compare([case("a/f/x")], [case("a/f/x", "fail")], *steps)
    assert [change.id for change in found.regressions] == ["a/f/x"]


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ({"kind": "end", "seconds": 0, "complete": False, "reason": "no Python 3.6"}, ExitCode.NOT_RUN),
        (None, ExitCode.INCOMPLETE),
    ],
)
def test_a_new_column_that_is_not_whole_decides_the_status(write_journal, tmp_path, end, status):
    old = [write_journal("cntk", [case("a/f/x")])]
    cases = [case("a/f/x")] if end is None else []
    new = [*old, write_journal("theano", cases, folder=tmp_path / "n", end=end)]
    found = diff(merge_journals(old), merge_journals(new))
    assert found.status == status
    assert len(found.inconclusive) == 2
    assert found.inconclusive[0].startswith("theano is ")
    assert found.inconclusive[1] == "theano is missing from the old matrix"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"profile": "core"}, "cntk ran another part of the suite: profile full -> profile core"),
        ({"select": "x"}, "cntk ran another part of the suite: profile full -> profile full -k 'x'"),
    ],
)
def test_another_part_of_the_suite_is_said_and_its_cases_are_not_gone(compare, fields, says):
    found = compare([case("a/f/x"), case("a/f/y")], [case("a/f/x")], new_fields=fields)
    assert found.inconclusive == [says]
    assert (found.gone, found.status) == ([], ExitCode.OK)
    assert found.columns[0].endswith(", 1 case compared")


def test_two_sides_without_a_common_case_are_inconclusive(compare):
    found = compare([case("a/f/x", "skip")], [case("a/f/x", "skip")])
    assert found.inconclusive == ["cntk has no case that both sides judged"]


def test_what_else_changed_is_said_beside_the_dates(compare):
    versions = {"keras": "2.2.4", "cntk": "2.7", "numpy": "1.18.5", "python": "3.6.15"}
    found = compare([case("a/f/x")], [case("a/f/x")], {"versions": versions}, {"suite": "other"})
    told = ", 1 case compared, keras 2.2.4 -> 2.3.1, another version of the suite"
    assert found.columns[0].endswith(told)
