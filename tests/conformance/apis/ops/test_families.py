"""The cases that many functions share, and the oracles that NumPy does not have as they are."""

import numpy as np
import pytest

from conformance.apis.ops import families
from conformance.apis.ops.language import Ops
from conformance.apis.ops.oracle import rearranging, reduction
from conformance.apis.ops.promotion import same


def spec():
    ways = ("eager", "symbolic", "unknown", "traced")
    return Ops("ops.{}", ways, lambda asked, *rest: asked or ("eager",), "Keras of another time")


def test_a_reduction_is_asked_for_along_each_kind_of_axis():
    made = spec()
    with made.function("total", area="shape", dtype=same()) as f:
        families.reducing(f, reduction.total)
    asked = {case.variant: case.arguments for case in made.cases()}
    assert asked["axes"] == {"axis": (0, 2)}
    assert asked["axes-none"] == {"axis": ()}
    assert asked["keepdims-axes"] == {"axis": (0, -1), "keepdims": True}
    assert asked["all"] == {}


def test_no_row_of_holes_is_nothing_but_nan():
    for shape in ((2, 3, 4), (2, 1, 3, 2, 2), (2, 3), (3, 4), (2, 5), (5,)):
        array = families.holes(*shape).array(7)
        assert np.isnan(array).any()
        for axis, length in enumerate(shape):
            if length > 1:
                assert not np.isnan(array).all(axis=axis).any(), (shape, axis)


def test_a_numpy_array_promotes_as_a_tensor():
    made = spec()
    with made.function("total", area="shape", dtype=same()) as f:
        families.not_tensors(f, reduction.total)
    (array, _) = made.cases()
    assert array.dtypes() == ("float32",)


@pytest.mark.parametrize(
    ("pattern", "shape", "lengths", "want"),
    [
        ("a b -> b a", (2, 3), {}, (3, 2)),
        ("a b c -> (c a) b", (2, 3, 4), {}, (8, 3)),
        ("(a b) c -> a c b", (6, 5), {"b": 2}, (3, 5, 2)),
    ],
)
def test_a_pattern_of_names_is_read(pattern, shape, lengths, want):
    assert rearranging.rearrange(np.zeros(shape), pattern, **lengths).shape == want


def test_a_merged_axis_counts_its_last_name_first():
    array = np.arange(6).reshape(2, 3)
    assert rearranging.rearrange(array, "a b -> (b a)").tolist() == [0, 3, 1, 4, 2, 5]


def test_a_nan_is_ranked_below_all_numbers():
    x = np.array([[np.nan, -np.inf], [np.inf, np.nan]])
    assert reduction.nanargmax(x, axis=1).tolist() == [1, 0]
    assert reduction.nanargmin(x, axis=1).tolist() == [1, 0]


def test_weights_of_one_dimension_belong_to_the_axis():
    x = np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 7.0]])
    assert reduction.average(x, 0, np.array([1.0, 3.0])).tolist() == [2.5, 4.25, 6.25]
