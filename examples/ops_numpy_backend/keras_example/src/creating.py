"""New tensors."""

import numpy as np
from keras.src.backend.common.dtypes import result_type
from keras.src.backend.common.variables import standardize_dtype
from keras.src.backend.config import floatx

from keras_example.src.dtypes import floating, kind, wide
from keras_example.src.ops.core import convert_to_tensor


def array(x, dtype=None):
    """A tensor of anything that makes one."""
    return convert_to_tensor(x, dtype=dtype)


def zeros(shape, dtype=None):
    """Zeros."""
    return np.zeros(shape, dtype=standardize_dtype(dtype or floatx()))


def ones(shape, dtype=None):
    """Ones."""
    return np.ones(shape, dtype=standardize_dtype(dtype or floatx()))


def empty(shape, dtype=None):
    """Any values."""
    return zeros(shape, dtype)


def full(shape, fill_value, dtype=None):
    """The same value everywhere."""
    return np.array(np.broadcast_to(convert_to_tensor(fill_value, dtype or floatx()), shape))


def zeros_like(x, dtype=None):
    """Zeros in the shape of `x`."""
    x = convert_to_tensor(x)
    return zeros(x.shape, dtype or x.dtype)


def ones_like(x, dtype=None):
    """Ones in the shape of `x`."""
    x = convert_to_tensor(x)
    return ones(x.shape, dtype or x.dtype)


def empty_like(x, dtype=None):
    """Any values in the shape of `x`."""
    return zeros_like(x, dtype)


def full_like(x, fill_value, dtype=None):
    """The same value everywhere, in the shape of `x`."""
    x = convert_to_tensor(x)
    return full(x.shape, fill_value, dtype or x.dtype)


def arange(start, stop=None, step=None, dtype=None):
    """Numbers at the same distance, without the end."""
    given = [item for item in (start, stop, step) if item is not None]
    dtype = standardize_dtype(dtype or result_type(*map(kind, given)))
    start, stop = (0, start) if stop is None else (start, stop)
    return np.arange(start, stop, 1 if step is None else step).astype(dtype)


def _spaced(function, start, stop, dtype, **options):
    dtype = standardize_dtype(dtype) if dtype else floating(start, stop)
    return np.asarray(
        function(wide(convert_to_tensor(start)), wide(convert_to_tensor(stop)), **options)
    ).astype(dtype)


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    """So many numbers at the same distance; with `retstep`, the distance too."""
    made = _spaced(np.linspace, start, stop, dtype, num=num, endpoint=endpoint, axis=axis)
    if not retstep:
        return made
    parts = num - 1 if endpoint else num
    step = (convert_to_tensor(stop) - convert_to_tensor(start)) / parts if parts > 0 else np.nan
    return made, np.asarray(step).astype(made.dtype)


def logspace(start, stop, num=50, endpoint=True, base=10, dtype=None, axis=0):
    """Powers of `base` at the same ratio."""
    return _spaced(np.logspace, start, stop, dtype, num=num, endpoint=endpoint, base=base, axis=axis)


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """Numbers at the same ratio."""
    return _spaced(np.geomspace, start, stop, dtype, num=num, endpoint=endpoint, axis=axis)


def eye(N, M=None, k=0, dtype=None):
    """Ones on a diagonal."""
    return np.eye(N, M, k, dtype=standardize_dtype(dtype or floatx()))


def identity(n, dtype=None):
    """The identity matrix."""
    return eye(n, dtype=dtype)


def tri(N, M=None, k=0, dtype=None):
    """Ones at and below a diagonal."""
    return np.tri(N, M, k).astype(standardize_dtype(dtype or floatx()))


def vander(x, N=None, increasing=False):
    """Powers of each number."""
    x = convert_to_tensor(x)
    dtype = result_type(x.dtype, float)
    return np.vander(x, N, increasing).astype(dtype)


def meshgrid(*x, indexing="xy"):
    """The coordinates of a grid."""
    return np.meshgrid(*map(convert_to_tensor, x), indexing=indexing)


def _window(function):
    def operation(x):
        return function(int(np.asarray(x))).astype(floatx())

    return operation


bartlett, blackman = _window(np.bartlett), _window(np.blackman)
hamming, hanning = _window(np.hamming), _window(np.hanning)


def kaiser(x, beta):
    """A window of Kaiser's form."""
    return np.kaiser(int(np.asarray(x)), float(np.asarray(beta))).astype(floatx())
