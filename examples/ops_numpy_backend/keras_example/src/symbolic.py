"""Shape and dtype of a result that is not computed yet: the function runs on zeros, once for each of two
lengths of the dimensions that are not known, and what differs is not known either.
"""

import numpy as np
from keras.src import tree
from keras.src.backend.common.keras_tensor import KerasTensor
from keras.src.backend.common.stateless_scope import StatelessScope
from keras.src.backend.common.symbolic_scope import SymbolicScope

_LENGTHS = (83, 89)
"""Primes, so that a product of an unknown dimension with another is not taken for a known one."""


def compute_output_spec(fn, *args, **kwargs):
    """What `fn` would return for these arguments, in which KerasTensors stand for tensors: KerasTensors."""
    with StatelessScope(), SymbolicScope():
        short, long = [_run(fn, args, kwargs, length) for length in _LENGTHS]
    return tree.map_structure(_spec, short, long)


def _run(fn, args, kwargs, length):
    def zeros(x):
        if not isinstance(x, KerasTensor):
            return x
        return np.zeros([length if n is None else n for n in x.shape], x.dtype)

    args, kwargs = tree.map_structure(zeros, (args, kwargs))
    with np.errstate(all="ignore"):
        return fn(*args, **kwargs)


def _spec(short, long):
    if not isinstance(short, (np.ndarray, np.generic)):
        return short
    shape = [m if m == n else None for m, n in zip(short.shape, long.shape)]
    return KerasTensor(shape, dtype=str(short.dtype))
