"""Reductions of segments, one element after the other."""
import numpy as np


def _reduce(data, ids, count, combine, nothing):
    rest = data.shape[ids.ndim:]
    result = np.full((count,) + rest, nothing, "float64" if data.dtype.kind == "f" else "int64")
    for place, number in np.ndenumerate(ids):
        if 0 <= number < count:
            result[number] = combine(result[number], data[place])
    return result


def segment_sum(data, ids, count):
    """The sums; that of nothing is 0."""
    return _reduce(data, ids, count, np.add, 0)


def segment_prod(data, ids, count):
    """The products; that of nothing is 1."""
    return _reduce(data, ids, count, np.multiply, 1)


def segment_max(data, ids, count):
    """The largest elements."""
    return _reduce(data, ids, count, np.maximum, -np.inf if data.dtype.kind == "f" else -2 ** 62)


def segment_min(data, ids, count):
    """The smallest elements."""
    return _reduce(data, ids, count, np.minimum, np.inf if data.dtype.kind == "f" else 2 ** 62)
