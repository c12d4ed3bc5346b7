"""Functions that move elements about: shapes, order, slices."""

import builtins

import numpy as np

from .creation import as_tensor, floatx, static
from .tensor import Tensor, is_tensor


def reshape(x, shape):
    """`x` in another shape, whose entries are integers (one of them may be -1) or tensors, or which is a
    tensor.
    """
    if is_tensor(shape):
        sizes, known = [shape], (None,) * shape.shape[0]
    else:
        shape = [-1 if n is None else n for n in shape]
        sizes, known = [as_tensor(n, "int32") for n in shape], _known(x, shape)

    def compute(value, *sizes):
        return value.reshape([int(n) for n in (sizes[0] if is_tensor(shape) else sizes)])

    return Tensor(
        compute, [x] + sizes, known, x.dtype, lambda g, out: [reshape_like(g, x)] + [None] * len(sizes)
    )


def _known(x, shape):
    known = list(static(shape))
    if -1 in known:
        place = known.index(-1)
        rest = known[:place] + known[place + 1 :]
        known[place] = (
            None if None in rest or None in x.shape else int(np.prod(x.shape)) // int(np.prod(rest))
        )
    return known


def reshape_like(x, like):
    """`x` in the shape of `like`."""
    return Tensor(
        lambda value, target: value.reshape(target.shape),
        [x, like],
        like.shape,
        x.dtype,
        lambda g, out: [reshape_like(g, x), None],
    )


def flatten(x):
    """`x` in one dimension."""
    return reshape(x, (-1,))


def batch_flatten(x):
    """`x` in two dimensions, the first one kept."""
    rest = x.shape[1:]
    known = (x.shape[0], None if None in rest else int(np.prod(rest)))
    return Tensor(
        lambda value: value.reshape(value.shape[0], int(np.prod(value.shape[1:]))),
        [x],
        known,
        x.dtype,
        lambda g, out: [reshape_like(g, x)],
    )


def expand_dims(x, axis=-1):
    """`x` with a dimension of 1 at `axis` of the result."""
    axis %= x.ndim + 1
    return Tensor(
        lambda value: np.expand_dims(value, axis),
        [x],
        x.shape[:axis] + (1,) + x.shape[axis:],
        x.dtype,
        lambda g, out: [squeeze(g, axis)],
    )


def squeeze(x, axis):
    """`x` without its dimension of 1 at `axis`."""
    axis %= x.ndim
    return Tensor(
        lambda value: np.squeeze(value, axis),
        [x],
        x.shape[:axis] + x.shape[axis + 1 :],
        x.dtype,
        lambda g, out: [expand_dims(g, axis)],
    )


def permute_dimensions(x, pattern):
    """`x` with its axes in the order of `pattern`."""
    pattern = tuple(n % x.ndim for n in pattern)
    return Tensor(
        lambda value: np.transpose(value, pattern),
        [x],
        [x.shape[n] for n in pattern],
        x.dtype,
        lambda g, out: [permute_dimensions(g, np.argsort(pattern))],
    )


def transpose(x):
    """`x` with its axes in reverse order."""
    return permute_dimensions(x, range(x.ndim)[::-1])


def reverse(x, axes):
    """`x` backwards along one axis or several."""
    axes = (axes,) if isinstance(axes, int) else tuple(axes)
    return Tensor(
        lambda value: np.flip(value, axes), [x], x.shape, x.dtype, lambda g, out: [reverse(g, axes)]
    )


def one_hot(indices, num_classes):
    """Ones at the indices, along a new last axis; an index outside has none."""
    return Tensor(
        lambda value: value[..., None] == np.arange(num_classes),
        [indices],
        indices.shape + (num_classes,),
        floatx(),
    )


def slice(x, start, size):  # K calls it so
    """`x[start[0]:start[0] + size[0], ...]`; both are lists of integers or tensors. Raises ValueError for
    another length.
    """
    start, size = [
        [item[n] for n in range(item.shape[0])] if is_tensor(item) else list(item) for item in (start, size)
    ]
    if len(start) != x.ndim or len(size) != x.ndim:
        raise ValueError(
            "A slice of {} axes needs as many starts and sizes, not {} and {}.".format(
                x.ndim, len(start), len(size)
            )
        )
    ends = [None if isinstance(n, int) and n == -1 else first + n for first, n in zip(start, size)]
    return x[tuple(builtins.slice(*ends) for ends in zip(start, ends))]
