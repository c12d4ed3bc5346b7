"""Fixtures that several tests of the harness share."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from harness.baseline import load_baseline
from harness.merge import merge_journals

NPM = Path(__file__).parent / "npm"


@pytest.fixture
def cntk(backends):
    return backends["cntk"]


@pytest.fixture
def listed(cntk):
    """Writes the backend's baseline from entries."""

    def write(*entries):
        cntk.baseline.write_text(
            '# What CNTK does.\nschema = 3\nbackend = "cntk"\napi = "k"\n'
            'versions = { keras = "2.3.1", cntk = "2.7" }\n\n' + "\n".join(entries)
        )
        return load_baseline(cntk)

    return write


@pytest.fixture
def column(write_journal):
    def build(*cases, **fields):
        return merge_journals([write_journal("cntk", cases, **fields)])

    return build


@pytest.fixture
def external(write_journal):
    """The matrix of an external module, from its cases and its steps."""

    def build(cases, steps, **fields):
        return merge_journals([write_journal("my.module", cases, steps=steps, **fields)])

    return build


@pytest.fixture
def place(tmp_path):
    """A directory with a module, a link out of it, and a module outside."""
    (tmp_path / "src" / "package").mkdir(parents=True)
    (tmp_path / "outside.py").touch()
    (tmp_path / "src" / "inside.py").touch()
    (tmp_path / "src" / "linked.py").symlink_to(tmp_path / "outside.py")
    (tmp_path / "src" / "package" / "linked.py").symlink_to("../../outside.py")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    return tmp_path


def absent(what: str) -> None:
    """Skips the test; fails it where .ci/run says that everything must be there."""
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def npm(tmp_path_factory):
    """The folder of the packages that package-lock.json names."""
    if not shutil.which("npm"):
        absent("npm is not installed")
    folder = tmp_path_factory.mktemp("npm")
    for file in NPM.iterdir():
        shutil.copy(file, folder)
    done = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        absent(f"npm cannot install: {done.stderr[-300:]}")
    return folder / "node_modules"
