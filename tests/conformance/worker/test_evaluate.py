"""Source text evaluated, and results turned into what can be sent."""

import numpy as np
import pytest

from conformance import wire
from conformance.worker.evaluate import Bound, collect, execute, flatten, plain


@pytest.mark.parametrize(("source", "result"), [
    ("x + 1", 3), ("result = x * 5", 10), ("y = x\nresult = [y, y]", [2, 2]), ("y = 1", None),
    ("\n[x,\n x]", [2, 2])])
def test_an_expression_has_its_value_and_a_script_what_it_binds(source, result):
    assert execute(source, {"x": 2}) == result


def test_an_exception_has_no_other_cause():
    """`during handling of the above exception` would hide which one was the backend's."""
    with pytest.raises(ZeroDivisionError) as caught:
        execute("y = 1\nresult = 1 / 0", {})
    assert caught.value.__context__ is None


def test_nested_lists_are_leaves_and_their_nesting():
    leaves = []
    assert flatten([1, (2, [3]), []], leaves) == [0, [1, [2]], []]
    assert leaves == [1, 2, 3]


class Tensor:
    pass


def test_tensors_are_asked_for_facts_and_take_the_computed_values_in_their_order():
    bound = Bound([Tensor(), "text", (np.arange(2), Tensor())], lambda tensor: {"ndim": 0})
    assert len(bound.tensors) == 2
    answer = bound.answer([np.float32(1), np.float32(2)])
    assert answer["tree"] == [0, 1, [2, 3]]
    assert answer["facts"] == [{"ndim": 0}, None, None, {"ndim": 0}]
    assert [answer["leaves"][index] for index in (0, 1, 3)] == [1, "text", 2]


@pytest.mark.parametrize("values", [[], [1], [1, 2, 3]])
def test_too_few_or_too_many_values_are_an_error_of_who_computed_them(values):
    bound = Bound([Tensor(), Tensor()], lambda tensor: {})
    with pytest.raises(RuntimeError, match=f"^the function returned {len(values)} values for 2 outputs$"):
        bound.answer(values, "the function")


class Sparse:
    def todense(self):
        return np.array([[1, 0], [0, 2]])


@pytest.mark.parametrize(("value", "sent"), [
    (b"bytes", "bytes"), ({1: (2, b"x")}, {"1": (2, "x")}), (np.float16(1.5), np.float16(1.5)),
    (np.array([None]), {"object": "ndarray", "text": "array([None], dtype=object)"}),
    (Ellipsis, {"object": "ellipsis", "text": "Ellipsis"})])
def test_whatever_a_backend_returns_can_be_sent(value, sent):
    assert plain(value) == sent
    wire.dumps(plain(value))


def test_a_sparse_matrix_is_sent_dense():
    assert plain(Sparse()).tolist() == [[1, 0], [0, 2]]


def test_names_that_a_script_did_not_bind_are_left_out():
    assert collect({"a": 1, "b": b"2"}, ["a", "b", "c"]) == {"a": 1, "b": "2"}
