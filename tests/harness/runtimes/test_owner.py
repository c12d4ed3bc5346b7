"""Whose a container is, and whether that harness is gone."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

from harness.runtimes.owner import is_gone, myself

SAY = "from harness.runtimes.owner import myself; import sys; print(myself(), flush=True); sys.stdin.read()"


def test_this_process_is_there():
    assert not is_gone(myself())


def test_a_process_is_there_until_it_ends():
    process = subprocess.Popen(
        [sys.executable, "-c", SAY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    owner = process.stdout.readline().strip()
    assert not is_gone(owner)
    process.communicate()
    assert is_gone(owner)


def test_a_number_that_was_given_again_is_another_process():
    place, _, process = myself().rpartition("/")
    number = process.partition("-")[0]
    assert is_gone(f"{place}/{number}-1")


def test_what_cannot_be_known_is_not_gone():
    place, _, process = myself().rpartition("/")
    boot, namespace = place.split("/")
    for owner in (
        "",
        "x",
        f"other-boot/{namespace}/{process}",
        f"{boot}/pid:[1]/999999999-1",
        f"{place}/x-1",
    ):
        assert not is_gone(owner)


def test_what_cannot_be_looked_at_is_not_gone(monkeypatch):
    place = myself().rpartition("/")[0]
    read_bytes = Path.read_bytes

    def no_descriptor_left(path):
        if path.name == "stat" and "999999999" in str(path):
            raise OSError(errno.EMFILE, "Too many open files")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", no_descriptor_left)
    assert not is_gone(f"{place}/999999999-1")
    monkeypatch.undo()
    assert is_gone(f"{place}/999999999-1")
