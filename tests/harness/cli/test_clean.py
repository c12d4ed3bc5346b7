from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time

import pytest

from tests import ROOT

NEW, OLD = "cntk-0123456789abcdef", "theano-fedcba9876543210"


@pytest.fixture
def left(tmp_path, monkeypatch, write_journal):
    """A new environment, one of ten days ago, a log, and a results directory with a journal."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/none")
    cache = tmp_path / "cache" / "keras-backend-conformance"
    for name in (NEW, OLD):
        (cache / "envs" / name).mkdir(parents=True)
        (cache / "envs" / name / "pyvenv.cfg").write_text("x")
    os.utime(cache / "envs" / OLD, (time.time() - 10 * 86400,) * 2)
    (cache / "logs").mkdir()
    (cache / "logs" / f"{NEW}.log").write_text("x")
    write_journal("cntk", [], folder=tmp_path / "results")
    monkeypatch.chdir(tmp_path)

    def there() -> set[str]:
        names = {path.name for folder in ("envs", "logs") for path in (cache / folder).iterdir()}
        names |= {path.name for path in (tmp_path / "results").glob("*.jsonl")}
        return {name for name in names if not name.endswith(".lock")}

    return there


ALL = {NEW, OLD, f"{NEW}.log", "cntk.jsonl"}


def test_a_dry_run_lists_and_removes_nothing(left, conform):
    done = conform("clean", "--dry-run", "--yes")
    assert done.status == 0
    assert "environments: 2 things, " in done.out
    assert f"  {OLD}" in done.out
    assert " 10 d " in done.out
    assert "journals: 1 thing, " in done.out
    assert "they stay unless --kind journals is given" in done.out
    assert done.err == "Images are left out, because no Docker daemon answers.\n"
    assert left() == ALL


def test_yes_removes_what_is_made_again(left, conform):
    done = conform("clean", "--yes")
    assert done.status == 0
    assert "Removed 3 things, " in done.out
    assert left() == {"cntk.jsonl"}


@pytest.mark.parametrize(
    ("options", "stays"),
    [
        (["--older-than", "7d"], ALL - {OLD}),
        (["--older-than", "2w"], ALL),
        (["--kind", "logs"], ALL - {f"{NEW}.log"}),
        (["--kind", "journals"], ALL - {"cntk.jsonl"}),
        (["--kind", "journals", "--kind", "logs"], {NEW, OLD}),
        (["--kind", "journals", "--results", "elsewhere"], ALL),
    ],
)
def test_a_selection(left, conform, options, stays):
    assert conform("clean", "--yes", *options).status == 0
    assert left() == stays


def test_json(left, conform):
    listed = json.loads(conform("clean", "--json").out)["found"]
    assert {row["name"].split("/")[-1] for row in listed} == ALL
    assert not any(row["removed"] for row in listed)
    assert left() == ALL
    removed = json.loads(conform("clean", "--json", "--yes").out)["found"]
    assert {row["kind"] for row in removed if row["removed"]} == {"environments", "logs"}
    assert left() == {"cntk.jsonl"}


def test_without_a_terminal_it_does_not_remove(left, conform, monkeypatch):
    with open(os.devnull) as nothing:  # noqa: PTH123
        monkeypatch.setattr("sys.stdin", nothing)
        done = conform("clean")
    assert done.status == 2
    assert "add --yes" in done.err
    assert left() == ALL


@pytest.mark.parametrize(("answer", "stays"), [(b"n\n", ALL), (b"y\n", {"cntk.jsonl"})])
def test_on_a_terminal_it_asks(left, answer, stays):
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "harness", "clean"]
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
    ) as process:
        os.write(ours, answer)
        out, _ = process.communicate(timeout=60)
    assert b"Remove 3 things, " in out
    assert left() == stays


@pytest.mark.parametrize(
    ("options", "said"), [(["--kind", "log"], "did you mean 'logs'"), (["--older-than", "7"], "such as 12h")]
)
def test_usage(left, conform, options, said):
    done = conform("clean", "--yes", *options)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_nothing_was_left(tmp_path, monkeypatch, conform):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/none")
    monkeypatch.chdir(tmp_path)
    done = conform("clean")
    assert (done.status, done.out) == (0, "There is nothing to remove.\n")
