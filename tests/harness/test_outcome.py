from __future__ import annotations

from harness.exitcodes import ExitCode
from harness.merge import merge_journals
from harness.outcome import findings, outcome
from tests.fakes import case


def test_every_finding_has_its_status(write_journal):
    away = {"kind": "end", "complete": False, "reason": "The daemon went away.", "infrastructure": True}
    absent = {"kind": "end", "complete": False, "reason": "No Python 3.6."}
    paths = [
        write_journal("a-new", [case("a/f/x", "fail"), case("a/f/y", "fail")]),
        write_journal("b-lost", [case("a/f/x")], collected=["a/f/x", "a/f/y"]),
        write_journal("c-away", [case("a/f/x")], end=away),
        write_journal("d-not", [], end=absent),
        write_journal("e-none", [], select="nothing"),
        write_journal("f-good", [case("a/f/x"), case("a/f/z", "fail", unspecified=True)]),
    ]
    matrix = merge_journals(paths)
    found = list(findings(matrix))
    assert [code for code, _ in found] == [
        ExitCode.DEVIATION,
        ExitCode.INCOMPLETE,
        ExitCode.NOT_RUN,
        ExitCode.NOT_RUN,
        ExitCode.USAGE,
    ]
    assert [sentence.split(":")[0] for _, sentence in found] == [
        "a-new has 2 new deviations",
        "b-lost is incomplete",
        "c-away is incomplete",
        "d-not did not run",
        "e-none selected no case",
    ]
    assert outcome(matrix) == ExitCode.USAGE
    assert outcome(merge_journals(paths[:2])) == ExitCode.INCOMPLETE
    assert outcome(merge_journals(paths[5:])) == ExitCode.OK
