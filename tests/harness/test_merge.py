from __future__ import annotations

import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.matrixio import encode_matrix, read_matrix
from harness.merge import journal_files, merge_journals
from harness.records import VERDICTS
from tests.fakes import case, encode, journal
from tests.harness.baselines import SCHEMA_1


def document(matrix):
    return json.loads(b"".join(encode_matrix(matrix)))


def cell(matrix, function, column="cntk"):
    return next(row.cells[column] for row in matrix.rows if row.function == function)


def test_a_column_that_did_not_run_is_a_column(write_journal):
    ran = write_journal("theano", [case("a/f/x")])
    end = {"kind": "end", "seconds": 0, "counts": {}, "complete": False, "reason": "No Python 3.6 was found."}
    dead = ran.parent / "cntk.jsonl"
    dead.write_bytes(encode([journal("cntk", [])[0], end]))
    matrix = merge_journals([ran, dead])
    assert [column.status for column in matrix.columns] == ["not-run", "complete"]
    assert matrix.columns[0].reason == "No Python 3.6 was found."
    assert cell(matrix, "f").verdict == "not-run"
    assert document(matrix)["functions"][0]["cells"]["cntk"] == {
        "pass": 0, "known": 0, "total": 0, "worst_ulp": None, "verdict": "not-run",
    }  # fmt: skip


def test_lost_cases_are_known_by_name(write_journal):
    path = write_journal("cntk", [case("a/f/x")], collected=["a/f/x", "a/f/y", "b/g/z"], end=None)
    path.write_bytes(path.read_bytes() + encode([{"kind": "begin", "id": "a/f/y"}]))
    matrix = merge_journals([path])
    (column,) = matrix.columns
    assert column.status == "incomplete"
    assert column.missing == ("a/f/y", "b/g/z")
    assert "2 of 3 collected cases have no verdict" in column.reason
    assert "in flight: a/f/y" in column.reason
    assert cell(matrix, "f").verdict == "partial"
    assert cell(matrix, "f").total == 2
    assert cell(matrix, "g").verdict == "not-run"


def test_an_end_record_does_not_make_up_for_lost_cases(write_journal):
    path = write_journal("cntk", [case("a/f/x")], collected=["a/f/x", "a/f/y"])
    assert merge_journals([path]).columns[0].status == "incomplete"


def test_a_journal_cut_in_its_first_line_is_a_column_of_that_name(tmp_path):
    path = tmp_path / "cntk.jsonl"
    path.write_bytes(b'{"kind": "start", "sche')
    (column,) = merge_journals([path]).columns
    assert (column.name, column.status, column.complete) == ("cntk", "not-run", False)


def test_two_journals_of_a_column_are_refused(write_journal, tmp_path):
    one = write_journal("cntk", [case("a/f/x")])
    two = write_journal("cntk", [case("a/f/x")], folder=tmp_path / "more")
    with pytest.raises(UsageError, match="--label"):
        merge_journals([one, two])


def test_a_file_named_twice_is_read_once(write_journal):
    path = write_journal("cntk", [case("a/f/x")])
    assert journal_files([path.parent, path]) == [path.resolve()]


@pytest.mark.parametrize("missing", ["nothing-here", "empty"])
def test_paths_without_journals_are_refused(tmp_path, missing):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        journal_files([tmp_path / missing])


def test_fields_of_the_start_record_reach_the_matrix(write_journal):
    path = write_journal("cntk", [case("a/f/x")], label_of_mine="\x1b[1m", versions={"keras": "2.3.1\u202e"})
    column = document(merge_journals([path]))["columns"][0]
    assert column["label_of_mine"] == "\\x1b[1m"
    assert column["versions"] == {"keras": "2.3.1\\u202e"}
    assert column["started"] == "2026-11-22T07:00:00Z"


IDS = [f"{area}/{function}/{number}" for area in "ab" for function in "fg" for number in range(2)]


CASES = st.dictionaries(
    st.sampled_from(IDS),
    st.tuples(st.sampled_from(VERDICTS), st.floats(0, 10), st.text(max_size=5)),
    max_size=6,
)


@settings(max_examples=30, deadline=None)
@given(st.tuples(CASES, CASES, CASES), st.randoms())
def test_the_order_of_journals_leaves_no_trace_and_files_round_trip(columns, chance: random.Random):
    with TemporaryDirectory() as folder:
        paths = []
        for name, cases in zip(("theano", "cntk", "x"), columns, strict=True):
            records = [
                case(case_id, verdict, message=message, ulp=ulp)
                for case_id, (verdict, ulp, message) in cases.items()
            ]
            path = Path(folder) / f"{name}.jsonl"
            path.write_bytes(encode(journal(name, records)))
            paths.append(path)
        expected = b"".join(encode_matrix(merge_journals(paths)))
        chance.shuffle(paths)
        assert b"".join(encode_matrix(merge_journals(paths))) == expected
        file = Path(folder) / "matrix.json"
        file.write_bytes(expected)
        assert b"".join(encode_matrix(read_matrix(file))) == expected
        counted = json.loads(expected)
        for function in counted["functions"]:
            for counts in function["cells"].values():
                assert counts["pass"] + counts["known"] <= counts["total"]


def test_what_answered_reaches_the_column_and_the_registered_name_stays(write_journal):
    path = write_journal("gpu", [case("a/f/x")], backend="cntk-gpu", versions={"cntk": "2.7"})
    path.write_bytes(
        path.read_bytes().replace(b'"backend": "cntk-gpu", "file"', b'"backend": "cntk", "file"')
    )
    info = merge_journals([path]).columns[0].info
    assert (info["backend"], info["front"], info["versions"]) == ("cntk-gpu", "keras", {"cntk": "2.7"})
    assert info["file"].endswith("_backend.py")


def test_journals_of_two_apis_are_refused(write_journal):
    paths = [write_journal("cntk", [case("a/f/x")]), write_journal("jax", [case("a/f/x")], api="ops")]
    with pytest.raises(UsageError, match=r"two APIs \('cntk' of 'k' and 'jax' of 'ops'\)"):
        merge_journals(paths)


def test_a_journal_of_schema_1_merges_with_one_of_schema_2(write_journal):
    new = write_journal("theano", [case("activation/softsign/0d/known", "fail", aspects=["dtype"])])
    matrix = merge_journals([new, SCHEMA_1 / "cntk.jsonl"])
    assert [column.status for column in matrix.columns] == ["complete", "complete"]
    assert matrix.api == "k"
    assert matrix.columns[0].info["versions"]["keras"] == "2.3.1"
    row = matrix.ids.index("activation/softsign/0d/known")
    assert [matrix.verdict(row, index) for index in range(2)] == ["error", "fail"]
    assert [matrix.evidence[index][row].aspects for index in range(2)] == [(), ("dtype",)]
