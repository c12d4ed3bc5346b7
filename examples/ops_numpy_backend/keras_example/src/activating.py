"""Activations."""

import math

import numpy as np

from keras_example.src import arithmetic
from keras_example.src.dtypes import own, wide
from keras_example.src.ops.core import convert_to_tensor


def _activation(function, rule=None):
    """`function` of floats and further arguments. The result has the dtype of the tensor, as Keras declares
    it, also where that is an integer; `rule` makes another.
    """

    def decorated(x, *args, **kwargs):
        x = convert_to_tensor(x)
        with np.errstate(all="ignore"):
            made = np.asarray(function(wide(x.astype(own(x))), *args, **kwargs))
        return made.astype(x.dtype if rule is None else rule(x))

    decorated.__wrapped__ = function
    return decorated


def _of_floats(function):
    """The same; integers become floatx."""
    return _activation(function, own)


def relu(x):
    """Zero below zero; integers stay integers."""
    x = convert_to_tensor(x)
    return np.maximum(x, np.zeros((), x.dtype))


def relu6(x):
    """Between 0 and 6."""
    x = convert_to_tensor(x)
    return np.clip(wide(x), 0, 6).astype(x.dtype)


@_activation
def sigmoid(x):
    """1 / (1 + exp(-x)), without overflow."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + small), small / (1 + small))


tanh = arithmetic.tanh


@_activation
def tanh_shrink(x):
    """x - tanh(x)."""
    return x - np.tanh(x)


@_activation
def softplus(x):
    """log(1 + exp(x)), without overflow."""
    return np.logaddexp(x, np.zeros((), x.dtype))


@_activation
def softsign(x):
    """x / (1 + |x|)."""
    return x / (1 + np.abs(x))


@_of_floats
def soft_shrink(x, threshold=0.5):
    """Nearer to zero by the threshold."""
    return np.where(x > threshold, x - threshold, np.where(x < -threshold, x + threshold, 0))


@_activation
def hard_shrink(x, threshold=0.5):
    """Zero up to the threshold."""
    return np.where(np.abs(x) > threshold, x, 0)


@_activation
def threshold(x, threshold, default_value):
    """The default up to the threshold."""
    return np.where(x > threshold, x, default_value)


@_activation
def silu(x):
    """x * sigmoid(x)."""
    return x * sigmoid(x)


@_activation
def squareplus(x, b=4):
    """(x + sqrt(x² + b)) / 2."""
    return (x + np.sqrt(x * x + b)) / 2


@_activation
def log_sigmoid(x):
    """The logarithm of the sigmoid."""
    return -np.logaddexp(-x, np.zeros((), x.dtype))


@_of_floats
def leaky_relu(x, negative_slope=0.2):
    """A smaller slope below zero."""
    return np.maximum(x, 0) + negative_slope * np.minimum(x, 0)


@_of_floats
def hard_sigmoid(x):
    """A line from 0 at -2.5 to 1 at 2.5."""
    return np.clip(x / 5 + 0.5, 0, 1)


@_of_floats
def hard_silu(x):
    """x * relu6(x + 3) / 6."""
    return x * np.clip(x / 6 + 0.5, 0, 1)


@_activation
def hard_tanh(x):
    """Between -1 and 1."""
    return np.clip(x, -1, 1)


@_activation
def elu(x, alpha=1.0):
    """An exponential below zero."""
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


@_activation
def celu(x, alpha=1.0):
    """The same, with the same slope on both sides of zero."""
    return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0) / alpha)


@_of_floats
def selu(x):
    """elu, scaled so that mean and variance stay."""
    return 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(np.minimum(x, 0)))


@_activation
def gelu(x, approximate=True):
    """x times the normal distribution function, or its usual approximation."""
    if approximate:
        return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    return x * (1 + arithmetic.erf(x / np.asarray(math.sqrt(2), x.dtype))) / 2


@_activation
def glu(x, axis=-1):
    """One half times the sigmoid of the other."""
    if x.shape[axis] % 2:
        raise ValueError("glu halves an axis, and it has length {}".format(x.shape[axis]))
    first, second = np.split(x, 2, axis)
    return first * sigmoid(second)


@_of_floats
def sparse_plus(x):
    """0 below -1, x above 1, a parabola between."""
    return np.where(x <= -1, 0, np.where(x < 1, (x + 1) ** 2 / 4, x))


@_of_floats
def sparse_sigmoid(x):
    """0 below -1, 1 above 1, a line between."""
    return np.clip((x + 1) / 2, 0, 1)


@_activation
def softmax(x, axis=-1):
    """Shares of the exponentials along an axis, of everything without one."""
    raised = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return raised / raised.sum(axis=axis, keepdims=True)


@_activation
def log_softmax(x, axis=-1):
    """Their logarithms."""
    below = x - np.max(x, axis=axis, keepdims=True)
    return below - np.log(np.exp(below).sum(axis=axis, keepdims=True))


@_activation
def sparsemax(x, axis=-1):
    """The nearest shares, of which some are zero."""
    down = np.flip(np.sort(x, axis), axis)
    shape = [1] * x.ndim
    shape[axis] = -1
    rank = np.arange(1, x.shape[axis] + 1, dtype=x.dtype).reshape(shape)
    total = np.cumsum(down, axis)
    count = np.sum(1 + rank * down > total, axis=axis, keepdims=True)
    edge = (np.take_along_axis(total, count - 1, axis) - 1) / count
    return np.maximum(x - edge, 0)
