"""Functions that put tensors side by side: joining, stacking, repetition."""

import builtins

import numpy as np

from .shaping import expand_dims, reshape_like
from .tensor import Tensor, broadcast_shape


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
