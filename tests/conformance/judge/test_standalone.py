"""The comparison of reproduction scripts: it says the same as the judge's, on every case that has a value."""

import numpy as np
import pytest

from conformance import apis, settings
from conformance.case import Check, Refusal
from conformance.judge import compare
from conformance.judge.standalone import Evaluated, Rule, departures, rules

CASES = [case for case in apis.table("k", settings.read({})).cases() if not isinstance(case.want, Refusal)]
DTYPES = {"f": "float32", "i": "int32", "b": "bool", "u": "uint8"}


def answered(case, want):
    """What a backend without a fault would give for `want`."""
    if isinstance(want, dict):
        return {name: answered(case, item) for name, item in want.items()}
    if isinstance(want, (list, tuple)):
        return [answered(case, item) for item in want]
    if isinstance(want, (np.ndarray, np.generic)):
        return want.astype(case.wanted_dtype(want) or DTYPES[want.dtype.kind])
    return want


def without_checks(want):
    if isinstance(want, dict):
        return {name: without_checks(item) for name, item in want.items()}
    if isinstance(want, (list, tuple)):
        return [without_checks(item) for item in want]
    return Rule(want.description) if isinstance(want, Check) else want


def says_the_same(case, got):
    """Whether both find a problem, or neither does; an array stands for a tensor, but in a history."""
    want = case.expected()
    if isinstance(want, dict):
        judged = compare.compare(case, {"values": got}).problems
        tensors = got
    else:
        leaves, facts = [], []
        tree = flattened(got, leaves, facts)
        judged = compare.compare(case, {"tree": tree, "leaves": leaves, "facts": facts}).problems
        tensors = tensor_like(got)
    policy = (*compare.granted(case), case.result_dtype)
    found = departures(without_checks(want), tensors, "result", policy)
    assert bool(judged) == bool(found), (case.id, judged, found)
    return bool(judged)


def flattened(value, leaves, facts):
    if isinstance(value, list):
        return [flattened(item, leaves, facts) for item in value]
    leaves.append(value)
    facts.append(said(value) if isinstance(value, np.ndarray) else None)
    return len(leaves) - 1


def tensor_like(value):
    if isinstance(value, list):
        return [tensor_like(item) for item in value]
    return Evaluated(value, said(value)) if isinstance(value, np.ndarray) else value


def said(array):
    return {"ndim": array.ndim, "shape": list(array.shape), "dtype": array.dtype.name}


def changed(value, change):
    """`value` with its first leaf changed."""
    if isinstance(value, dict):
        first = next(iter(value))
        return {**value, first: changed(value[first], change)}
    if isinstance(value, list) and value:
        return [changed(value[0], change), *value[1:]]
    return change(value)


def slightly(value):
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value * (1 + 40 * np.finfo(value.dtype).eps).astype(value.dtype)
    return value


def clearly(value):
    if isinstance(value, (np.ndarray, np.generic)):
        return ~value if value.dtype == bool else (value + 1).astype(value.dtype)
    return not value if isinstance(value, bool) else "other" if isinstance(value, str) else 12345


@pytest.mark.parametrize(
    "change",
    [
        slightly,
        clearly,
        lambda value: np.expand_dims(value, 0) if isinstance(value, np.ndarray) else value,
        lambda value: value.astype("float64") if isinstance(value, np.ndarray) else value,
        lambda value: None,
        lambda value: [value],
    ],
    ids=["slightly", "clearly", "axis", "dtype", "none", "nested"],
)
def test_it_says_what_the_judge_says(change):
    some = CASES[::4]  # every oracle is asked three times for each case
    with_value = [case for case in some if not rules(without_checks(case.expected()))]
    assert len(with_value) > 0.9 * len(some)
    for case in with_value:
        says_the_same(case, changed(answered(case, case.expected()), change))


def test_a_right_answer_has_no_problem():
    exact = [case for case in CASES if not rules(without_checks(case.expected()))]
    wrong = [case.id for case in exact if says_the_same(case, answered(case, case.expected()))]
    assert len(wrong) < 0.02 * len(exact)  # where a wanted float64 does not fit into a float32


@pytest.mark.parametrize(
    "stated",
    [
        {"ndim": 1},
        {"shape": [None, 4]},
        {"shape": [-3, 3]},
        {"shape": "(2, 3)"},
        {"dtype": "float64"},
        {"shape": None},
    ],
)
def test_what_was_stated_before_evaluation_counts(stated):
    case = next(case for case in CASES if case.id == "reduction/sum/axis-first/known")
    array = answered(case, case.expected())
    facts = {**said(array), **stated}
    judged = compare.compare(case, {"tree": 0, "leaves": [array], "facts": [facts]}).problems
    policy = (*compare.granted(case), case.result_dtype)
    assert bool(departures(case.expected(), Evaluated(array, facts), "result", policy)) == bool(judged)


def test_what_only_a_reader_can_judge_is_no_problem_and_named():
    want = {"mean": Rule("the mean is near 0"), "n": [3, Rule("even")]}
    assert departures(want, {"mean": 5.0, "n": [3, 7]}, "result", ("float32", 64.0, "auto")) == []
    assert rules(want) == ["the mean is near 0", "even"]
