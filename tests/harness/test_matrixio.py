from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.matrix import Evidence
from harness.matrixio import encode_matrix, read_matrix
from harness.merge import merge_journals
from tests.fakes import case
from tests.harness.baselines import SCHEMA_1


def document(matrix):
    return json.loads(b"".join(encode_matrix(matrix)))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("nonsense", "not a matrix"),
        ("{}", "no matrix schema"),
        ('{"schema":7}', "schema 7"),
        (
            '{"schema":1,"columns":[],"cases":[{"id":"a/f","area":"a","function":"f","verdicts":{"x":"pass"}}],"functions":[]}',
            "which is not a column",
        ),
        ("[" * 50_000, "not a matrix"),
    ],
)
def test_what_is_no_matrix_is_refused_in_a_sentence(tmp_path, content, says):
    path = tmp_path / "matrix.json"
    path.write_text(content)
    with pytest.raises(UsageError, match=says) as refused:
        read_matrix(path)
    assert refused.value.message.endswith(".")


def test_evidence_is_clean_whichever_way_it_came_in(write_journal, tmp_path):
    path = write_journal("cntk", [case("a/f/x", "fail", message="\x1b[2J\u202e")])
    matrix = merge_journals([path])
    assert matrix.evidence[0][0] == Evidence(
        message="\\x1b[2J\\u202e", expected="1.0", got="2.0", aspects=("value",)
    )
    hostile = document(matrix)
    hostile["cases"][0]["evidence"]["cntk"]["message"] = "\x1b]0;x\x07"
    hostile["columns"][0]["reason"] = "\u202ex"
    file = tmp_path / "m.json"
    file.write_text(json.dumps(hostile))
    again = read_matrix(file)
    assert again.evidence[0][0].message == "\\x1b]0;x\\x07"
    assert again.columns[0].reason == "\\u202ex"


def test_a_matrix_of_schema_1_is_read_and_written_as_schema_2():
    old = read_matrix(SCHEMA_1 / "matrix.json")
    assert old.api == "k"
    assert old.columns[0].info["versions"]["cntk"] == "2.7"
    assert [old.verdict(row, 0) for row in range(4)] == ["error", "pass", "fail", "fail"]
    assert {found.evidence.aspects for found in old.deviations(0)} == {()}
    written = json.loads(b"".join(encode_matrix(old)))
    assert (written["schema"], written["api"], written["columns"][0]["api"]) == (2, "k", "k")


def test_the_journal_of_schema_1_makes_the_matrix_of_schema_1():
    journal = document(merge_journals([SCHEMA_1 / "cntk.jsonl"]))
    matrix = document(read_matrix(SCHEMA_1 / "matrix.json"))
    for field in ("versions", "file", "suite", "started", "counts", "collected", "complete"):
        assert journal["columns"][0][field] == matrix["columns"][0][field]
    assert [item["verdicts"] for item in journal["cases"]] == [item["verdicts"] for item in matrix["cases"]]


def test_columns_of_two_apis_contradict_each_other(write_journal, tmp_path):
    found = document(merge_journals([write_journal(name, [case("a/f/x")]) for name in ("cntk", "theano")]))
    found["columns"][1]["api"] = "ops"
    (tmp_path / "m.json").write_text(json.dumps(found))
    with pytest.raises(UsageError, match="its columns are of two APIs"):
        read_matrix(tmp_path / "m.json")


def test_aspects_survive_the_file(write_journal, tmp_path):
    matrix = merge_journals([write_journal("cntk", [case("a/f/x", "fail", aspects=["dtype", "shape"])])])
    (tmp_path / "m.json").write_bytes(b"".join(encode_matrix(matrix)))
    (found,) = read_matrix(tmp_path / "m.json").deviations(0)
    assert found.evidence.aspects == ("dtype", "shape")


@pytest.fixture
def written(write_journal):
    """A matrix file of two columns, as `conform merge` writes it."""
    paths = [
        write_journal("cntk", [case("a/f/x"), case("b/g/z", "fail"), case("a/f/y", "skip", reason="no")]),
        write_journal("theano", [case("a/f/x", "crash"), case("c/h/w")]),
    ]
    return b"".join(encode_matrix(merge_journals(paths)))


def again(data):
    return b"".join(encode_matrix(read_matrix(Path("-"), BytesIO(data))))


@pytest.mark.parametrize("indent", [None, 1])
def test_other_line_breaks_make_the_same_matrix(written, indent):
    assert again(json.dumps(json.loads(written), indent=indent).encode()) == written


def test_a_matrix_comes_from_a_stream(written):
    assert again(written) == written


def test_a_matrix_without_cases_is_read(write_journal):
    empty = b"".join(encode_matrix(merge_journals([write_journal("cntk", [], collected=[])])))
    assert again(empty) == empty


def test_a_matrix_cut_anywhere_is_refused(written):
    for length in range(len(written) - 1):
        with pytest.raises(UsageError):
            again(written[:length])


def test_what_follows_a_matrix_is_refused(written):
    with pytest.raises(UsageError, match="something follows it"):
        again(written + b"{}")


def test_cases_in_another_order_make_the_same_matrix_and_none_twice(written):
    document = json.loads(written)
    document["cases"].reverse()
    assert again(json.dumps(document).encode()) == written
    document["cases"].append(document["cases"][0])
    with pytest.raises(UsageError, match="stands in it twice"):
        again(json.dumps(document).encode())
