"""Arithmetic: element by element - powers, roots, rounding, clipping, extremes of two."""
import numpy as np

from conformance.spec.model import Area, distinct, given, ints, normal, plain, uniform

AREA = Area("arithmetic")


def _of(function):
    return lambda x: function(x)  # NumPy's functions do not take their argument by name


AREA.row("square", "2d", "K.square(x)", _of(np.square), x=normal(2, 3))
AREA.row("square", "4d", "K.square(x)", _of(np.square), x=normal(2, 3, 4, 2))
AREA.row("square", "0d", "K.square(x)", _of(np.square), x=given(-1.5))
AREA.row("square", "float64", "K.square(x)", _of(np.square), x=normal(2, 3, dtype="float64"))
AREA.row("square", "float16", "K.square(x)", _of(np.square), x=normal(2, 3, dtype="float16"))
AREA.row("square", "int32", "K.square(x)", _of(np.square), x=ints(2, 3, low=-9, high=9))

AREA.row("sqrt", "2d", "K.sqrt(x)", _of(np.sqrt), x=uniform(2, 3, high=9.0))
AREA.row("sqrt", "3d", "K.sqrt(x)", _of(np.sqrt), x=uniform(2, 3, 4, low=0.01, high=100.0))
AREA.row("sqrt", "zero", "K.sqrt(x)", _of(np.sqrt), x=given([0.0, 1.0, 4.0, 0.0, 2.25]))
AREA.row("sqrt", "negative-gives-zero", "K.sqrt(x)", lambda x: np.sqrt(np.maximum(x, 0)),
         x=given([-4.0, 9.0, -1e-3, 0.25, -1e9]))
AREA.row("sqrt", "large-and-small", "K.sqrt(x)", _of(np.sqrt), x=given([1e30]), ways=("variable",))
AREA.row("sqrt", "small", "K.sqrt(x)", _of(np.sqrt), x=given([1e-30, 4e-20]), ways=("variable",))
AREA.row("sqrt", "0d", "K.sqrt(x)", _of(np.sqrt), x=given(6.25))
AREA.row("sqrt", "float64", "K.sqrt(x)", _of(np.sqrt), x=uniform(2, 3, high=9.0, dtype="float64"))
AREA.row("sqrt", "float16", "K.sqrt(x)", _of(np.sqrt), x=uniform(2, 3, high=9.0, dtype="float16"))

AREA.row("abs", "2d", "K.abs(x)", _of(np.abs), x=normal(2, 3))
AREA.row("abs", "3d", "K.abs(x)", _of(np.abs), x=normal(2, 3, 4, scale=100.0))
AREA.row("abs", "zero", "K.abs(x)", _of(np.abs), x=given([0.0, -0.5, 2.0, -3.5]))
AREA.row("abs", "int32", "K.abs(x)", _of(np.abs), x=ints(2, 5, low=-9, high=9))
AREA.row("abs", "float64", "K.abs(x)", _of(np.abs), x=normal(2, 3, dtype="float64"))

AREA.row("sign", "2d", "K.sign(x)", _of(np.sign), x=normal(2, 3))
AREA.row("sign", "3d-small-and-large", "K.sign(x)", _of(np.sign),
         x=given([[[1e-6, -1e-6], [1e6, -1e6]], [[3.0, -0.5], [0.25, -7.0]]]))
AREA.row("sign", "zero-is-zero", "K.sign(x)", _of(np.sign), x=given([0.0, 2.0, -2.0, 0.0]))
AREA.row("sign", "float64", "K.sign(x)", _of(np.sign), x=normal(2, 3, dtype="float64"))

AREA.row("round", "2d", "K.round(x)", lambda x: np.round(x), x=uniform(3, 4, low=-5.0, high=5.0))
AREA.row("round", "negative", "K.round(x)", np.array([-1.0, -1.0, -3.0, 0.0, -2.0]), x=given([-0.75, -1.25, -2.6, -0.4, -1.9]))
AREA.row("round", "tie-half-to-even", "K.round(x)", np.array([0.0, 2.0, 2.0, 4.0, 4.0]), x=given([0.5, 1.5, 2.5, 3.5, 4.5]))
AREA.row("round", "tie-half-to-even-negative", "K.round(x)", np.array([0.0, -2.0, -2.0, -4.0]), x=given([-0.5, -1.5, -2.5, -3.5]))
AREA.row("round", "whole-numbers", "K.round(x)", lambda x: x, x=distinct(3, 4))
AREA.row("round", "float64", "K.round(x)", np.array([1e10 + 1, -3.0]), x=given([1e10 + 0.75, -2.51], "float64"))

AREA.row("exp", "2d", "K.exp(x)", _of(np.exp), x=normal(2, 3))
AREA.row("exp", "3d", "K.exp(x)", _of(np.exp), x=normal(2, 3, 4))
AREA.row("exp", "wide-range", "K.exp(x)", _of(np.exp), x=given([[-60.0, -10.0, -1e-6], [0.0, 1.0, 80.0]]).unknown(0, 1),
         ulps=(128, "the relative error of exp grows with its argument"))
