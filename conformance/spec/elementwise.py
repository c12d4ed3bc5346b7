"""Functions of one element at a time: sine and cosine, and the edges of the others, where they are easily got wrong."""
import numpy as np

from conformance.spec.model import Area, given, ints, normal, uniform

AREA = Area("elementwise")

for _name, _function in (("sin", np.sin), ("cos", np.cos)):
    _call = "K.{}(a)".format(_name)

    def _want(a, _function=_function):
        return _function(a)

    AREA.row(_name, "1d", _call, _want, a=given([0.0, np.pi / 6, -np.pi / 4, np.pi / 2, 2.5, -3.0]))
    AREA.row(_name, "3d-several-unknown", _call, _want, a=normal(2, 3, 4).unknown(0, 1, 2))
    AREA.row(_name, "0d", _call, _want, a=given(0.7))
    AREA.row(_name, "beyond-a-turn", _call, _want, a=uniform(3, 4, low=-60, high=60))
    AREA.row(_name, "float64", _call, _want, a=normal(3, 2, dtype="float64"))
    AREA.row(_name, "float16", _call, _want, a=given([[0.5, -0.25, 1.5]], "float16"))
AREA.row("sin", "odd", "K.sin(a) + K.sin(-a)", lambda a: a * 0, a=normal(3, 4))
AREA.row("cos", "sum-of-squares", "K.square(K.sin(a)) + K.square(K.cos(a))", lambda a: a * 0 + 1, a=normal(3, 4))

# sqrt: its NumPy implementation in K's documentation replaces what is not a number by 0.
AREA.row("sqrt", "negative-is-zero", "K.sqrt(a)", lambda a: np.sqrt(np.maximum(a, 0)),
         a=given([[-1.0, 4.0, -1e-12], [0.0, 9.0, -400.0]]))
AREA.row("sqrt", "large-and-small", "K.sqrt(a)", lambda a: np.sqrt(a), a=given([1e30, 1e-30, 4e-8, 1e10]))
AREA.row("sqrt", "small-alone", "K.sqrt(a)", lambda a: np.sqrt(a), a=given([4e-14, 1e-16, 9e-20]))
AREA.row("sqrt", "float64", "K.sqrt(a)", lambda a: np.sqrt(np.maximum(a, 0)), a=given([2.0, 3.0, -5.0], "float64"))
AREA.row("sqrt", "infinite", "K.sqrt(a)", lambda a: a, a=given([np.inf, 1.0]))
AREA.row("sqrt", "0d-negative", "K.sqrt(a)", 0.0, a=given(-4.0))

AREA.row("log", "far-from-one", "K.log(a)", lambda a: np.log(a), a=given([1e30, 1e-30, 1e-9, 1.0]))
AREA.row("log", "near-one", "K.log(a)", lambda a: np.log(a), a=given([1.0 + 2.0 ** -10, 1.0 - 2.0 ** -10]))
AREA.row("log", "float64", "K.log(a)", lambda a: np.log(a), a=given([2.0, 10.0, 1e-5], "float64"))
AREA.row("log", "float64-tiny", "K.log(a)", lambda a: np.log(a), a=given([1e-200, 1e-5], "float64"))
AREA.row("log", "of-zero", "K.log(a)", lambda a: np.array([-np.inf, 0.0]), a=given([0.0, 1.0]),
         unspecified="\"Element-wise log.\" does not say what the logarithm of 0 is.")
AREA.row("log", "of-negative", "K.log(a)", lambda a: np.array([np.nan, 0.0]), a=given([-1.0, 1.0]),
         unspecified="\"Element-wise log.\" does not say what the logarithm of a negative number is.")
AREA.row("exp", "far-from-zero", "K.log(K.exp(a))", lambda a: a, a=given([-80.0, 80.0, 40.0, -40.0, 0.5]))
AREA.row("exp", "negative-large", "K.exp(a)", lambda a: np.exp(a), a=given([-30.0, -31.0, -60.0]))
AREA.row("exp", "float64", "K.exp(a)", lambda a: np.exp(a), a=given([100.0, 99.0, 101.0], "float64"))
AREA.row("exp", "underflow", "K.exp(a)", lambda a: np.array([0.0, 1.0]), a=given([-300.0, 0.0]))

AREA.row("round", "half-to-even", "K.round(a)", lambda a: np.array([0.0, 2.0, 2.0, 4.0, 4.0, -0.0, -2.0, -2.0, -4.0]),
         a=given([0.5, 1.5, 2.5, 3.5, 4.5, -0.5, -1.5, -2.5, -3.5]))
