"""Random variables, which keep their draw, and random tensors, which draw again at every evaluation."""

import numpy as np

from .broadcasting import where, zeros_of
from .creation import as_tensor, floatx, shape, static, variable
from .tensor import Tensor, is_tensor


def _source(seed):
    """Random numbers by a seed; without one, by NumPy's own, so that np.random.seed rules them as well."""
    return np.random.RandomState(np.random.randint(2**31 - 1) if seed is None else seed)


def random_uniform_variable(shape, low, high, dtype=None, name=None, seed=None):
    """A variable drawn uniformly between `low` and `high`."""
    return variable(_source(seed).uniform(low, high, shape), dtype, name)


def random_normal_variable(shape, mean, scale, dtype=None, name=None, seed=None):
    """A variable drawn from a normal distribution."""
    return variable(_source(seed).normal(mean, scale, shape), dtype, name)


def _drawn(draw, sizes, dtype, seed):
    """A tensor of `draw(source, shape)`; entries of the shape may be tensors."""
    source = _source(seed)
    if is_tensor(sizes):
        return Tensor(lambda n: draw(source, tuple(n)), [sizes], (None,) * sizes.shape[0], dtype or floatx())
    return Tensor(
        lambda *known: draw(source, tuple(int(n) for n in known)),
        [as_tensor(n, "int32") for n in sizes],
        static(sizes),
        dtype or floatx(),
    )


def random_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    """Normal draws."""
    return _drawn(lambda source, size: source.normal(mean, stddev, size), shape, dtype, seed)


def random_uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    """Uniform draws."""
    return _drawn(lambda source, size: source.uniform(minval, maxval, size), shape, dtype, seed)


def random_binomial(shape, p=0.0, dtype=None, seed=None):
    """Draws of 1 with the probability `p`, else 0."""
    return _drawn(lambda source, size: source.uniform(size=size) < p, shape, dtype, seed)


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    """Normal draws; those beyond two standard deviations are drawn again."""

    def draw(source, size):
        values = np.asarray(source.normal(size=size))
        while (np.abs(values) > 2).any():
            again = np.abs(values) > 2
            values[again] = source.normal(size=again.sum())
        return mean + stddev * values

    return _drawn(draw, shape, dtype, seed)


def dropout(x, level, noise_shape=None, seed=None):
    """`x` with a share `level` of its elements zero and the others scaled up; `noise_shape` says which fall
    together.
    """
    if noise_shape is None:
        noise_shape = shape(x)
    elif not is_tensor(noise_shape):
        whole = shape(x)
        noise_shape = [whole[axis] if n is None else n for axis, n in enumerate(noise_shape)]
    kept = _drawn(lambda source, size: source.uniform(size=size) >= level, noise_shape, "bool", seed)
    if kept.ndim == x.ndim and is_tensor(noise_shape):
        kept._keras_shape = x.shape
    return where(kept, x / (1.0 - level), zeros_of(x))
