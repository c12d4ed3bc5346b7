"""Elementwise questions, logic and bits."""

import numpy as np

from keras_example.src.dtypes import comparison, promoted, question, wide
from keras_example.src.ops.core import cast, convert_to_tensor

isfinite, isinf, isnan = question(np.isfinite), question(np.isinf), question(np.isnan)
isneginf = question(lambda x: np.isinf(x) & (x < 0), "isneginf")
isposinf = question(lambda x: np.isinf(x) & (x > 0), "isposinf")
isreal, signbit = question(np.isreal), question(np.signbit)

equal, not_equal = comparison(np.equal), comparison(np.not_equal)
greater, greater_equal = comparison(np.greater), comparison(np.greater_equal)
less, less_equal = comparison(np.less), comparison(np.less_equal)


def logical_and(x1, x2):
    """Whether both are true."""
    return np.logical_and(cast(x1, "bool"), cast(x2, "bool"))


def logical_or(x1, x2):
    """Whether one is true."""
    return np.logical_or(cast(x1, "bool"), cast(x2, "bool"))


def logical_xor(x1, x2):
    """Whether exactly one is true."""
    return np.logical_xor(cast(x1, "bool"), cast(x2, "bool"))


def logical_not(x):
    """Whether it is false."""
    return np.logical_not(cast(x, "bool"))


def isclose(x1, x2, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Whether two numbers differ by no more than the tolerance."""
    dtype = promoted(x1, x2)
    x1, x2 = wide(convert_to_tensor(x1, dtype)), wide(convert_to_tensor(x2, dtype))
    return np.isclose(x1, x2, rtol, atol, equal_nan)


def allclose(x1, x2, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Whether all are."""
    return np.asarray(isclose(x1, x2, rtol, atol, equal_nan).all())


def _bits(function):
    def operation(x, y):
        dtype = promoted(x, y)
        return np.asarray(function(convert_to_tensor(x, dtype), convert_to_tensor(y, dtype)))

    return operation


bitwise_and, bitwise_or, bitwise_xor = _bits(np.bitwise_and), _bits(np.bitwise_or), _bits(np.bitwise_xor)
left_shift = bitwise_left_shift = _bits(np.left_shift)
right_shift = bitwise_right_shift = _bits(np.right_shift)


def bitwise_invert(x):
    """Every bit turned over."""
    return np.invert(convert_to_tensor(x))


bitwise_not = bitwise_invert
