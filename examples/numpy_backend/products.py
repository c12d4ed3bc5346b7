"""Products of tensors, all of them by one function: Einstein's sum over two tensors."""

import string

import numpy as np

from .tensor import Tensor


def einsum(spec, x, y):
    """Einstein's sum, as np.einsum of two operands. Every letter of an operand stands in the other one or in
    the result.

    That makes its gradients sums of the same kind.
    """
    left, right, result = spec.replace("->", ",").split(",")
    sizes = {}
    for letters, tensor in ((left, x), (right, y)):
        for letter, n in zip(letters, tensor.shape):
            if None not in (n, sizes.get(letter)) and sizes[letter] != n:
                raise ValueError(
                    "A product of the shapes {} and {} does not exist: {} is not {}.".format(
                        x.shape, y.shape, sizes[letter], n
                    )
                )
            sizes[letter] = sizes.get(letter) if n is None else n

    def pullback(g, out):
        return [
            einsum("{},{}->{}".format(result, right, left), g, y),
            einsum("{},{}->{}".format(result, left, right), g, x),
        ]

    return Tensor(
        lambda a, b: np.einsum(spec, a, b, optimize=True),
        [x, y],
        [sizes[letter] for letter in result],
        np.result_type(x.dtype, y.dtype),
        pullback,
    )


def dot(x, y):
    """The product over the last axis of `x` and the last but one of `y` (its only one, when it has one)."""
    left, right = string.ascii_lowercase[: x.ndim], string.ascii_uppercase[: y.ndim]
    place = max(y.ndim - 2, 0)
    right = right[:place] + left[-1] + right[place + 1 :]
    return einsum("{},{}->{}{}".format(left, right, left[:-1], right.replace(left[-1], "")), x, y)


def batch_dot(x, y, axes=None):
    """The product sample by sample over one axis of each: the last of `x` and the last but one of `y` unless
    `axes` says.

    A result of one dimension gets a second one. Raises ValueError for a rank below 2, and for the axis of the
    samples.
    """
    if x.ndim < 2 or y.ndim < 2:
        raise ValueError(
            "batch_dot needs tensors of two axes or more, not of {} and {}.".format(x.ndim, y.ndim)
        )
    if axes is None:
        axes = (x.ndim - 1, 1 if y.ndim == 2 else y.ndim - 2)
    first, second = (axes, axes) if isinstance(axes, int) else axes
    if not isinstance(first, int) or not isinstance(second, int):
        raise ValueError(
            "Multiple target dimensions in one tensor: batch_dot sums over one axis of each, not {}.".format(
                axes
            )
        )
    if None not in (x.shape[0], y.shape[0]) and x.shape[0] != y.shape[0]:
        raise ValueError("The batch sizes differ: {} and {}.".format(x.shape[0], y.shape[0]))
    first, second = first % x.ndim, second % y.ndim
    if 0 in (first, second):
        raise ValueError("batch_dot cannot sum over axis 0, which is the one of the samples.")
    left = "a" + string.ascii_lowercase[1 : x.ndim]
    right = list("a" + string.ascii_uppercase[1 : y.ndim])
    right[second] = summed = left[first]
    result = left.replace(summed, "") + "".join(right[1:]).replace(summed, "")
    product = einsum("{},{}->{}".format(left, "".join(right), result), x, y)
    return product[:, None] if product.ndim == 1 else product
