"""Functions whose arguments are not K's."""

import numpy as np

import tiny
from tiny import *  # noqa: F403


def square(tensor):
    """Its argument has another name."""
    return tiny.square(tensor)


def sqrt(x, precise):
    """It demands more."""
    return tiny.sqrt(x)


def placeholder(shape=None, ndim=None, dtype="float32", sparse=False, name=None):
    """A default is another."""
    return tiny.placeholder(shape, ndim, dtype)


abs = np.abs
eye = 1
