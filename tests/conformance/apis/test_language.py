"""The language of a spec: what a case is made of, and what nobody can state by mistake."""

import numpy as np
import pytest

from conformance.apis.language import Spec
from conformance.case import Check, Refusal, given, normal, plain


def choose_ways(asked, area, function, variant, inputs, profile, first):
    return ("eager", "traced") if asked is None else asked


@pytest.fixture
def spec():
    return Spec("api.{}", ("eager", "traced"), choose_ways, release="API 1.0")


@pytest.fixture
def f(spec):
    function = spec.function("sum", area="reduction")
    function.promise("an axis is reduced", at="sum: axis")
    return function


def test_a_call_is_made_of_inputs_and_arguments(f):
    f.case("axis", x=normal(2, 3), axis=[0, -1], keepdims=True, oracle=np.sum)
    case = f.cases[0]
    assert case.source == "api.sum(x, axis=[0, -1], keepdims=True)"
    assert case.arguments == {"axis": [0, -1], "keepdims": True}
    assert case.id == "reduction/sum/axis/eager"


def test_an_oracle_gets_what_the_call_gets(f):
    f.case("axis", x=given([[1.0, 2.0], [3.0, 4.0]]), axis=1, oracle=lambda x, axis: x.sum(axis))
    assert f.cases[0].expected().tolist() == [3.0, 7.0]


def test_a_case_belongs_to_the_promise_above_it(f):
    f.case("one", x=normal(2), oracle=np.sum)
    f.promise("keepdims keeps them", at="sum: keepdims", release="API 2.0")
    f.case("two", x=normal(2), oracle=np.sum)
    f.silent("an empty list of axes", at="sum: axis")
    f.case("three", x=normal(2), oracle=np.sum)
    assert [case.promise for case in f.cases[::2]] == f.promises
    assert [promise.release for promise in f.promises] == ["API 1.0", "API 2.0", "API 1.0"]
    assert [case.unspecified for case in f.cases[::2]] == [None, None, "an empty list of axes (sum: axis)"]


def test_all_ways_of_a_row_see_the_same_arrays(f):
    f.case("2d", x=normal(2, 3), oracle=np.sum)
    eager, traced = f.cases
    assert (eager.way, traced.way) == ("eager", "traced")
    assert eager.arrays()["x"] is traced.arrays()["x"]


def test_source_text_stands_for_the_call(f):
    f.case("text", "api.sum(x) + 1", x=normal(2), oracle=lambda x: x.sum() + 1)
    assert f.cases[0].source == "api.sum(x) + 1"


def test_an_input_says_how_it_stands_in_the_call(f):
    f.case("made", x=normal(2).but(text="api.weight({})"), y=plain([1]), oracle=lambda x, y: x)
    assert f.cases[0].source == "api.sum(api.weight(x), y)"


def test_a_refusal_goes_in_one_way_and_never_with_others(f):
    f.refuses("bad-axis", "api.sum(x, axis=7)", "ValueError", "axis", x=normal(2))
    (case,) = f.cases
    assert isinstance(case.want, Refusal)
    assert (case.way, case.joint, str(case.want)) == ("eager", False, "ValueError naming axis")


def test_a_script_lists_its_names_and_has_no_way_in_its_id(f):
    f.script("steps", """
        got = 1
        if got:
            other = 2
    """, want={"got": 1, "other": 2})
    (case,) = f.cases
    assert case.source == "got = 1\nif got:\n    other = 2"
    assert (case.id, case.way, case.forked) == ("reduction/sum/steps", "script", False)
    assert case.extra["names"] == ("got", "other")


def test_an_isolated_script_has_surroundings_and_a_process_of_its_own(f):
    f.isolated("file", "got = 1", want={"got": 1}, env={"A": "{root}"}, files={"x": "y"})
    (case,) = f.cases
    assert case.forked
    assert case.extra == {"names": ("got",), "env": {"A": "{root}"}, "files": {"x": "y"}}


def test_a_profile_is_the_functions_unless_the_case_states_one(spec):
    f = spec.function("mean", area="reduction", profile="core")
    f.promise("the mean", at="mean: returns")
    f.case("a", x=normal(2), oracle=np.mean)
    f.case("b", x=normal(2), oracle=np.mean, profile="full")
    assert [case.profile for case in f.cases] == ["core"] * 2 + ["full"] * 2


@pytest.mark.parametrize(("arguments", "says"), [
    ({"x": normal(2)}, "either `want` or `oracle`"),
    ({"x": normal(2), "want": 1, "oracle": np.sum}, "either `want` or `oracle`"),
    ({"x": normal(2), "oracle": 3}, "an oracle is a function"),
    ({"source": "api.sum(x)", "x": normal(2), "axis": 1, "oracle": np.sum}, "beside source text"),
])
def test_what_cannot_be_meant_is_refused(f, arguments, says):
    with pytest.raises(TypeError, match=says):
        f.case("wrong", **arguments)


def test_an_option_of_a_script_that_nobody_knows_is_refused(f):
    with pytest.raises(TypeError, match="unknown options: \\['wants'\\]"):
        f.script("wrong", "got = 1", want={"got": 1}, wants=2)


def test_a_case_under_no_promise_is_refused(spec):
    with pytest.raises(ValueError, match="mean/a stands under no promise"):
        spec.function("mean", area="reduction").case("a", x=normal(2), oracle=np.mean)


@pytest.mark.parametrize("at", ["mean", "mean:", ": axis", "mean: axis\n", "mean:axis"])
def test_a_place_that_is_none_is_refused(f, at):
    with pytest.raises(ValueError, match="is not `function: part`"):
        f.promise("it is the mean", at=at)


def test_two_cases_of_one_id_or_two_places_of_one_function_are_refused(spec, f):
    for _ in range(2):
        f.case("same", x=normal(2), want=Check("anything", lambda got: None))
    with pytest.raises(ValueError, match="two cases are called reduction/sum/same/eager"):
        list(spec.cases())
    with pytest.raises(ValueError, match="the function sum stands in two places"):
        spec.function("sum", area="other")


def test_a_function_without_a_case_is_refused(spec):
    with pytest.raises(ValueError, match="mean has no case"), spec.function("mean", area="reduction"):
        pass
