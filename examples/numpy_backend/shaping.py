"""Functions that move elements about: shapes, order, repetition, joining, padding."""

import builtins

import numpy as np

from .creation import as_tensor, floatx, static
from .tensor import Tensor, broadcast_shape, is_tensor


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


def concatenate(tensors, axis=-1):
    """Tensors joined along an axis; all of them called sparse, the result is."""
    rank = tensors[0].ndim
    axis %= rank
    sizes = [tensor.shape[axis] for tensor in tensors]
    others = [tuple(1 if n == axis else size for n, size in enumerate(tensor.shape)) for tensor in tensors]
    shape = list(broadcast_shape(*others))
    shape[axis] = None if None in sizes else builtins.sum(sizes)

    def pullback(g, out):
        return [_part(g, tensors, n, axis) for n in range(len(tensors))]

    return Tensor(
        lambda *values: np.concatenate(values, axis=axis),
        tensors,
        shape,
        np.result_type(*[tensor.dtype for tensor in tensors]),
        pullback,
        sparse=builtins.all(tensor.sparse for tensor in tensors),
    )


def _part(g, tensors, which, axis):
    def compute(value, *parts):
        ends = np.cumsum([part.shape[axis] for part in parts])
        return np.take(value, range(ends[which] - parts[which].shape[axis], ends[which]), axis=axis)

    def pullback(g, out):
        blank = [Tensor(np.zeros_like, [tensor], tensor.shape, tensor.dtype) for tensor in tensors]
        return [concatenate(blank[:which] + [g] + blank[which + 1 :], axis)] + [None] * len(tensors)

    return Tensor(compute, [g] + list(tensors), tensors[which].shape, g.dtype, pullback)


def stack(x, axis=0):
    """Tensors of one shape side by side along a new axis."""
    axis %= x[0].ndim + 1
    return concatenate([expand_dims(tensor, axis) for tensor in x], axis)


def reverse(x, axes):
    """`x` backwards along one axis or several."""
    axes = (axes,) if isinstance(axes, int) else tuple(axes)
    return Tensor(
        lambda value: np.flip(value, axes), [x], x.shape, x.dtype, lambda g, out: [reverse(g, axes)]
    )


def repeat_elements(x, rep, axis):
    """Every element `rep` times along `axis`, as np.repeat does."""
    axis %= x.ndim
    apart = expand_dims(x, axis + 1)
    return _merge(concatenate([apart] * rep, axis + 1), axis)


def _merge(x, axis):
    """`x` with the dimensions `axis` and `axis + 1` laid out as one."""
    first, second = x.shape[axis : axis + 2]
    shape = (
        x.shape[:axis] + (None if first is None or second is None else first * second,) + x.shape[axis + 2 :]
    )
    return Tensor(
        lambda value: value.reshape(value.shape[:axis] + (-1,) + value.shape[axis + 2 :]),
        [x],
        shape,
        x.dtype,
        lambda g, out: [reshape_like(g, x)],
    )


def repeat(x, n):
    """A matrix `n` times: (samples, dim) becomes (samples, n, dim)."""
    return stack([x] * n, axis=1)


def tile(x, n):
    """`x` repeated `n[i]` times along axis i."""
    n = (n,) if isinstance(n, int) else n
    for axis, times in enumerate(n):
        x = concatenate([x] * int(times), axis)
    return x


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
