"""Activations from their definitions, in float64."""
import math

import numpy as np

from conformance.oracle.nn import sigmoid

_SELU = 1.6732632423543772, 1.0507009873554805
_erf = np.vectorize(math.erf, otypes=[float])


def relu(x):
    """The larger of x and zero."""
    return np.maximum(x, 0)


def relu6(x):
    """x kept between 0 and 6."""
    return np.clip(x, 0, 6)


def sparse_sigmoid(x):
    """A line from 0 at -1 to 1 at 1."""
    return np.clip(0.5 * (x + 1.0), 0.0, 1.0)


def softsign(x):
    """`x / (abs(x) + 1)`."""
    return x / (np.abs(x) + 1.0)


def soft_shrink(x, threshold=0.5):
    """x moved towards zero by the threshold; zero within it, and where x is not a number."""
    return np.where(x > threshold, x - threshold, np.where(x < -threshold, x + threshold, 0.0))


def hard_shrink(x, threshold=0.5):
    """x beyond the threshold, else zero."""
    return np.where(np.abs(x) > threshold, x, 0.0)


def threshold(x, threshold, default_value):
    """x above the threshold, else the default."""
    return np.where(x > threshold, x, default_value)


def sparse_plus(x):
    """Zero up to -1, x from 1, a parabola between."""
    return np.where(x <= -1, 0.0, np.where(x >= 1, x, 0.25 * (x + 1.0) ** 2))


def silu(x):
    """`x * sigmoid(x)`."""
    return x * sigmoid(x)


def squareplus(x, b=4):
    """`(x + sqrt(x^2 + b)) / 2`, without the cancellation of negative x."""
    root = np.sqrt(np.square(x) + b)
    return np.where(x < 0, np.where(x < 0, b / (2.0 * (root - x)), 0.0), (x + root) / 2.0)


def log_sigmoid(x):
    """The logarithm of the sigmoid."""
    return -np.logaddexp(0.0, -x)


def leaky_relu(x, negative_slope=0.2):
    """x, scaled where it is negative."""
    return np.where(x < 0, negative_slope * x, x)


def hard_silu(x):
    """`x * (x + 3) / 6` between -3 and 3, zero below, x above."""
    return np.where(x < -3, 0.0, np.where(x > 3, x, x * (x + 3.0) / 6.0))


def elu(x, alpha=1.0):
    """`alpha * (exp(x) - 1)` where x is negative, else x."""
    return np.where(x < 0, alpha * np.expm1(np.minimum(x, 0.0)), x)


def celu(x, alpha=1.0):
    """`alpha * (exp(x / alpha) - 1)` where x is negative, else x."""
    return np.where(x < 0, alpha * np.expm1(np.minimum(x, 0.0) / alpha), x)


def selu(x):
    """An elu whose two constants keep mean and variance."""
    alpha, scale = _SELU
    return scale * elu(x, alpha)


def gelu(x, approximate=True):
    """x times the chance that a normal deviate is below x, or its approximation by a tanh."""
    if approximate:
        return x * sigmoid(2.0 * np.sqrt(2.0 / np.pi) * (x + 0.044715 * x ** 3))
    return 0.5 * x * (1.0 + _erf(x / np.sqrt(2.0)))


def glu(x, axis=-1):
    """The first half times the sigmoid of the second."""
    first, second = np.split(x, 2, axis=axis)
    return first * sigmoid(second)


def tanh_shrink(x):
    """`x - tanh(x)`."""
    return x - np.tanh(x)


def hard_tanh(x):
    """x kept between -1 and 1."""
    return np.clip(x, -1.0, 1.0)


def sparsemax(x, axis=-1):
    """The point of the probability simplex that is nearest to x along an axis."""
    def one(values):
        falling = np.sort(values)[::-1]
        sums = np.cumsum(falling)
        count = np.arange(1, len(values) + 1)
        support = np.count_nonzero(1 + count * falling > sums)
        return np.maximum(values - (sums[support - 1] - 1) / support, 0.0)
    return np.apply_along_axis(one, axis, x)
