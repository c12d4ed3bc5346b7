"""Functions that work element by element, with broadcasting."""

import numpy as np

from .broadcasting import binary, floating, ones_of, pair, unary, where
from .creation import cast
from .tensor import is_tensor


def add(x, y):
    """x + y."""
    return binary(np.add, x, y, lambda x, y, out: (1.0, 1.0))


def subtract(x, y):
    """x - y."""
    return binary(np.subtract, x, y, lambda x, y, out: (1.0, -1.0))


def multiply(x, y):
    """x * y."""
    return binary(np.multiply, x, y, lambda x, y, out: (y, x))


def divide(x, y):
    """x / y; integers are divided as floats."""
    x, y = [floating(item) for item in pair(x, y)]
    return binary(np.divide, x, y, lambda x, y, out: (1.0 / y, -out / y))


def power(x, y):
    """x ** y."""
    # The slope in the exponent is 0 where x is: the logarithm there is infinite.
    return binary(
        np.power,
        x,
        y,
        lambda x, y, out: (y * power(x, y - 1), out * log(where(greater(x, 0), x, ones_of(x)))),
    )


def _compare(compute, meaning):
    def function(x, y):
        return binary(compute, x, y, dtype="bool")

    function.__doc__ = "Where {}, a bool tensor.".format(meaning)
    return function


equal, not_equal = _compare(np.equal, "x == y"), _compare(np.not_equal, "x != y")
greater, greater_equal = _compare(np.greater, "x > y"), _compare(np.greater_equal, "x >= y")
less, less_equal = _compare(np.less, "x < y"), _compare(np.less_equal, "x <= y")


def _extreme(compute):
    def function(x, y):
        return binary(compute, x, y, lambda x, y, out: [cast(equal(item, out), out.dtype) for item in (x, y)])

    return function


maximum, minimum = _extreme(np.maximum), _extreme(np.minimum)


def negative(x):
    """-x."""
    return unary(np.negative, x, lambda x, out: -1.0)


def abs(x):  # K calls it so
    """The absolute value."""
    return unary(np.abs, x, lambda x, out: sign(x))


def sign(x):
    """-1, 0 or 1."""
    return unary(np.sign, x)


def round(x):  # K calls it so
    """The closest integer, the even one of two."""
    return unary(np.round, x)


def square(x):
    """x * x."""
    return unary(np.square, x, lambda x, out: 2.0 * x)


def sqrt(x):
    """The square root; 0 of a negative number."""
    return unary(lambda value: np.sqrt(np.maximum(value, 0)), floating(x), lambda x, out: 0.5 / out)


def exp(x):
    """e to the power of x."""
    return unary(np.exp, floating(x), lambda x, out: out)


def log(x):
    """The natural logarithm."""
    return unary(np.log, floating(x), lambda x, out: 1.0 / x)


def sin(x):
    """The sine."""
    return unary(np.sin, floating(x), lambda x, out: cos(x))


def cos(x):
    """The cosine."""
    return unary(np.cos, floating(x), lambda x, out: -sin(x))


def tanh(x):
    """The hyperbolic tangent."""
    return unary(np.tanh, floating(x), lambda x, out: 1.0 - square(out))


def pow(x, a):  # K calls it so
    """x to the power of `a`, which is an integer by K and may be any number or tensor."""
    if is_tensor(a) or np.dtype(x.dtype).kind != "f":
        return power(x, a)
    return unary(lambda value: value**a, x, lambda x, out: a * pow(x, a - 1))


def clip(x, min_value, max_value):
    """`x` within bounds, which are numbers or tensors; a bound that is None is none."""
    x = x if min_value is None else maximum(x, min_value)
    return x if max_value is None else minimum(x, max_value)
