"""Products of tensors."""

import numpy as np

from keras_example.src.dtypes import accumulating, promoted, wide
from keras_example.src.ops.core import convert_to_tensor


def _product(function, x1, x2, dtype=None, **options):
    dtype = dtype or promoted(x1, x2)
    x1, x2 = wide(convert_to_tensor(x1, dtype)), wide(convert_to_tensor(x2, dtype))
    return np.asarray(function(x1, x2, **options)).astype(dtype)


def matmul(x1, x2):
    """The product of matrices; the axes before the last two are a batch."""
    x1, x2 = convert_to_tensor(x1), convert_to_tensor(x2)
    return _product(np.matmul, x1, x2, "int32" if x1.dtype == x2.dtype == np.int8 else None)


def dot(x1, x2):
    """The sum of products over the last axis and the one before the last."""
    return _product(np.dot, x1, x2)


def inner(x1, x2):
    """The sum of products over the last axes."""
    return _product(np.inner, x1, x2)


def outer(x1, x2):
    """The product of each element with each other."""
    return _product(np.outer, x1, x2)


def vdot(x1, x2):
    """The sum of all products; the first is conjugated."""
    return _product(np.vdot, x1, x2)


def kron(x1, x2):
    """Kronecker's product."""
    return _product(np.kron, x1, x2)


def tensordot(x1, x2, axes=2):
    """The sum of products over any axes."""
    return _product(np.tensordot, x1, x2, axes=tuple(axes) if isinstance(axes, list) else axes)


def cross(x1, x2, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """The vector product; of two dimensions it is a number."""
    dtype = promoted(x1, x2)
    x1, x2 = wide(convert_to_tensor(x1, dtype)), wide(convert_to_tensor(x2, dtype))
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = np.moveaxis(x1, axisa, -1), np.moveaxis(x2, axisb, -1)
    if a.shape[-1] == b.shape[-1] == 2:
        return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]).astype(dtype)
    a, b = [np.pad(item, [(0, 0)] * (item.ndim - 1) + [(0, 3 - item.shape[-1])]) for item in (a, b)]
    return np.moveaxis(np.cross(a, b), -1, axisc).astype(dtype)


def einsum(subscripts, *operands, **kwargs):
    """Products summed over the letters that are not in the result."""
    dtype = promoted(*operands)
    if all(convert_to_tensor(x).dtype == np.int8 for x in operands):
        dtype = "int32"
    return np.asarray(
        np.einsum(subscripts, *[wide(convert_to_tensor(x, dtype)) for x in operands], **kwargs)
    ).astype(dtype)


def trace(x, offset=0, axis1=0, axis2=1):
    """The sum of a diagonal."""
    x = convert_to_tensor(x)
    dtype = accumulating(x)
    return np.asarray(np.trace(wide(x.astype(dtype)), offset, axis1, axis2)).astype(dtype)


def vectorize(pyfunc, *, excluded=None, signature=None):
    """A function of arrays made of one of their parts."""
    return np.vectorize(pyfunc, excluded=excluded, signature=signature)


def slogdet(x):
    """The sign and the logarithm of the size of a determinant."""
    return tuple(np.linalg.slogdet(convert_to_tensor(x)))
