"""The aspects: what about an answer departed, each named once, however often it did."""

import numpy as np
import pytest

from conformance.case import Arrays, Case, Check, Promise, Refusal, given
from conformance.judge import compare
from conformance.judge.verdicts import judge_answer

WANT = np.array([[1.0, 2.0], [3.0, 4.0]])
GONE = {"type": "ValueError", "bases": ["ValueError", "Exception"], "message": "gone", "traceback": "...",
        "root": "gone"}


def case(want=None, **options):
    inputs = {"x": given(WANT)}
    return Case(Promise("it doubles", "double: summary", "1.0"), "area", "double", "2d", "known", "core",
                "f(x)",
                WANT * 2 if want is None else want, Arrays("area/double/2d", inputs), inputs, **options)


def answer(*arrays, **facts):
    said = [{"ndim": array.ndim, "shape": list(array.shape), "dtype": array.dtype.name, **facts}
            for array in arrays]
    tree = 0 if len(arrays) == 1 else list(range(len(arrays)))
    return {"tree": tree, "leaves": list(arrays), "facts": said}


RIGHT = (WANT * 2).astype("float32")


@pytest.mark.parametrize(("got", "facts", "aspects"), [
    (RIGHT, {}, ()),
    (RIGHT * 3, {}, (compare.VALUE,)),
    (RIGHT[:, None], {}, (compare.SHAPE,)),
    (RIGHT.astype("float64"), {}, (compare.DTYPE,)),
    (RIGHT, {"shape": [2, 3]}, (compare.STATIC,)),
    (RIGHT, {"shape": {"raised": "TypeError: no", "by": "shape_of"}}, (compare.STATIC,)),
    (RIGHT * 3, {"shape": [2, 3]}, (compare.STATIC, compare.VALUE)),
    (RIGHT * 3, {"shape": [2, 3], "ndim": 5, "dtype": "int8"}, (compare.STATIC, compare.VALUE)),
    ((RIGHT * 3)[None].astype("float64"), {}, (compare.DTYPE, compare.SHAPE, compare.VALUE)),
])
def test_an_answer_has_the_aspects_in_which_it_departs(got, facts, aspects):
    assert judge_answer(case(), answer(got, **facts), "API").aspects == aspects


def test_an_aspect_of_two_outputs_is_named_once_and_described_twice():
    outcome = judge_answer(case([WANT, WANT]), answer(RIGHT * 3, RIGHT * 5), "API")
    assert outcome.aspects == (compare.VALUE,)
    assert outcome.message.count("wrong value") == 2


def test_a_device_is_named_once_beside_the_rest():
    computed = {"devices": {"cpu": ["Add", "Mul"], "gpu": ["Exp"]}}
    assert judge_answer(case(), {**answer(RIGHT), **computed}, "API", "gpu").aspects == (compare.DEVICE,)
    wrong = judge_answer(case(), {**answer(RIGHT * 99), **computed}, "API", "gpu")
    assert wrong.aspects == (compare.VALUE, compare.DEVICE)


@pytest.mark.parametrize(("want", "got"), [
    (None, {"raised": GONE}),
    (Refusal("TypeError"), {"raised": GONE}),
    (Refusal("ValueError", "axis"), {"raised": GONE}),
    (Refusal("ValueError"), answer(RIGHT)),
])
def test_an_exception_too_many_another_or_none(want, got):
    assert judge_answer(case(want), got, "API").aspects == (compare.EXCEPTION,)


@pytest.mark.parametrize("values", [
    {"first": RIGHT * 3, "second": 8}, {"first": RIGHT, "second": "7"}, {"first": RIGHT * 3}, {}])
def test_what_a_script_finds_after_its_steps_is_an_effect(values):
    outcome = judge_answer(case({"first": WANT * 2, "second": 7}), {"values": values}, "API")
    assert outcome.aspects == (compare.EFFECT,)


def test_a_check_that_finds_several_problems_has_one_aspect():
    check = Check("sound", lambda got: ["too large", "not sorted"])
    outcome = judge_answer(case(check), answer(RIGHT), "API")
    assert (outcome.aspects, outcome.message) == ((compare.VALUE,), "too large; not sorted")
