from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from harness.baseline_check import apply
from harness.merge import merge_journals
from harness.reports import junit
from tests.fakes import case, step
from tests.harness.baselines import entry
from tests.harness.reports.conftest import HOSTILE

SCHEMA = etree.XMLSchema(file=str(Path(__file__).with_name("junit.xsd")))
STUBBED = step("loads", holds=False, missing=[{"name": "elu", "signature": "elu(x, alpha=1.0)"}])


def rendered(matrix):
    """The report's root, valid by its schema, with the sums that its tests add up to."""
    root = etree.fromstring(b"".join(junit.render(matrix)))
    SCHEMA.assertValid(root)
    for suite in root:
        outcomes = Counter(found.tag for test in suite for found in test)
        assert int(suite.get("tests")) == len(suite)
        for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(key)) == outcomes[tag]
    for key in ("tests", "failures", "errors"):
        assert int(root.get(key)) == sum(int(suite.get(key)) for suite in root)
    return root


def test_junit_counts(matrix):
    root = rendered(matrix)
    cntk, theano = root
    assert {key: cntk.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "6", "failures": "0", "errors": "1", "skipped": "3",
    }  # fmt: skip
    assert theano.get("errors") == "1"
    assert theano[0][0].get("message").startswith("ImportError")
    assert root.get("tests") == "7"


def test_what_is_skipped_keeps_its_reason_and_its_message(matrix):
    skipped = {item.getparent().get("name"): item for item in rendered(matrix).iter("skipped")}
    known = skipped["arithmetic/dot/3d"]
    assert known.get("message") == (
        "known fail: It rounds | differently (wrong value: off by 12 ULP at (0, 1))"
    )
    assert known.text == "wrong value: off by 12 ULP at (0, 1)\nexpected: 1.0\ngot: 2.0"
    silent = skipped["config/floatx/odd"].get("message")
    assert silent.startswith("unspecified fail: It does not say")
    assert silent.endswith("(wrong value: off by 12 ULP at (0, 1))")
    assert skipped["config/floatx/gpu"].get("message") == "There is no GPU."


def test_a_lost_case_and_a_baseline_with_problems_are_tests_that_failed(listed, column):
    matrix = apply(column(case("a/f/x"), collected=["a/f/x", "a/f/y"]), 0, listed(entry(["a/f/x"])))
    (suite,) = rendered(matrix)
    assert (suite.get("tests"), suite.get("errors"), suite.get("failures")) == ("4", "2", "1")
    (failure,) = suite.iter("failure")
    assert "a/f/x no longer deviate" in failure.get("message")
    assert "`conform baseline cntk --update` rewrites the baseline" in failure.text


def test_a_step_is_a_test_and_a_profile_is_not(external):
    (suite,) = rendered(external([case("a/f/x")], [step("found"), STUBBED, step("examples", holds=False)]))
    tests = [(test.get("classname"), test.get("name"), test.get("time")) for test in suite[:2]]
    assert tests == [("my.module.steps", "found", "0.1000"), ("my.module.steps", "loads", "0.1000")]
    assert len(suite) == 3
    (failure,) = suite.iter("failure")
    assert (failure.get("message"), failure.text.strip()) == ("loads", "elu(x, alpha=1.0)")


def test_a_test_has_the_time_of_its_case(write_journal):
    cases = [case("a/f/x", seconds=1.25), case("a/f/y", "fail", seconds=0.00012), case("a/f/z", seconds=None)]
    (suite,) = rendered(merge_journals([write_journal("cntk", cases)]))
    assert [test.get("time") for test in suite] == ["1.2500", "0.0001", None]


@pytest.mark.parametrize("verdict", ["fail", "error", "crash", "timeout", "unsupported", "skip"])
@pytest.mark.parametrize("said", [HOSTILE, "]]></failure>", "", "\uffff\x85"])
def test_whatever_a_backend_says_the_report_is_valid(write_journal, verdict, said):
    item = case("a/f/x", verdict, message=said, reason=said)
    rendered(merge_journals([write_journal("cntk", [item], started=said)]))


def test_the_schema_refuses_what_jenkins_refuses(matrix):
    root = rendered(matrix)
    root.set("skipped", "3")
    assert not SCHEMA.validate(root)
