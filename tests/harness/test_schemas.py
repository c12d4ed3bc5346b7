from __future__ import annotations

import json
from io import StringIO

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError

from harness.backends import load_backends
from harness.baseline import load_baseline, versions_of
from harness.baseline_check import apply
from harness.baseline_update import rewrite
from harness.matrixio import encode_matrix
from harness.merge import merge_journals
from harness.progress import PlainDisplay
from harness.records import DEVIATIONS, VERDICTS
from harness.run import Job, run_columns
from harness.schemas import NAMES, schema
from tests.fakes import FakeRuntime, case, replay

CASES = [
    case("a/f/x"),
    case("a/f/y", "fail"),
    case("a/g/x", "skip", reason="not applicable"),
    case("a/g/y", "crash", unspecified=True, reason="K does not say"),
]


@pytest.fixture
def valid():
    def check_it(name, document):
        Draft202012Validator(schema(name)).validate(document)

    return check_it


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas(name):
    Draft202012Validator.check_schema(schema(name))


def test_verdicts_agree_with_the_code():
    assert schema("journal")["$defs"]["verdict"]["enum"] == list(VERDICTS)
    assert schema("matrix")["$defs"]["verdict"]["enum"] == list(VERDICTS)
    assert set(schema("baseline")["$defs"]["verdict"]["enum"]) == DEVIATIONS


def test_journals_of_a_run_are_valid(valid, backends, tmp_path):
    runtime = FakeRuntime({"cntk": replay("cntk", CASES), "theano": "There is no Python 3.6."})
    jobs = [Job(backends[name], name, "full") for name in ("cntk", "theano")]
    paths = run_columns(jobs, runtime, tmp_path, PlainDisplay(StringIO()))
    lines = [json.loads(line) for path in paths for line in path.read_text().splitlines()]
    for line in lines:
        valid("journal", line)
    assert sum(line["kind"] == "end" for line in lines) == 2


def test_matrices_are_valid(valid, write_journal):
    complete = write_journal("cntk", CASES)
    cut = write_journal("theano", CASES[:1], collected=["a/f/x", "b/h/z"], end=None)
    valid("matrix", json.loads(b"".join(encode_matrix(merge_journals([complete, cut])))))


def test_rewritten_baselines_are_valid(valid, write_journal, backends):
    cntk = backends["cntk"]
    matrix = merge_journals([write_journal("cntk", CASES)])
    empty = load_baseline(cntk)
    versions = versions_of(matrix.columns[0], external=False)
    cntk.baseline.write_text(rewrite("", cntk.baseline, matrix, 0, empty, versions))
    valid("baseline", msgspec.toml.decode(cntk.baseline.read_bytes()))
    valid("matrix", json.loads(b"".join(encode_matrix(apply(matrix, 0, load_baseline(cntk))))))


def test_registered_baselines_are_valid(valid):
    for backend in load_backends().values():
        if backend.baseline.exists():
            valid("baseline", msgspec.toml.decode(backend.baseline.read_bytes()))
            load_baseline(backend)


@pytest.mark.parametrize(
    "line", [{}, {"kind": "case", "id": "a/f/x"}, {"kind": "begin", "id": "../x"}, {"kind": "end"}]
)
def test_what_is_no_record_is_invalid(valid, line):
    with pytest.raises(ValidationError):
        valid("journal", line)
