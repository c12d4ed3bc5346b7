from __future__ import annotations

import pytest

from harness.errors import UsageError
from harness.module.source import files, locate, stamp


def test_too_much_to_be_a_source(place, conform, monkeypatch):
    monkeypatch.chdir(place)
    monkeypatch.setattr("harness.module.source.MOST_FILES", 1)
    with pytest.raises(UsageError, match="holds more than"):
        files(place / "src" / "..")


def test_links_that_lead_outside_hidden_files_and_environments_are_left_out(place):
    source = place / "src"
    (source / ".git").mkdir()
    (source / ".git" / "config").touch()
    (source / "venv").mkdir()
    (source / "venv" / "pyvenv.cfg").touch()
    (source / "venv" / "tool.py").touch()
    (source / "inside.pyc").touch()
    assert sorted(files(source)) == ["inside.py"]


def test_a_module_is_its_file_or_its_package_below_the_root(place):
    source = place / "src"
    assert locate("inside", source) == source / "inside.py"
    (source / "package" / "__init__.py").touch()
    assert locate("package", source) == source / "package" / "__init__.py"
    assert locate("package.nothing", source) is None
    with pytest.raises(UsageError, match="lies outside --path"):
        locate("package.linked", source)


def test_results_below_the_root_are_not_a_change(place):
    source = place / "src"
    before = stamp(source, source / "results")
    (source / "results").mkdir()
    (source / "results" / "cntk.jsonl").write_text("x")
    assert stamp(source, source / "results") == before
    (source / "inside.py").write_text("x = 1\n")
    assert stamp(source, source / "results") != before
