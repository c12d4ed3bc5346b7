from __future__ import annotations

import re

from harness.merge import merge_journals
from harness.reports import workflow
from tests.fakes import case
from tests.hostile import inert

LINE = re.compile(r"::(error|notice) title=[^:,]*::.+")


def lines_of(matrix):
    lines = workflow.render(matrix).splitlines()
    assert all(LINE.fullmatch(line) for line in lines)
    return lines


def test_like_deviations_are_told_once_and_known_ones_are_a_notice(matrix):
    lines = lines_of(matrix)
    assert lines[0].startswith("::error title=Conformance::theano did not run: ImportError")
    assert "::error title=cntk%3A sum::error in arithmetic/sum/axis:" in lines[1]
    assert lines[1].endswith("| conform repro arithmetic/sum/axis --backend cntk")
    assert lines[2:] == ["::notice title=cntk::2 of 4 cases passed, 1 known deviations (complete)"]


def test_a_kind_has_at_most_ten_and_the_last_counts_the_rest(write_journal):
    cases = [case(f"a/f{number}/x{n}", "fail") for number in range(30) for n in range(number + 1)]
    lines = lines_of(merge_journals([write_journal("cntk", cases)]))
    errors = [line for line in lines if line.startswith("::error")]
    assert len(errors) == 10
    assert "fail in a/f29/x0 and 29 alike" in errors[0]
    assert errors[-1] == "::error title=Conformance::21 more of this kind: the report of the job has all"


def test_what_a_backend_says_is_no_command(write_journal):
    said = "50%\r\n::add-mask::secret\x1b[31m::set-output name=a::b"
    text = workflow.render(merge_journals([write_journal("cntk", [case("a/f/x", "fail", said)])]))
    inert(text)
    assert len(text.splitlines()) == 2
    assert "50%25\\x0d ::add-mask" in text
