"""The generated tables of README and docs are compared with their code."""

from __future__ import annotations

import importlib.util
import re

from harness.matrix import Cell
from harness.reports.summary import CELL_MEANING, cell_text
from tests import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}


def docs_script():
    spec = importlib.util.spec_from_file_location("docs", ROOT / "scripts" / "docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_tables_are_up_to_date():
    docs = docs_script()
    for file, text in docs.filled(docs.parts()).items():
        assert (ROOT / file).read_text(encoding="utf-8") == text, "run `make docs`"


def test_the_make_targets_named_exist():
    makefile = (ROOT / "Makefile").read_text()
    for text in (README, *DOCS.values()):
        for target in re.findall(r"(?:`|    )make ([a-z-]+)", text):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_cells_read_as_the_table_says():
    cells = [
        Cell(12, 0, 12, None, "pass"),
        Cell(10, 2, 12, None, "partial"),
        Cell(10, 1, 12, None, "partial"),
        Cell(0, 3, 3, None, "fail"),
        Cell(0, 3, 3, None, "unsupported"),
        Cell(0, 0, 0, None, "not-run"),
    ]
    assert [cell_text(cell) for cell in cells] == list(CELL_MEANING)


def test_the_baseline_example_is_one(backends):
    import msgspec

    from harness.backends import load_backends
    from harness.baseline import load_baseline

    text = re.search(r"^```toml\n(schema = .*?)^```$", DOCS["files.md"], re.MULTILINE | re.DOTALL)[1]
    backends["theano"].baseline.write_text(text)
    shown = load_baseline(backends["theano"])
    registered = load_baseline(load_backends(ROOT / "dockerfiles")["theano"])
    assert msgspec.structs.replace(registered, known=()) == msgspec.structs.replace(shown, known=())
    assert shown.known[0] in registered.known
