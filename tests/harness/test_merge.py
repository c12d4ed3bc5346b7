from __future__ import annotations

import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.matrix import Evidence
from harness.matrixio import encode_matrix, read_matrix
from harness.merge import journal_files, merge_journals
from harness.records import VERDICTS
from tests.fakes import case, encode, journal


def document(matrix):
    return json.loads(b"".join(encode_matrix(matrix)))


def cell(matrix, function, column="cntk"):
    return next(row.cells[column] for row in matrix.rows if row.function == function)


def test_a_cell_counts_what_counts(write_journal):
    path = write_journal(
        "cntk",
        [
            case("a/f/one"),
            case("a/f/two", ulp=3.5),
            case("a/f/three", "fail"),
            case("a/f/four", "skip", reason="no GPU"),
            case("a/f/five", "fail", unspecified=True, reason="K is silent on it"),
            case("a/f/six", unspecified=True, reason="K is silent on it", ulp=99.0),
        ],
    )
    found = cell(merge_journals([path]), "f")
    assert (found.passed, found.total, found.known, found.worst_ulp, found.verdict) == (
        2,
        3,
        0,
        3.5,
        "partial",
    )


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["pass", "pass"], "pass"),
        (["pass", "fail"], "partial"),
        (["fail", "error"], "fail"),
        (["unsupported", "unsupported"], "unsupported"),
        (["unsupported", "fail"], "fail"),
        (["skip"], "not-run"),
    ],
)
def test_the_verdict_of_a_cell(write_journal, verdicts, expected):
    path = write_journal("cntk", [case(f"a/f/{number}", verdict) for number, verdict in enumerate(verdicts)])
    assert cell(merge_journals([path]), "f").verdict == expected


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


def test_an_expected_column_without_a_journal_did_not_run(write_journal, conform, tmp_path):
    write_journal("zz", [case("a/f/x")])
    result = conform("merge", tmp_path / "journals", "--expect", "zz,yy", "--out", tmp_path / "m.json")
    assert result.status == 3
    assert "yy did not run: no journal of it was found" in result.err
    assert "zz: complete" in result.out
    assert "old)" in result.out
    assert [column["column"] for column in json.loads((tmp_path / "m.json").read_text())["columns"]] == [
        "yy",
        "zz",
    ]
    assert conform("merge", tmp_path / "journals", "--expect", "../yy").status == 2


def test_lost_cases_are_named_in_every_report(write_journal):
    from harness.reports import badge, html, junit, markdown, terminal

    lost = [f"a/f/lost-{number}" for number in range(7)]
    matrix = merge_journals([write_journal("cntk", [case("a/f/x")], collected=["a/f/x", *lost])])
    for text in (terminal.render(matrix), markdown.render(matrix)):
        assert "a/f/lost-0" in text
        assert "and 2 more" in text
    for text in (html.render(matrix), junit.render(matrix).decode()):
        assert all(name in text for name in lost)
    (made,) = badge.badges(matrix)
    assert (made.message, made.colour) == ("incomplete (2026-11-22)", "lightgrey")


def test_an_end_record_does_not_make_up_for_lost_cases(write_journal):
    path = write_journal("cntk", [case("a/f/x")], collected=["a/f/x", "a/f/y"])
    assert merge_journals([path]).columns[0].status == "incomplete"


def test_a_journal_cut_in_its_first_line_is_a_column_of_that_name(tmp_path):
    path = tmp_path / "cntk.jsonl"
    path.write_bytes(b'{"kind": "start", "sche')
    (column,) = merge_journals([path]).columns
    assert (column.name, column.status, column.complete) == ("cntk", "not-run", False)


def test_the_last_verdict_on_a_case_counts(write_journal):
    path = write_journal("cntk", [case("a/f/x", "crash"), case("a/f/x")])
    matrix = merge_journals([path])
    assert cell(matrix, "f").verdict == "pass"
    assert not matrix.evidence[0]


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


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("nonsense", "not a matrix"),
        ("{}", "no matrix schema"),
        ('{"schema":7}', "schema 7"),
        (
            '{"schema":1,"columns":[],"cases":[{"id":"a/f","area":"a","function":"f","verdicts":{"x":"pass"}}],"functions":[]}',
            "no column",
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
    assert matrix.evidence[0][0] == Evidence(message="\\x1b[2J\\u202e", expected="1.0", got="2.0")
    hostile = document(matrix)
    hostile["cases"][0]["evidence"]["cntk"]["message"] = "\x1b]0;x\x07"
    hostile["columns"][0]["reason"] = "\u202ex"
    file = tmp_path / "m.json"
    file.write_text(json.dumps(hostile))
    again = read_matrix(file)
    assert again.evidence[0][0].message == "\\x1b]0;x\\x07"
    assert again.columns[0].reason == "\\u202ex"
