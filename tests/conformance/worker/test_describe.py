"""What is said of an exception, and of an answer to a question about a tensor."""

import numpy as np
import pytest

from conformance import wire
from conformance.worker.describe import ask, describe_exception


class Odd:
    def __str__(self):
        return "odd"


@pytest.mark.parametrize(("answer", "told"), [
    ((2, None, np.int64(3)), [2, None, 3]), ([Odd(), 1], ["odd", 1]), (np.int32(4), 4),
    ("float32", "float32"),
    (None, None), (Odd(), "odd")])
def test_an_answer_is_told_as_a_plain_value(answer, told):
    found = ask(lambda tensor: answer, "API.shape", None)
    assert found == told
    wire.dumps(found)


def test_a_question_that_raises_names_itself():
    def shape(tensor):
        raise TypeError("no " + "x" * 900)
    found = ask(shape, "API.shape", None)
    assert found["by"] == "API.shape"
    assert found["raised"].startswith("TypeError: no x")
    assert len(found["raised"]) == 500


class Unported(NotImplementedError):
    pass


def test_an_exception_has_its_bases_and_the_lines_that_raised_it():
    try:
        raise Unported("later")
    except Unported as error:
        told = describe_exception(error)
    assert (told["type"], told["message"]) == ("Unported", "later")
    assert told["bases"][:3] == ["Unported", "NotImplementedError", "RuntimeError"]
    assert 'raise Unported("later")' in told["traceback"]
    assert told["root"].startswith("Unported: later (")
    wire.dumps(told)


def test_a_long_message_is_cut():
    assert len(describe_exception(ValueError("x" * 10**6))["message"]) == 4000
