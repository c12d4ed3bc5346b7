from __future__ import annotations

from harness.merge import merge_journals
from harness.stability import Unstable, unstable
from tests.fakes import case


def test_cases_whose_verdicts_differ_are_unstable_by_column(write_journal, tmp_path):
    def run(number, *verdicts):
        cases = [case(f"a/f/{name}", verdict) for name, verdict in zip("xyz", verdicts, strict=False)]
        open_question = case("a/f/open", "fail" if number else "pass", unspecified=True)
        folder = tmp_path / str(number)
        stable = write_journal("theano", [case("a/f/x")], folder=folder)
        return merge_journals([write_journal("cntk", [*cases, open_question], folder=folder), stable])

    runs = [run(0, "pass", "pass", "fail"), run(1, "pass", "fail", "fail"), run(2, "pass", "pass")]
    assert list(unstable(runs)) == [
        Unstable("cntk", "a/f/y", ("pass", "fail", "pass")),
        Unstable("cntk", "a/f/z", ("fail", "fail", None)),
    ]
    assert [found.counts for found in unstable(runs)] == ["2 pass, 1 fail", "2 fail, 1 no verdict"]
