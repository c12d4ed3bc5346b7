"""The expression graph: a tensor says how it is computed from others, and what is known of it before it is.

Nothing is computed when an expression is written. `evaluation.py` does that, in the order the tensors were
made.
"""

import contextlib
import itertools

import numpy as np

_SERIALS = itertools.count()
# What has to be computed before the tensors made next: see `control_dependencies`.
_BEFORE = [()]


def next_serial():
    """A number above that of every tensor made so far."""
    return next(_SERIALS)


class Tensor(object):
    """One node of the graph.

    compute    a function from the NumPy arrays of `inputs` to the array of this tensor
    inputs     the tensors it is computed from
    shape      a tuple of integers and None, None where the dimension is not known before it is computed
    dtype      its name as a string; what `compute` returns is cast to it
    pullback   a function `(gradient, self) -> [gradient of each input]` that builds graph; None for a
    function that is
               constant almost everywhere, such as a comparison
    """

    __array_ufunc__ = None  # array + tensor is our business, not NumPy's

    def __init__(self, compute, inputs, shape, dtype, pullback=None, name=None, sparse=False):
        self.serial = next_serial()
        self.compute = compute
        self.inputs = tuple(inputs)
        self.dtype = str(np.dtype(dtype))
        self.pullback = pullback
        self.name = name or "{}_{}".format(type(self).__name__.lower(), self.serial)
        self.sparse = sparse
        self.before = _BEFORE[-1]
        # What Keras' layers read, and write when they know more than the graph does.
        self._keras_shape = tuple(None if n is None else int(n) for n in shape)
        self._uses_learning_phase = any(getattr(item, "_uses_learning_phase", False) for item in self.inputs)

    @property
    def shape(self):
        """The static shape."""
        return self._keras_shape

    @property
    def ndim(self):
        """The number of axes, which is always known."""
        return len(self._keras_shape)

    def evaluate(self, known):
        """The array of this tensor, given those of its inputs in the mapping `known`."""
        with np.errstate(all="ignore"):  # 1 / 0 is infinite, as in every engine
            value = np.asarray(self.compute(*[known[item] for item in self.inputs]))
            value = value.astype(self.dtype, copy=False)
        check_shape(self, value.shape)
        return value

    def __repr__(self):
        return "<{} {} shape={} dtype={}>".format(type(self).__name__, self.name, self.shape, self.dtype)


class Variable(Tensor):
    """A tensor that keeps its value from one evaluation to the next."""

    def __init__(self, value, dtype, name=None, constraint=None, sparse=False):
        value = np.array(value, dtype=dtype)  # always a copy: nobody else's array is kept
        Tensor.__init__(self, None, (), value.shape, dtype, name=name, sparse=sparse)
        self.value = value
        self.constraint = constraint

    def assign(self, value):
        """Replace the value. Raises ValueError when the shape is another one."""
        value = np.array(value, dtype=self.dtype)
        check_shape(self, value.shape)
        self.value = value
        return value

    def evaluate(self, known):
        return self.value


class Placeholder(Tensor):
    """A tensor whose value is fed."""

    def __init__(self, shape, dtype, name=None, sparse=False, default=None):
        Tensor.__init__(self, None, (), shape, dtype, name=name, sparse=sparse)
        self.default = default

    def evaluate(self, known):
        if self.default is None:
            raise ValueError(
                "{} has no value: list it among the inputs of K.function and feed it.".format(self.name)
            )
        return np.asarray(self.default, self.dtype)


class Update(Tensor):
    """The new value of a variable, which gets it when this is evaluated."""

    def __init__(self, variable, value):
        Tensor.__init__(self, None, (value,), variable.shape, variable.dtype)
        self.variable = variable

    def evaluate(self, known):
        # What reads the variable after this, in the same evaluation, reads the new value.
        known[self.variable] = self.variable.assign(known[self.inputs[0]])
        return known[self.variable]


@contextlib.contextmanager
def control_dependencies(control_inputs):
    """Tensors made inside are computed after `control_inputs`; None forgets those of the blocks around."""
    _BEFORE.append(() if control_inputs is None else _BEFORE[-1] + tuple(control_inputs))
    try:
        yield
    finally:
        _BEFORE.pop()


def check_shape(tensor, shape):
    """Raise ValueError unless `shape` agrees with what is known of the tensor's."""
    if len(shape) != tensor.ndim or any(want not in (None, n) for want, n in zip(tensor.shape, shape)):
        raise ValueError(
            "{} has shape {}, and got a value of shape {}.".format(tensor.name, tensor.shape, tuple(shape))
        )


def is_tensor(x):
    """Whether `x` is a node of the graph."""
    return isinstance(x, Tensor)


def broadcast_shape(*shapes):
    """The static shape of an elementwise result. An unknown dimension beside a known one other than 1 must be
    equal to it.
    """
    rank = max(len(shape) for shape in shapes)
    result = []
    for sizes in zip(*[(1,) * (rank - len(shape)) + tuple(shape) for shape in shapes]):
        known = {n for n in sizes if n not in (None, 1)}
        if len(known) > 1:
            raise ValueError("Shapes {} cannot be broadcast together.".format(" and ".join(map(str, shapes))))
        result.append(known.pop() if known else None if None in sizes else 1)
    return tuple(result)
