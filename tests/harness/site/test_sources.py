from __future__ import annotations

import pytest

from harness.errors import UsageError
from harness.site import sources
from harness.site.site import site
from harness.site.sources import asking, matrices_in, read_chapters
from tests.fakes import case

VERSIONS = {"keras": "2.3.1", "cntk": "2.7"}
ENTRY = """\
[[known]]
cases = ["a/f/x"]
verdict = "fail"
aspects = ["value"]
messages = ["wrong value: off by # ULP at (#)"]
reason = "It rounds."
"""


def test_journals_of_two_apis_in_a_folder_are_two_matrices(write_journal, read_here):
    folder = write_journal("cntk", [case("a/f/x")]).parent
    write_journal("jax", [case("b/g/x")], api="ops")
    found = read_chapters([folder], asking(lambda line: None))
    assert [(chapter.api, [column.name for column in chapter.matrix.columns]) for chapter in found] == [
        ("k", ["cntk"]),
        ("ops", ["jax"]),
    ]
    assert found[0].explained["activation/relu/default/known"].promise.startswith("without arguments")
    assert found[0].note == "The promises are of another version of the suite than some columns."


def test_the_baseline_of_a_backend_is_applied_to_journals(write_journal, listed):
    listed(ENTRY)
    (matrix,) = matrices_in(write_journal("cntk", [case("a/f/x", "fail")], versions=VERSIONS).parent)
    assert [found.evidence.reason for found in matrix.deviations(0)] == ["It rounds."]


def test_a_suite_that_cannot_be_asked_costs_the_promises_alone(write_journal, monkeypatch):
    def refuse(told, report):
        raise UsageError("The index cannot be reached: try again.")

    monkeypatch.setattr(sources, "explain_all", refuse)
    (chapter,) = read_chapters([write_journal("cntk", [case("a/f/x")])], asking(lambda line: None))
    assert chapter.explained == {}
    assert chapter.note == "Promises are not shown. The index cannot be reached: try again."
    (other,) = read_chapters([write_journal("x", [case("a/f/x")], api="ops2")], asking(lambda line: None))
    assert other.note == "This harness does not have the API 'ops2': promises are not shown."


def test_an_empty_folder_is_a_sentence(tmp_path):
    with pytest.raises(UsageError, match="has no journal and no matrix"):
        list(matrices_in(tmp_path))


def test_a_function_that_no_column_judged_has_a_page(write_journal, read_here):
    (chapter,) = read_chapters([write_journal("cntk", [case("zz/f/x", ulp=3.0)])], asking(lambda line: None))
    functions = chapter.matrix.functions
    assert ("reduction", "sum") in functions
    assert chapter.matrix.rows[functions.index(("zz", "f"))].cells["cntk"].worst_ulp == 3.0
    assert chapter.matrix.rows[functions.index(("reduction", "sum"))].cells["cntk"].verdict == "not-run"
    pages = dict(site([chapter]))
    assert b"cases of other profiles were not run" in pages["k/function/reduction/sum.html"]
