"""Convolutions and pooling in float64, as plain loops over the offsets in a window.

Arrays come in the data format under test; inside, channels are last. A convolution is what Keras means by it:
the kernel is not flipped, y[i] = sum over k of x[i * stride + k * dilation - left] * w[k], zeros outside x.
"""
import itertools

import numpy as np

from conformance.case import Check


def convolution(x, w, strides=1, padding="valid", data_format=None, dilation_rate=1, left=None):
    """The convolution of x with w, of shape (window..., channels in, channels out)."""
    def accumulate(patch, kernel, total):
        return total + np.dot(patch, kernel)
    return _slide(x, w.shape[:-2], w, accumulate, strides, padding, data_format, dilation_rate, left)


def depthwise(x, w, strides=1, padding="valid", data_format=None, dilation_rate=1, left=None):
    """Every channel c with its own kernels w[..., c, m]; they become the channels c * multiplier + m."""
    def accumulate(patch, kernel, total):
        product = patch[..., :, None] * kernel
        return total + product.reshape(patch.shape[:-1] + (-1,))
    return _slide(x, w.shape[:-2], w, accumulate, strides, padding, data_format, dilation_rate, left)


def separable(x, w, p, strides=1, padding="valid", data_format=None, dilation_rate=1, left=None):
    """A depthwise convolution, then one with a window of one."""
    middle = depthwise(x, w, strides, padding, data_format, dilation_rate, left)
    return convolution(middle, p, data_format=data_format)


def transposed(x, w, output_shape, strides=1, padding="valid", data_format=None, dilation_rate=1, left=None):
    """The transpose of the convolution that takes `output_shape` to the shape of x; w is (window..., out,
    in)."""
    x = _channels_last(x, data_format)
    rank = w.ndim - 2
    shape = list(output_shape)
    if data_format == "channels_first":
        shape = [shape[0]] + shape[2:] + [shape[1]]
    shape[0] = x.shape[0]
    strides, dilation = _each(strides, rank), _each(dilation_rate, rank)
    if left is None:
        left = [splits(shape[1 + axis], reach(w.shape[axis], dilation[axis]), strides[axis], padding)[0]
                for axis in range(rank)]
    out = np.zeros(shape)
    for place in np.ndindex(*x.shape[1:-1]):
        for offset in np.ndindex(*w.shape[:rank]):
            target = tuple(p * s + o * d - pad
                           for p, s, o, d, pad in zip(place, strides, offset, dilation, left))
            if all(0 <= t < n for t, n in zip(target, shape[1:-1])):
                out[(slice(None),) + target] += np.dot(x[(slice(None),) + place], w[offset].T)
    return _from_last(out, data_format)


def pool(x, pool_size, strides=1, padding="valid", data_format=None, pool_mode="max", left=None):
    """The largest or the mean value of every window; what lies outside x is not in the window."""
    everywhere = _slide(np.ones_like(x), pool_size, None, lambda patch, kernel, total: total + patch,
                        strides, padding, data_format, 1, left)
    if pool_mode == "avg":
        return _slide(x, pool_size, None, lambda patch, kernel, total: total + patch,
                      strides, padding, data_format, 1, left) / everywhere
    lowest = x.min()
    above = _slide(x - lowest, pool_size, None, lambda patch, kernel, total: np.maximum(total, patch),
                   strides, padding, data_format, 1, left)
    return above + lowest


def local(x, w, kernel_size, strides, output_shape=None, data_format=None):
    """A convolution whose kernel differs from place to place; each patch is flattened in the order it lies in
    x."""
    rank = len(kernel_size)
    sizes = output_shape or (w.shape[0],)
    first = 2 if data_format == "channels_first" and rank == 2 else 1
    out = np.zeros((x.shape[0],) + tuple(sizes) + (w.shape[2],))
    for number, place in enumerate(np.ndindex(*sizes)):
        window = tuple(slice(p * s, p * s + k) for p, s, k in zip(place, strides, kernel_size))
        patch = x[(slice(None),) * first + window]
        out[(slice(None),) + place] = np.dot(patch.reshape(x.shape[0], -1), w[number])
    return _from_last(out, data_format) if rank == 2 else out


def reach(size, dilation):
    """How many elements a dilated window spans."""
    return (size - 1) * dilation + 1


def splits(n, window, stride, padding):
    """The numbers of zeros that may stand before an axis of length n, the most usual first.

    "same" says how long the result is, not where the zeros go: those it takes may be halved, or half a window
    may stand at either end, and an odd one may go to either side. Often all of this is one number, and
    nothing is open. Where strides leap over elements and no zeros are taken, the windows may also stand in
    the middle of what there is.
    """
    if padding == "causal":
        return [window - 1]
    if padding == "valid":
        return [0]
    taken = (-(-n // stride) - 1) * stride + window - n
    found = []
    for candidate in (max(taken, 0) // 2, taken // 2, taken - taken // 2, (window - 1) // 2, window // 2):
        if candidate not in found:
            found.append(candidate)
    return found


def any_split(oracle, n, window, strides, padding="same"):
    """A Check that the result is `oracle(left)` for one of the splits the documentation leaves open, on every
    axis."""
    choices = [splits(*item, padding=padding) for item in zip(n, window, strides)]
    wanted = [oracle(left) for left in itertools.product(*choices)]

    def check(got):
        if not isinstance(got, np.ndarray) or got.shape != wanted[0].shape:
            return "wrong shape: {} instead of {}".format(np.shape(got), wanted[0].shape)
        scale = np.abs(wanted[0]).max()
        if not any(np.abs(got - want).max() <= 1e-5 * scale for want in wanted):
            return "wrong value: not what any split of the padding gives"
        return None
    return Check("values under one of {} splits of the padding, the first: {}".format(
        len(wanted), np.array2string(wanted[0].ravel()[:6], precision=6)), check)


def _slide(x, window, w, accumulate, strides, padding, data_format, dilation_rate, left):
    x = _channels_last(x, data_format)
    rank = len(window)
    strides, dilation = _each(strides, rank), _each(dilation_rate, rank)
    spans = [reach(k, d) for k, d in zip(window, dilation)]
    lengths = x.shape[1:-1]
    if left is None:
        left = [splits(n, span, s, padding)[0] for n, span, s in zip(lengths, spans, strides)]
    sizes = [(n - span) // s + 1 if padding == "valid" else -(-n // s)
             for n, span, s in zip(lengths, spans, strides)]
    total = np.zeros(())
    for offset in np.ndindex(*window):
        patch = x
        for axis in range(rank):
            at = np.arange(sizes[axis]) * strides[axis] + offset[axis] * dilation[axis] - left[axis]
            inside = (at >= 0) & (at < lengths[axis])
            patch = np.take(patch, np.where(inside, at, 0), axis=axis + 1)
            patch = patch * inside.reshape((-1,) + (1,) * (patch.ndim - axis - 2))
        total = accumulate(patch, None if w is None else w[offset], total)
    return _from_last(total, data_format)


def _each(value, rank):
    return (value,) * rank if isinstance(value, int) else tuple(value)


def _channels_last(x, data_format):
    return np.moveaxis(x, 1, -1) if data_format == "channels_first" else x


def _from_last(x, data_format):
    return np.moveaxis(x, -1, 1) if data_format == "channels_first" else x
