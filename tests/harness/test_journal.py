from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.journal import JournalWriter, MalformedRecordError, decode_record, read_journal
from harness.records import MAX_LINE, Begin, Case, Collected, End, Loaded, Start
from tests.fakes import case, encode, journal, start
from tests.harness.baselines import SCHEMA_1


def test_records_come_back_in_order(write_journal):
    path = write_journal("cntk", [case("a/f/x"), case("a/f/y", "fail")])
    kinds = [type(record) for record in read_journal(path)]
    assert kinds == [Start, Loaded, Collected, Begin, Case, Begin, Case, End]


def test_unknown_keys_are_allowed(write_journal):
    path = write_journal("cntk", [case("a/f/x", attempt=2, reused=True)], tensor="cntk.variables.Parameter")
    assert len(list(read_journal(path))) == 6


@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_last_line_cut_short_is_left_out(write_journal, cut):
    path = write_journal("cntk", [case("a/f/x"), case("a/f/y")], end=None)
    path.write_bytes(path.read_bytes()[:-cut])
    assert [record.id for record in read_journal(path) if isinstance(record, Case)] == ["a/f/x"]


def test_every_prefix_of_a_journal_is_readable(tmp_path):
    whole = encode(journal("cntk", [case("a/f/x"), case("a/f/y", "error")]))
    path = tmp_path / "cut.jsonl"
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        list(read_journal(path))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"hello\n", "not a journal"),
        (b"\x00\xff\xfe\n", "not a journal"),
        (b'{"tests": []}\n', "not a journal"),
        (b"[" * 100_000 + b"\n", "not a journal"),
        (json.dumps({**start(), "schema": 3}).encode() + b"\n", "schema 3 and this harness reads 1 and 2"),
        (encode([start()]) + b"garbage\n", "line 2"),
        (encode([start(), start()]), "the start record stands first in a journal and only there"),
        (encode([start()]) + b'{"kind":"case","id":"' + b"x" * MAX_LINE + b'"}\n', "more than 1 MiB"),
        (
            encode(
                [start(), {"kind": "case", "id": "a/f", "area": "a", "function": "f", "verdict": "great"}]
            ),
            "line 2",
        ),
        (encode([start(), {"kind": "begin", "id": "../../etc/passwd"}]), "line 2"),
        (encode([start("../x")]), "line 1"),
        (b'{"unknown \xde":1,' + encode([start()])[1:], "line 1"),
        (
            b'{"unknown":' + b"[" * 100_000 + b"]" * 100_000 + b"," + encode([start()])[1:],
            "not a journal|line 1",
        ),
    ],
)
def test_what_is_no_journal_is_refused_in_a_sentence(tmp_path, content, says):
    path = tmp_path / "foreign.jsonl"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=says) as refused:
        list(read_journal(path))
    assert refused.value.message.endswith(".")
    assert "\n" not in refused.value.message


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        list(read_journal(tmp_path))


def test_a_long_collected_line_is_accepted(tmp_path):
    ids = [f"area/function/variant-{number:06d}/float32/variable" for number in range(40_000)]
    path = tmp_path / "long.jsonl"
    path.write_bytes(encode([start(), {"kind": "collected", "ids": ids}]))
    assert path.stat().st_size > MAX_LINE
    assert list(read_journal(path))[1].ids == ids


def test_the_writer_makes_no_file_before_the_first_line(tmp_path):
    path = tmp_path / "c.jsonl"
    with JournalWriter(path) as writer:
        assert not path.exists()
        writer.write(b'{"a":1}')
        assert path.read_bytes() == b'{"a":1}\n'
        writer.write(b'{"b":2}\n')
        assert path.read_bytes() == b'{"a":1}\n{"b":2}\n'


@given(st.binary(max_size=200))
def test_any_bytes_are_a_record_or_malformed(line):
    try:
        decode_record(line)
    except MalformedRecordError as error:
        assert "\n" not in str(error)


def test_a_journal_of_schema_1_is_read():
    first, *records = read_journal(SCHEMA_1 / "cntk.jsonl")
    assert isinstance(first, Start)
    assert (first.schema, first.api, first.versions["cntk"]) == (1, "K", "2.7")
    cases = [record for record in records if isinstance(record, Case)]
    assert [record.verdict for record in cases] == ["pass", "error", "fail", "fail"]
    assert {record.aspects for record in cases} == {()}
    assert isinstance(records[-1], End)


def test_the_first_lines_are_replaced_at_once_and_the_next_ones_follow(tmp_path):
    path = tmp_path / "c.jsonl"
    path.write_bytes(b"old\n")

    def lines():
        assert path.read_bytes() == b"old\n"
        yield b"a\n"
        assert path.read_bytes() == b"old\n"
        yield b"b\n"

    with JournalWriter(path) as writer:
        writer.begin_with(lines())
        assert path.read_bytes() == b"a\nb\n"
        writer.write(b"c\n")
    assert path.read_bytes() == b"a\nb\nc\n"
    assert list(tmp_path.iterdir()) == [path]
