"""Crossentropies, from probabilities or from logits."""

from .broadcasting import floating
from .creation import arange, cast, shape
from .elementwise import abs, clip, equal, exp, log, maximum
from .reduction import logsumexp, sum
from .settings import epsilon
from .shaping import expand_dims, permute_dimensions, squeeze


def _axis(output, axis):
    if axis != -1 and axis not in range(output.ndim):
        raise ValueError(
            "The axis of a crossentropy is -1 or one of the {} of its output, not {}.".format(
                output.ndim, axis
            )
        )
    return axis % output.ndim


def categorical_crossentropy(target, output, from_logits=False, axis=-1):
    """-sum(target * log(probability)) along `axis`. Raises ValueError for an axis that `output` does not
    have.
    """
    axis = _axis(output, axis)
    if from_logits:
        logs = output - logsumexp(output, axis, keepdims=True)
    else:
        shares = output / sum(output, axis, keepdims=True)
        logs = log(clip(shares, epsilon(), 1.0 - epsilon()))
    return -sum(target * logs, axis)


def sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1):
    """The same with integer targets: of the shape of `output` without `axis`, or with a dimension of 1 there
    at the end.
    """
    axis = _axis(output, axis)
    if target.ndim == output.ndim:
        target = squeeze(target, -1)
    classes = arange(shape(output)[axis], dtype="int64")
    hot = cast(equal(expand_dims(cast(target, "int64"), -1), classes), output.dtype)
    order = list(range(output.ndim - 1))
    order.insert(axis, output.ndim - 1)
    return categorical_crossentropy(permute_dimensions(hot, order), output, from_logits, axis)


def binary_crossentropy(target, output, from_logits=False):
    """-target * log(p) - (1 - target) * log(1 - p), element by element."""
    target, output = floating(target), floating(output)
    if from_logits:
        return maximum(output, 0) - output * target + log(1 + exp(-abs(output)))
    shares = clip(output, epsilon(), 1 - epsilon())
    return -target * log(shares) - (1 - target) * log(1 - shares)
