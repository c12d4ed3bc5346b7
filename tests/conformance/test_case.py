"""Cases and their inputs: the same arrays in every way and in every run, and an oracle in float64."""

import numpy as np
import pytest

from conformance.case import Arrays, Case, Check, Promise, distinct, given, normal, plain, uniform

PROMISE = Promise("it doubles", "double: summary", "1.0")


def case(inputs, want, variant="2d", **options):
    options.setdefault("profile", "core")
    arrays = Arrays("area/double/" + variant, inputs)
    return Case(PROMISE, "area", "double", variant, "known", source="2 * x", want=want, arrays=arrays,
                inputs=inputs,
                **options)


def test_inputs_depend_only_on_the_name_of_the_row():
    first, again, other = (case({"x": normal(3, 4)}, np.negative, name) for name in ("2d", "2d", "other"))
    assert np.array_equal(first.arrays()["x"], again.arrays()["x"])
    assert not np.array_equal(first.arrays()["x"], other.arrays()["x"])


def test_inputs_cannot_be_changed_by_the_case_before():
    with pytest.raises(ValueError, match="read-only"):
        case({"x": normal(3)}, np.negative).arrays()["x"][0] = 1


def test_an_oracle_computes_in_float64_with_the_arguments():
    made = case({"x": given([[1.0, 2.0]]), "n": given([3], "int32")}, lambda x, n,
                axis: (x.dtype, n.dtype, axis),
                arguments={"axis": 1})
    assert made.expected() == (np.dtype("float64"), np.dtype("int32"), 1)
    assert made.arrays()["x"].dtype == "float32"


@pytest.mark.parametrize(("dtype", "wanted"),
                         [("float16", "float16"), ("float64", "float64"), ("int32", "float32")])
def test_floats_keep_the_dtype_of_the_inputs(dtype, wanted):
    made = case({"x": given([1], dtype)}, None)
    assert made.wanted_dtype(1.5) == wanted
    assert made.wanted_dtype(2) is None  # the API does not say which integers


def test_a_stated_dtype_goes_before():
    assert case({"x": given([1])}, None, result_dtype="bool").wanted_dtype(1.5) == "bool"
    assert case({"x": given([1])}, None, result_dtype=None).wanted_dtype(1.5) is None


@pytest.mark.parametrize(("variant", "profile"), [("with space", "core"), ("2d\n", "core"), ("2d", "most")])
def test_an_id_or_profile_that_nobody_could_select_is_refused(variant, profile):
    with pytest.raises(ValueError, match=r"not a case id|no profile"):
        case({"x": normal(2)}, None, variant, profile=profile)


def test_draws_stay_where_oracles_are_smooth_and_comparable():
    random = normal(1000).array(0)
    assert np.abs(random).min() >= 0.1 - 1e-6
    assert len(np.unique(distinct(10, 10).array(0))) == 100
    assert uniform(1000, low=2, high=3).array(0).min() >= 2


def test_what_is_plain_or_unknown_is_another_input():
    known = normal(2, 3)
    assert plain(known).plain
    assert known.unknown(1).unknown_axes == (1,)
    assert (known.plain, known.unknown_axes) == (False, (0,))


@pytest.mark.parametrize(("found", "problems"),
                         [(None, []), ("bad", ["bad"]), (["a", "b"], ["a", "b"]), ([], [])])
def test_a_check_finds_no_problem_one_or_several(found, problems):
    assert Check("anything", lambda got: found).problems(1) == problems


def test_a_case_that_isolates_is_never_evaluated_with_others():
    assert case({"x": normal(2)}, None).joint
    assert not case({"x": normal(2)}, None, isolate=True).joint


def test_a_silent_promise_counts_for_nobody_and_says_why():
    made = case({"x": normal(2)}, None)
    assert made.unspecified is None
    made.promise = Promise("what zero gives", "double: summary", "1.0", silent=True)
    assert made.unspecified == "what zero gives (double: summary)"
