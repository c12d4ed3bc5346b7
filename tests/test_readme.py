"""Every table of the README is compared with its code."""

from __future__ import annotations

import importlib.util
import re

from harness.matrix import Cell
from harness.reports.summary import CELL_MEANING, cell_text
from tests import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def docs_script():
    spec = importlib.util.spec_from_file_location("docs", ROOT / "scripts" / "docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_tables_are_up_to_date():
    docs = docs_script()
    assert docs.filled(README, docs.parts()) == README, "run `make docs`"


def test_the_make_targets_named_exist():
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"(?:`|    )make ([a-z-]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_files_named_exist():
    for name in ("harness/schemas/", "Makefile"):
        assert (ROOT / name).exists()


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

    from harness.baseline import load_baseline

    example = re.search(r"    \[\[known\]\]\n(?:    .*\n)+", README).group()
    text = "\n".join(line.strip() for line in example.splitlines())
    backends["cntk"].baseline.write_text(f'schema = 1\nbackend = "cntk"\n{text}\n')
    assert load_baseline(backends["cntk"]).known[0].verdicts == ("unsupported",)
    assert msgspec.toml.decode(text)["known"][0]["messages"]
