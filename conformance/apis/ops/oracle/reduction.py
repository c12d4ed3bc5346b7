"""Reductions in float64, with an axis that may be None, a number or several."""
import numpy as np


def axes_of(axis):
    """The axis as NumPy takes it."""
    return tuple(axis) if isinstance(axis, list) else axis


def _reduction(function):
    def reduce(x, axis=None, keepdims=False, **rest):
        return function(x, axis=axes_of(axis), keepdims=keepdims, **rest)
    return reduce


def _number(x):
    return x.astype("int64") if x.dtype == bool else x


def _exact(function):
    def reduce(x, axis=None, keepdims=False, dtype=None):
        if dtype is not None:
            x = x.astype(dtype if np.dtype(dtype).kind != "f" else "float64")
        return function(_number(x), axis=axes_of(axis), keepdims=keepdims)
    return reduce


total = _exact(np.sum)
product = _exact(np.prod)
mean = _reduction(np.mean)
any_true = _reduction(np.any)
all_true = _reduction(np.all)


def variance(x, axis=None, keepdims=False):
    """The mean square of the differences from the mean."""
    x = np.asarray(x, "float64")
    return np.mean((x - np.mean(x, axis=axes_of(axis), keepdims=True)) ** 2, axis=axes_of(axis),
                   keepdims=keepdims)


def deviation(x, axis=None, keepdims=False):
    """The root of the variance."""
    return np.sqrt(variance(x, axis, keepdims))


def moments(x, axes, keepdims=False, synchronized=False):  # noqa: ARG001 - an argument of the call
    """The mean and the variance."""
    return [mean(x.astype("float64"), axes, keepdims), variance(x, axes, keepdims)]


def average(x, axis=None, weights=None):
    """The sum of the weighted elements by the sum of the weights; weights of one dimension are those of the
    axis."""
    x = np.asarray(x, "float64")
    if weights is None:
        return np.mean(x, axis=axis)
    weights = np.asarray(weights, "float64")
    if weights.shape != x.shape:
        weights = np.moveaxis(np.broadcast_to(weights, np.moveaxis(x, axis, -1).shape), -1, axis)
    return np.sum(x * weights, axis=axis) / np.sum(weights, axis=axis)


def count_nonzero(x, axis=None):
    """How many elements are not zero."""
    return np.sum(x != 0, axis=axes_of(axis))


def logsumexp(x, axis=None, keepdims=False):
    """The logarithm of the sum of the exponentials, shifted by the largest element."""
    x = np.asarray(x, "float64")
    largest = np.max(x, axis=axes_of(axis), keepdims=True, initial=-np.inf)
    shift = np.where(np.isfinite(largest), largest, 0.0)
    summed = np.log(np.sum(np.exp(x - shift), axis=axes_of(axis), keepdims=True)) + shift
    return summed if keepdims else np.sum(summed, axis=axes_of(axis))


def largest(x, axis=None, keepdims=False, initial=None):
    """The largest elements; a NaN is larger than any."""
    given = {} if initial is None else {"initial": initial}
    return np.max(x, axis=axes_of(axis), keepdims=keepdims, **given)


def smallest(x, axis=None, keepdims=False, initial=None):
    """The smallest elements; a NaN is smaller than any."""
    given = {} if initial is None else {"initial": initial}
    return np.min(x, axis=axes_of(axis), keepdims=keepdims, **given)


def peak_to_peak(x, axis=None, keepdims=False):
    """The largest element less the smallest."""
    return largest(x, axis, keepdims) - smallest(x, axis, keepdims)


argmax = _reduction(np.argmax)
argmin = _reduction(np.argmin)


def quantile(x, q, axis=None, method="linear", keepdims=False):
    """The quantiles of floats."""
    return np.quantile(np.asarray(x, "float64"), q, axis=axes_of(axis), method=method, keepdims=keepdims)


