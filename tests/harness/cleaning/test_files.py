from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time

import pytest

from harness.cleaning.files import environments, journals, logs

KEY = "0123456789abcdef"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "cache" / "keras-backend-conformance"
    (folder / "envs").mkdir(parents=True)
    (folder / "logs").mkdir()
    return folder


def make(cache, name):
    folder = cache / "envs" / name
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\n")
    (folder / "bin" / "big").write_bytes(b"x" * 100_000)
    return folder


def test_only_what_the_harness_made_is_found(cache, tmp_path):
    ours = make(cache, f"cntk-{KEY}")
    make(cache, "mine")
    (cache / "envs" / f"notes-{KEY}").mkdir()
    (cache / "envs" / f"link-{KEY}").symlink_to(make(tmp_path / "elsewhere", f"other-{KEY}"))
    assert [item.name for item in environments()] == [ours.name]
    for name in (f"cntk-{KEY}.log", "image-tf_keras.log", "diary.log", "image-x.txt"):
        (cache / "logs" / name).write_text("x")
    assert [item.name for item in logs()] == [f"cntk-{KEY}.log", "image-tf_keras.log"]


def test_nothing_was_ever_made(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "none"))
    assert [*environments(), *logs(), *journals(tmp_path / "results")] == []


def test_age_and_size(cache):
    folder = make(cache, f"cntk-{KEY}")
    (folder / "bin" / "same").hardlink_to(folder / "bin" / "big")
    os.utime(folder, (time.time() - 5000,) * 2)
    (item,) = environments()
    assert 100_000 <= item.size < 200_000
    assert 4900 < time.time() - item.made < 5100


def test_an_environment_goes_as_a_whole_and_is_made_anew_under_its_lock(cache):
    folder = make(cache, f"cntk-{KEY}")
    (item,) = environments()
    assert item.remove() is None
    assert not folder.exists()


def test_one_that_is_being_made_stays(cache):
    folder = make(cache, f"cntk-{KEY}")
    (item,) = environments()
    with folder.with_name(f"{folder.name}.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert item.remove() == "another harness is making it"
    assert folder.exists()


def test_one_that_runs_is_busy(cache):
    folder = make(cache, f"cntk-{KEY}")
    python = folder / "bin" / "python"
    python.symlink_to(sys.executable)
    with subprocess.Popen([python, "-c", "input()"], stdin=subprocess.PIPE) as process:
        while str(python) not in (line := open(f"/proc/{process.pid}/cmdline").read()):  # noqa: SIM115, PTH123
            assert process.poll() is None, line
        (item,) = environments()
        process.communicate(b"\n")
    assert item.busy == "a process runs in it"


def test_a_journal_goes_with_its_standard_error_and_nothing_else_does(write_journal, tmp_path):
    folder = tmp_path / "journals"
    ours = write_journal("cntk", [])
    kept = [folder / name for name in ("other.jsonl", "empty.jsonl", "matrix.json", "notes.stderr.log")]
    for path in kept:
        path.write_text('{"kind": "case"}\n' if path.stem == "other" else "")
    ours.with_suffix(".stderr.log").write_text("said")
    (folder / "link.jsonl").symlink_to(ours)
    (item,) = journals(folder)
    assert item.name == str(ours)
    assert item.remove() is None
    assert not ours.exists()
    assert not ours.with_suffix(".stderr.log").exists()
    assert all(path.exists() for path in kept)


def test_a_directory_that_is_written_to_keeps_its_journals(write_journal, tmp_path):
    from harness.lock import only_user

    ours = write_journal("cntk", [])
    (item,) = journals(tmp_path / "journals")
    with only_user(tmp_path / "journals"):
        assert "is writing to" in item.remove()
    assert ours.exists()
