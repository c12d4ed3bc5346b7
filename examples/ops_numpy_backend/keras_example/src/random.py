"""Random tensors: a seed of Keras makes a generator of NumPy."""

import numpy as np
from keras.src.backend.common.variables import standardize_dtype
from keras.src.backend.config import floatx
from keras.src.random.seed_generator import SeedGenerator, draw_seed, make_default_seed  # noqa: F401

from keras_example.src.dtypes import wide
from keras_example.src.ops.core import convert_to_tensor


def _generator(seed):
    return np.random.default_rng(np.asarray(draw_seed(seed)))


def _dtype(dtype):
    return standardize_dtype(dtype or floatx())


def normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    """Normally distributed."""
    return _generator(seed).normal(mean, stddev, shape).astype(_dtype(dtype))


def uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    """Evenly distributed, below `maxval`."""
    made = _generator(seed).uniform(minval, maxval, shape).astype(_dtype(dtype))
    # Rounding to a narrow dtype may reach the end, which does not belong to it.
    low, high = np.asarray(minval, made.dtype), np.asarray(maxval, made.dtype)
    return np.where(made >= high, low, made) if (low < high).all() else made


def categorical(logits, num_samples, dtype="int64", seed=None):
    """Classes, as often as their logits say."""
    logits = wide(convert_to_tensor(logits))
    noise = _generator(seed).gumbel(size=(logits.shape[0], num_samples, logits.shape[1]))
    return np.argmax(logits[:, None] + noise, -1).astype(_dtype(dtype))


def randint(shape, minval, maxval, dtype="int32", seed=None):
    """Integers below `maxval`."""
    return _generator(seed).integers(minval, maxval, shape).astype(_dtype(dtype))


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    """Normally distributed, within two deviations."""
    generator = _generator(seed)
    made = generator.normal(size=shape)
    while (outside := np.abs(made) > 2).any():
        made = np.where(outside, generator.normal(size=shape), made)
    return np.asarray(mean + stddev * made).astype(_dtype(dtype))


def dropout(inputs, rate, noise_shape=None, seed=None):
    """Some become zero, the others larger by as much."""
    inputs = convert_to_tensor(inputs)
    if rate >= 1:
        return np.zeros_like(inputs)
    shape = (
        inputs.shape
        if noise_shape is None
        else [n if m is None else m for m, n in zip(noise_shape, inputs.shape)]
    )
    kept = np.broadcast_to(_generator(seed).random(shape) >= rate, inputs.shape)
    return np.where(kept, wide(inputs) / (1 - rate), 0).astype(inputs.dtype)


def shuffle(x, axis=0, seed=None):
    """The parts along an axis in any order."""
    return _generator(seed).permutation(convert_to_tensor(x), axis)


def gamma(shape, alpha, dtype=None, seed=None):
    """Gamma distributed."""
    return (
        _generator(seed)
        .gamma(wide(convert_to_tensor(alpha, dtype or floatx())), size=shape)
        .astype(_dtype(dtype))
    )


def binomial(shape, counts, probabilities, dtype=None, seed=None):
    """How many of so many trials succeed."""
    counts = convert_to_tensor(counts, "int64")
    chances = convert_to_tensor(probabilities, "float64")
    return _generator(seed).binomial(counts, chances, shape).astype(_dtype(dtype))


def beta(shape, alpha, beta, dtype=None, seed=None):
    """Beta distributed."""
    alpha, other = convert_to_tensor(alpha, "float64"), convert_to_tensor(beta, "float64")
    return _generator(seed).beta(alpha, other, shape).astype(_dtype(dtype))