def percentile(x, q, axis=None, method="linear", keepdims=False):
    """The quantiles at hundredths of q."""
    return quantile(x, np.asarray(q) / 100, axis, method, keepdims)


def nanquantile(x, q, axis=None, method="linear", keepdims=False):
    """The quantiles of what is not NaN."""
    return np.nanquantile(np.asarray(x, "float64"), q, axis=axes_of(axis), method=method, keepdims=keepdims)


def nanpercentile(x, q, axis=None, method="linear", keepdims=False):
    """The quantiles of what is not NaN, at hundredths of q."""
    return nanquantile(x, np.asarray(q) / 100, axis, method, keepdims)


median = _reduction(np.median)


def _ignoring(function, missing=None, empty=None):
    """A reduction of what is not NaN: `missing` stands in for a NaN, or `empty` comes of NaNs alone."""
    def reduce(x, axis=None, keepdims=False):
        x = _number(x)
        if missing is not None and x.dtype.kind == "f":
            return function(np.where(np.isnan(x), missing, x), axis=axes_of(axis), keepdims=keepdims)
        if x.dtype.kind != "f":
            return function(x, axis=axes_of(axis), keepdims=keepdims)
        alone = np.all(np.isnan(x), axis=axes_of(axis), keepdims=keepdims)
        found = function(np.where(np.isnan(x), empty, x), axis=axes_of(axis), keepdims=keepdims)
        return np.where(alone, np.nan, found)
    return reduce


nansum = _ignoring(np.sum, missing=0.0)
nanprod = _ignoring(np.prod, missing=1.0)
nanmax = _ignoring(np.max, empty=-np.inf)
nanmin = _ignoring(np.min, empty=np.inf)


nanmean = _reduction(np.nanmean)
nanvar = _reduction(np.nanvar)
nanstd = _reduction(np.nanstd)
nanmedian = _reduction(np.nanmedian)


def nanargmax(x, axis=None, keepdims=False):
    """Where the largest number is."""
    return np.argmax(_ranked(x, 1), axis=axis, keepdims=keepdims)


def nanargmin(x, axis=None, keepdims=False):
    """Where the smallest number is."""
    return np.argmax(_ranked(x, -1), axis=axis, keepdims=keepdims)


def _ranked(x, sign):
    """The rank of each number, those of NaNs below all."""
    x = np.asarray(x, "float64")
    numbers = np.unique(x[~np.isnan(x)])
    ranks = np.searchsorted(numbers, np.where(np.isnan(x), 0.0, x)) * sign
    return np.where(np.isnan(x), -numbers.size - 1, ranks)


def _running(function, missing=None):
    def run(x, axis=None, dtype=None):
        if dtype is not None:
            x = x.astype(dtype if np.dtype(dtype).kind != "f" else "float64")
        if missing is not None and x.dtype.kind == "f":
            x = np.where(np.isnan(x), missing, x)
        return function(_number(x), axis=axis)
    return run


cumsum = _running(np.cumsum)
cumprod = _running(np.cumprod)
nancumsum = _running(np.cumsum, 0.0)
nancumprod = _running(np.cumprod, 1.0)


def diff(a, n=1, axis=-1):
    """Differences of neighbours, n times."""
    if n == 0:
        return a
    length = a.shape[axis]
    later = np.take(a, np.arange(1, max(length, 1)), axis)
    before = np.take(a, np.arange(0, max(length - 1, 0)), axis)
    return diff(later != before if a.dtype == bool else later - before, n - 1, axis)


def trapezoid(y, x=None, dx=1.0, axis=-1):
    """The sum of the mean of neighbours times their distance."""
    y = np.moveaxis(np.asarray(y, "float64"), axis, -1)
    if x is not None:
        x = np.asarray(x, "float64")
        dx = np.diff(x if x.ndim == 1 else np.moveaxis(x, axis, -1), axis=-1)
    return np.sum((y[..., 1:] + y[..., :-1]) / 2 * dx, axis=-1)
