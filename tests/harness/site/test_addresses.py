from __future__ import annotations

import re

import pytest

from harness.site import addresses


def test_addresses_are_what_a_reader_expects():
    assert addresses.matrix_page("k", first=True) == "index.html"
    assert addresses.matrix_page("ops", first=False) == "ops.html"
    assert addresses.function_page("k", "reduction", "sum") == "k/function/reduction/sum.html"
    assert addresses.backend_page("k", "my.module") == "k/backend/my.module.html"
    assert addresses.case_page("k", "a/tile/n=1,2/known") == "k/case/a/tile/n=1,2/known.html"
    assert addresses.up("k/case/a/b.html") == "../../../"
    assert addresses.up("index.html") == ""


@pytest.mark.parametrize("name", ["..", "../../etc", "", ".hidden", "a b", "a/b", "x" * 200, "<b>", "\u202e"])
def test_a_name_that_is_no_file_name_is_replaced_and_told_apart(name):
    address = addresses.function_page("k", name, "sum")
    assert re.fullmatch(r"k/function/x-[0-9a-f]{16}/sum\.html", address)
    assert address != addresses.function_page("k", name + "?", "sum")
