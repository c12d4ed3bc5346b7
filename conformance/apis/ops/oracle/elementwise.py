"""Elementwise functions that NumPy has under no name, in float64 and 64-bit integers."""
import math

import numpy as np


def _each(function):
    return np.vectorize(function, otypes=["float64"])


def erf(x):
    """The error function."""
    return _each(math.erf)(x)


def erfc(x):
    """One minus the error function, exact where that is small."""
    return _each(math.erfc)(x)


def erfinv(x):
    """What erf maps to x: Newton's steps from a rough start; infinite at the ends, NaN outside."""
    x = np.asarray(x, "float64")
    inner = np.where(np.abs(x) < 1, x, 0.0)
    log = np.log1p(-inner * inner)
    half = 2 / (np.pi * 0.147) + log / 2
    found = np.sign(inner) * np.sqrt(np.sqrt(half * half - log / 0.147) - half)
    for _ in range(60):
        found = found - (erf(found) - inner) * np.sqrt(np.pi) / 2 * np.exp(np.minimum(found * found, 700))
    ends = np.where(np.abs(x) == 1, np.copysign(np.inf, x), np.nan)
    return np.where(np.abs(x) < 1, found, ends)


def reciprocal(x):
    """1 / x."""
    return 1 / np.asarray(x, "float64")


def rsqrt(x):
    """One over the square root."""
    return 1 / np.sqrt(x)


def true_divide(x1, x2):
    """The quotient, in float64."""
    return np.asarray(x1, "float64") / np.asarray(x2, "float64")


def divide_no_nan(x1, x2):
    """The quotient, and 0 where x2 is 0."""
    x1, x2 = np.broadcast_arrays(np.asarray(x1, "float64"), np.asarray(x2, "float64"))
    return np.where(x2 == 0, 0.0, x1 / np.where(x2 == 0, 1.0, x2))


def heaviside(x1, x2):
    """0 below zero, 1 above, x2 at zero."""
    return np.heaviside(np.asarray(x1, "float64"), np.asarray(x2, "float64"))


def ldexp(x1, x2):
    """x1 times 2 to the power of x2."""
    return np.asarray(x1, "float64") * 2.0 ** np.asarray(x2, "float64")