AREA.row("exp", "negative-underflow", "K.exp(x)", np.array([0.0, 0.0]), x=given([-200.0, -1e4]))
AREA.row("exp", "0d", "K.exp(x)", _of(np.exp), x=given(1.5))
AREA.row("exp", "float64", "K.exp(x)", _of(np.exp), x=normal(2, 3, dtype="float64"))
AREA.row("exp", "float16", "K.exp(x)", _of(np.exp), x=normal(2, 3, dtype="float16"))

AREA.row("log", "2d", "K.log(x)", _of(np.log), x=uniform(2, 3, low=0.1, high=9.0))
AREA.row("log", "3d", "K.log(x)", _of(np.log), x=uniform(2, 3, 4, low=1e-3, high=1.0))
AREA.row("log", "wide-range", "K.log(x)", _of(np.log), x=given([[1e-30, 1e-7, 0.5], [1.0, 2.0, 1e30]]))
AREA.row("log", "0d", "K.log(x)", _of(np.log), x=given(1.5))
AREA.row("log", "float64", "K.log(x)", _of(np.log), x=uniform(2, 3, low=0.1, high=9.0, dtype="float64"))
AREA.row("log", "float16", "K.log(x)", _of(np.log), x=uniform(2, 3, low=0.1, high=0.8, dtype="float16"))
AREA.row("log", "undoes-exp", "K.log(K.exp(x))", lambda x: x, x=normal(2, 3))

# "a: Python integer."
AREA.row("pow", "2", "K.pow(x, 2)", lambda x: x ** 2, x=normal(2, 3))
AREA.row("pow", "3-keeps-sign", "K.pow(x, 3)", lambda x: x ** 3, x=normal(2, 3, 4))
AREA.row("pow", "1", "K.pow(x, 1)", lambda x: x, x=normal(2, 3))
AREA.row("pow", "0", "K.pow(x, 0)", lambda x: np.ones(x.shape), x=normal(2, 3))
AREA.row("pow", "minus-2", "K.pow(x, -2)", lambda x: x ** -2.0, x=normal(2, 3))
AREA.row("pow", "5-keyword", "K.pow(x, a=5)", lambda x: x ** 5, x=normal(2, 3))
AREA.row("pow", "0d", "K.pow(x, 4)", lambda x: x ** 4, x=given(-1.5))
AREA.row("pow", "float64", "K.pow(x, 3)", lambda x: x ** 3, x=normal(2, 3, dtype="float64"))
AREA.row("pow", "int32", "K.pow(x, 3)", lambda x: x ** 3, x=ints(2, 3, low=-9, high=9))
AREA.row("pow", "fraction", "K.pow(x, 0.5)", _of(np.sqrt), x=uniform(2, 3, low=0.1, high=9.0), unspecified="a: Python integer.")
AREA.row("pow", "tensor", "K.pow(x, y)", lambda x, y: np.power(x, y), x=uniform(2, 3, low=0.5, high=2.0), y=normal(2, 3),
         unspecified="a: Python integer.")

# "min_value: Python float, integer or tensor." Draws reach beyond both bounds, which are not symmetric.
_clip = np.clip
AREA.row("clip", "2d", "K.clip(x, -0.5, 1.25)", lambda x: _clip(x, -0.5, 1.25), x=normal(4, 5))
AREA.row("clip", "3d-keywords", "K.clip(x, min_value=0.2, max_value=0.7)", lambda x: _clip(x, 0.2, 0.7), x=normal(2, 3, 4))
AREA.row("clip", "integers", "K.clip(x, -1, 2)", lambda x: _clip(x, -1, 2), x=normal(4, 5, scale=3.0))
AREA.row("clip", "integer-and-float", "K.clip(x, 0, 0.75)", lambda x: _clip(x, 0, 0.75), x=normal(4, 5))
AREA.row("clip", "both-negative", "K.clip(x, -1.5, -0.5)", lambda x: _clip(x, -1.5, -0.5), x=normal(4, 5))
AREA.row("clip", "equal-bounds", "K.clip(x, 0.3, 0.3)", lambda x: _clip(x, 0.3, 0.3), x=normal(2, 3))
AREA.row("clip", "at-epsilon", "K.clip(x, K.epsilon(), 1. - K.epsilon())", lambda x: _clip(x, 1e-7, 1 - 1e-7),
         x=given([[0.0, 1.0, 0.5], [1e-9, 2.0, -1.0]]))
AREA.row("clip", "tensor-bounds", "K.clip(x, low, high)", lambda x, low, high: _clip(x, low, high),
         x=normal(4, 3), low=given([[-1.0, -0.2, 0.1]] * 4), high=given([[0.3, 0.6, 0.9]] * 4))
AREA.row("clip", "tensor-bounds-0d", "K.clip(x, K.variable(low), K.variable(high))", lambda x, low, high: _clip(x, low, high),
         x=normal(4, 3), low=plain(-0.4), high=plain(0.6))
