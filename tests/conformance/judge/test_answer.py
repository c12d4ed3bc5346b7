"""An answer in short: the same for the same answer but for noise, and another one for any other answer."""

import numpy as np
import pytest

from conformance.case import Arrays, Case, Check, Promise, given
from conformance.judge.answer import shortened
from conformance.judge.verdicts import judge_answer
from harness.answers import same
from harness.records import Case as Record

VALUE = np.linspace(-3, 7, 60, dtype="float32").reshape(3, 4, 5)


def case(want=VALUE):
    inputs = {"x": given([1.0])}
    promise = Promise("it is itself", "identity: summary", "1.0")
    return Case(promise, "area", "identity", "1d", "known", "core", "f(x)", want,
                Arrays("area/identity/1d", inputs), inputs)


def answer(*leaves, facts=None):
    return {"tree": list(range(len(leaves))), "leaves": list(leaves), "facts": facts or [None] * len(leaves)}


def changed(place, by):
    other = VALUE.copy()
    other[place] += np.float32(by)
    return other


def of(*leaves, **rest):
    return shortened(case(), answer(*leaves, **rest))


def test_noise_is_not_another_answer():
    noise = np.random.RandomState(1).uniform(-8e-7, 8e-7, VALUE.shape).astype("float32")
    assert same(of(VALUE), of(VALUE * (1 + noise)))


@pytest.mark.parametrize("other", [
    (changed((0, 0, 0), 0.01),), (changed((2, 3, 4), -0.01),), (VALUE[::-1],), (-VALUE,),
    (VALUE.astype("float64"),), (VALUE.reshape(12, 5),), (VALUE, VALUE), (VALUE.tolist(),),
    (np.where(VALUE > 6, np.nan, VALUE),), (np.where(VALUE > 6, np.inf, VALUE),), ("a text",), (None,),
    (VALUE.astype("int32"),),
])
def test_any_other_answer_is_another_one(other):
    assert not same(of(VALUE), of(*other))


@pytest.mark.parametrize(("one", "other"), [
    ([1, 2], [1, 3]), ("a", "b"), (True, False), (True, 1), ((1, 2), [1, 2]), (None, 0),
    (np.array([1, 2]), np.array([2, 1])), (0.5, 0.75),
    ({"object": "A", "text": "x"}, {"object": "B", "text": "x"}),
])
def test_exact_values_are_told_apart(one, other):
    assert same(of(one), of(one))
    assert not same(of(one), of(other))


def test_an_address_in_the_text_of_an_object_does_not_count():
    one, other = ({"object": "Tensor", "text": f"<Tensor at {address}>"} for address in ("0x1", "0x2"))
    assert same(of(one), of(other))


def test_static_facts_count_and_their_messages_do_not():
    raised = {"by": "K.ndim", "raised": "ValueError: at 0x1"}
    assert not same(of(VALUE, facts=[{"ndim": 3}]), of(VALUE, facts=[{"ndim": 2}]))
    assert same(of(VALUE, facts=[{"ndim": raised}]), of(VALUE, facts=[{"ndim": dict(raised, raised="0x2")}]))


def test_what_a_script_found_is_told_by_name():
    one = shortened(case(), {"values": {"a": VALUE, "b": 1}})
    assert same(one, shortened(case(), {"values": {"b": 1, "a": VALUE}}))
    assert not same(one, shortened(case(), {"values": {"b": VALUE, "a": 1}}))


def test_numbers_past_all_bounds_have_an_answer_too():
    assert of(np.array([1e308, 1e308])).endswith(" 0 0")


def test_draws_of_random_numbers_have_no_answer():
    rule = Check("uniform", lambda got: "too many zeros")
    for want in (rule, [VALUE, rule], {"draws": rule}):
        assert shortened(case(want), answer(VALUE)) is None


def test_only_a_wrong_answer_has_one_and_a_journal_takes_it():
    import msgspec

    assert judge_answer(case(), {"tree": 0, "leaves": [VALUE], "facts": [None]},
                        "API").answer is None
    wrong = judge_answer(case(), {"tree": 0, "leaves": [-VALUE], "facts": [None]}, "API")
    record = {"kind": "case", "id": "a/b/c", "area": "a", "function": "b", "verdict": "fail",
              "answer": wrong.answer}
    assert msgspec.convert(record, Record).answer == wrong.answer
