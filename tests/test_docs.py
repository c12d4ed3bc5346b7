"""The generated pages of docs/ are what `make docs` generates now."""

from __future__ import annotations

import re
import sys

import pytest

from conformance.settings import VARIABLES
from tests import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

import pages

import docs


@pytest.mark.parametrize("name", docs.PAGES)
def test_a_generated_page_is_up_to_date(name):
    assert (ROOT / name).read_text(encoding="utf-8") == docs.PAGES[name](), "run `make docs`"


def test_every_variable_has_a_row():
    rows = re.findall(r"^- `(\w+)` \(default: ", (ROOT / "docs/environment.md").read_text(), re.MULTILINE)
    assert rows == [variable.name for variable in VARIABLES]


def test_promises_are_literal_text():
    assert pages.escaped("x * y | <b> _a_ of int_shape\n[1]") == r"x \* y \| \<b\> \_a\_ of int_shape \[1\]"


def test_a_suite_that_cannot_be_read_leaves_every_file_as_it_is(monkeypatch, tmp_path, capsys):
    (tmp_path / "conformance").mkdir()
    (tmp_path / "conformance" / "__init__.py").touch()
    (tmp_path / "conformance" / "__main__.py").write_text("raise NameError('name uniform is not defined')")
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["docs.py"])
    before = (ROOT / "docs/promises.md").stat().st_mtime_ns
    assert docs.main() == 1
    error = capsys.readouterr().err
    assert error.startswith("The suite cannot be read (NameError: name uniform is not defined): ")
    assert error.count("\n") == 1
    assert (ROOT / "docs/promises.md").stat().st_mtime_ns == before
