"""Elements by their places, and places of elements."""

import numpy as np
from keras.src.backend.common.variables import standardize_dtype

from keras_example.src.dtypes import in_float32, promoted, wide
from keras_example.src.ops.core import convert_to_tensor


def take(x, indices, axis=None):
    """The elements at these places; negative places count from the end."""
    return np.take(convert_to_tensor(x), _whole(indices), axis=axis)


def take_along_axis(x, indices, axis=None):
    """The elements at places of their own in every row."""
    return np.take_along_axis(convert_to_tensor(x), _whole(indices), axis=axis)


def _whole(indices):
    indices = convert_to_tensor(indices)
    return indices if indices.dtype.kind in "iu" else indices.astype("int32")


def where(condition, x1=None, x2=None):
    """One or the other; with a condition alone, the places where it is true."""
    condition = convert_to_tensor(condition, "bool")
    if x1 is None and x2 is None:
        return nonzero(condition)
    if x1 is None or x2 is None:
        raise ValueError("where needs both x1 and x2, or none of them")
    dtype = promoted(x1, x2)
    return np.where(condition, convert_to_tensor(x1, dtype), convert_to_tensor(x2, dtype))


def select(condlist, choicelist, default=0):
    """The first choice whose condition is true."""
    dtype = promoted(*choicelist, default)
    choices = [convert_to_tensor(choice, dtype) for choice in choicelist]
    return np.select(
        [convert_to_tensor(item, "bool") for item in condlist], choices, convert_to_tensor(default, dtype)
    )


def nonzero(x):
    """The places of what is not zero, one array for each axis."""
    return tuple(places.astype("int32") for places in np.nonzero(convert_to_tensor(x)))


def unravel_index(indices, shape):
    """Places in a flat tensor as places in this shape."""
    indices = convert_to_tensor(indices)
    dtype = standardize_dtype(indices.dtype)
    return tuple(
        np.asarray(places).astype(dtype)
        for places in np.unravel_index(np.mod(indices, np.prod(shape)) if shape else indices, shape)
    )


def searchsorted(sorted_sequence, values, side="left"):
    """The places where values would have to be put in."""
    if np.ndim(sorted_sequence) != 1:
        raise ValueError(
            "searchsorted takes a sequence with one axis, not {}".format(np.ndim(sorted_sequence))
        )
    found = np.searchsorted(wide(convert_to_tensor(sorted_sequence)), wide(convert_to_tensor(values)), side)
    return np.asarray(found).astype("int32")


def digitize(x, bins):
    """The number of the bin of each value."""
    return np.asarray(np.digitize(wide(convert_to_tensor(x)), wide(convert_to_tensor(bins)))).astype("int32")


def isin(x1, x2, assume_unique=False, invert=False):
    """Whether each element of the one is in the other."""
    dtype = promoted(x1, x2)
    return np.isin(
        convert_to_tensor(x1, dtype), convert_to_tensor(x2, dtype), assume_unique=assume_unique, invert=invert
    )


def sort(x, axis=-1):
    """In order along an axis."""
    return in_float32(np.sort)(x, axis=axis)


def argsort(x, axis=-1):
    """The places that put it in order; equals stay as they are."""
    x = wide(convert_to_tensor(x))
    if axis is None or x.ndim == 0:
        x, axis = x.reshape(-1), -1
    return np.argsort(x, axis=axis, kind="stable").astype("int32")


def argpartition(x, kth, axis=-1):
    """The places that put element number `kth` where it belongs."""
    return np.argpartition(wide(convert_to_tensor(x)), kth, axis).astype("int32")


def _extreme(function):
    def operation(x, axis=None, keepdims=False):
        x = wide(convert_to_tensor(x))
        return np.asarray(function(x, axis=axis, keepdims=keepdims)).astype("int32")

    return operation


argmax, argmin = _extreme(np.argmax), _extreme(np.argmin)


def _extreme_without_nan(function, none):
    def operation(x, axis=None, keepdims=False):
        x = wide(convert_to_tensor(x))
        if x.dtype.kind != "f":
            return np.asarray(function(x, axis=axis, keepdims=keepdims)).astype("int32")
        lost = np.isnan(x)
        # What is lost goes behind an infinity: the places of all others are compared first.
        best = np.where(lost, none, x)
        top = (np.max if none < 0 else np.min)(best, axis=axis, keepdims=True)
        made = np.argmax((best == top) & ~lost, axis=axis, keepdims=keepdims).astype("int32")
        return np.where(lost.all(axis=axis, keepdims=keepdims), np.int32(-1), made)

    return operation


nanargmax, nanargmin = _extreme_without_nan(np.argmax, -np.inf), _extreme_without_nan(np.argmin, np.inf)


def unique(
    x,
    sorted=True,
    return_index=False,
    return_inverse=False,
    return_counts=False,
    axis=None,
    size=None,
    fill_value=None,
):
    """Every value once, in order; with `size`, so many of them."""
    found = np.unique(
        convert_to_tensor(x),
        return_index=return_index,
        return_inverse=return_inverse,
        return_counts=return_counts,
        axis=axis,
    )
    parts = list(found) if isinstance(found, tuple) else [found]
    parts = [parts[0]] + [part.astype("int32") for part in parts[1:]]
    if size is not None:
        along = 0 if axis is None else axis
        parts[0] = _resized(parts[0], size, along, parts[0].flat[0] if fill_value is None else fill_value)
        number = 1
        for asked, padding in ((return_index, 0), (return_inverse, None), (return_counts, 0)):
            if asked and padding is not None:
                parts[number] = _resized(parts[number], size, 0, padding)
            number += asked
    return parts[0] if len(parts) == 1 else tuple(parts)


def _resized(x, size, axis, value):
    x = np.take(x, range(min(size, x.shape[axis])), axis)
    widths = [(0, size - n if place == axis % x.ndim else 0) for place, n in enumerate(x.shape)]
    return np.pad(x, widths, constant_values=value)


def bincount(x, weights=None, minlength=0, sparse=False):
    """How often each number is there, or the sum of its weights; row by row."""
    if sparse:
        raise ValueError("keras_example has no sparse tensors")
    x = convert_to_tensor(x)
    dtype = "int32" if weights is None else promoted(x, convert_to_tensor(weights))
    length = max(int(x.max(initial=-1)) + 1, minlength)
    rows = x.reshape((-1, x.shape[-1]))
    weighted = [None] * len(rows) if weights is None else convert_to_tensor(weights).reshape(rows.shape)
    made = [np.bincount(row, each, length) for row, each in zip(rows, weighted)]
    return np.stack(made).astype(dtype).reshape((*x.shape[:-1], length))


def histogram(x, bins=10, range=None):
    """How many values are in each bin, and the edges of the bins."""
    x = convert_to_tensor(x)
    dtype = x.dtype if x.dtype.kind == "f" else "float32"
    counts, edges = np.histogram(wide(x), bins=bins, range=range)
    return counts.astype("int32"), edges.astype(dtype)
