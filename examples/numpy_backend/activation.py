"""Activations, normalization and what else a layer applies to its sums."""

import numpy as np

from .broadcasting import floating, ones_of, unary, where
from .creation import stop_gradient
from .elementwise import abs, clip, exp, minimum, sqrt
from .reduction import axes_of, max, mean, sum, var
from .settings import normalize_data_format
from .shaping import reshape
from .tensor import Tensor


def relu(x, alpha=0.0, max_value=None, threshold=0.0):
    """`max_value` from there on, `x` from `threshold` on, and `alpha * (x - threshold)` below."""
    x = floating(x)
    result = where(x >= threshold, x, alpha * (x - threshold))
    return result if max_value is None else where(x >= max_value, max_value * ones_of(x), result)


def elu(x, alpha=1.0):
    """`x` above 0, and `alpha * (exp(x) - 1)` below."""
    return where(x > 0, x, alpha * (exp(minimum(x, 0)) - 1))


def softmax(x, axis=-1):
    """exp(x) over its sum along `axis`."""
    raised = exp(x - stop_gradient(max(x, axis, keepdims=True)))
    return raised / sum(raised, axis, keepdims=True)


def softplus(x):
    """log(1 + exp(x)), which does not overflow."""
    return unary(
        lambda value: np.logaddexp(value, np.zeros((), value.dtype)), floating(x), lambda x, out: sigmoid(x)
    )


def softsign(x):
    """x / (1 + |x|)."""
    return x / (1 + abs(x))


def sigmoid(x):
    """1 / (1 + exp(-x)): exp of a large number is infinite, and its inverse 0."""
    return unary(lambda value: 1 / (1 + np.exp(-value)), floating(x), lambda x, out: out * (1 - out))


def hard_sigmoid(x):
    """0.2 * x + 0.5, kept between 0 and 1."""
    return clip(0.2 * x + 0.5, 0.0, 1.0)


def bias_add(x, bias, data_format=None):
    """`x` plus a bias of one dimension, that of the channels, or of all but the samples'. ValueError for
    another rank.
    """
    first = normalize_data_format(data_format) == "channels_first"
    if bias.ndim not in (1, x.ndim - 1):
        raise ValueError(
            "A bias of {} axes does not fit a tensor of {}: it has 1 or {}.".format(
                bias.ndim, x.ndim, x.ndim - 1
            )
        )
    if (
        first and x.ndim > 2
    ):  # K shows a reshape here, also for a bias of several axes, whose elements it leaves in their order
        sizes = [-1 if n is None else n for n in bias.shape]
        bias = reshape(bias, sizes[-1:] + (sizes[:-1] if bias.ndim > 1 else [1] * (x.ndim - 2)))
    return x + bias


def batch_normalization(x, mean, var, beta, gamma, axis=-1, epsilon=1e-3):
    """(x - mean) / sqrt(var + epsilon) * gamma + beta; a `beta` or `gamma` that is None is left out."""
    axis %= x.ndim

    def along(item):
        return reshape(item, [-1 if n == axis else 1 for n in range(x.ndim)]) if item.ndim == 1 else item

    result = (x - along(mean)) / sqrt(along(var) + epsilon)
    result = result if gamma is None else result * along(gamma)
    return result if beta is None else result + along(beta)


def normalize_batch_in_training(x, gamma, beta, reduction_axes, epsilon=1e-3):
    """The tensor normalized by its own mean and variance over axes, and these two."""
    axes = axes_of(x, list(reduction_axes))
    center, spread = mean(x, axes), var(x, axes)
    kept = [1 if n in axes else -1 if size is None else size for n, size in enumerate(x.shape)]
    result = (x - reshape(center, kept)) / sqrt(reshape(spread, kept) + epsilon)
    result = result if gamma is None else result * reshape(gamma, kept)
    return (result if beta is None else result + reshape(beta, kept)), center, spread


def in_top_k(predictions, targets, k):
    """Whether fewer than `k` predictions of a row are above that of its target."""

    def compute(value, places):
        chosen = value[np.arange(len(value)), places.astype("int64")]
        return np.isfinite(chosen) & ((value > chosen[:, None]).sum(axis=1) < k)

    return Tensor(compute, [predictions, targets], targets.shape, "bool")
