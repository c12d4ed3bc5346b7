from __future__ import annotations

import re

import pytest

from harness.backends import load_backends
from harness.baseline import load_baseline, read_baseline
from harness.baseline_check import apply, check
from harness.errors import UsageError
from harness.exitcodes import ExitCode
from harness.merge import merge_journals
from harness.outcome import findings, outcome
from harness.pins import pinned
from tests.fakes import case
from tests.harness.baselines import PRINT, SCHEMA_1, entry

HEAD = 'schema = 2\nbackend = "cntk"\napi = "k"\n'


def test_a_listed_deviation_is_known(listed, column):
    baseline = listed(entry(["a/f/*"], issue="https://github.com/microsoft/CNTK/issues/1"))
    matrix = apply(column(case("a/f/x", "fail"), case("a/g/y")), 0, baseline)
    (found,) = matrix.deviations(0)
    assert found.evidence.known
    assert found.evidence.reason == "CNTK rounds the other way"
    assert found.evidence.issue == "https://github.com/microsoft/CNTK/issues/1"
    assert outcome(matrix) == ExitCode.OK
    assert matrix.rows[0].cells["cntk"].known == 1


STRICT = {
    "an unlisted deviation": ([case("a/f/x", "fail"), case("a/g/y", "fail")], "", "1 new deviation"),
    "a listed case that passes": ([case("a/f/x", "fail"), case("a/f/y")], "", "a/f/y no longer deviates"),
    "a pattern that matches nothing": ([case("a/g/x")], "", "'a/f/*' matches nothing"),
    "another message": ([case("a/f/x", "fail", message="wrong shape")], "", "deviates in another way now"),
    "another verdict": ([case("a/f/x", "error")], "", "deviates in another way now (error: wrong value"),
    "other aspects": (
        [case("a/f/x", "fail"), case("a/g/x", "fail", aspects=["dtype", "value"])],
        entry(["a/g/x"], aspects=["value"]),
        "a/g/x deviates in another way now (fail in dtype, value: wrong value",
    ),
    "an entry without a reason": (
        [case("a/f/x", "fail"), case("a/g/z", "fail")],
        entry(["a/g/z"], reason=" "),
        "has no reason",
    ),
    "a case listed twice": ([case("a/f/x", "fail")], entry(["a/f/x"]), "more than one baseline entry"),
    "a message that no case has any more": (
        [case("a/f/x", "fail"), case("a/g/x", "fail")],
        entry(["a/g/x"], messages=(PRINT, "TypeError: old")),
        "no case says 'TypeError: old' any more",
    ),
    "another wrong answer": (
        [case("a/f/x", "fail"), case("a/g/x", "fail", answer="0123abcd 1.5 0.001")],
        entry(["a/g/x"], answers={"a/g/x": "0123abcd 1.25 0.001"}),
        "a/g/x deviates in another way now (fail in value with the answer 0123abcd 1.5 0.001: wrong value",
    ),
    "an answer of a case that is not listed": (
        [case("a/f/x", "fail"), case("a/g/x", "fail")],
        entry(["a/g/x"], answers={"a/g/y": "0123abcd 1.25 0.001"}),
        "the answer of 'a/g/y' belongs to none of its cases",
    ),
    "an unspecified case": (
        [case("a/f/x", "fail"), case("a/g/x", "fail", unspecified=True)],
        entry(["a/g/x"]),
        "a/g/x is unspecified and cannot be listed",
    ),
}


@pytest.mark.parametrize("answer", ["0123abcd 1.2504 0.001", None])
def test_the_same_wrong_answer_is_known_whatever_its_noise(listed, column, answer):
    """A journal of a suite that knew no answers is judged as before."""
    baseline = listed(entry(["a/f/x"], answers={"a/f/x": "0123abcd 1.25 0.001"}))
    found = check(column(case("a/f/x", "fail", answer=answer)), 0, baseline)
    assert not found.problems
    assert not found.new


@pytest.mark.parametrize("what", STRICT)
def test_strict_both_ways(what, listed, column):
    cases, more, says = STRICT[what]
    matrix = apply(column(*cases), 0, listed(entry(["a/f/*"]), more))
    assert outcome(matrix) == ExitCode.DEVIATION
    assert any(says in sentence for _, sentence in findings(matrix)), list(findings(matrix))


def test_unspecified_cases_count_for_nobody(listed, column):
    silent = case("a/h/x", "error", unspecified=True, reason="K does not say")
    matrix = apply(column(case("a/f/x", "fail"), silent), 0, listed(entry(["a/f/*"])))
    assert outcome(matrix) == ExitCode.OK
    assert [deviation.new for deviation in matrix.deviations(0)] == [False, False]


def test_a_glob_reaches_over_unspecified_and_skipped_cases(listed, column):
    cases = [
        case("a/f/x", "fail"),
        case("a/f/y", "error", unspecified=True, reason="K does not say"),
        case("a/f/z", "skip", reason="no GPU"),
    ]
    assert outcome(apply(column(*cases), 0, listed(entry(["a/f/*"])))) == ExitCode.OK


