"""The faults that `make mutants` makes: a single change of a function, and none of a text."""

import ast
import sys

import pytest

from tests import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

import mutants
import mutation
import shipped

SOURCE = '''"""A backend."""
import engine


def scaled(x, factor=2, axis=None, name=None):
    """Scale x by 2."""
    if axis is None:
        axis = -1
    if factor < 0:
        raise ValueError('factor is below 0')
    x = engine.cast(x, 'float32')
    return engine.scale(x, factor, axis=axis, name=name)


def doubled(x):
    return scaled(x)


def other(x):
    return x
'''


def changes(source=SOURCE):
    return {(mutant.before, mutant.after): mutant for mutant in mutation.mutants(source)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if axis is None:", "if not axis:"),
        ("axis = -1", "axis = 1"),
        ("axis = -1", "axis = -2"),
        ("if factor < 0:", "if factor <= 0:"),
        ("if factor < 0:", "if factor < 1:"),
        ("if factor < 0: raise ValueError('factor is below 0')", "pass"),
        ("x = engine.cast(x, 'float32')", "pass"),
        ("x = engine.cast(x, 'float32')", "x = x"),
        (
            "return engine.scale(x, factor, axis=axis, name=name)",
            "return engine.scale(x, factor, name=name)",
        ),
        (
            "return engine.scale(x, factor, axis=axis, name=name)",
            "return engine.scale(factor, x, axis=axis, name=name)",
        ),
        (
            "def scaled(x, factor=2, axis=None, name=None):",
            "def scaled(x, factor=3, axis=None, name=None):",
        ),
        (
            "def scaled(x, factor=2, axis=None, name=None):",
            "def scaled(x, factor=2, axis=0, name=None):",
        ),
    ],
)
def test_a_fault_of_each_kind_is_made(before, after):
    assert (before, after) in {key for key in changes() if key[0] == before}


def test_every_mutant_is_a_module_that_differs_in_a_single_function():
    original = {node.name: ast.unparse(node) for node in ast.parse(SOURCE).body if hasattr(node, "name")}
    found = list(mutation.mutants(SOURCE))
    assert len({mutant.source for mutant in found}) == len(found)
    for mutant in found:
        there = {
            node.name: ast.unparse(node) for node in ast.parse(mutant.source).body if hasattr(node, "name")
        }
        assert [name for name in original if there[name] != original[name]] == [mutant.function]


def test_docstrings_messages_and_names_of_nodes_are_left_alone():
    for before, after in changes():
        assert "Scale x" not in before
        assert not before.startswith("raise")
        assert after != before.replace(", name=name", "") or "name=name" not in before


def test_the_functions_that_reach_another_are_found_through_others():
    assert mutants.reached(SOURCE, "scaled") == {"scaled", "doubled"}
    assert mutants.reached(SOURCE, "other") == {"other"}


def test_cases_that_use_a_function_are_found_by_their_source():
    texts = {"a/f/x": ("f", "K.f(x)"), "a/g/x": ("g", "K.g(K.f(x))"), "a/h/x": ("h", "K.ff(x)")}
    backend = shipped.Shipped("cntk", "cntk", "k", "python", {}, texts)
    assert backend.own({"f"}) == ["a/f/x"]
    assert backend.mentioning({"f"}) == ["a/f/x", "a/g/x"]


def test_a_sample_takes_every_function_before_one_comes_again():
    found = list(mutation.mutants(SOURCE))
    assert {mutant.function for mutant in found} == {"doubled", "scaled"}
    for seed in range(5):
        first = mutants.sampled(found, 2, seed)
        assert sorted(mutant.function for mutant in first) == ["doubled", "scaled"]
    assert mutants.sampled(found, 3, seed=5) == mutants.sampled(found, 3, seed=5)


def test_a_survivor_is_explained_by_its_statement_and_counted_as_unexplained_otherwise():
    first, second = list(mutation.mutants(SOURCE))[:2]
    tally = mutants.Tally("cntk", 9, [first, second], [first, second])
    text = mutants.table([tally], {("cntk", *first.key): "nothing changes"})
    assert "| cntk | 9 | 2 | 0 (0.0 %) |" in text
    assert "| nothing changes | 1 |" in text
    assert "| not explained yet | 1 |" in text


def test_every_listed_survivor_has_a_reason():
    assert all(why.strip() for why in mutants.reasons().values())


def test_a_journal_is_read_as_what_each_counted_case_ended_as():
    lines = [
        '{"kind": "start"}',
        '{"kind": "case", "id": "a/f/x", "verdict": "pass"}',
        '{"kind": "case", "id": "a/f/y", "verdict": "fail", "answer": "1 2 3", "aspects": ["value"],'
        ' "detail": {"message": "wrong value: 3"}}',
        '{"kind": "case", "id": "a/f/z", "verdict": "fail", "unspecified": true}',
    ]
    found = mutants.verdicts("\n".join(lines))
    assert found == {
        "a/f/x": ("pass", (), "", None),
        "a/f/y": ("fail", ("value",), "wrong value: #", "1 2 3"),
    }


def test_the_original_is_asked_twice_for_what_is_not_known_and_unsteady_cases_are_left_out():
    asked = []

    def run(cases):
        asked.append(list(cases))
        return {case: ("pass", len(asked) if case == "a/f/random" else 0) for case in cases}

    original = mutants.Original(run)
    assert original.of(["a/f/x", "a/f/random"]) == {"a/f/x": ("pass", 0)}
    assert original.of(["a/f/x", "a/f/y"]) == {"a/f/x": ("pass", 0), "a/f/y": ("pass", 0)}
    assert asked == [["a/f/x", "a/f/random"]] * 2 + [["a/f/y"]] * 2


@pytest.mark.parametrize(
    ("api", "name", "files"),
    [
        ("k", "cntk", ["backend/cntk_backend.py"]),
        ("ops", "jax", ["src/backend/jax/core.py", "src/backend/jax/nn.py"]),
    ],
)
def test_the_files_of_a_backend_are_copies_and_all_else_of_keras_is_a_link(
    tmp_path, monkeypatch, api, name, files
):
    real = tmp_path / "keras"
    for file in (*files, "backend/__init__.py", "src/backend/jax/__init__.py", "src/ops.py", "layers.py"):
        (real / file).parent.mkdir(parents=True, exist_ok=True)
        (real / file).write_text("text")
    backend = shipped.Shipped(f"{api}-{name}", name, api, "python", {})
    monkeypatch.setattr(shipped.Shipped, "keras", lambda self: real)
    front = backend.front_end(tmp_path / "copy")
    assert [str(file.relative_to(front)) for file in backend.files(front)] == files
    assert (front / "layers.py").is_symlink()
    for file in backend.files(front):
        file.write_text("a fault")
    assert {(real / file).read_text() for file in files} == {"text"}
