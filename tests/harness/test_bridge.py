"""The bridge from K to Keras 3 has every function of K, and names only what Keras 3 has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance import apis, settings
from conformance.apis.ops.names import PUBLIC
from harness.backends import find_backend
from harness.bridge import load_bridge, support
from tests import ROOT

NO_FUNCTIONS = {"operators"}
"""What the spec of K has beside functions."""


def test_every_function_of_k_has_a_row():
    known = {function.name for function in apis.table("k", settings.read({})).functions()}
    assert set(load_bridge()) == known - NO_FUNCTIONS


@pytest.mark.parametrize(("name", "row"), load_bridge().items())
def test_a_row_names_what_keras_3_has_or_says_why_there_is_nothing(name, row):
    assert set(row.ops) <= set(PUBLIC)
    assert row.ops or row.note
    assert len(set(row.ops)) == len(row.ops)


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
    assert rows == sorted(load_bridge())
    assert "almost nothing of K left" in page