@pytest.mark.parametrize("fields", [{"profile": "core"}, {"select": "dot"}, {"end": None}])
def test_what_a_partial_run_cannot_know_is_not_judged(fields, listed, column):
    baseline = listed(entry(["a/f/*"]), entry(["a/g/*"], messages=(PRINT, "other")))
    assert check(column(case("a/g/x", "fail"), **fields), 0, baseline).problems == ()


def test_messages_agree_when_numbers_paths_and_addresses_differ(listed, column):
    baseline = listed(entry(["a/f/*"]))
    matrix = apply(
        column(case("a/f/x", "fail", message="wrong value: off by 1.3e+05 ULP at (3, 1, 7)")), 0, baseline
    )
    assert outcome(matrix) == ExitCode.OK


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense", "not a baseline"),
        ('schema = 4\nbackend = "cntk"', "schema 4 and this harness reads 1, 2, 3"),
        ('schema = 3\nbackend = "cntk"\napi = "k"', "does not say which versions it is for"),
        ('schema = 1\nbackend = "theano"', "is the baseline of 'theano': move it"),
        (HEAD.replace('"k"', '"ops"'), "is a baseline of the API 'ops' and cntk is of 'k'"),
        (HEAD + "knwon = []", "not a baseline"),
        (HEAD + '[[known]]\ncases = []\nverdict = "fail"\nmessages = ["x"]\nreason = ""', "not a baseline"),
        (HEAD + entry(["a/f/x"], verdict="pass"), "a verdict that is not a deviation"),
        (HEAD + entry(["a/f/x"], aspects=["colour"]), "not a baseline"),
    ],
)
def test_a_malformed_baseline_is_refused_in_a_sentence(cntk, text, says):
    cntk.baseline.write_text(text)
    with pytest.raises(UsageError, match=says):
        load_baseline(cntk)


@pytest.mark.parametrize(
    ("aspects", "excused"), [(None, True), (["value", "shape"], True), (["value"], False), ([], False)]
)
def test_an_entry_with_aspects_excuses_exactly_these(aspects, excused, listed, column):
    matrix = column(case("a/f/x", "fail", aspects=["shape", "value"]))
    matrix = apply(matrix, 0, listed(entry(["a/f/*"], aspects=aspects)))
    (found,) = matrix.deviations(0)
    assert found.evidence.known is excused


def test_a_column_of_another_api_is_not_judged_by_the_baseline(listed, column):
    baseline = listed(entry(["a/f/*"]))
    with pytest.raises(UsageError, match="The column 'cntk' is of the API 'ops'"):
        check(column(case("a/f/x", "fail"), api="ops"), 0, baseline)


def test_a_baseline_of_schema_1_is_read():
    baseline = read_baseline(SCHEMA_1 / "baseline.toml")
    assert (baseline.schema, baseline.api) == (1, "k")
    assert [item.aspects for item in baseline.known] == [None, None, None]
    matrix = apply(merge_journals([SCHEMA_1 / "cntk.jsonl"]), 0, baseline)
    assert [found.evidence.known for found in matrix.deviations(0)] == [True, True, True]
    assert outcome(matrix) == ExitCode.OK


@pytest.mark.parametrize(
    ("versions", "says"),
    [
        ({"keras": "2.2.4", "cntk": "2.7"}, "keras 2.2.4"),
        ({"keras": "2.3.1", "cntk": "2.6"}, "cntk 2.6"),
        ({"tf_keras": "2.21.0", "cntk": "2.7"}, "no keras"),
    ],
)
def test_for_other_versions_it_is_not_applied_which_is_said_in_a_line(versions, says, listed, column):
    baseline = listed(entry(["a/f/*"]), entry(["a/gone/*"]))
    matrix = apply(column(case("a/f/x", "fail"), versions=versions), 0, baseline)
    assert list(findings(matrix)) == [
        (
            ExitCode.DEVIATION,
            "cntk has 1 new deviation: its baseline is for keras 2.3.1, cntk 2.7 "
            f"and is not applied to {says}",
        )
    ]


def test_a_baseline_without_versions_is_for_all_of_them(cntk, column):
    cntk.baseline.write_text(HEAD + entry(["a/f/*"]))
    matrix = apply(column(case("a/f/x", "fail"), versions={"keras": "2.0.0"}), 0, load_baseline(cntk))
    assert outcome(matrix) == ExitCode.OK


@pytest.mark.parametrize(
    "backend",
    [backend for backend in load_backends().values() if backend.baseline.exists()],
    ids=lambda backend: backend.name,
)
def test_a_registered_baseline_is_for_the_versions_that_its_requirements_pin(backend):
    pins = pinned(backend.requirements)
    (front, front_version), (engine, engine_version) = load_baseline(backend).versions.items()
    assert front == backend.front_end.replace("-", "_").replace("keras_mxnet", "keras")
    assert front_version == pins[backend.front_end] == backend.keras
    # A journal has the version that the engine says: without a post-release, and with what it was built as.
    assert re.split(r"[+-]", engine_version)[0] == pins[backend.engine].partition(".post")[0]
    assert backend.engine.startswith(engine)
