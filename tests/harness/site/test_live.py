from __future__ import annotations

import json
import os

import pytest

from harness.lock import only_user
from harness.site.live import Watch
from tests.fakes import case, encode, journal


@pytest.fixture
def clock():
    """A clock that is set by hand."""

    class Clock:
        now = 100.0

        def __call__(self):
            return self.now

    return Clock()


@pytest.fixture
def grow(tmp_path):
    """Writes the first records of a journal of ten cases."""
    records = journal("cntk", [case(f"a/f/{n}", "fail" if n % 2 else "pass") for n in range(10)])

    def write(count=None, cut=0):
        data = encode(records[:count])
        with (tmp_path / "cntk.jsonl").open("r+b" if (tmp_path / "cntk.jsonl").exists() else "wb") as file:
            file.seek(0)
            file.write(data[: len(data) - cut])
        return len(records)

    return write


def test_a_journal_is_read_as_it_grows_also_in_the_middle_of_a_line(tmp_path, clock, grow):
    watch = Watch(tmp_path, clock)
    assert watch.look() == []
    grow(3)
    (found,) = watch.look()
    assert (found.column, found.total, found.judged, found.rate) == ("cntk", 10, 0, None)
    clock.now += 2
    grow(9, cut=7)
    (found,) = watch.look()
    assert (found.judged, found.last, found.deviations) == (2, "a/f/1", 1)
    assert (found.rate, found.left) == (1.0, 8.0)
    grow()
    (found,) = watch.look()
    assert (found.judged, found.last, found.end.complete) == (10, "a/f/9", True)
    assert watch.done([found])


def test_the_rate_is_that_of_late(tmp_path, clock, grow):
    watch = Watch(tmp_path, clock)
    grow(3)
    watch.look()
    for step in range(1, 61):
        clock.now += 1
        if step <= 10:
            grow(3 + 2 * step)
        (found,) = watch.look()
    assert found.rate == 0.0
    assert found.left is None


def test_a_run_goes_on_while_a_harness_holds_the_directory(tmp_path, clock, grow):
    watch = Watch(tmp_path, clock)
    grow()
    with only_user(tmp_path):
        assert watch.held()
        assert not watch.done(watch.look())
    assert not watch.held()
    assert watch.done(watch.look())


def test_a_journal_that_is_begun_anew_is_read_anew(tmp_path, clock, grow):
    watch = Watch(tmp_path, clock)
    grow()
    watch.look()
    path = tmp_path / "cntk.jsonl"
    path.rename(tmp_path / "old")
    path.write_bytes(encode(journal("cntk", [case("b/g/x")])))
    (found,) = watch.look()
    assert (found.total, found.judged, found.last) == (1, 1, "b/g/x")


@pytest.mark.parametrize("line", [b"no json\n", b"{}\n", b'{"kind": "case"}\n', b"\xff\n"])
def test_what_is_no_journal_is_said_and_read_no_further(tmp_path, clock, line):
    (tmp_path / "x.jsonl").write_bytes(line + json.dumps(case("a/f/x")).encode() + b"\n")
    (found,) = Watch(tmp_path, clock).look()
    assert found.problem.startswith("a line of it is not a record")
    assert found.judged == 0


def test_a_pipe_does_not_hang_the_server(tmp_path, clock):
    os.mkfifo(tmp_path / "x.jsonl")
    (found,) = Watch(tmp_path, clock).look()
    assert found.problem
