"""References for products of tensors and for biases."""
import numpy as np


def batch_dot(x, y, axes):
    """The inner product of every sample of `x` with the same sample of `y`, over one axis of each.

    `axes` are the two axes, counted with the batch axis. What is left of a sample is what is left of `x`,
    then of `y`; nothing left counts as one number, so that the rank is at least 2.
    """
    first, second = axes[0] % x.ndim, axes[1] % y.ndim
    samples = [_inner(xi, yi, first - 1, second - 1) for xi, yi in zip(x, y)]
    result = np.array(samples)
    return result.reshape(len(samples), 1) if result.ndim == 1 else result


def _inner(x, y, first, second):
    left, right = np.moveaxis(x, first, -1), np.moveaxis(y, second, -1)
    result = np.zeros(left.shape[:-1] + right.shape[:-1], np.result_type(x, y))
    for place in np.ndindex(*left.shape[:-1]):
        for other in np.ndindex(*right.shape[:-1]):
            result[place + other] = (left[place] * right[other]).sum()
    return result


def add_bias(x, bias, channels_first=False):
    """`x` with one bias per channel, or one per position and channel.

    A bias of several axes is laid out as the output of a channels-last layer; for `channels_first` the Keras
    "NumPy implementation" reshapes it to (channels, ...) without moving its elements.
    """
    result = np.array(x)
    if bias.ndim == 1:
        channel = 1 if channels_first else x.ndim - 1
        for c in range(len(bias)):
            result[(slice(None),) * channel + (c,)] += bias[c]
        return result
    wanted = bias.reshape(bias.shape[-1:] + bias.shape[:-1]) if channels_first else bias
    for sample in result:
        sample += wanted
    return result
