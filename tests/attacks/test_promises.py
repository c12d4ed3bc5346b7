"""The table of SECURITY.md is that of the attacks, and every attack that it rests on is there."""

from __future__ import annotations

import ast

import pytest

from tests import ROOT
from tests.attacks.promises import PROMISES, RUNTIMES, table


def test_the_table_is_in_the_page():
    """`make docs` writes it."""
    assert f"<!-- protection -->\n{table()}<!-- /protection -->" in (ROOT / "SECURITY.md").read_text()


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.text)
def test_a_promise_rests_on_attacks_that_are_there(promise):
    assert len(promise.answers) == len(RUNTIMES)
    assert promise.tests
    for test in promise.tests:
        path, _, name = test.partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert name in functions, test
