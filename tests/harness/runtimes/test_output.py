"""The suite's streams, bounded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harness.runtimes.output import BoundedLog, lines


@given(st.binary(), st.lists(st.integers(min_value=0, max_value=50)))
def test_lines_do_not_depend_on_how_the_stream_was_cut(data, cuts):
    chunks, rest = [], data
    for cut in cuts:
        chunks.append(rest[:cut])
        rest = rest[cut:]
    found = list(lines([*chunks, rest]))
    assert b"".join(found) == data
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in found[:-1])


def test_a_line_that_is_too_long_is_cut_and_the_next_one_is_whole():
    assert list(lines([b"abc", b"defgh", b"ij\nkl", b"\n"], longest=6)) == [b"abcdef", b"kl\n"]


def test_a_line_without_end_is_not_held():
    assert [len(line) for line in lines((b"x" * 1000 for _ in range(1000)), longest=5000)] == [5000]


def test_a_log_keeps_its_beginning_and_says_that_it_was_cut(tmp_path):
    path = tmp_path / "deep" / "stderr.log"
    with BoundedLog(path, limit=10) as log:
        log.write(b"12345678")
        log.write(b"90abc")
        log.write(b"def")
    assert path.read_bytes() == b"1234567890\n[cut here: more than 10 bytes]\n"
