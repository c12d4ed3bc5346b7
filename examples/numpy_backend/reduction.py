"""Functions that take axes together, and those that run along one."""

import numpy as np

from .broadcasting import broadcast_like, floating
from .creation import stop_gradient
from .elementwise import cast, clip, equal, exp, log, maximum, sqrt, square
from .joining import stack
from .shaping import expand_dims, reverse
from .tensor import Tensor


def axes_of(x, axis):
    """The axes as a tuple of numbers from 0; None means all."""
    if axis is None:
        return tuple(range(x.ndim))
    axes = axis if isinstance(axis, (list, tuple)) else (axis,)
    for n in axes:
        if not -x.ndim <= n < x.ndim:
            raise ValueError("{} has no axis {}.".format(x.name, n))
    return tuple(sorted({n % x.ndim for n in axes}))


def reduce(compute, x, axis, keepdims, pullback=None, dtype=None):
    """`compute(value, axis=..., keepdims=...)`; `pullback(g, out)` gets both with the axes kept."""
    axes = axes_of(x, axis)
    shape = [1 if n in axes else size for n, size in enumerate(x.shape) if keepdims or n not in axes]

    def restored(g, out):
        for n in () if keepdims else axes:
            g, out = expand_dims(g, n), expand_dims(out, n)
        return [pullback(g, out)]

    return Tensor(
        lambda value: compute(value, axis=axes, keepdims=keepdims) if axes else value,
        [x],
        shape,
        dtype or x.dtype,
        restored if pullback else None,
    )


def sum(x, axis=None, keepdims=False):  # K calls it so
    """The sum over axes."""
    return reduce(np.sum, x, axis, keepdims, lambda g, out: broadcast_like(g, x))


def prod(x, axis=None, keepdims=False):
    """The product over axes; of a list too, as BatchNormalization asks. Its gradient is not a number where an
    element is zero.
    """
    x = stack(x) if isinstance(x, (list, tuple)) else x
    return reduce(np.prod, x, axis, keepdims, lambda g, out: g * out / x)


def _extreme(compute):
    def function(x, axis=None, keepdims=False):
        def pullback(g, out):
            best = cast(equal(x, out), g.dtype)
            return g * best / sum(best, axis=axes_of(x, axis), keepdims=True)  # equal ones share

        return reduce(compute, x, axis, keepdims, pullback)

    return function


max, min = _extreme(np.max), _extreme(np.min)


def mean(x, axis=None, keepdims=False):
    """The mean over axes, of floats and of integers a float."""
    x = floating(x)
    count = Tensor(lambda value: np.prod([value.shape[n] for n in axes_of(x, axis)]), [x], (), x.dtype)
    return sum(x, axis, keepdims) / count


def var(x, axis=None, keepdims=False):
    """The variance over axes."""
    return mean(square(x - mean(x, axis, keepdims=True)), axis, keepdims)


def std(x, axis=None, keepdims=False):
    """The standard deviation over axes."""
    return sqrt(var(x, axis, keepdims))


def any(x, axis=None, keepdims=False):  # K calls it so
    """Whether an element is not zero: 0 or 1, uint8."""
    return reduce(np.any, x, axis, keepdims, dtype="uint8")


def all(x, axis=None, keepdims=False):  # K calls it so
    """Whether no element is zero: 0 or 1, uint8."""
    return reduce(np.all, x, axis, keepdims, dtype="uint8")


def _place(compute):
    def function(x, axis=-1):
        (axis,) = axes_of(x, axis)
        return Tensor(
            lambda value: compute(value, axis=axis), [x], x.shape[:axis] + x.shape[axis + 1 :], "int64"
        )

    return function


argmax, argmin = _place(np.argmax), _place(np.argmin)


def cumsum(x, axis=0):
    """The sums of what lies before and at an element."""
    return Tensor(
        lambda value: np.cumsum(value, axis=axis),
        [x],
        x.shape,
        x.dtype,
        lambda g, out: [reverse(cumsum(reverse(g, axis), axis), axis)],
    )


def cumprod(x, axis=0):
    """The products of what lies before and at an element. The gradient is not a number where an element is
    zero.
    """
    return Tensor(
        lambda value: np.cumprod(value, axis=axis),
        [x],
        x.shape,
        x.dtype,
        lambda g, out: [reverse(cumsum(reverse(g * out, axis), axis), axis) / x],
    )


def logsumexp(x, axis=None, keepdims=False):
    """log(sum(exp(x))), shifted by the largest element so that nothing overflows."""
    top = stop_gradient(max(x, axis, keepdims=True))
    top = clip(top, np.finfo(x.dtype).min, np.finfo(x.dtype).max)  # infinity less infinity is not a number
    result = log(sum(exp(x - top), axis, keepdims=True)) + top
    return result if keepdims else sum(result, axis)


def l2_normalize(x, axis=None):
    """`x` divided by its Euclidean norm along axes; what is all zero stays so."""
    return x / sqrt(maximum(sum(square(x), axis, keepdims=True), 1e-12))
