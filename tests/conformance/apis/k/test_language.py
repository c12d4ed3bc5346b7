"""The ways in which K's cases go in: all three where it shows most, else one that the name alone decides."""

from collections import Counter

import numpy as np
import pytest

from conformance.apis.k.language import KNOWN, UNKNOWN, VARIABLE, choose_ways, weight
from conformance.case import normal, plain
from tests.conformance.table import CASES

ONE, SCALAR, VALUE = {"x": normal(2, 3)}, {"x": normal()}, {"x": plain([1])}


@pytest.mark.parametrize(("asked", "inputs", "profile", "first", "ways"), [
    (None, ONE, "full", True, (VARIABLE, KNOWN, UNKNOWN)),
    (None, ONE, "examples", False, (VARIABLE, KNOWN, UNKNOWN)),
    (None, {"x": normal(2, 3).unknown(1)}, "full", False, (UNKNOWN,)),
    (None, VALUE, "full", True, (VARIABLE,)),
    (None, SCALAR, "full", True, (VARIABLE, KNOWN)),
    (None, {"x": normal(2, 3).unknown()}, "full", True, (VARIABLE, KNOWN)),
    ((UNKNOWN,), SCALAR, "full", False, (KNOWN,)),
    ((KNOWN, UNKNOWN), ONE, "full", False, (KNOWN, UNKNOWN)),
])
def test_a_case_goes_in_the_ways_that_follow_from_what_it_is(asked, inputs, profile, first, ways):
    assert choose_ways(asked, "area", "f", "2d", inputs, profile, first) == ways


def test_the_name_alone_decides_and_most_go_in_where_a_backend_is_told_least():
    chosen = [choose_ways(None, "area", "f", f"case-{number}", ONE, "full", False) for number in range(500)]
    assert chosen == [choose_ways(None, "area", "f", f"case-{n}", ONE, "full", False) for n in range(500)]
    counted = Counter(chosen)
    assert counted.keys() == {(UNKNOWN,), (VARIABLE,), (KNOWN,)}
    assert counted[(UNKNOWN,)] > 250


def test_no_case_is_unknown_where_nothing_can_be():
    for case in CASES.values():
        if case.way == UNKNOWN:
            tensors = [item for item in case.inputs.values() if not item.plain]
            assert any(item.ndim and item.unknown_axes for item in tensors), case.id


@pytest.mark.parametrize(("dtype", "text"), [
    ("float32", "K.variable({})"), ("float64", "K.variable({}, dtype='float64')")])
def test_a_weight_is_an_array_that_the_call_makes_a_variable_of(dtype, text):
    made = weight(normal(3, dtype=dtype))
    assert made.plain
    assert made.text == text
    assert made.array(0).dtype == np.dtype(dtype)
