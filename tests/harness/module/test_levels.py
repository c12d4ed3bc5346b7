"""Levels and advice, from journals written by hand."""

from __future__ import annotations

from harness.levels import STEPS, level, profile_for, reaches
from harness.merge import merge_journals
from harness.module.advice import debts
from harness.reports.badge import badges
from harness.reports.summary import describe
from tests.fakes import case, encode, journal


def step(name, holds=True, **fields):
    return {"kind": "step", "step": name, "holds": holds, "message": name, "seconds": 0.1, **fields}


def matrix(tmp_path, cases, steps, **fields):
    start, *rest = journal("my.module", cases, **fields)
    (tmp_path / "my.module.jsonl").write_bytes(encode([start, *steps, *rest]))
    return merge_journals([tmp_path / "my.module.jsonl"])


def test_a_level_is_the_last_step_before_the_first_that_does_not_hold(tmp_path):
    for count, name in enumerate(STEPS, 1):
        steps = [step(other) for other in list(STEPS)[:count]]
        assert level(matrix(tmp_path, [], steps).columns[0]) == name
    held = [
        step("found"),
        step("imports"),
        step("valid"),
        step("loads", holds=False),
        step("signatures"),
        step("examples"),
    ]
    assert level(matrix(tmp_path, [], held).columns[0]) == "valid"
    assert level(matrix(tmp_path, [], [step("found", holds=False)]).columns[0]) is None
    assert level(matrix(tmp_path, [], []).columns[0]) is None


def test_levels_are_ordered_and_need_no_more_of_the_suite_than_shows_them():
    assert reaches("core", "examples")
    assert not reaches("examples", "core")
    assert not reaches(None, "found")
    assert [profile_for(name) for name in ("loads", "examples", "core", "full", None)] == [
        *("examples", "examples", "core", "full", "full")
    ]


def test_what_costs_most_comes_first_and_what_is_missing_is_told_from_what_is_wrong(tmp_path):
    cases = [
        case("a/dot/x"),
        case("a/dot/y", "fail", "wrong value at (1): 2 instead of 1"),
        case("a/conv/x", "unsupported", "K has no conv, pool"),
        case("a/conv/y", "unsupported", "NotImplementedError: K has no conv"),
        case("a/conv/z", "unsupported", "NotImplementedError: no float16 here"),
        case("a/pool/x", "unsupported", "K has no pool"),
        case("a/pool/y", "error", "TypeError: no", unspecified=True),
        case("a/ctc/x", "unsupported", "NotImplementedError: no CTC yet"),
    ]
    lacks = [{"name": name, "signature": f"{name}(x)"} for name in ("conv", "pool", "size")]
    wrong = [{"name": "dot", "signature": "dot(x, y)", "message": "has a where K has x"}]
    steps = [step("loads", holds=False, missing=lacks), step("signatures", holds=False, wrong=wrong)]
    found = debts(matrix(tmp_path, cases, steps), 0)
    assert [(debt.function, debt.kind, len(debt.cases)) for debt in found] == [
        *(("conv", "missing", 3), ("pool", "missing", 2), ("ctc", "unwritten", 1)),
        *(("dot", "arguments", 1), ("size", "missing", 0)),
    ]
    assert found[0].signature == "conv(x)"


def test_every_report_says_how_far_it_came_and_what_was_stubbed(tmp_path):
    steps = [
        step("found"),
        step("imports"),
        step("valid"),
        step("loads", holds=False, missing=[{"name": "dot"}, {"name": "eye"}]),
    ]
    assert ", 2 names stubbed, level valid, " in describe(matrix(tmp_path, [case("a/f/x")], steps).columns[0])


def test_the_badge_says_the_level(tmp_path):
    steps = [step("found"), step("imports"), step("valid"), step("loads", holds=False)]
    (badge,) = badges(matrix(tmp_path, [case("a/f/x"), case("a/f/y", "fail")], steps))
    assert badge.message.startswith("valid, 50 % of 2")
    (badge,) = badges(matrix(tmp_path, [case("a/f/x")], steps, select="f"))
    assert badge.message.startswith("100 % of 1")
