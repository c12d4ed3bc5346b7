"""The page of the bridge from K to Keras 3; tests/harness/site/test_bridge.py has the table's tests."""

from __future__ import annotations

from dataclasses import replace

from harness.backends import find_backend
from harness.site.bridge import load_bridges
from harness.support import support
from tests import ROOT


def test_support_is_what_the_list_of_known_deviations_says(tmp_path):
    lines = ["schema = 3", 'backend = "cntk"', 'api = "k"', 'versions = { keras = "2.3.1" }']
    for case in ("a/part/x/known", "a/none/**"):
        lines += ["[[known]]", f'cases = ["{case}"]', 'verdict = "fail"', 'messages = ["x"]', 'reason = "y"']
    (tmp_path / "baseline.toml").write_text("\n".join(lines))
    ids = {"whole": ["a/whole/x/known"], "part": ["a/part/x/known", "a/part/y/known"], "none": ["a/none/x"]}
    assert support(replace(find_backend("cntk"), folder=tmp_path), ids) == {
        "whole": "✓",
        "part": "◐",
        "none": "∅",
    }


def test_the_page_has_a_row_for_each_and_says_what_is_left_of_k():
    page = (ROOT / "docs" / "bridge.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert rows == sorted(load_bridges()["k"].functions)
    assert "almost nothing of K left" in page
