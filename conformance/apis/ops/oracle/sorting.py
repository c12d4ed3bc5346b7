"""Order, by NumPy."""
import numpy as np


def sort(x, axis=-1):
    """In ascending order."""
    return np.sort(x, axis=axis)


def argsort(x, axis=-1):
    """The indices of ascending order, equal elements as they were."""
    return np.argsort(x, axis=axis, kind="stable")


def shuffled(random, dtype):  # noqa: ARG001 - what an input of any dtype is made by
    """Four different numbers."""
    return random.permutation(4)


def top_k(x, k):
    """The k largest of the last axis in descending order, and where they are."""
    order = np.argsort(-x, axis=-1, kind="stable")[..., :k]
    return [np.take_along_axis(x, order, -1), order]


def in_top_k(targets, predictions, k):
    """Whether fewer than k predictions are larger than that of the target."""
    mine = np.take_along_axis(predictions, targets[:, None], 1)
    return np.sum(predictions > mine, axis=1) < k


def bincount(x, weights=None, minlength=0):
    """How often, or with which sum of weights, each integer occurs."""
    counted = np.bincount(x, weights, minlength)
    return counted if weights is None or weights.dtype.kind == "f" else counted.astype("int64")


def histogram(x, bins=10, range=None):  # noqa: A002 - an argument of the call
    """How many elements each bin has, and the edges of the bins."""
    counts, edges = np.histogram(np.asarray(x, "float64"), bins, range)
    return [counts, edges]


def unique(x, return_index=False, return_inverse=False, return_counts=False, axis=None, size=None,
           fill_value=None):
    """Each element once, and what else is asked for, filled up to a size or cut off."""
    values, index, inverse, counts = np.unique(
        x, return_index=True, return_inverse=True, return_counts=True, axis=axis)
    if size is not None:
        values = _sized(values, size, axis or 0, 0 if fill_value is None else fill_value)
        counts = _sized(counts, size, 0, 0)
    found = [values]
    found += [index] * return_index
    if return_inverse:
        found.append(inverse.reshape(x.shape if axis is None else -1))
    found += [counts] * return_counts
    return found if len(found) > 1 else values


def _sized(array, size, axis, fill):
    missing = max(0, size - array.shape[axis])
    widths = [(0, missing if place == axis else 0) for place in range(array.ndim)]
    return np.take(np.pad(array, widths, constant_values=fill), np.arange(size), axis)
