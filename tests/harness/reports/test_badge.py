from __future__ import annotations

import json
from xml.etree import ElementTree

from harness.merge import merge_journals
from harness.reports import badge
from tests.fakes import case, step


def test_badges_say_incompleteness_instead_of_a_number(matrix, tmp_path):
    found = {item.column: item for item in badge.badges(matrix)}
    assert (found["cntk"].message, found["cntk"].colour) == ("50 % of 4 (2026-11-22)", "red")
    assert (found["theano"].message, found["theano"].colour) == ("not run (2026-11-22)", "lightgrey")
    for path in badge.write_badges(matrix, tmp_path / "badges"):
        if path.suffix == ".svg":
            ElementTree.fromstring(path.read_text())
        else:
            assert json.loads(path.read_text())["schemaVersion"] == 1


def test_a_badge_never_rounds_up_to_everything(write_journal):
    cases = [case(f"a/f/{number}", "fail" if number == 0 else "pass") for number in range(2000)]
    (found,) = badge.badges(merge_journals([write_journal("cntk", cases)]))
    assert found.message.startswith("99.9 % of 2000")


def test_the_badge_says_the_level(external):
    steps = [step("found"), step("imports"), step("valid"), step("loads", holds=False)]
    (found,) = badge.badges(external([case("a/f/x"), case("a/f/y", "fail")], steps))
    assert found.message.startswith("valid, 50 % of 2")
    (found,) = badge.badges(external([case("a/f/x")], steps, select="f"))
    assert found.message.startswith("100 % of 1")
