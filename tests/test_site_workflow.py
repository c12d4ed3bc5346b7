"""The script of .github/workflows/site.yml that makes the site, followed in a repository with a history."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import yaml

from harness.merge import merge_journals
from harness.site.history import read_history
from tests import ROOT
from tests.fakes import case

WORKFLOW = ROOT / ".github" / "workflows" / "site.yml"


@pytest.fixture
def repository(tmp_path):
    """A repository in which the harness is installed, and whose remote has an empty history."""
    folder = tmp_path / "repository"
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / "Makefile").write_text(".venv/.installed:\n\t@true\n")
    conform = folder / ".venv" / "bin" / "conform"
    conform.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m harness "$@"\n')
    conform.chmod(0o755)
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    return folder


@pytest.fixture
def made(repository, write_journal, tmp_path):
    """Runs the step on a journal of one case; the regression that it tells, and the changes."""
    steps = yaml.safe_load(WORKFLOW.read_text())["jobs"]["site"]["steps"]
    (step,) = [step for step in steps if step.get("id") == "site"]

    def make(verdict):
        write_journal("cntk", [case("a/f/x", verdict)], repository / "results", run=verdict)
        env = {"GITHUB_OUTPUT": str(tmp_path / "output"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=repository,
            env={**os.environ, **env},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return (tmp_path / "output").read_text(), (repository / "changes.md").read_text()

    return make


def keep(repository, folder):
    """Puts the files of a folder on the remote's branch `history`."""
    git = ["git", "-C", str(repository)]
    tree = subprocess.run(
        [*git, "--work-tree", folder, "add", "--all", "."], cwd=folder, capture_output=True, text=True
    )
    assert tree.returncode == 0, tree.stderr
    tree = subprocess.run([*git, "write-tree"], capture_output=True, text=True, check=True).stdout.strip()
    author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    commit = subprocess.run(
        ["git", *author, "-C", str(repository), "commit-tree", tree, "-m", "x"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    subprocess.run([*git, "update-ref", "refs/remotes/origin/history", commit], check=True)


def test_the_first_run_has_no_past(made, repository):
    output, changes = made("pass")
    assert output == "regressed=no\n"
    assert changes == ""
    assert (repository / "site" / "index.html").is_file()
    assert len(list((repository / "history").iterdir())) == 1


@pytest.mark.parametrize(("verdict", "told"), [("fail", "yes"), ("pass", "no")])
def test_a_regression_since_the_run_before_is_told(made, repository, write_journal, tmp_path, verdict, told):
    before = write_journal(
        "cntk", [case("a/f/x")], tmp_path / "old", started="2026-11-01T00:00:00Z", run="old"
    )
    read_history(tmp_path / "history", [merge_journals([before])])
    keep(repository, tmp_path / "history")
    output, changes = made(verdict)
    assert output == f"regressed={told}\n"
    assert ("a/f/x" in changes) == (told == "yes")
    assert (repository / "site" / "k" / "changes.md").read_text() == changes
    assert len(list((repository / "history").iterdir())) == 2


def test_the_history_is_a_branch_that_grows(tmp_path):
    """The job `keep`, with a repository on this disk as the remote, in two runs one after the other."""
    (step,) = [
        step for step in yaml.safe_load(WORKFLOW.read_text())["jobs"]["keep"]["steps"] if "run" in step
    ]
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    for run, names in enumerate((["one.json"], ["one.json", "two.json"], ["one.json", "two.json"])):
        folder = tmp_path / str(run)
        (folder / "history").mkdir(parents=True)
        for name in names:
            (folder / "history" / name).write_text(name)
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "REMOTE": str(remote), "GH_TOKEN": "x"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
    log = subprocess.run(
        ["git", "-C", remote, "log", "--name-only", "--format=", "history"], capture_output=True, text=True
    )
    assert log.stdout.split() == ["two.json", "one.json"]
