"""Convolution and pooling: every window is laid out, then summed or reduced."""

import math

import numpy as np
from keras.src.backend.config import image_data_format

from keras_example.src.dtypes import promoted, wide
from keras_example.src.ops.core import convert_to_tensor


def _joint(x, kernel):
    """The dtype of both where it is the same, else what they promote to."""
    x, kernel = convert_to_tensor(x), convert_to_tensor(kernel)
    return x.dtype if x.dtype == kernel.dtype else promoted(x, kernel)


def _each(value, count):
    return (value,) * count if isinstance(value, int) else tuple(value)


def _channels_last(x, data_format):
    first = (data_format or image_data_format()) == "channels_first"
    return (np.moveaxis(x, 1, -1) if first else x), first


def _padding(length, size, stride, padding):
    """How much is added before and after an axis."""
    if padding == "valid":
        return 0, 0
    total = max((math.ceil(length / stride) - 1) * stride + size - length, 0)
    return total // 2, total - total // 2


def _windows(x, sizes, strides, dilations, padding, value):
    """The windows of channels-last `x`: batch, places, channels, then the places within a window."""
    spread = [(size - 1) * dilation + 1 for size, dilation in zip(sizes, dilations)]
    around = [
        _padding(n, size, stride, padding.lower()) for n, size, stride in zip(x.shape[1:-1], spread, strides)
    ]
    x = np.pad(x, [(0, 0), *around, (0, 0)], constant_values=value)
    found = np.lib.stride_tricks.sliding_window_view(x, spread, tuple(range(1, len(sizes) + 1)))
    places = tuple(slice(None, None, stride) for stride in strides)
    within = tuple(slice(None, None, dilation) for dilation in dilations)
    return found[(slice(None), *places, slice(None), *within)]


def conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    """The convolution of each group of channels with its part of the kernel."""
    dtype = _joint(inputs, kernel)
    x, first = _channels_last(wide(convert_to_tensor(inputs, dtype)), data_format)
    kernel = wide(convert_to_tensor(kernel, dtype))
    count = kernel.ndim - 2
    windows = _windows(x, kernel.shape[:-2], _each(strides, count), _each(dilation_rate, count), padding, 0)
    groups, rest = divmod(x.shape[-1], kernel.shape[-2])
    if rest or kernel.shape[-1] % groups:
        raise ValueError(
            "{} channels do not divide into groups of {} for {} filters".format(
                x.shape[-1], kernel.shape[-2], kernel.shape[-1]
            )
        )
    made = []
    for number in range(groups):
        own = np.take(windows, range(number * kernel.shape[-2], (number + 1) * kernel.shape[-2]), count + 1)
        filters = kernel.shape[-1] // groups
        part = np.moveaxis(kernel[..., number * filters : (number + 1) * filters], -2, 0)
        made.append(np.tensordot(own, part, count + 1))
    made = np.concatenate(made, -1).astype(dtype)
    return np.moveaxis(made, -1, 1) if first else made


def depthwise_conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    """The convolution of each channel by itself."""
    kernel = convert_to_tensor(kernel)
    kernel = kernel.reshape((*kernel.shape[:-2], 1, kernel.shape[-2] * kernel.shape[-1]))
    return conv(inputs, kernel, strides, padding, data_format, dilation_rate)


def separable_conv(
    inputs, depthwise_kernel, pointwise_kernel, strides=1, padding="valid", data_format=None, dilation_rate=1
):
    """A depthwise convolution, then one of single points."""
    made = depthwise_conv(inputs, depthwise_kernel, strides, padding, data_format, dilation_rate)
    return conv(made, pointwise_kernel, 1, "valid", data_format, 1)


def conv_transpose(
    inputs, kernel, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1
):
    """What a convolution with these arguments would spread each of its results over, summed."""
    dtype = _joint(inputs, kernel)
    x, first = _channels_last(wide(convert_to_tensor(inputs, dtype)), data_format)
    kernel = wide(convert_to_tensor(kernel, dtype))
    count = kernel.ndim - 2
    strides, dilations = _each(strides, count), _each(dilation_rate, count)
    extra = (None,) * count if output_padding is None else _each(output_padding, count)
    lengths, before = [], []
    for n, size, stride, dilation, more in zip(x.shape[1:-1], kernel.shape, strides, dilations, extra):
        spread = (size - 1) * dilation + 1
        if padding == "valid":
            length = (
                n * stride + max(spread - stride, 0) if more is None else (n - 1) * stride + spread + more
            )
            cut = 0
        else:
            length = n * stride if more is None else (n - 1) * stride + spread - 2 * (spread // 2) + more
            whole = max((n - 1) * stride + spread - length, 0)
            cut = whole // 2 if more is None else spread // 2
        lengths.append(length)
        before.append(cut)
    full = [
        max(cut + length, (n - 1) * stride + (size - 1) * dilation + 1)
        for cut, length, n, size, stride, dilation in zip(
            before, lengths, x.shape[1:-1], kernel.shape, strides, dilations
        )
    ]
    made = np.zeros((x.shape[0], *full, kernel.shape[-2]), x.dtype)
    for place in np.ndindex(*kernel.shape[:-2]):
        where = tuple(
            slice(at * dilation, at * dilation + (n - 1) * stride + 1, stride)
            for at, dilation, n, stride in zip(place, dilations, x.shape[1:-1], strides)
        )
        made[(slice(None), *where)] += x @ kernel[place].T
    made = made[(slice(None), *(slice(cut, cut + length) for cut, length in zip(before, lengths)))].astype(
        dtype
    )
    return np.moveaxis(made, -1, 1) if first else made


def max_pool(inputs, pool_size, strides=None, padding="valid", data_format=None):
    """The largest value of every window."""
    x, first = _channels_last(convert_to_tensor(inputs), data_format)
    count = x.ndim - 2
    sizes = _each(pool_size, count)
    lowest = -np.inf if x.dtype.kind in "fV" else np.iinfo(x.dtype).min
    windows = _windows(x, sizes, _each(strides or sizes, count), (1,) * count, padding, lowest)
    made = windows.max(axis=tuple(range(-count, 0)))
    return np.moveaxis(made, -1, 1) if first else made


def average_pool(inputs, pool_size, strides=None, padding="valid", data_format=None):
    """The mean of every window; what was added at the borders does not count."""
    x, first = _channels_last(convert_to_tensor(inputs), data_format)
    dtype, count = x.dtype, x.ndim - 2
    sizes = _each(pool_size, count)
    axes, strides = tuple(range(-count, 0)), _each(strides or sizes, count)

    def total(of):
        return _windows(of, sizes, strides, (1,) * count, padding, 0).sum(axis=axes)

    x = wide(x)
    made = (total(x) / total(np.ones_like(x))).astype(dtype)
    return np.moveaxis(made, -1, 1) if first else made


def _adaptive(function):
    def operation(inputs, output_size, data_format=None):
        x, first = _channels_last(convert_to_tensor(inputs), data_format)
        dtype = x.dtype
        x = wide(x)
        for axis, count in enumerate(_each(output_size, x.ndim - 2), 1):
            n = x.shape[axis]
            if count is not None:
                edges = [(number * n // count, -(-(number + 1) * n // count)) for number in range(count)]
                x = np.concatenate(
                    [function(np.take(x, range(*edge), axis), axis=axis, keepdims=True) for edge in edges],
                    axis,
                )
        x = x.astype(dtype)
        return np.moveaxis(x, -1, 1) if first else x

    return operation


adaptive_average_pool, adaptive_max_pool = _adaptive(np.mean), _adaptive(np.max)
