"""Reductions from their definitions, in float64. Axes as K documents them: None, an integer, or a list of
integers."""
import numpy as np


def _axes(axis):
    return tuple(axis) if isinstance(axis, list) else axis


def count(x, axis):
    """How many elements go into one element of the result."""
    if axis is None:
        return x.size
    return int(np.prod([x.shape[n] for n in (axis if isinstance(axis, list) else [axis])]))


def total(x, axis=None, keepdims=False):
    """The sum; exact for integers and bools."""
    x = x.astype("int64") if x.dtype.kind == "b" else x
    return np.sum(x, axis=_axes(axis), keepdims=keepdims)


def product(x, axis=None, keepdims=False):
    """The product."""
    return np.prod(x, axis=_axes(axis), keepdims=keepdims)


def largest(x, axis=None, keepdims=False):
    """The maximum."""
    return np.max(x, axis=_axes(axis), keepdims=keepdims)


def smallest(x, axis=None, keepdims=False):
    """The minimum."""
    return np.min(x, axis=_axes(axis), keepdims=keepdims)


def mean(x, axis=None, keepdims=False):
    """The sum divided by the count."""
    return total(x.astype("float64"), axis, keepdims) / count(x, axis)


def variance(x, axis=None, keepdims=False):
    """The mean squared distance from the mean, of the population."""
    away = x.astype("float64") - mean(x, axis, True)
    return mean(away * away, axis, keepdims)


def deviation(x, axis=None, keepdims=False):
    """The square root of the variance."""
    return np.sqrt(variance(x, axis, keepdims))


def some(x, axis=None, keepdims=False):
    """Whether an element is not zero."""
    return np.max((x != 0).astype("int64"), axis=_axes(axis), keepdims=keepdims) == 1


def every(x, axis=None, keepdims=False):
    """Whether all elements are not zero."""
    return np.min((x != 0).astype("int64"), axis=_axes(axis), keepdims=keepdims) == 1


def logsumexp(x, axis=None, keepdims=False):
    """log(sum(exp(x))), the largest exponent taken out first."""
    top = largest(x, axis, True)
    rest = np.log(total(np.exp(x - top), axis, True))
    return np.sum(top + rest, axis=_axes(axis), keepdims=keepdims)  # the reduced axes have length 1 here
