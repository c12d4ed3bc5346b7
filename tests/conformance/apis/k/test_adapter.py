"""K for the worker: what answers, how inputs go in, and what is put back."""

import os
import sys

import numpy as np
import pytest

from conformance.worker.evaluate import Bound
from tests.conformance.table import CASES, MINIATURES, TABLE


def test_what_answered_is_told_without_calling_it(load, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "asked.for")
    identity = load("no_variables").identity()
    assert identity["backend"] == "no_variables"  # what answers, never what was asked for
    assert identity["file"] == str(MINIATURES / "no_variables.py")
    assert identity["versions"]["numpy"] == np.__version__


def test_a_module_without_variables_has_an_identity_all_the_same(load, tmp_path, monkeypatch):
    (tmp_path / "bare.py").write_text("from small import placeholder, function\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "bare", raising=False)
    assert load("bare").identity()["file"] == str(tmp_path / "bare.py")


def test_the_signatures_are_those_of_functions(load):
    adapter = load("small")
    adapter.K.dot, adapter.K.number, adapter.K._own = (lambda x, y, axis=-1: x), 7, len
    signatures = adapter.signatures()
    assert signatures["dot"] == "(x, y, axis=-1)"
    assert "number" not in signatures
    assert "_own" not in signatures


def test_another_backend_than_the_one_asked_for_is_refused_though_k_cannot_tell_its_name(load, monkeypatch):
    identity = load("no_variables").identity()
    reason = TABLE.refusal(identity, {"KERAS_BACKEND": "asked.for"})
    assert reason.startswith("KERAS_BACKEND asks for asked.for, but no_variables answered")
    assert TABLE.refusal(identity, {"KERAS_BACKEND": "no_variables"}) is None


@pytest.mark.parametrize(("way", "static"), [("variable", (3, 4)), ("known", (3, 4)), ("unknown", (None, 4))])
def test_a_tensor_goes_in_as_the_way_says_and_comes_out_right(load, way, static):
    adapter = load("small")
    array = np.arange(12, dtype="float32").reshape(3, 4)
    inputs = {"x": {"kind": "tensor", "array": array, "dtype": "float32", "unknown": [0]},
              "n": {"kind": "plain", "array": np.array(7), "dtype": "int64", "unknown": [0]}}
    bound = adapter.bind({"way": way, "inputs": inputs, "source": "[K.square(x), n]"})
    answer = adapter.evaluate(bound)
    assert answer["facts"] == [{"ndim": 2, "shape": list(static), "dtype": "float32"}, None]
    assert np.array_equal(answer["leaves"][0], array ** 2)
    assert answer["leaves"][1] == 7


def test_several_are_evaluated_in_one_go_and_each_gets_its_own(load):
    adapter = load("small")
    requests = [TABLE.request(CASES[f"elementwise/{name}/2d/{way}"]) for name in ("square", "exp")
                for way in ("known", "unknown")]
    bounds = [adapter.bind(request) for request in requests]
    calls = []
    function = adapter.K.function
    adapter.K.function = lambda inputs, outputs: calls.append(len(outputs)) or function(inputs, outputs)
    together = adapter.evaluate_together(bounds)
    assert calls == [4]
    for bound, answer in zip(bounds, together, strict=True):
        assert np.array_equal(answer["leaves"][0], adapter.evaluate(bound)["leaves"][0])


def test_what_cannot_be_evaluated_in_one_go_is_left_to_be_evaluated_alone(load):
    adapter = load("one_graph")
    bound = adapter.bind({"way": "variable", "inputs": {}, "source": "K.without_kernel(K.variable([1.0]))"})
    assert adapter.evaluate_together([bound]) is None
    assert adapter.refresh()
    assert adapter.evaluate_together([bound])[0]["leaves"][0].tolist() == [1.0]


def test_what_returns_too_few_values_is_not_believed(load):
    adapter = load("small")
    bound = Bound([adapter.K.variable([1.0]), adapter.K.variable([2.0])], adapter.facts, ([], []))
    adapter.K.function = lambda inputs, outputs: lambda values: [np.ones(1)]
    assert adapter.evaluate_together([bound]) is None


def test_names_that_k_lacks_are_found_in_source_text(load):
    source = "K.square(K.dot(x, K.variable(1))) + MK.absent + K.sum (x)"
    assert load("small").missing(source) == ["dot", "sum"]


def test_a_question_that_raises_is_an_answer_about_that_question(load):
    adapter = load("small")
    adapter.K.int_shape = lambda x: 1 / 0
    facts = adapter.facts(adapter.K.variable([1.0]))
    assert facts == {"ndim": 1, "dtype": "float32",
                     "shape": {"raised": "ZeroDivisionError: division by zero", "by": "K.int_shape"}}


def test_settings_go_back_to_what_is_documented(load):
    adapter = load("two_phases")
    told = {}
    for name in ("set_floatx", "set_epsilon", "set_image_data_format"):
        setattr(adapter.K, name, lambda value, name=name: told.setdefault(name, value))
    adapter._settle()
    adapter.K.set_learning_phase(0)
    adapter.reset()
    assert told == {"set_floatx": "float32", "set_epsilon": 1e-7, "set_image_data_format": "channels_last"}
    assert adapter.K.learning_phase() == 1


def test_a_backend_without_a_graph_has_none_to_drop(load):
    assert load("small").refresh() is False
    assert load("one_graph").refresh() is True


def test_the_exception_behind_what_keras_says_is_found(load):
    adapter = load("small")
    try:
        try:
            raise ImportError("no engine")
        except ImportError:
            raise ValueError("Unable to import backend : mine")  # noqa: B904 - as Keras does
    except ValueError as error:
        assert str(adapter.cause(error)) == "no engine"
    alone = ValueError("Unable to import backend : mine")
    assert adapter.cause(alone) is alone
    other = ValueError("axis")
    assert adapter.cause(other) is other


def test_front_end_and_module_are_forgotten_and_engines_are_not(load, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "mine.own")
    for name in ("keras", "keras.backend", "keras_preprocessing", "mine.own", "mine", "kerastuner"):
        monkeypatch.setitem(sys.modules, name, os)
    load("small").forget()
    assert not {"keras", "keras.backend", "keras_preprocessing", "mine.own", "small"} & sys.modules.keys()
    assert {"mine", "kerastuner", "numpy"} <= sys.modules.keys()
