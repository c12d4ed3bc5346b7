from __future__ import annotations

from harness.merge import merge_journals
from harness.reports import badge, junit, markdown, terminal
from harness.reports.summary import areas, cell_text, describe, silent_groups, totals
from harness.site.chapter import Chapter
from harness.site.site import site
from tests.fakes import case, step


def test_every_report_says_how_far_it_came_and_what_was_stubbed(external):
    steps = [
        step("found"),
        step("imports"),
        step("valid"),
        step("loads", holds=False, missing=[{"name": "dot"}, {"name": "eye"}]),
    ]
    assert ", 2 names stubbed, level valid, " in describe(external([case("a/f/x")], steps).columns[0])


def test_lost_cases_are_named_in_every_report(write_journal):
    lost = [f"a/f/lost-{number}" for number in range(7)]
    matrix = merge_journals([write_journal("cntk", [case("a/f/x")], collected=["a/f/x", *lost])])
    for text in (terminal.render(matrix), markdown.render(matrix)):
        assert "a/f/lost-0" in text
        assert "and 2 more" in text
    pages = dict(site([Chapter(matrix)]))
    for text in (pages["k/backend/cntk.html"], b"".join(junit.render(matrix))):
        assert all(name in text.decode() for name in lost)
    (made,) = badge.badges(matrix)
    assert (made.message, made.colour) == ("incomplete (2026-11-22)", "lightgrey")


def test_a_column_is_described_by_what_answered_and_its_age(write_journal):
    path = write_journal(
        "cntk", [case("a/f/x", reused=True)], versions={"keras": "2.3.1", "cntk": "2.7"}, select="f"
    )
    said = describe(merge_journals([path]).columns[0])
    assert said.startswith(
        "keras 2.3.1, cntk 2.7, venv, profile full -k 'f', 1.5 s, 1 verdict reused from 2026"
    )
    assert said.endswith(", no digest")


def test_areas_and_totals_are_sums_of_their_cells(matrix):
    (first, *_) = areas(matrix)
    assert (first.name, [row.function for row in first.rows]) == ("arithmetic", ["dot", "sum"])
    assert cell_text(first.cells["cntk"]) == "◐ 1/3 !1"
    sums = totals(matrix, 0)
    assert (sums.cell.passed, sums.cell.known, sums.cell.total) == (2, 1, 4)
    assert (sums.new, sums.unspecified, sums.skipped, sums.worst) == (1, 1, 1, "ndim")


def test_unspecified_deviations_come_with_what_is_left_open(matrix):
    ((function, count, reason),) = silent_groups(matrix, 0)
    assert (function, count) == ("floatx", 1)
    assert reason.startswith("It does not say ")
