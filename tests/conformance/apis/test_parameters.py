"""Parameters of functions: shown as a `def` line, and held to those that an API states."""

import pytest

from conformance.apis.base import Contract
from conformance.apis.parameters import departure, show
from conformance.worker.inspect_module import signature

WANTED = signature(lambda x, axis=-1, keepdims=False: None)


@pytest.mark.parametrize("got", [
    lambda x, axis=-1, keepdims=False: None,
    lambda x, axis=-1, keepdims=False, more=None, *rest, **others: None,
    lambda x=None, axis=-1, keepdims=False: None,
])
def test_what_serves_every_call_departs_in_nothing(got):
    assert departure(WANTED, signature(got), "API") is None


@pytest.mark.parametrize(("got", "problem"), [
    (lambda x, axis=-1: None, "lacks the argument keepdims"),
    (lambda *args, **kwargs: None, "lacks the argument x"),
    (lambda x, dim=-1, keepdims=False: None, "has dim where API has axis"),
    (lambda x, keepdims=False, axis=-1: None, "has keepdims where API has axis"),
    (lambda x, axis, keepdims: None, "demands axis, which API gives the default -1"),
    (lambda x, axis=0, keepdims=False: None, "has axis=0 where API has axis=-1"),
    (lambda x, axis=-1, keepdims=0: None, "has keepdims=0 where API has keepdims=False"),
    (lambda x, axis=-1, keepdims=False, *, out: None, "demands out, which API does not have"),
])
def test_a_call_that_would_break_is_named(got, problem):
    assert departure(WANTED, signature(got), "API") == problem


@pytest.mark.parametrize(("wanted", "got", "same"), [
    ((1, 1), [1, 1], True), ((1, 1), (1, True), False), ((1, 1), (1,), False), (None, 0, False)])
def test_defaults_are_the_same_as_lists_and_never_across_bools(wanted, got, same):
    problem = departure([["s", "plain", True, wanted]], [["s", "plain", True, got]], "API")
    assert (problem is None) == same


def test_parameters_are_shown_as_they_are_defined():
    assert show(signature(lambda x, axis=-1, *rest, key="a",
                          **more: None)) == "(x, axis=-1, *rest, key='a', **more)"


def test_a_contract_describes_what_has_to_be_defined():
    contract = Contract((), ["f", "g", "h"], {"f": WANTED, "g": "g (it is theirs)"})
    assert [contract.describe(name) for name in "fgh"] == [
        "f(x, axis=-1, keepdims=False)", "g (it is theirs)", "h"]
