"""Other shapes and other places of the same elements."""

import math

import numpy as np
from keras.src.backend.common.variables import standardize_dtype

from keras_example.src.dtypes import promoted
from keras_example.src.ops.core import convert_to_tensor


def _same(xs):
    dtype = promoted(*xs)
    return [convert_to_tensor(x, dtype) for x in xs]


def append(x1, x2, axis=None):
    """One behind the other."""
    return np.append(*_same([x1, x2]), axis=axis)


def concatenate(xs, axis=0):
    """All along an axis."""
    return np.concatenate(_same(xs), axis=axis)


def stack(x, axis=0):
    """All along a new axis."""
    return np.stack(_same(x), axis=axis)


def hstack(xs):
    """All side by side."""
    return np.hstack(_same(xs))


def vstack(xs):
    """All on top of each other."""
    return np.vstack(_same(xs))


def dstack(xs):
    """All behind each other."""
    return np.dstack(_same(xs))


def column_stack(xs):
    """All as columns."""
    return np.column_stack(_same(xs))


def reshape(x, newshape):
    """Another shape; -1 is what is left."""
    return np.reshape(convert_to_tensor(x), newshape)


def ravel(x):
    """A single axis."""
    return np.ravel(convert_to_tensor(x))


def transpose(x, axes=None):
    """The axes in another order."""
    return np.transpose(convert_to_tensor(x), axes)


def swapaxes(x, axis1, axis2):
    """Two axes in each other's place."""
    return np.swapaxes(convert_to_tensor(x), axis1, axis2)


def moveaxis(x, source, destination):
    """Axes in other places."""
    return np.moveaxis(convert_to_tensor(x), source, destination)


def expand_dims(x, axis):
    """New axes of length one."""
    return np.expand_dims(convert_to_tensor(x), tuple(axis) if isinstance(axis, list) else axis)


def squeeze(x, axis=None):
    """Without axes of length one."""
    return np.squeeze(convert_to_tensor(x), tuple(axis) if isinstance(axis, list) else axis)


def broadcast_to(x, shape):
    """As many copies as fill the shape."""
    return np.array(np.broadcast_to(convert_to_tensor(x), shape if np.ndim(shape) else (shape,)))


def flip(x, axis=None):
    """Backwards."""
    return np.flip(convert_to_tensor(x), tuple(axis) if isinstance(axis, list) else axis)


def fliplr(x):
    """Columns backwards."""
    return np.fliplr(convert_to_tensor(x))


def flipud(x):
    """Rows backwards."""
    return np.flipud(convert_to_tensor(x))


def rot90(array, k=1, axes=(0, 1)):
    """Turned by right angles."""
    array = convert_to_tensor(array)
    if array.ndim < 2:
        raise ValueError("rot90 needs two axes, and the tensor has {}".format(array.ndim))
    if len(axes) != 2 or axes[0] % array.ndim == axes[1] % array.ndim:
        raise ValueError("rot90 needs two axes, not {!r}".format(axes))
    return np.rot90(array, k, axes)


def roll(x, shift, axis=None):
    """Shifted; what leaves at the end comes in at the beginning."""
    return np.roll(convert_to_tensor(x), shift, axis)


def tile(x, repeats):
    """Copies beside each other."""
    return np.tile(convert_to_tensor(x), repeats)


def repeat(x, repeats, axis=None):
    """Every element so often."""
    return np.repeat(convert_to_tensor(x), repeats, axis)


def pad(x, pad_width, mode="constant", constant_values=None):
    """With a border."""
    options = {}
    if constant_values is not None:
        if mode != "constant":
            raise ValueError(
                "constant_values has a meaning in the mode constant alone, not in {}".format(mode)
            )
        options["constant_values"] = constant_values
    return np.pad(convert_to_tensor(x), pad_width, mode=mode, **options)


def _places(indices_or_sections):
    made = np.asarray(indices_or_sections)
    return int(made) if made.ndim == 0 else made.tolist()


def split(x, indices_or_sections, axis=0):
    """Parts of the same length, or between these places."""
    return list(np.split(convert_to_tensor(x), _places(indices_or_sections), axis))


def array_split(x, indices_or_sections, axis=0):
    """The same; the first parts are longer where the length does not divide."""
    return list(np.array_split(convert_to_tensor(x), _places(indices_or_sections), axis))


def hsplit(x, indices_or_sections):
    """Parts side by side."""
    return list(np.hsplit(convert_to_tensor(x), _places(indices_or_sections)))


def vsplit(x, indices_or_sections):
    """Parts on top of each other."""
    return list(np.vsplit(convert_to_tensor(x), _places(indices_or_sections)))


def dsplit(x, indices_or_sections):
    """Parts behind each other."""
    return list(np.dsplit(convert_to_tensor(x), _places(indices_or_sections)))


def diag(x, k=0):
    """The matrix with this diagonal, or the diagonal of a matrix."""
    return np.array(np.diag(convert_to_tensor(x), k))


def diagflat(x, k=0):
    """The matrix with all elements on its diagonal."""
    return np.diagflat(convert_to_tensor(x), k)


def diagonal(x, offset=0, axis1=0, axis2=1):
    """The diagonal of two axes."""
    return np.array(np.diagonal(convert_to_tensor(x), offset, axis1, axis2))


def tril(x, k=0):
    """Zeros above a diagonal."""
    return np.tril(convert_to_tensor(x), k)


def triu(x, k=0):
    """Zeros below a diagonal."""
    return np.triu(convert_to_tensor(x), k)


def ndim(x):
    """The number of axes."""
    return np.ndim(convert_to_tensor(x))


def size(x):
    """The number of elements."""
    return math.prod(np.shape(convert_to_tensor(x)))


def view(x, dtype=None):
    """The same bytes as another dtype."""
    return convert_to_tensor(x).view(standardize_dtype(dtype) if dtype else None)
