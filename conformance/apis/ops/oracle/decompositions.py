"""What decompositions promise, as properties: their factors are unique only up to signs and order."""
import numpy as np

from conformance.case import Check

TOLERANCE = 2e-4
"""Of the product of the factors, relative to the largest entry: float32, some hundred operations."""


def _close(got, want, what):
    got, want = np.asarray(got), np.asarray(want)
    if got.shape != want.shape:
        return ["{} has shape {} instead of {}".format(what, got.shape, want.shape)]
    off = np.abs(got.astype("complex128") - want).max() if got.size else 0.0
    if not off <= TOLERANCE * max(1.0, np.abs(want).max() if want.size else 0.0):
        return ["{} is off by {:.2g}".format(what, off)]
    return []


def _identity(q):
    return np.broadcast_to(np.eye(q.shape[-1]), q.shape[:-2] + (q.shape[-1],) * 2)


def _turned(matrix):
    return np.swapaxes(np.asarray(matrix), -1, -2)


def qr(mode):
    """The check of Q and R, reduced or complete, for the matrix that goes in."""
    def want(x, **arguments):  # noqa: ARG001 - the mode is known
        rows, columns = x.shape[-2:]
        inner = min(rows, columns) if mode == "reduced" else rows

        def problems(got):
            q, r = (np.asarray(part) for part in got)
            found = _close(q @ r, x, "Q R")
            if q.shape[-2:] != (rows, inner) or r.shape[-2:] != (inner, columns):
                return found + ["Q and R have shapes {} and {}".format(q.shape, r.shape)]
            return found + _close(_turned(q) @ q, _identity(q), "Q^T Q") + _close(np.triu(r), r, "upper R")
        return Check("Q is orthogonal, R upper triangular, Q R is x", problems)
    return want


def svd(full):
    """The check of U, S and V^T."""
    def want(x, **arguments):  # noqa: ARG001 - the arguments are known
        rows, columns = x.shape[-2:]
        inner = min(rows, columns)

        def problems(got):
            u, s, v = (np.asarray(part) for part in got)
            shapes = ((rows, rows if full else inner), (columns if full else inner, columns))
            if (u.shape[-2:], v.shape[-2:]) != shapes:
                return ["U and V^T have shapes {} and {}".format(u.shape, v.shape)]
            found = _close(u[..., :inner] * s[..., None, :] @ v[..., :inner, :], x, "U S V^T")
            found += _close(_turned(u) @ u, _identity(u), "U^T U")
            return found + _close(v @ _turned(v), _identity(_turned(v)), "V^T V") + _close(
                s, np.linalg.svd(x, compute_uv=False), "S")
        return Check("U and V are orthogonal, S are the singular values, largest first", problems)
    return want


def eigh(x):
    """The check of eigenvalues in ascending order and of eigenvectors in columns."""
    def problems(got):
        values, vectors = (np.asarray(part) for part in got)
        return (_close(values, np.linalg.eigvalsh(x), "the eigenvalues")
                + _close(x @ vectors, vectors * values[..., None, :], "x v")
                + _close(_turned(vectors) @ vectors, _identity(vectors), "v^T v"))
    return Check("the eigenvalues in ascending order, orthonormal eigenvectors", problems)


def eig(x):
    """The check of eigenvalues in any order and of their eigenvectors in columns."""
    def problems(got):
        values, vectors = (np.asarray(part).astype("complex128") for part in got)
        return (_close(np.sort_complex(values), np.sort_complex(np.linalg.eigvals(x).astype("complex128")),
                       "the eigenvalues")
                + _close(x @ vectors, vectors * values[..., None, :], "x v")
                + _close(np.linalg.norm(vectors, axis=-2), np.ones(values.shape), "the length of v"))
    return Check("the eigenvalues, eigenvectors of length 1 in the same order", problems)


def lu_factor(x):
    """The check of the packed factors and of the pivots, which are rows that were swapped."""
    def problems(got):
        packed, pivots = np.asarray(got[0]), np.asarray(got[1])
        rows, columns = packed.shape[-2:]
        inner = min(rows, columns)
        lower = np.tril(packed, -1)[:, :inner] + np.eye(rows, inner)
        permuted = np.array(x)
        for row, other in enumerate(pivots.astype(int)):
            permuted[[row, other]] = permuted[[other, row]]
        return _close(lower @ np.triu(packed)[:inner], permuted, "L U")
    return Check("L below the diagonal and U on and above it, rows swapped as the pivots say", problems)
