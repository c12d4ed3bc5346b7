"""Comparisons: element by element, with broadcasting."""
import operator

import numpy as np

from conformance.spec.model import Area, bools, distinct, given, ints, normal

AREA = Area("comparison")
_KNOWN = ()

_TRUTHS = [("equal", operator.eq), ("not_equal", operator.ne), ("greater", operator.gt), ("greater_equal", operator.ge),
           ("less", operator.lt), ("less_equal", operator.le)]
_CHOICES = [("maximum", np.maximum), ("minimum", np.minimum)]

for _name, _function in _TRUTHS + _CHOICES:
    _call = "K.{}(a, b)".format(_name)

    def _want(a, b, _function=_function):
        return _function(a, b)

    # Few different values, so that all three relations occur.
    def _few(*shape):
        return ints(*shape, low=-1, high=2, dtype="float32")

    AREA.row(_name, "2d", _call, _want, a=_few(4, 5), b=_few(4, 5))
    AREA.row(_name, "3d-several-unknown", _call, _want, a=_few(2, 3, 4).unknown(0, 1), b=_few(2, 3, 4).unknown(0, 1))
    AREA.row(_name, "broadcast-row", _call, _want, a=_few(4, 5), b=_few(5).unknown(*_KNOWN))
    AREA.row(_name, "broadcast-column", _call, _want, a=_few(4, 1), b=_few(4, 6))
    AREA.row(_name, "broadcast-both", _call, _want, a=_few(3, 1, 4), b=_few(3, 5, 1))
    AREA.row(_name, "broadcast-0d", _call, _want, a=_few(3, 4), b=given(0.0))
    AREA.row(_name, "int32", _call, _want, a=given([[16777217, -3, 4], [5, 0, 7]], "int32"),
             b=given([[16777216, 3, 4], [5, -1, 8]], "int32"))
    AREA.row(_name, "float64-close", _call, _want, a=given([1.0, 1.0 + 1e-12, 1.0 - 1e-12, -2.0], "float64"),
             b=given([1.0, 1.0, 1.0, -2.0 - 1e-12], "float64"))
    AREA.row(_name, "same-tensor", "K.{}(a, a)".format(_name), lambda a, _function=_function: _function(a, a), a=normal(2, 3))

for _name, _function in _TRUTHS:
    AREA.row(_name, "dtype-bool", "K.{}(a, b)".format(_name), lambda a, b, _function=_function: _function(a, b), dtype="bool",
             a=given([[1.5, 2.0, -3.0]]), b=given([[1.5, 3.0, -4.0]]))
    AREA.row(_name, "counted", "K.sum(K.cast(K.{}(a, b), 'float32'), axis=0)".format(_name),
             lambda a, b, _function=_function: np.sum(_function(a, b).astype("float64"), axis=0),
             a=ints(4, 5, low=0, high=3, dtype="float32"), b=ints(4, 5, low=0, high=3, dtype="float32"))
    AREA.row(_name, "scalar-operand", "K.{}(a, 2)".format(_name), lambda a, _function=_function: _function(a, 2),
             a=given([[1.0, 2.0, 3.0], [2.0, -2.0, 0.0]]),
             unspecified="\"y: Tensor or variable.\" does not say whether a Python number will do.")
for _name, _function in _TRUTHS[:2]:
    AREA.row(_name, "bools", "K.{}(a, b)".format(_name), lambda a, b, _function=_function: _function(a, b),
             a=bools(3, 7), b=bools(3, 7))
for _name, _function in _CHOICES:
    AREA.row(_name, "float16", "K.{}(a, b)".format(_name), lambda a, b, _function=_function: _function(a, b),
             a=given([0.5, 3.0, -2.0], "float16"), b=given([0.25, 8.0, -1.0], "float16"))
    AREA.row(_name, "4d", "K.{}(a, b)".format(_name), lambda a, b, _function=_function: _function(a, b),
             a=distinct(2, 3, 4, 2), b=distinct(2, 3, 4, 2))
    AREA.row(_name, "infinite", "K.{}(a, b)".format(_name), lambda a, b, _function=_function: _function(a, b),
             a=given([[np.inf, -np.inf, 2.0]]), b=given([[1.0, 1.0, -np.inf]]))
