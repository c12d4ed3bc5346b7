"""Normalizations and attention from their definitions, in float64."""
import numpy as np

from conformance.oracle.nn import softmax

EPSILON = 1e-7
"""What `keras.config.epsilon()` is by default."""


def _axes(axis):
    return tuple(axis) if isinstance(axis, (list, tuple)) else (axis,)


def _spread(vector, x, axis):
    """A vector that lies along the axes, with the rank of x."""
    if vector is None:
        return None
    axes = {a % x.ndim for a in _axes(axis)}
    return np.reshape(vector, [n if a in axes else 1 for a, n in enumerate(x.shape)])


def normalize(x, axis=-1, order=2, epsilon=None):
    """x over its norm along the axes, or over epsilon where that is more."""
    size = np.abs(x)
    axes = _axes(axis)
    norm = (np.max(size, axis=axes, keepdims=True) if order == np.inf
            else np.sum(size ** order, axis=axes, keepdims=True) ** (1.0 / order))
    return x / np.maximum(norm, EPSILON if epsilon is None else epsilon)


def batch(x, mean, variance, axis, offset=None, scale=None, epsilon=1e-3):
    """(x - mean) / sqrt(variance + epsilon) * scale + offset; the vectors lie along the axis."""
    mean, variance, offset, scale = (_spread(item, x, axis) for item in (mean, variance, offset, scale))
    found = (x - mean) / np.sqrt(variance + epsilon)
    found = found if scale is None else found * scale
    return found if offset is None else found + offset


def layer(x, gamma=None, beta=None, axis=-1, epsilon=None):
    """x with mean 0 and variance 1 along the axes, times gamma, plus beta."""
    axes = _axes(axis)
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.mean((x - mean) ** 2, axis=axes, keepdims=True)
    found = (x - mean) / np.sqrt(variance + (EPSILON if epsilon is None else epsilon))
    gamma, beta = _spread(gamma, x, axis), _spread(beta, x, axis)
    found = found if gamma is None else found * gamma
    return found if beta is None else found + beta


def rms(x, scale=None, axis=-1, epsilon=None):
    """x over the root of its mean square along the axes, times scale."""
    square = np.mean(x ** 2, axis=_axes(axis), keepdims=True)
    found = x / np.sqrt(square + (EPSILON if epsilon is None else epsilon))
    return found if scale is None else found * scale


def attention(query, key, value, bias=None, mask=None, scale=None, is_causal=False):
    """softmax(Q K scale + bias) V for each head; heads of key and value serve groups of heads of the
    query."""
    groups = query.shape[2] // key.shape[2]
    key, value = np.repeat(key, groups, axis=2), np.repeat(value, groups, axis=2)
    logits = np.einsum("btnh,bsnh->bnts", query, key) * (query.shape[3] ** -0.5 if scale is None else scale)
    logits = logits if bias is None else logits + bias
    seen = np.ones(logits.shape, bool) if mask is None else np.broadcast_to(mask, logits.shape)
    if is_causal:
        seen = seen & np.tri(logits.shape[2], logits.shape[3], dtype=bool)
    return np.einsum("bnts,bsnh->btnh", softmax(np.where(seen, logits, -np.inf)), value)
