from __future__ import annotations

import pytest

from harness.merge import merge_journals
from tests.fakes import case


def cell(matrix, function, column="cntk"):
    return next(row.cells[column] for row in matrix.rows if row.function == function)


def test_a_cell_counts_what_counts(write_journal):
    path = write_journal(
        "cntk",
        [
            case("a/f/one"),
            case("a/f/two", ulp=3.5),
            case("a/f/three", "fail"),
            case("a/f/four", "skip", reason="no GPU"),
            case("a/f/five", "fail", unspecified=True, reason="K is silent on it"),
            case("a/f/six", unspecified=True, reason="K is silent on it", ulp=99.0),
        ],
    )
    found = cell(merge_journals([path]), "f")
    assert (found.passed, found.total, found.known, found.worst_ulp, found.verdict) == (
        2,
        3,
        0,
        3.5,
        "partial",
    )


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["pass", "pass"], "pass"),
        (["pass", "fail"], "partial"),
        (["fail", "error"], "fail"),
        (["unsupported", "unsupported"], "unsupported"),
        (["unsupported", "fail"], "fail"),
        (["skip"], "not-run"),
    ],
)
def test_the_verdict_of_a_cell(write_journal, verdicts, expected):
    path = write_journal("cntk", [case(f"a/f/{number}", verdict) for number, verdict in enumerate(verdicts)])
    assert cell(merge_journals([path]), "f").verdict == expected


def test_a_run_that_left_cases_out_is_a_partial_selection(write_journal):
    for fields, partial in (({}, False), ({"profile": "core"}, True), ({"select": "f"}, True)):
        (column,) = merge_journals([write_journal("cntk", [case("a/f/x")], **fields)]).columns
        assert column.partial_selection is partial


def test_the_api_is_that_of_the_columns_that_say_one(write_journal):
    path = write_journal("cntk", [case("a/f/x")], api="ops")
    assert merge_journals([path], expected=["absent"]).api == "ops"
    assert merge_journals([], expected=["absent"]).api is None
