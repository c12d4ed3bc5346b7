"""Rules every row of the spec keeps, whatever the backend."""

import ast
import importlib
import pkgutil
import re
from collections import Counter

import pytest

from conformance.apis.k import spec
from conformance.apis.k.language import k
from conformance.case import Case, Check, Refusal
from tests import ROOT
from tests.conformance.table import CASES, TABLE

FILES = sorted((ROOT / "conformance" / "apis" / "k" / "spec").glob("*.py"))
PAGES = ("backends page", "FAQ page")


def test_profiles_nest_and_are_as_large_as_promised() -> None:
    """examples < core < full; at least 800 and 3,000 cases."""
    examples, core, full = ({case.id for case in TABLE.cases(profile)}
                            for profile in ("examples", "core", "full"))
    assert examples < core < full
    assert len(core) >= 800
    assert len(full) >= 3000


def test_every_unspecified_skip_and_tolerance_has_its_reason() -> None:
    """None of the three is a place to put a failure."""
    for case in CASES.values():
        unspecified = case.unspecified
        assert unspecified is None or len(unspecified.split()) >= 3, case.id
        assert case.only is None or len(case.only[1].split()) >= 3, case.id
        assert case.ulps is None or (case.ulps[0] > 0 and len(case.ulps[1].split()) >= 3), case.id


def test_every_case_that_counts_belongs_to_a_promise_of_its_function() -> None:
    promises = {function.name: function.promises for function in TABLE.functions()}
    for case in CASES.values():
        assert case.promise in promises[case.function], case.id
        assert case.promise.silent == (case.unspecified is not None)
        assert len(case.promise.text.split()) >= 3, case.id


def test_every_promise_is_checked_by_some_case() -> None:
    for function in TABLE.functions():
        checked = {id(case.promise) for case in function.cases}
        assert [promise.text
                for promise in function.promises if id(promise) not in checked] == [], function.name


def test_a_function_makes_a_promise_once() -> None:
    for function in TABLE.functions():
        times = Counter((promise.text, promise.at) for promise in function.promises)
        assert max(times.values()) == 1, (function.name, times.most_common(1))


def test_a_promise_says_where_it_stands() -> None:
    known = {function.name for function in TABLE.functions()}
    for function in TABLE.functions():
        for promise in function.promises:
            where, part = promise.at.split(": ", 1)
            assert where in known or where in PAGES, (function.name, promise.at)
            assert part == part.strip() != "", (function.name, promise.at)
            assert re.fullmatch(r"Keras \d+\.\d+\.\d+", promise.release), (function.name, promise.release)


def test_a_function_stands_in_one_module_which_is_named_after_its_area(monkeypatch) -> None:
    monkeypatch.setattr(k, "functions", [])
    found = {}
    for module in pkgutil.iter_modules(spec.__path__):
        k.functions.clear()
        importlib.reload(importlib.import_module(f"{spec.__name__}.{module.name}"))
        for function in k.functions:
            assert function.name not in found, (function.name, found[function.name], module.name)
            found[function.name] = module.name
            assert module.name.split("_")[0] == function.area, (function.name, module.name)
            assert {case.area for case in function.cases} == {function.area}
    monkeypatch.undo()
    assert found.keys() == {function.name for function in TABLE.functions()}


def built(case: Case) -> tuple:
    """What a case makes a backend do and is held to, whatever its inputs are called."""
    source = re.sub(r"\s+", " ", case.source)
    places = {name: re.search(rf"\b{name}\b", source) for name in case.inputs}
    names = sorted(case.inputs,
                   key=lambda name: (places[name].start() if places[name] else len(source), name))
    for number, name in enumerate(names):
        source = re.sub(rf"\b{name}\b", f"input{number}", source)
    draws = tuple((item.plain, item.dtype, item.unknown_axes if case.way == "unknown" else (),
                   item.array(0).shape, item.array(0).tobytes()) for item in map(case.inputs.get, names))
    want = str(case.want) if isinstance(case.want, Refusal) else ""
    # One draw may be held to several checks: of bounds, of moments.
    check = case.variant if isinstance(case.want, Check) else ""
    return source, draws, case.way, repr(sorted(case.extra.items())), str(case.result_dtype), want, check


def test_no_two_rows_check_the_same_thing() -> None:
    """The same source over the same inputs, in the same surroundings, is one promise."""
    seen: dict[object, str] = {}
    twice = [(case.id, first)
             for case in CASES.values() if (first := seen.setdefault(built(case), case.id)) != case.id]
    assert twice == []


def test_every_oracle_can_be_computed() -> None:
    """On this Python and NumPy too, not only on the ones of the environments."""
    for case in CASES.values():
        assert case.expected() is not None or case.want is None or case.way in ("script", "isolated"), case.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_module_reads_as_the_table_it_is(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [number for number, line in enumerate(text.splitlines(), 1) if len(line) > 110] == []
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    formats = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute)
               and node.attr == "format"]
    assert formats == []
    bound = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Lambda)
             for argument, default in zip(reversed(node.args.args), reversed(node.args.defaults),
                                          strict=False)
             if isinstance(default, ast.Name) and argument.arg.strip("_") == default.id.strip("_")]
    assert bound == []
