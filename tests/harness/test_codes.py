from __future__ import annotations

import json

import pytest

from harness.codes import UNTIMED, Codes, seconds_of, ticks
from harness.errors import UsageError
from harness.matrixio import encode_matrix, read_matrix
from harness.merge import merge_journals
from tests.fakes import case


def test_codes_keep_their_times_whatever_the_order_of_the_rows():
    found = Codes.sorted([7, 2, 5], bytes([1, 2, 7]), [UNTIMED, 40, 0])
    assert (list(found.rows), list(found.codes), list(found.times)) == (
        [2, 5, 7],
        [2, 7, 1],
        [40, 0, UNTIMED],
    )
    assert [found[row] for row in (2, 5, 7, 3)] == [2, 7, 1, 0]
    most = Codes.sorted([4_999_999], bytes([7]), [UNTIMED - 1])
    assert (list(most.rows), list(most.codes), list(most.times)) == ([4_999_999], [7], [UNTIMED - 1])


@pytest.mark.parametrize(
    ("seconds", "stored"), [(0.0032, 0.0032), (0, 0.0), (0.00004, 0.0), (None, None), (1e300, 429496.7294)]
)
def test_a_time_is_rounded_as_the_suite_rounds_it_and_bounded(seconds, stored):
    assert seconds_of(ticks(seconds)) == stored


def test_the_time_of_each_case_survives_the_file_of_a_matrix(write_journal, tmp_path):
    first = [case("a/f/x", seconds=0.0032), case("a/f/y", "fail", seconds=12.5), case("a/f/z", seconds=None)]
    second = [case("a/f/y", seconds=0.5)]
    matrix = merge_journals([write_journal("cntk", first), write_journal("theano", second)])
    assert [seconds for _, _, seconds in matrix.judged(0)] == [0.0032, 12.5, None]
    file = tmp_path / "matrix.json"
    file.write_bytes(b"".join(encode_matrix(matrix)))
    cases = json.loads(file.read_bytes())["cases"]
    assert [item["seconds"] for item in cases] == [{"cntk": 0.0032}, {"cntk": 12.5, "theano": 0.5}, {}]
    again = read_matrix(file)
    assert [list(again.judged(column)) for column in (0, 1)] == [list(matrix.judged(0)), [(1, "pass", 0.5)]]


def test_a_matrix_of_an_earlier_harness_has_no_times_and_a_negative_time_is_refused(write_journal, tmp_path):
    document = json.loads(b"".join(encode_matrix(merge_journals([write_journal("cntk", [case("a/f/x")])]))))
    file = tmp_path / "matrix.json"
    del document["cases"][0]["seconds"]
    file.write_text(json.dumps(document))
    assert list(read_matrix(file).judged(0)) == [(0, "pass", None)]
    document["cases"][0]["seconds"] = {"cntk": -1}
    file.write_text(json.dumps(document))
    with pytest.raises(UsageError, match="is not a matrix"):
        read_matrix(file)
