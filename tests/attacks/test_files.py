"""Links, pipes and devices where the harness reads or writes, and a hand in a journal while it is written."""

from __future__ import annotations

import os
import threading

import pytest

from harness.baseline import read_baseline
from harness.errors import EnvironmentProblem, UsageError
from harness.journal import JournalWriter, read_journal
from harness.lock import NAME, only_user
from harness.matrixio import read_matrix
from harness.merge import merge_journals
from harness.runtimes.output import BoundedLog
from tests.fakes import FakeRuntime, Output, case, encode, journal, replay

VICTIM = b"what somebody else wrote\n"


@pytest.fixture
def victim(tmp_path):
    """A file outside the directory of results."""
    path = tmp_path / "victim"
    path.write_bytes(VICTIM)
    return path


def test_a_journal_does_not_go_through_a_link(run, victim):
    link = run.out / "cntk.jsonl"
    link.symlink_to(victim)
    assert run(FakeRuntime({"cntk": replay("cntk", [case("a/f/x")])})).columns[0].complete
    assert victim.read_bytes() == VICTIM
    assert not link.is_symlink()


def test_a_journal_does_not_go_through_a_second_name_of_a_file(run, victim):
    (run.out / "cntk.jsonl").hardlink_to(victim)
    assert run(FakeRuntime({"cntk": replay("cntk", [case("a/f/x")])})).columns[0].complete
    assert victim.read_bytes() == VICTIM


def test_the_scratch_file_of_a_journal_is_not_a_link(tmp_path, victim):
    for name in (".c.jsonl.new", f".c.jsonl.{os.getpid()}.new"):
        (tmp_path / name).symlink_to(victim)
    with JournalWriter(tmp_path / "c.jsonl") as writer:
        writer.begin_with([b"a\n"])
    assert victim.read_bytes() == VICTIM
    assert (tmp_path / "c.jsonl").read_bytes() == b"a\n"


def test_a_log_does_not_go_through_a_link(tmp_path, victim):
    log = tmp_path / "c.stderr.log"
    log.symlink_to(victim)
    with BoundedLog(log) as bounded:
        bounded.write(b"said\n")
    assert victim.read_bytes() == VICTIM
    assert log.read_bytes() == b"said\n"


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_lock_is_a_file_of_its_own(tmp_path, victim, kind):
    path = tmp_path / NAME
    if kind == "link":
        path.symlink_to(victim)
    else:
        os.mkfifo(path)
    with pytest.raises(UsageError, match="cannot be written to"), only_user(tmp_path):
        pass
    assert victim.read_bytes() == VICTIM


@pytest.mark.parametrize("form", ["ctrf", "junit", "markdown", "json"])
def test_a_report_does_not_go_through_a_link(conform, write_journal, tmp_path, victim, form):
    matrix, out = tmp_path / "m.json", tmp_path / "report"
    conform("merge", write_journal("cntk", [case("a/f/x")]), "--out", matrix)
    out.symlink_to(victim)
    assert conform("report", matrix, "--format", form, "--out", out).status == 0
    assert victim.read_bytes() == VICTIM
    assert out.stat().st_size > len(VICTIM)


def test_a_site_does_not_go_through_a_link_to_a_file(conform, write_journal, tmp_path, victim):
    matrix, out = tmp_path / "m.json", tmp_path / "site"
    conform("merge", write_journal("cntk", [case("a/f/x")]), "--out", matrix)
    out.symlink_to(victim)
    assert conform("report", matrix, "--format", "html", "--out", out).status == 2
    assert victim.read_bytes() == VICTIM


def test_a_site_does_not_go_through_a_link_in_its_folder(conform, write_journal, tmp_path, victim):
    matrix, out = tmp_path / "m.json", tmp_path / "site"
    conform("merge", write_journal("cntk", [case("a/f/x")]), "--out", matrix)
    assert conform("report", matrix, "--format", "html", "--out", out).status == 0
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(victim)
    assert conform("report", matrix, "--format", "html", "--out", out).status == 0
    assert victim.read_bytes() == VICTIM
    assert b"<html" in (out / "index.html").read_bytes()


def test_a_badge_does_not_go_through_a_link(conform, write_journal, tmp_path, victim):
    matrix = tmp_path / "m.json"
    conform("merge", write_journal("cntk", [case("a/f/x")]), "--out", matrix)
    (tmp_path / "cntk.svg").symlink_to(victim)
    assert conform("report", matrix, "--format", "badge", "--out", tmp_path).status == 0
    assert victim.read_bytes() == VICTIM


def test_a_matrix_is_replaced_as_a_whole_and_not_through_a_link(conform, write_journal, tmp_path, victim):
    out = tmp_path / "m.json"
    out.symlink_to(victim)
    conform("merge", write_journal("cntk", [case("a/f/x")]), "--out", out)
    assert victim.read_bytes() == VICTIM
    assert read_matrix(out).columns[0].complete


def test_a_device_that_the_user_names_is_written_to(conform, write_journal):
    path = write_journal("mine", [case("a/f/x")])
    assert conform("merge", path, "--out", "/dev/null").status == 0
    assert not os.path.isfile("/dev/null")  # noqa: PTH113 - the device is still there


READERS = {
    "journal": lambda path: list(read_journal(path)),
    "merge": lambda path: merge_journals([path]),
    "matrix": read_matrix,
    "baseline": read_baseline,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", ["pipe", "device", "directory"])
def test_what_is_not_a_file_is_refused_at_once(tmp_path, reader, kind):
    path = tmp_path / "odd.jsonl"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
    refused = []

    def read():
        with pytest.raises(UsageError, match="not a regular file") as error:
            READERS[reader](path)
        refused.append(error.value.message)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(10)
    assert refused
    assert refused[0].endswith(".")


class Meddling(Output):
    """A suite during whose run somebody does something to the journal."""

    def __next__(self):
        line = super().__next__()
        if b'"begin"' in line:
            self.meddle()
        return line


def _delete(path):
    path.unlink()


def _truncate(path):
    os.truncate(path, 10)


def _replace(path):
    path.with_name("other").write_bytes(encode(journal("cntk", [case("a/f/x")])))
    path.with_name("other").replace(path)


def _append(path):
    with path.open("ab") as file:
        file.write(b'{"kind": "begin", "id": "a/f/x"}\n')


@pytest.mark.parametrize("meddle", [_delete, _truncate, _replace, _append])
def test_a_hand_in_the_journal_is_noticed_at_the_next_record(run, meddle):
    suite = Meddling(replay("cntk", [case("a/f/x"), case("a/f/y")]).lines, hold=True)
    suite.meddle = lambda: meddle(run.out / "cntk.jsonl")
    runtime = FakeRuntime({"cntk": suite})
    with pytest.raises(EnvironmentProblem, match="is not what the run wrote"):
        run(runtime)
    assert runtime.left == ["cntk"]


def test_without_such_a_hand_the_run_is_complete(run):
    suite = Meddling(replay("cntk", [case("a/f/x"), case("a/f/y")]).lines)
    suite.meddle = lambda: None
    assert run(FakeRuntime({"cntk": suite})).columns[0].complete
