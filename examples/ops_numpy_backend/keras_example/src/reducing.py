"""One value in the place of many, along axes."""

import numpy as np
from keras.src.backend.common.dtypes import result_type
from keras.src.backend.common.variables import standardize_dtype

from keras_example.src.dtypes import accumulating, floating, own, promoted, wide
from keras_example.src.ops.core import convert_to_tensor


def _axes(axis):
    return tuple(axis) if isinstance(axis, list) else axis


def _reduction(function, rule=None):
    """`function` along axes, in the dtype that `rule` makes of the tensor, by default its own."""

    def operation(x, axis=None, keepdims=False):
        x = convert_to_tensor(x)
        dtype = standardize_dtype(x.dtype) if rule is None else rule(x)
        with np.errstate(all="ignore"):
            made = function(wide(x.astype(dtype)), axis=_axes(axis), keepdims=keepdims)
        return np.asarray(made).astype(dtype)

    return operation


def _sum_dtype(x):
    return result_type(accumulating(x))


sum, nansum = _reduction(np.sum, _sum_dtype), _reduction(np.nansum, _sum_dtype)
nanprod = _reduction(np.nanprod, accumulating)
mean, nanmean = _reduction(np.mean, own), _reduction(np.nanmean, floating)
median, nanmedian = _reduction(np.median, floating), _reduction(np.nanmedian, floating)
nanmax, nanmin, ptp = _reduction(np.nanmax, promoted), _reduction(np.nanmin, promoted), _reduction(np.ptp)
amax, amin = _reduction(np.max), _reduction(np.min)


def _variance(function, rule):
    def operation(x, axis=None, keepdims=False):
        x = convert_to_tensor(x)
        dtype = rule(x)
        with np.errstate(all="ignore"):
            made = function(wide(x.astype(dtype)), axis=_axes(axis), keepdims=keepdims)
        return np.asarray(made).astype({"complex64": "float32", "complex128": "float64"}.get(dtype, dtype))

    return operation


std, var = _variance(np.std, own), _variance(np.var, floating)
nanstd, nanvar = _variance(np.nanstd, floating), _variance(np.nanvar, floating)


def prod(x, axis=None, keepdims=False, dtype=None):
    """The product."""
    x = convert_to_tensor(x)
    dtype = standardize_dtype(dtype) if dtype else accumulating(x)
    return np.asarray(np.prod(wide(x.astype(dtype)), axis=_axes(axis), keepdims=keepdims)).astype(dtype)


def _extreme(function):
    def operation(x, axis=None, keepdims=False, initial=None):
        x = convert_to_tensor(x)
        options = {} if initial is None else {"initial": initial}
        return np.asarray(function(x, axis=_axes(axis), keepdims=keepdims, **options)).astype(x.dtype)

    return operation


max, min = _extreme(np.max), _extreme(np.min)


def all(x, axis=None, keepdims=False):
    """Whether all are true."""
    return np.asarray(np.all(convert_to_tensor(x, "bool"), axis=_axes(axis), keepdims=keepdims))


def any(x, axis=None, keepdims=False):
    """Whether one is true."""
    return np.asarray(np.any(convert_to_tensor(x, "bool"), axis=_axes(axis), keepdims=keepdims))


def count_nonzero(x, axis=None):
    """The number of what is not zero."""
    return np.asarray(np.count_nonzero(convert_to_tensor(x), axis=_axes(axis))).astype("int32")


def average(x, axis=None, weights=None):
    """The mean, weighted."""
    given = [x] if weights is None else [x, weights]
    dtype = floating(*given)
    x = wide(convert_to_tensor(x, dtype))
    weights = None if weights is None else wide(convert_to_tensor(weights, dtype))
    return np.asarray(np.average(x, axis=_axes(axis), weights=weights)).astype(dtype)


def _quantile(function, scale, rule=floating):
    def operation(x, q, axis=None, method="linear", keepdims=False):
        x = convert_to_tensor(x)
        dtype = rule(x)
        q = np.asarray(convert_to_tensor(q), "float64") / scale
        with np.errstate(all="ignore"):
            made = function(wide(x.astype(dtype)), q, axis=_axes(axis), method=method, keepdims=keepdims)
        return np.asarray(made).astype(dtype)

    return operation


quantile, nanquantile = _quantile(np.quantile, 1), _quantile(np.nanquantile, 1)
percentile, nanpercentile = _quantile(np.quantile, 100, own), _quantile(np.nanquantile, 100)


def _cumulative(function):
    def operation(x, axis=None, dtype=None):
        x = convert_to_tensor(x)
        dtype = standardize_dtype(dtype or x.dtype)
        dtype = "int32" if dtype == "bool" else dtype
        return np.asarray(function(wide(x.astype(dtype)), axis=axis)).astype(dtype)

    return operation


cumsum, cumprod = _cumulative(np.cumsum), _cumulative(np.cumprod)
nancumsum, nancumprod = _cumulative(np.nancumsum), _cumulative(np.nancumprod)


def diff(a, n=1, axis=-1):
    """Differences of neighbours, so often."""
    return np.diff(convert_to_tensor(a), n, axis)


def trapezoid(y, x=None, dx=1.0, axis=-1):
    """The area below points."""
    y = convert_to_tensor(y)
    dtype = floating(y) if x is None else floating(y, x)
    places = None if x is None else wide(convert_to_tensor(x, dtype))
    return np.asarray(np.trapezoid(wide(y.astype(dtype)), places, dx, axis)).astype(dtype)


def corrcoef(x):
    """How much each row goes with each other row."""
    x = convert_to_tensor(x)
    dtype = floating(x)
    return np.asarray(np.corrcoef(wide(x.astype(dtype)))).astype(dtype)


def cov(x):
    """The covariance of the rows."""
    x = convert_to_tensor(x)
    dtype = floating(x)
    return np.asarray(np.cov(wide(x.astype(dtype)))).astype(dtype)


def correlate(x1, x2, mode="valid"):
    """The sums of products at every shift."""
    dtype = promoted(x1, x2)
    dtype = {"int64": "float64", "uint64": "float64"}.get(
        dtype, floating(x1, x2) if "int" in dtype or dtype == "bool" else dtype
    )
    x1, x2 = convert_to_tensor(x1, dtype), convert_to_tensor(x2, dtype)
    return np.correlate(wide(x1), wide(x2), mode).astype(dtype)
