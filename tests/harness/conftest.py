"""Fixtures that several tests of the harness share."""

from __future__ import annotations

import pytest

from harness.baseline import load_baseline
from harness.merge import merge_journals


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
