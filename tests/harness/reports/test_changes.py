from __future__ import annotations

import pytest

from harness.diff import Change, Diff, Side
from harness.reports.changes import MOST, render, summary
from tests.hostile import inert

HOSTILE = "\x1b[31m<script>alert(1)</script> @team #1 | `x`"


def change(number=0, message="off by 1", column="cntk"):
    return Change(column, f"a/f/{number}", Side("pass"), Side("fail", message, ("value",)))


def test_regressions_are_open_and_the_rest_is_folded():
    found = Diff(regressions=[change()], fixes=[change(1)], columns=["cntk: then -> now"])
    text = render(found)
    assert text.startswith("## Conformance: 1 regression (passed before), 1 fix (passes now)\n")
    assert "- **cntk** a/f/0: pass → fail (value); off by 1" in text
    assert text.index("### 1 regression") < text.index("<details><summary>1 fix (passes now)</summary>")
    assert "- cntk: then -&#62; now" in text


def test_what_was_not_compared_is_said_though_nothing_changed():
    text = render(Diff(inconclusive=["theano is missing from the new matrix"]))
    assert "no difference, 1 column inconclusive" in text
    assert "- **inconclusive**: theano is missing from the new matrix" in text
    assert summary(Diff()) == "no difference"


@pytest.mark.parametrize("kind", ["regressions", "fixes", "changed", "new", "gone"])
def test_what_does_not_fit_is_counted(kind):
    text = render(Diff(**{kind: [change(number, "x" * 250) for number in range(5000)]}))
    assert len(text) <= MOST
    listed = text.count("- **cntk**")
    assert f"- and {5000 - listed} more: `conform diff` lists all" in text
    assert listed > 100


def test_every_kind_is_there_though_the_first_fills_the_page():
    many = [change(number, "x" * 250) for number in range(5000)]
    text = render(Diff(many, many, many, many, many, ["theano did not run"] * 100, ["c: a -> b"] * 300))
    assert len(text) <= MOST + 500 * 5
    assert len(text) < 65_536
    for title in (
        "5000 regressions",
        "5000 fixes",
        "5000 cases deviate",
        "5000 new cases",
        "5000 gone cases",
    ):
        assert title in text


def test_what_a_backend_says_is_literal():
    text = render(Diff(regressions=[change(0, HOSTILE, "c")], inconclusive=[HOSTILE], columns=[HOSTILE]))
    inert(text)
    assert "<script" not in text
    assert "@team" not in text
