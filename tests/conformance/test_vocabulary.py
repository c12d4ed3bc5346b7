"""Judge, worker and wire know no API by name: what they have to know of one is behind Table and Adapter."""

import ast
import builtins
import re

import numpy as np
import pytest

from tests.conformance.modules import modules
from tests.conformance.table import TABLE

MACHINERY = ("judge", "worker", "wire", "case", "suite", "describe", "__main__",
             "apis.base", "apis.language", "apis.parameters")
# K's own words, and those of K's functions that are nobody else's: not Python's or NumPy's, and no words that
# any machinery is made of.
GENERAL = {"backend", "function", "update"}
WORDS = {"K", "keras", "placeholders", "variables", "symbolic", "tensorflow", "theano", "cntk"} | {
    function.name for function in TABLE.functions()
    if not any(hasattr(known, function.name) for known in (builtins, np, np.ndarray))} - GENERAL
# The dtype of floats has the name that K made usual.
ALLOWED = {"case": {"FLOATX"}}


def words(tree):
    """The identifiers and the words in texts, each with its line; docstrings are for people."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        for field in ("id", "attr", "arg", "name", "asname", "module"):
            if isinstance(name := getattr(node, field, None), str):
                for part in name.split("."):
                    yield part, line
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            for word in re.findall(r"\w+", node.value):
                yield word, line


def test_the_words_are_those_of_k():
    assert {"K", "keras", "placeholder", "variable", "floatx", "int_shape", "clear_session",
            "learning_phase"} <= WORDS
    assert len(WORDS) > 100


@pytest.mark.parametrize("part", MACHINERY)
def test_the_machinery_names_no_function_of_an_api(part):
    name = f"conformance.{part}"
    found = {known: tree for known, tree in modules("conformance").items()
             if (known + ".").startswith(name + ".")}
    assert found
    lower = {word.lower() for word in WORDS}
    wrong = [f"{known}:{line}: {word}" for known, tree in found.items() for word, line in words(tree)
             if (word in WORDS or (len(word) > 1 and word.lower() in lower))
             and word not in ALLOWED.get(part, ())]
    assert wrong == []
