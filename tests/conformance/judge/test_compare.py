"""The comparison by itself: what a right answer may look like, and that each way of being wrong is named.

The answers are what a worker sends; the case is a product of two matrices, whose oracle is NumPy's.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from conformance.case import Check
from conformance.judge import compare
from conformance.judge.verdicts import judge_answer
from tests.conformance.table import CASES

CASE = CASES["arithmetic/dot/2d-2d/unknown"]
WANT = CASE.expected()
EPS = 2.0**-23
Change = Callable[[np.ndarray, dict[str, Any]], np.ndarray]


def outcome(change: Change) -> tuple[str, str | None]:
    """Verdict and message of the right answer after `change(array, facts)`."""
    facts = {"ndim": WANT.ndim, "shape": list(WANT.shape), "dtype": "float32"}
    got = change(WANT.astype("float32"), facts)
    judged = judge_answer(CASE, {"tree": 0, "leaves": [got], "facts": [facts]}, "K", "cpu")
    return judged.verdict, judged.message


def static(**stated: Any) -> Change:
    def change(got: np.ndarray, facts: dict[str, Any]) -> np.ndarray:
        facts.update(stated)
        return got

    return change


def of_shape(make: Callable[[np.ndarray], np.ndarray]) -> Change:
    """What the API says of the tensor follows it."""

    def change(got: np.ndarray, facts: dict[str, Any]) -> np.ndarray:
        made = make(got)
        facts.update(ndim=made.ndim, shape=list(made.shape), dtype=made.dtype.name)
        return made

    return change


def off(ulps: float) -> Change:
    def change(got: np.ndarray, facts: dict[str, Any]) -> np.ndarray:
        got[1, 2] += ulps * EPS * max(abs(got[1, 2]), abs(got).max() / 16)
        return got

    return change


def with_element(value: float) -> Change:
    def change(got: np.ndarray, facts: dict[str, Any]) -> np.ndarray:
        got[1, 2] = value
        return got

    return change


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(off(0), id="exact"),
        pytest.param(off(10), id="rounded in another order"),
        pytest.param(static(shape=[None, None]), id="dimensions not known before"),
        pytest.param(static(shape=None), id="the API knows no shape"),
    ],
)
def test_a_right_answer_passes(change):
    assert outcome(change) == ("pass", None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(off(100), "wrong value at (1, 2): ", id="value"),
        pytest.param(with_element(float("nan")), "wrong value at (1, 2): nan instead of ", id="not a number"),
        pytest.param(with_element(float("inf")), "wrong value at (1, 2): inf instead of ", id="infinite"),
        pytest.param(of_shape(lambda got: got.astype("float64")), "wrong dtype: float64 instead of float32",
                     id="dtype"),
        pytest.param(static(ndim=3), "wrong static ndim: 3, evaluated 2", id="ndim"),
        pytest.param(static(shape=[7, None]), "wrong static shape: [7, None], evaluated ",
                     id="static dimension"),
        pytest.param(static(shape=[None]), "wrong static shape: [None], evaluated ", id="static rank"),
        pytest.param(static(dtype="float16"), "wrong static dtype: float16, evaluated float32",
                     id="static dtype"),
        pytest.param(static(ndim={"raised": "TypeError: no", "by": "K.ndim"}), "K.ndim raised TypeError: no",
                     id="ndim raises"),
        pytest.param(of_shape(lambda got: got.T), "wrong shape: ", id="transposed"),
    ],
)
def test_each_way_of_being_wrong_is_named(change, says):
    verdict, message = outcome(change)
    assert verdict == "fail"
    assert message is not None
    assert message.startswith(says)
    assert ";" not in message


def test_an_axis_of_one_too_many_does_not_hide_wrong_numbers():
    verdict, message = outcome(of_shape(lambda got: got[:, None]))
    rows, columns = WANT.shape
    instead = f"instead of ({rows}, {columns})"
    assert (verdict, message) == ("fail", f"wrong shape: ({rows}, 1, {columns}) {instead}")
    verdict, message = outcome(of_shape(lambda got: 2 * got[None]))
    assert verdict == "fail"
    assert f"wrong shape: (1, {rows}, {columns}) {instead}; wrong value at (" in str(message)


def test_a_transpose_with_as_many_elements_is_a_shape_and_no_value():
    """Its numbers stand elsewhere: which of them are wrong cannot be said."""
    _, message = outcome(of_shape(lambda got: 2 * got.T))
    assert "wrong value" not in str(message)


def test_the_worst_error_is_measured_whether_it_passes_or_not():
    facts = {"ndim": 2, "shape": list(WANT.shape), "dtype": "float32"}
    right = judge_answer(CASE, {"tree": 0, "leaves": [off(10)(WANT.astype("float32"), {})], "facts": [facts]},
                         "K")
    assert 9 < right.ulp < 11


@pytest.mark.parametrize(("value", "shown"), [
    (np.float32(1.5), "1.5"), (np.arange(3), "int64 (3,) [0, 1, 2]"), ([np.int32(1), 2], "[1, 2]"),
    ([Check("rising", None), 2], "[rising, 2]"),
    ({"object": "Tensor", "text": "<t>"}, "Tensor: <t>"), ({"a": np.float64(2)}, "{a: 2.0}"),
    ("x" * 900, None)])
def test_a_value_as_a_person_reads_it(value, shown):
    assert len(compare.text(value)) <= 400
    assert shown is None or compare.text(value) == shown
