"""A case explained: its promise from the suite, and what every column came to."""

from __future__ import annotations

import json

import pytest

from tests.fakes import case

CASE = "reduction/sum/axis-first/known"
OTHER = "loss/categorical_crossentropy/logits-shifted/unknown"

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def results(backends, write_journal, tmp_path):
    folder = tmp_path / "measured"
    write_journal("theano", [case(CASE, "fail", "wrong value \x1b[31m at (0, 1)")], folder=folder)
    write_journal("cntk", [case(CASE, "unsupported", "K has no sum")], folder=folder)
    write_journal("other", [case(CASE)], folder=folder)
    backends["cntk"].baseline.write_text(
        'schema = 1\nbackend = "cntk"\n[[known]]\n'
        f'cases = ["{CASE}"]\nverdict = "unsupported"\nmessages = ["K has no sum"]\n'
        'reason = "It cannot add."\nissue = "https://example.org/1"\n'
    )
    return folder


def test_the_promise_its_place_and_who_deviates(conform, results):
    result = conform("explain", CASE, "--results", results)
    assert result.status == 0, result.err
    lines = result.out.splitlines()
    assert lines[0] == CASE
    assert "promise    axis is an integer, and a negative axis counts from the last" in lines
    assert "at         sum: axis (Keras 2.3.1)" in lines
    assert "counts     yes" in lines
    assert "way        known" in lines
    assert "source     K.sum(a, axis=0)" in lines
    assert "tolerance  64 units in the last place of float32" in lines
    assert any(line.startswith("input      a = float32 (4, 3) [[") for line in lines)
    assert any(line.startswith("wanted     float64 (3,) [") for line in lines)
    assert "  cntk    unsupported: K has no sum" in lines
    assert "          known: It cannot add. (https://example.org/1)" in lines
    assert r"  theano  fail: wrong value \x1b[31m at (0, 1)" in lines
    assert "  pass: other" in lines
    assert "  measured with another version of the suite: cntk, other, theano" in lines


def test_one_backend_as_json(conform, results):
    found = json.loads(conform("explain", CASE, "--results", results, "--backend", "cntk", "--json").out)
    assert found["id"] == CASE
    assert found["counts"] is True
    assert found["tolerance"] == {"ulps": 64.0, "dtype": "float32", "reason": None}
    (column,) = found["columns"]
    assert (column["column"], column["verdict"], column["known"]) == ("cntk", "unsupported", True)
    assert column["reason"] == "It cannot add."


def test_a_matrix_serves_as_journals_do(conform, results, tmp_path, monkeypatch):
    conform("merge", results, "--out", tmp_path / "results" / "matrix.json")
    named = conform("explain", CASE, "--matrix", tmp_path / "results" / "matrix.json").out
    assert "known: It cannot add." in named
    monkeypatch.chdir(tmp_path)
    assert conform("explain", CASE).out == named.replace(f"{tmp_path}/", "")


def test_without_results_the_promise_is_all(conform, backends, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = conform("explain", OTHER)
    assert result.status == 0
    assert (
        "tolerance  1000 units in the last place of float32: a logarithm near 1000 is rounded by"
        in result.out
    )
    assert "\n\nThere are no verdicts in results: make some with `conform run`, or" in result.out


def test_a_case_that_no_column_judged(conform, results):
    result = conform("explain", OTHER, "--results", results)
    assert "  no verdict: cntk, other, theano" in result.out.splitlines()
    assert conform("explain", OTHER, "--matrix", results / "none").status == 2


def test_what_is_left_open_counts_for_nobody(conform, backends, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = conform("explain", "arithmetic/batch_dot/several-axes/variable")
    assert "counts     no: the documentation leaves it open" in result.out
    assert "refusal    ValueError" in result.out
    assert "tolerance" not in result.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["reduction/sum/axis-frist/known"], CASE),
        ([CASE, "--results", "a", "--matrix", "b"], "--results and --matrix"),
        ([CASE, "--results", "/nowhere"], "neither a journal nor a matrix.json"),
        ([CASE, "--matrix", "/nowhere"], "cannot be read"),
        ([CASE, "--backend", "cnkt"], "did you mean 'cntk'"),
    ],
)
def test_usage(conform, backends, arguments, says):
    result = conform("explain", *arguments)
    assert (result.status, result.out) == (2, "")
    assert says in result.err
