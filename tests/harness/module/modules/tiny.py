"""A backend with a handful of functions, on NumPy: enough for Keras' loader, far from enough for Keras."""

import numpy as np


class Tensor:
    """A node: a function of the values of its parents; a leaf has a value or is fed."""

    def __init__(self, compute, parents=(), shape=None, dtype="float32"):
        self.compute = compute
        self.parents = parents
        self.shape = shape
        self.dtype = dtype

    def value(self, fed):
        if self in fed:
            return fed[self]
        return self.compute(*[parent.value(fed) for parent in self.parents])


def variable(value, dtype=None, name=None, constraint=None):
    """A tensor with a value."""
    array = np.array(value, dtype=dtype or "float32")
    return Tensor(lambda: array, (), array.shape, array.dtype.name)


def placeholder(shape=None, ndim=None, dtype=None, sparse=False, name=None):
    """A tensor that is fed."""
    return Tensor(None, (), tuple(shape) if shape is not None else (None,) * ndim, dtype or "float32")


def function(inputs, outputs, updates=None, **kwargs):
    """A callable from the values of `inputs` to those of `outputs`."""
    return lambda values: [output.value(dict(zip(inputs, map(np.asarray, values)))) for output in outputs]


def eval(x):
    """The value of a tensor that depends on no placeholder."""
    return x.value({})


def ndim(x):
    """The number of axes."""
    return len(x.shape)


def int_shape(x):
    """The shape, None where it is open."""
    return x.shape


def dtype(x):
    """The name of the dtype."""
    return x.dtype


def square(x):
    """Element-wise x * x."""
    return Tensor(np.square, (x,), x.shape, x.dtype)


def sqrt(x):
    """Element-wise square root of what is positive, 0 elsewhere."""
    return Tensor(lambda value: np.sqrt(np.maximum(value, value * 0)), (x,), x.shape, x.dtype)


def abs(x):
    """Wrong by a thousandth."""
    return Tensor(lambda value: np.abs(value) * np.float32(1.001), (x,), x.shape, x.dtype)
