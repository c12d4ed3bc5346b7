"""Activations, losses and normalizations from their definitions, in float64."""
import functools
import math

import numpy as np


def relu(x, alpha=0.0, max_value=None, threshold=0.0):
    """K's three pieces: `max_value` from there on, `x` from `threshold` on, `alpha * (x - threshold)` below
    it."""
    top = np.inf if max_value is None else max_value
    return np.where(x >= top, top, np.where(x >= threshold, x, alpha * (x - threshold)))


def elu(x, alpha=1.0):
    """`x` above zero, `alpha * (exp(x) - 1)` below."""
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


def softmax(x, axis=-1):
    """Exponentials, scaled to sum to one along `axis`."""
    shifted = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return shifted / np.sum(shifted, axis=axis, keepdims=True)


def log_softmax(x, axis=-1):
    """The logarithm of softmax, exact where softmax itself is zero."""
    shifted = x - np.max(x, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


def sigmoid(x):
    """`1 / (1 + exp(-x))`."""
    return np.exp(-np.logaddexp(0.0, -x))


def softplus(x):
    """`log(1 + exp(x))`."""
    return np.logaddexp(0.0, x)


def hard_sigmoid(x):
    """0 below -2.5, 1 above 2.5, `0.2 * x + 0.5` between them."""
    return np.where(x < -2.5, 0.0, np.where(x > 2.5, 1.0, 0.2 * x + 0.5))


def categorical(target, output, axis=-1, epsilon=1e-7):
    """Cross-entropy of probabilities, which are scaled to sum to one and kept `epsilon` away from 0 and 1."""
    share = output / np.sum(output, axis=axis, keepdims=True)
    return -np.sum(target * np.log(np.clip(share, epsilon, 1.0 - epsilon)), axis=axis)


def categorical_of_logits(target, output, axis=-1):
    """Cross-entropy of logits: nothing is clipped, nothing overflows."""
    return -np.sum(target * log_softmax(output, axis), axis=axis)


def one_hot(target, classes, axis=-1):
    """Class indices as probabilities along a new `axis`."""
    return np.moveaxis(np.eye(classes)[np.asarray(target).astype(int)], -1, axis)


def binary(target, output, epsilon=1e-7):
    """Cross-entropy of independent probabilities, which are kept `epsilon` away from 0 and 1."""
    share = np.clip(output, epsilon, 1.0 - epsilon)
    return -(target * np.log(share) + (1.0 - target) * np.log(1.0 - share))


def binary_of_logits(target, output):
    """Cross-entropy of independent logits: `-t log s(x) - (1 - t) log s(-x)`."""
    return target * np.logaddexp(0.0, -output) + (1.0 - target) * np.logaddexp(0.0, output)


def l2_normalize(x, axis=None):
    """`x` divided by its Euclidean norm along `axis`."""
    return x / np.sqrt(np.sum(np.square(x), axis=axis, keepdims=True))


def batch_norm(x, mean, var, beta=None, gamma=None, epsilon=1e-3):
    """`(x - mean) / sqrt(var + epsilon) * gamma + beta`."""
    scaled = (x - mean) / np.sqrt(var + epsilon)
    return scaled * (1.0 if gamma is None else gamma) + (0.0 if beta is None else beta)


def batch_statistics(x, axes):
    """Mean and population variance over `axes`, which disappear."""
    axes = tuple(axes)
    return np.mean(x, axis=axes), np.var(x, axis=axes)


def normalize_batch(x, axes, gamma=None, beta=None, epsilon=1e-3):
    """(normalized, mean, variance) of a batch; the statistics, `gamma` and `beta` have the axes that are not
    reduced."""
    axes = tuple(sorted(axes))
    mean, variance = batch_statistics(x, axes)
    spread = tuple(1 if axis in axes else n for axis, n in enumerate(x.shape))
    normalized = batch_norm(x, mean.reshape(spread), variance.reshape(spread),
                            None if beta is None else np.reshape(beta, spread),
                            None if gamma is None else np.reshape(gamma, spread), epsilon)
    return [normalized, mean, variance]


@functools.lru_cache(maxsize=None)
def binomial_range(n, p, alarm=1e-9):
    """The smallest and largest count of successes in `n` trials of chance `p` that is not an alarm.

    Exact: below the range, and above it, lies at most half of `alarm`.
    """
    counts = np.arange(n + 1)
    logs = np.array([math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) for k in counts])
    chance = np.exp(logs + counts * math.log(p) + (n - counts) * math.log1p(-p))
    low = int(np.argmax(np.cumsum(chance) > alarm / 2))
    high = n - int(np.argmax(np.cumsum(chance[::-1]) > alarm / 2))
    return low, high
