"""What all elementwise functions share: a common dtype, a common shape, and how gradients find their way
back.
"""

import numpy as np

from .creation import as_tensor, cast, constant, floatx
from .tensor import Tensor, broadcast_shape, is_tensor


def floating(x):
    """`x` with a float dtype: its own, or the default one."""
    return x if np.dtype(x.dtype).kind == "f" else cast(x, floatx())


def unary(compute, x, slope=None, dtype=None):
    """`compute` of `x`; `slope(x, out)` builds its derivative."""
    pullback = slope and (lambda g, out: [g * slope(x, out)])
    return Tensor(compute, [x], x.shape, dtype or x.dtype, pullback)


def pair(x, y):
    """Both as tensors of one dtype: a number or an array takes the dtype of the tensor beside it.

    A fraction beside an integer tensor makes both floats.
    """
    for one, other in ((x, y), (y, x)):
        if is_tensor(one) and not is_tensor(other):
            whole = np.dtype(one.dtype).kind in "biu" and np.asarray(other).dtype.kind == "f"
            like = floatx() if whole else one.dtype
            x, y = (
                [cast(item, like) if is_tensor(item) else constant(item, like) for item in (x, y)]
                if whole
                else [as_tensor(item, like) for item in (x, y)]
            )
            return x, y
    return as_tensor(x), as_tensor(y)


def binary(compute, x, y, slopes=None, dtype=None):
    """`compute` of `x` and `y`; `slopes(x, y, out)` builds its two derivatives."""
    x, y = pair(x, y)

    def pullback(g, out):
        return [sum_like(g * slope, item) for slope, item in zip(slopes(x, y, out), (x, y))]

    return Tensor(
        compute,
        [x, y],
        broadcast_shape(x.shape, y.shape),
        dtype or np.result_type(x.dtype, y.dtype),
        pullback if slopes else None,
    )


def sum_like(x, like):
    """`x` summed down to the shape of `like`, which had been broadcast to that of `x`."""
    if x.shape == like.shape and None not in x.shape:
        return x

    def compute(value, target):
        value = value.sum(axis=tuple(range(value.ndim - target.ndim)))
        axes = tuple(axis for axis, n in enumerate(target.shape) if n == 1)
        return value.sum(axis=axes, keepdims=True) if axes else value

    return Tensor(compute, [x, like], like.shape, x.dtype, lambda g, out: [broadcast_like(g, x), None])


def broadcast_like(x, like):
    """`x` broadcast to the shape of `like`."""
    return Tensor(
        lambda value, target: np.broadcast_to(value, target.shape),
        [x, like],
        like.shape,
        x.dtype,
        lambda g, out: [sum_like(g, x), None],
    )


def ones_of(x):
    """Ones in the shape of `x`."""
    return unary(np.ones_like, x)


def zeros_of(x):
    """Zeros in the shape of `x`, whatever it holds."""
    return unary(np.zeros_like, x)


def where(condition, x, y):
    """`x` where the condition is not zero, else `y`."""
    x, y = pair(x, y)

    def pullback(g, out):
        zero = zeros_of(g)
        return [None, sum_like(where(condition, g, zero), x), sum_like(where(condition, zero, g), y)]

    return Tensor(
        lambda c, a, b: np.where(c, a, b),
        [condition, x, y],
        broadcast_shape(condition.shape, x.shape, y.shape),
        np.result_type(x.dtype, y.dtype),
        pullback,
    )
