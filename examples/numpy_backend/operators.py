"""Python's operators and indices on tensors."""

import builtins

import numpy as np

from . import elementwise
from .creation import as_tensor
from .tensor import Tensor, is_tensor


def _reflected(function):
    return lambda self, other: function(other, self)


def _install(names, functions):
    for name, function in zip(names.split(), functions):
        setattr(Tensor, "__{}__".format(name), function)


_ARITHMETIC = (
    elementwise.add,
    elementwise.subtract,
    elementwise.multiply,
    elementwise.divide,
    elementwise.power,
)
_install("add sub mul truediv pow", [lambda self, other, f=f: f(self, other) for f in _ARITHMETIC])
_install("radd rsub rmul rtruediv rpow", [_reflected(function) for function in _ARITHMETIC])
_install("neg abs", (elementwise.negative, elementwise.abs))
_install(
    "lt le gt ge", (elementwise.less, elementwise.less_equal, elementwise.greater, elementwise.greater_equal)
)


def take(x, index):
    """`x[index]`: integers, slices, None, an ellipsis, and tensors of integers in place of integers and
    bounds.
    """
    index = index if isinstance(index, tuple) else (index,)
    position = [n for n, item in enumerate(index) if item is Ellipsis]
    axes = len([item for item in index if item is not None and item is not Ellipsis])
    if position:
        rest = (slice(None),) * (x.ndim - axes)
        index = index[: position[0]] + rest + index[position[0] + 1 :]
    else:
        index = index + (slice(None),) * (x.ndim - axes)
    tensors = []
    code = [_encode(item, tensors) for item in index]
    kept = Tensor(
        lambda value, *known: value[tuple(_decode(item, known) for item in code)],
        [x] + tensors,
        _shape(x, index),
        x.dtype,
        name=None,
    )

    def pullback(g, out):
        def scatter(value, part, *known):
            whole = np.zeros(value.shape, part.dtype)
            np.add.at(whole, tuple(_decode(item, known) for item in code), part)
            return whole

        return [
            Tensor(
                scatter,
                [x, g] + tensors,
                x.shape,
                g.dtype,
                lambda g, out: [None, take(g, index)] + [None] * len(tensors),
            )
        ] + [None] * len(tensors)

    kept.pullback = pullback
    return kept


def _encode(item, tensors):
    # A tensor becomes its place in `tensors`, wrapped in a list so that it cannot be taken for a number.
    if isinstance(item, builtins.slice):
        return tuple(_encode(bound, tensors) for bound in (item.start, item.stop, item.step))
    if not is_tensor(item):
        return item
    tensors.append(item)
    return [len(tensors) - 1]


def _decode(item, known):
    if isinstance(item, tuple):
        return builtins.slice(*[_decode(bound, known) for bound in item])
    return int(known[item[0]]) if isinstance(item, list) else item


def _shape(x, index):
    sizes, result = iter(x.shape), []
    for item in index:
        n = None if item is None else next(sizes)
        if item is None:
            result.append(1)
        elif isinstance(item, builtins.slice):
            symbolic = any(is_tensor(bound) for bound in (item.start, item.stop, item.step))
            result.append(None if n is None or symbolic else len(range(*item.indices(n))))
        elif n is not None and not is_tensor(item) and not -n <= item < n:
            raise IndexError("{} has no index {} on an axis of {}.".format(x.name, item, n))
    return tuple(result)


def _iterate(self):
    if not self.shape or self.shape[0] is None:
        raise TypeError("{} has no known first dimension to iterate over.".format(self.name))
    return iter([self[n] for n in range(self.shape[0])])


_install("getitem iter", (take, _iterate))


def gather(reference, indices):
    """The rows of `reference` at `indices`, an integer tensor of any rank."""
    indices = as_tensor(indices, "int32")

    def scatter(g, out):
        def compute(whole, places, rows):
            summed = np.zeros(whole.shape, rows.dtype)
            np.add.at(summed, places.astype("int64"), rows)
            return summed

        return [
            Tensor(
                compute,
                [reference, indices, g],
                reference.shape,
                g.dtype,
                lambda g, out: [None, None, gather(g, indices)],
            ),
            None,
        ]

    return Tensor(
        lambda value, places: value[places.astype("int64")],
        [reference, indices],
        indices.shape + reference.shape[1:],
        reference.dtype,
        scatter,
    )
