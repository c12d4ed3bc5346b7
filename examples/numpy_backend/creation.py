"""Variables, placeholders, constants, and what K says of a tensor before it is computed."""

import numpy as np

from .evaluation import dense, eval
from .settings import floatx, scoped
from .tensor import Placeholder, Tensor, Variable, is_tensor


def variable(value, dtype=None, name=None, constraint=None):
    """A variable with `value`: a number, list, array, SciPy matrix, or a tensor, which is evaluated once."""
    value = eval(value) if is_tensor(value) else value
    return Variable(
        dense(value), dtype or floatx(), scoped(name), constraint, sparse=hasattr(value, "toarray")
    )


def is_variable(x):
    """Whether `x` is a variable."""
    return isinstance(x, Variable)


def constant(value, dtype=None, shape=None, name=None):
    """A tensor that is always `value`; with `shape`, a number fills it and a list is laid out in it."""
    value = np.array(value, dtype=dtype or floatx())
    if shape is not None:
        value = np.full(shape, value) if value.size == 1 else value.reshape(shape)
    return Tensor(lambda: value, (), value.shape, value.dtype, name=scoped(name))


def as_tensor(x, dtype=None):
    """`x` if it is a tensor, else a constant of the dtype."""
    return x if is_tensor(x) else constant(x, dtype=dtype)


def placeholder(shape=None, ndim=None, dtype=None, sparse=False, name=None):
    """A tensor that is fed. Raises ValueError when neither `shape` nor `ndim` is given.

    A sparse one is kept dense inside: it is only called sparse.
    """
    if shape is None:
        if ndim is None:
            raise ValueError("A placeholder needs a shape or ndim.")
        shape = (None,) * ndim
    return Placeholder(shape, dtype or floatx(), scoped(name), sparse)


def is_placeholder(x):
    """Whether `x` is a placeholder."""
    return isinstance(x, Placeholder)


def is_keras_tensor(x):
    """Whether a layer of Keras made `x`. Raises ValueError when it is no tensor."""
    if not is_tensor(x):
        raise ValueError("Not a tensor of this backend: {!r}.".format(x))
    return hasattr(x, "_keras_history")


def is_sparse(tensor):
    """Whether `tensor` is called sparse."""
    return getattr(tensor, "sparse", False)


def to_dense(tensor):
    """`tensor`, no longer called sparse."""
    return identity(tensor) if is_sparse(tensor) else tensor


def identity(x, name=None):
    """A tensor with the content of `x`."""
    return Tensor(lambda value: value, [x], x.shape, x.dtype, pullback=lambda g, out: [g], name=scoped(name))


def stop_gradient(variables):
    """`variables`, a tensor or a list of them, as constants to a gradient."""
    if isinstance(variables, (list, tuple)):
        return [stop_gradient(item) for item in variables]
    return Tensor(lambda value: value, [variables], variables.shape, variables.dtype)


def shape(x):
    """The shape as a tensor of integers."""
    return Tensor(lambda value: np.array(value.shape, "int32"), [x], (x.ndim,), "int32")


def int_shape(x):
    """The static shape, a tuple of integers and None."""
    return x.shape


def ndim(x):
    """The number of axes."""
    return x.ndim


def size(x, name=None):
    """The number of elements as a tensor."""
    return Tensor(lambda value: value.size, [x], (), "int32", name=scoped(name))


def dtype(x):
    """The dtype, a string."""
    return x.dtype


def count_params(x):
    """The number of elements of a tensor of known shape, an integer."""
    return int(np.prod(x.shape))


def get_variable_shape(x):
    """The shape of a variable, a tuple of integers."""
    return x.shape


def cast(x, dtype):
    """`x` in another dtype."""
    from_dtype, to_float = x.dtype, np.dtype(dtype).kind == "f"
    return Tensor(
        lambda value: value,
        [x],
        x.shape,
        dtype,
        pullback=(lambda g, out: [cast(g, from_dtype)])
        if to_float and np.dtype(from_dtype).kind == "f"
        else None,
    )


def static(sizes):
    """The static form of a shape whose entries may be tensors."""
    return tuple(None if n is None or is_tensor(n) else int(n) for n in sizes)


def filled(make, sizes, dtype, name=None):
    """A variable of `make(shape)`; a tensor when an entry of the shape is one, and so not known yet."""
    if is_tensor(sizes):
        return Tensor(
            lambda n: make(tuple(n)), [sizes], (None,) * sizes.shape[0], dtype or floatx(), name=scoped(name)
        )
    sizes = (sizes,) if isinstance(sizes, int) else tuple(sizes)
    if any(is_tensor(n) for n in sizes):
        return Tensor(
            lambda *known: make(tuple(int(n) for n in known)),
            [as_tensor(n, "int32") for n in sizes],
            static(sizes),
            dtype or floatx(),
            name=scoped(name),
        )
    return Variable(make(sizes), dtype or floatx(), scoped(name))


def zeros(shape, dtype=None, name=None):
    """A variable of zeros."""
    return filled(np.zeros, shape, dtype, name)


def ones(shape, dtype=None, name=None):
    """A variable of ones."""
    return filled(np.ones, shape, dtype, name)


def eye(size, dtype=None, name=None):
    """A variable with ones on the diagonal: `size` is the number of rows, or rows and columns."""
    rows, columns = size if isinstance(size, (tuple, list)) else (size, size)
    return Variable(np.eye(rows, columns), dtype or floatx(), scoped(name))


def _like(make, x, dtype, name):
    if None not in x.shape:
        return Variable(make(x.shape), dtype or x.dtype, scoped(name))
    return Tensor(lambda value: make(value.shape), [x], x.shape, dtype or x.dtype, name=scoped(name))


def zeros_like(x, dtype=None, name=None):
    """Zeros in the shape of `x`: a variable where the shape is known, else a tensor."""
    return _like(np.zeros, x, dtype, name)


def ones_like(x, dtype=None, name=None):
    """Ones in the shape of `x`: a variable where the shape is known, else a tensor."""
    return _like(np.ones, x, dtype, name)


def arange(start, stop=None, step=1, dtype="int32"):
    """Integers from `start` (0 when it is the only one given) to below `stop`."""
    start, stop = (0, start) if stop is None else (start, stop)
    if any(is_tensor(n) for n in (start, stop, step)):
        return Tensor(np.arange, [as_tensor(n, "int32") for n in (start, stop, step)], (None,), dtype)
    return constant(np.arange(start, stop, step), dtype)