AREA.row("round", "closest", "K.round(a)", lambda a: np.array([[2.0, 3.0, -2.0], [-3.0, 0.0, 7.0]]),
         a=given([[2.4, 2.6, -2.4], [-2.6, 0.49, 6.51]]))
AREA.row("round", "0d", "K.round(a)", lambda a: np.float64(-4.0), a=given(-3.5))
AREA.row("round", "float64", "K.round(a)", lambda a: np.array([2.0, 3.0, 2.0]),
         a=given([2.5 - 1e-12, 2.5 + 1e-12, 2.5], "float64"))
AREA.row("round", "large", "K.round(a)", lambda a: a, a=given([8388609.0, 16777218.0, -12345678.0]))

AREA.row("sign", "nonzero", "K.sign(a)", lambda a: np.array([[1.0, -1.0], [1.0, -1.0]]), a=given([[2.5, -0.1], [1e-30, -1e30]]))
AREA.row("sign", "zero", "K.sign(a)", lambda a: np.array([0.0, 1.0, -1.0]), a=given([0.0, 3.0, -4.0]))
AREA.row("sign", "int32", "K.sign(a)", lambda a: np.array([-1, 0, 1]), a=given([-7, 0, 9], "int32"))

AREA.row("abs", "mixed-signs", "K.abs(a)", lambda a: np.abs(a), a=given([[-1e-30, 0.0, 2.5], [-3e30, 1.0, -0.5]]))
AREA.row("abs", "int32", "K.abs(a)", lambda a: np.abs(a), a=given([-16777217, 5, 0], "int32"))
AREA.row("abs", "infinite", "K.abs(a)", lambda a: np.abs(a), a=given([-np.inf, -1.0]))
AREA.row("square", "negative", "K.square(a)", lambda a: a * a, a=given([-3.0, 0.0, 1e-10, -1e15]))
AREA.row("square", "int32", "K.square(a)", lambda a: a * a, a=given([-46340, 4097, 3], "int32"))

for _exponent in (0, 1, 3, -2):
    AREA.row("pow", "exponent-{}".format(_exponent).replace("--", "-minus-"), "K.pow(a, {})".format(_exponent),
             lambda a, _exponent=_exponent: a ** float(_exponent), a=given([[-2.0, 0.5, 3.0], [1.0, -1.5, 10.0]]))
AREA.row("pow", "zero-to-the-zero", "K.pow(a, 0)", lambda a: np.array([1.0, 1.0]), a=given([0.0, -2.0]))
AREA.row("pow", "int32", "K.pow(a, 2)", lambda a: a ** 2, a=ints(3, 4, low=-9, high=10))

AREA.row("clip", "at-the-bounds", "K.clip(a, -1.5, 2)", lambda a: np.minimum(np.maximum(a, -1.5), 2),
         a=given([-1.5, 2.0, -1.6, 2.1, 0.3, -99.0, 99.0]))
AREA.row("clip", "infinite", "K.clip(a, -1.5, 2.5)", lambda a: np.array([2.5, -1.5, 0.5]), a=given([np.inf, -np.inf, 0.5]))
AREA.row("clip", "equal-bounds", "K.clip(a, 0.5, 0.5)", lambda a: a * 0 + 0.5, a=normal(2, 3))
AREA.row("clip", "both-negative", "K.clip(a, -3, -1)", lambda a: np.minimum(np.maximum(a, -3), -1),
         a=given([-4.0, -2.0, 0.0, 5.0]))
AREA.row("clip", "min-above-max", "K.clip(a, 2.0, -1.0)", lambda a: a * 0 + 2.0, a=given([-4.0, 0.5, 5.0]),
         unspecified="\"min_value, max_value: Python float, integer or tensor\" and no word on the larger first.")
# The implementation that K's documentation prints with it is `np.clip(x, min_value, max_value)`, for which None is no bound.
AREA.row("clip", "no-minimum", "K.clip(a, None, 1.5)", lambda a: np.minimum(a, 1.5), a=given([-4.0, 0.5, 5.0]))
AREA.row("clip", "no-maximum", "K.clip(a, -1.5, None)", lambda a: np.maximum(a, -1.5), a=given([-4.0, 0.5, 5.0]))
AREA.row("clip", "float64", "K.clip(a, 0, 1)", lambda a: np.minimum(np.maximum(a, 0), 1),
         a=given([-1e-12, 1.0 - 1e-12, 1.5], "float64"))
AREA.row("clip", "tensor-bounds-3d", "K.clip(a, low, high)", lambda a, low, high: np.minimum(np.maximum(a, low), high),
         a=normal(2, 3, 4, scale=2.0), low=uniform(2, 3, 4, low=-2, high=-0.5), high=uniform(2, 3, 4, low=0.5, high=2))
