"""Linear algebra, of batches of matrices."""

import numpy as np

from keras_example.src.dtypes import floating, unwritten, wide
from keras_example.src.ops.core import convert_to_tensor


def _of_floats(x):
    x = convert_to_tensor(x)
    dtype = x.dtype if x.dtype.kind == "c" else floating(x)
    return wide(x.astype(dtype)), dtype


def _matrices(function):
    def operation(a):
        a, dtype = _of_floats(a)
        return np.asarray(function(a)).astype(dtype)

    return operation


det, inv = _matrices(np.linalg.det), _matrices(np.linalg.inv)


def cholesky(a, upper=False):
    """The triangular matrix whose product with its own transpose is `a`."""
    a, dtype = _of_floats(a)
    made = np.linalg.cholesky(a)
    return (np.swapaxes(made, -1, -2).conj() if upper else made).astype(dtype)


def cholesky_inverse(a, upper=False):
    """The inverse of the matrix whose Cholesky factor is `a`."""
    a, dtype = _of_floats(a)
    whole = np.swapaxes(a, -1, -2) @ a if upper else a @ np.swapaxes(a, -1, -2)
    return np.linalg.inv(whole).astype(dtype)


def eig(a):
    """Eigenvalues and eigenvectors, complex."""
    a, dtype = _of_floats(a)
    values, vectors = np.linalg.eig(a)
    dtype = "complex128" if np.dtype(dtype).itemsize > 4 else "complex64"
    return values.astype(dtype), vectors.astype(dtype)


def eigh(a):
    """Those of a symmetric matrix."""
    a, dtype = _of_floats(a)
    values, vectors = np.linalg.eigh(a)
    return values.astype(dtype), vectors.astype(dtype)


def jvp(fun, primals, tangents, has_aux=False):
    """Nothing has a gradient here."""
    return unwritten("jvp", fun)


def lstsq(a, b, rcond=None):
    """The solution with the least squares."""
    a, dtype = _of_floats(a)
    return np.linalg.lstsq(a, wide(convert_to_tensor(b, dtype)), rcond=rcond)[0].astype(dtype)


def lu_factor(a):
    """Not written."""
    return unwritten("lu_factor", a)


def matrix_power(a, n):
    """So many factors."""
    a, dtype = _of_floats(a)
    return np.linalg.matrix_power(a, n).astype(dtype)


def matrix_rank(x, tol=None):
    """The number of independent rows."""
    return np.asarray(np.linalg.matrix_rank(_of_floats(x)[0], tol)).astype("int32")


def norm(x, ord=None, axis=None, keepdims=False):
    """The size of vectors or of matrices."""
    x, dtype = _of_floats(x)
    axis = tuple(axis) if isinstance(axis, list) else axis
    made = np.asarray(np.linalg.norm(x, ord=ord, axis=axis, keepdims=keepdims))
    return made.astype({"complex64": "float32", "complex128": "float64"}.get(str(dtype), dtype))


def pinv(x, rcond=None):
    """The pseudo-inverse."""
    x, dtype = _of_floats(x)
    return (np.linalg.pinv(x) if rcond is None else np.linalg.pinv(x, rcond)).astype(dtype)


def qr(x, mode="reduced"):
    """An orthogonal and a triangular factor."""
    if mode not in ("reduced", "complete"):
        raise ValueError("the mode of qr is reduced or complete, not {!r}".format(mode))
    x, dtype = _of_floats(x)
    return tuple(part.astype(dtype) for part in np.linalg.qr(x, mode))


def solve(a, b):
    """The `x` of `a @ x = b`."""
    a, dtype = _of_floats(a)
    b = wide(convert_to_tensor(b, dtype))
    made = np.linalg.solve(a, b[..., None])[..., 0] if b.ndim == a.ndim - 1 else np.linalg.solve(a, b)
    return made.astype(dtype)


def solve_triangular(a, b, lower=False):
    """The same for a triangular matrix."""
    a = convert_to_tensor(a)
    return solve(np.tril(a) if lower else np.triu(a), b)


def svd(x, full_matrices=True, compute_uv=True):
    """Singular values, and the bases they belong to."""
    x, dtype = _of_floats(x)
    made = np.linalg.svd(x, full_matrices=full_matrices, compute_uv=compute_uv)
    return tuple(part.astype(dtype) for part in made) if compute_uv else made.astype(dtype)
