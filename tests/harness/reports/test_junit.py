from __future__ import annotations

from xml.etree import ElementTree

from harness.baseline import apply
from harness.reports import junit
from tests.fakes import case
from tests.harness.baselines import entry


def test_junit_counts(matrix):
    root = ElementTree.fromstring(junit.render(matrix))
    cntk, theano = root
    assert {key: cntk.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "6", "failures": "0", "errors": "1", "skipped": "3",
    }  # fmt: skip
    assert theano.get("errors") == "1"
    assert theano[0][0].get("message").startswith("ImportError")
    assert root.get("tests") == "7"
    skipped = [item.get("message") for item in root.iter("skipped")]
    assert "known fail: It rounds | differently" in skipped
    assert "There is no GPU." in skipped


def test_every_lost_case_and_every_problem_of_a_baseline_is_a_test_that_failed(listed, column):
    matrix = apply(column(case("a/f/x"), collected=["a/f/x", "a/f/y"]), 0, listed(entry(["a/f/x"])))
    (suite,) = ElementTree.fromstring(junit.render(matrix))
    assert (suite.get("tests"), suite.get("errors"), suite.get("failures")) == ("4", "2", "1")
    (failure,) = suite.iter("failure")
    assert "a/f/x no longer deviate" in failure.get("message")
