"""Writing by index, and encodings of indices."""
import numpy as np

_COMBINE = {"add": np.add, "max": np.maximum, "min": np.minimum, "mul": np.multiply}


def scatter_update(x, indices, updates, reduction=None):
    """x with updates at rows of indices, one after the other."""
    x = np.array(x)
    for index, update in zip(np.asarray(indices), updates, strict=True):
        place = tuple(int(n) for n in index)
        x[place] = update if reduction is None else _COMBINE[reduction](x[place], update)
    return x


def scatter(indices, values, shape):
    """Zeros with values at rows of indices."""
    return scatter_update(np.zeros(shape, values.dtype), indices, values)


def slice_update(x, start, updates):
    """x with a part replaced."""
    x = np.array(x)
    place = tuple(slice(first, first + n) for first, n in zip(start, updates.shape, strict=True))
    x[place] = updates
    return x


def one_hot(x, num_classes, axis=-1, dtype=None):  # noqa: ARG001 - an argument of the call
    """One at each index, along a new axis."""
    return np.moveaxis((x[..., None] == np.arange(num_classes)) * 1.0, -1, axis)


def multi_hot(inputs, num_classes, axis=-1, dtype=None):  # noqa: ARG001 - an argument of the call
    """Ones at all labels that the last axis of a sample has."""
    encoded = np.max(one_hot(inputs, num_classes), axis=-2)
    return np.moveaxis(encoded, -1, axis)


def unravel_index(indices, shape):
    """The coordinates of flat indices."""
    return [np.asarray(part) for part in np.unravel_index(indices, tuple(shape))]
