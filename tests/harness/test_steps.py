"""A step that does not hold is a finding, whatever the cases say."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from harness.errors import UsageError
from harness.exitcodes import ExitCode
from harness.matrixio import encode_matrix, read_matrix
from harness.outcome import findings, outcome
from harness.schemas import schema
from harness.steps import failed_steps
from tests.fakes import case, step

LACKS = [{"name": f"name{number}", "signature": f"name{number}(x)"} for number in range(7)]
STUBBED = step("loads", holds=False, message="it lacks 7 of the 154 names", missing=LACKS)
WRONG = {"name": "relu", "signature": "relu(x, alpha=0.0)", "got": "relu(x)", "message": "lacks alpha"}


def sentences(matrix):
    return [sentence for _, sentence in findings(matrix)]


def test_a_failed_step_decides_the_status_although_every_case_passes(external):
    assert outcome(external([case("a/f/x")], [step("found"), step("loads")])) == ExitCode.OK
    matrix = external([case("a/f/x")], [step("found"), STUBBED])
    assert outcome(matrix) == ExitCode.DEVIATION
    assert sentences(matrix) == [
        "my.module: step loads does not hold: it lacks 7 of the 154 names "
        "(name0(x), name1(x), name2(x), name3(x), name4(x) and 2 more)"
    ]


def test_every_failed_step_is_a_finding_of_its_own(external):
    entry = step(
        "valid", holds=False, message="Missing required entry: variable", missing=[{"name": "variable"}]
    )
    wrong = step("signatures", holds=False, message="1 of 143 functions departs", wrong=[WRONG])
    assert sentences(external([case("a/f/x")], [entry, STUBBED, wrong]))[::2] == [
        "my.module: step valid does not hold: Missing required entry: variable",
        "my.module: step signatures does not hold: 1 of 143 functions departs (relu(x, alpha=0.0))",
    ]


def test_a_profile_is_judged_case_by_case_and_not_again_as_a_step(external):
    failed = external([case("a/f/x", "fail")], [step("loads"), step("examples", holds=False)])
    assert sentences(failed) == ["my.module has 1 new deviation"]
    assert not list(failed_steps(failed.columns[0]))


def test_the_reason_of_a_column_that_did_not_run_is_not_said_twice(external):
    end = {"kind": "end", "complete": False, "reason": "No module named 'nump'"}
    refused = step("imports", holds=False, message="No module named 'nump'")
    matrix = external([], [step("found"), refused], collected=[], end=end)
    assert list(findings(matrix)) == [(ExitCode.NOT_RUN, "my.module did not run: No module named 'nump'")]
    other = external([], [STUBBED], collected=[], end=end)
    assert [code for code, _ in findings(other)] == [ExitCode.NOT_RUN, ExitCode.DEVIATION]


def test_steps_survive_the_file_of_a_matrix(external, tmp_path):
    matrix = external([case("a/f/x")], [step("found"), STUBBED])
    file = tmp_path / "matrix.json"
    file.write_bytes(b"".join(encode_matrix(matrix)))
    Draft202012Validator(schema("matrix")).validate(json.loads(file.read_bytes()))
    again = read_matrix(file)
    assert again.columns == matrix.columns
    assert list(findings(again)) == list(findings(matrix))
    assert b"".join(encode_matrix(again)) == file.read_bytes()


def test_a_matrix_without_steps_is_read_and_one_with_malformed_steps_refused(external, tmp_path):
    document = json.loads(b"".join(encode_matrix(external([case("a/f/x")], [STUBBED]))))
    file = tmp_path / "matrix.json"
    for steps, says in ((None, None), ([{"holds": False}], "step"), ([{"step": "x", "holds": "no"}], "bool")):
        document["columns"][0]["steps"] = steps
        if steps is None:
            del document["columns"][0]["steps"]
        file.write_text(json.dumps(document))
        if says is None:
            assert outcome(read_matrix(file)) == ExitCode.OK
        else:
            with pytest.raises(UsageError, match=says):
                read_matrix(file)


def test_the_text_of_a_step_is_inert_from_a_journal_and_from_a_file(external, tmp_path):
    hostile = {"name": "f", "signature": "\u202ef(x)"}
    matrix = external([case("a/f/x")], [step("loads", holds=False, message="\x1b[2J", missing=[hostile])])
    assert sentences(matrix) == ["my.module: step loads does not hold: \\x1b[2J (\\u202ef(x))"]
    document = json.loads(b"".join(encode_matrix(matrix)))
    document["columns"][0]["steps"][0]["message"] = "\x07"
    (tmp_path / "matrix.json").write_text(json.dumps(document))
    assert read_matrix(tmp_path / "matrix.json").columns[0].steps[0].message == "\\x07"