AREA.row("clip", "tensor-low-float-high", "K.clip(x, K.variable(low), 0.6)", lambda x, low: _clip(x, low, 0.6),
         x=normal(4, 3), low=plain(-0.4))
AREA.row("clip", "infinite-high", "K.clip(x, 0.25, np.inf)", lambda x: np.maximum(x, 0.25), x=normal(4, 3))
AREA.row("clip", "0d", "K.clip(x, -1., 1.)", np.array(1.0), x=given(2.5))
AREA.row("clip", "float64", "K.clip(x, -0.1, 0.9)", lambda x: _clip(x, -0.1, 0.9), x=normal(4, 5, dtype="float64"))
AREA.row("clip", "float16", "K.clip(x, -0.5, 0.75)", lambda x: _clip(x, -0.5, 0.75), x=normal(4, 5, dtype="float16"))
AREA.row("clip", "int32", "K.clip(x, -2, 3)", lambda x: _clip(x, -2, 3), x=ints(4, 5, low=-9, high=9))
AREA.row("clip", "crossed-bounds", "K.clip(x, 0.5, -0.5)", lambda x: np.full(x.shape, 0.5), x=normal(2, 3),
         unspecified="max_value: Python float, integer or tensor. (Nothing is said of a max_value below min_value.)")

for _name, _function in (("maximum", np.maximum), ("minimum", np.minimum)):
    _source = "K.{}(x, y)".format(_name)

    def _want(x, y, function=_function):
        return function(x, y)

    AREA.row(_name, "2d", _source, _want, x=normal(4, 5), y=normal(4, 5))
    AREA.row(_name, "4d", _source, _want, x=normal(2, 3, 4, 2), y=normal(2, 3, 4, 2))
    AREA.row(_name, "0d", _source, _want, x=given(-1.5), y=given(0.5))
    AREA.row(_name, "equal-elements", _source, _want, x=given([1.0, 2.0, -3.0]), y=given([1.0, -2.0, -3.0]))
    AREA.row(_name, "broadcast-rank", "K.{}(x, K.variable(y))".format(_name), _want, x=normal(2, 3, 4), y=plain(normal(4)))
    AREA.row(_name, "broadcast-rank-reversed", "K.{}(K.variable(x), y)".format(_name), _want, x=plain(normal(3, 4)),
             y=normal(2, 3, 4))
    AREA.row(_name, "broadcast-rank-tensors", _source, _want, x=normal(2, 3, 4), y=normal(4).unknown())
    AREA.row(_name, "broadcast-ones", _source, _want, x=normal(3, 4), y=normal(3, 1))
    AREA.row(_name, "broadcast-0d", "K.{}(x, K.variable(0.25))".format(_name), lambda x, function=_function: function(x, 0.25),
             x=normal(3, 4))
    AREA.row(_name, "float64", _source, _want, x=normal(2, 3, dtype="float64"), y=normal(2, 3, dtype="float64"))
    AREA.row(_name, "float16", _source, _want, x=normal(2, 3, dtype="float16"), y=normal(2, 3, dtype="float16"))
    AREA.row(_name, "int32", _source, _want, x=ints(2, 5, low=-9, high=9), y=ints(2, 5, low=-9, high=9))
    AREA.row(_name, "two-unknown-dims", _source, _want, x=normal(2, 3, 4).unknown(0, 1), y=normal(2, 3, 4).unknown(0, 1),
             ways=("unknown",))
    AREA.row(_name, "scalar", "K.{}(x, 0.25)".format(_name), lambda x, function=_function: function(x, 0.25), x=normal(3, 4),
             unspecified="y: Tensor or variable.")
    AREA.row(_name, "array", _source, _want, x=normal(3, 4), y=plain(normal(3, 4)), unspecified="y: Tensor or variable.")

# The results of element-by-element functions have the shape of what went in, known before anything is evaluated.
for _name in ("square", "sqrt", "abs", "sign", "round", "exp", "log"):
    AREA.row(_name, "int-shape", "K.int_shape(K.{}(x))".format(_name), (2, 3, 4), x=uniform(2, 3, 4), ways=("known",))
AREA.row("clip", "int-shape", "K.int_shape(K.clip(x, 0., 1.))", (2, 3, 4), x=uniform(2, 3, 4), ways=("known",))
AREA.row("pow", "int-shape", "K.int_shape(K.pow(x, 2))", (2, 3, 4), x=uniform(2, 3, 4), ways=("known",))
AREA.row("maximum", "int-shape-of-broadcast", "K.int_shape(K.maximum(x, y))", (2, 3, 4), x=uniform(2, 3, 4), y=uniform(4),
         ways=("known",))

# None of them works in place.
AREA.script("square", "inputs-keep-their-values", """
    v = K.variable(a)
    results = [K.eval(f(v)) for f in (K.square, K.sqrt, K.abs, K.sign, K.round, K.exp)] + [K.eval(K.clip(v, 0.4, 0.6))]
    count = len(results)
    kept = K.get_value(v)
    untouched = a
""", lambda a: {"count": 7, "kept": a, "untouched": a}, names=("count", "kept", "untouched"), a=uniform(2, 3))
