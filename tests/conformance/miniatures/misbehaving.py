"""CNTK with seven functions that each misbehave in one way: what they cost must be their own cases and
nothing else."""

import ctypes
import os
import sys
import time

from keras.backend import cntk_backend as real
from keras.backend.cntk_backend import *  # noqa: F403

_FORGED = (
    '{"kind": "case", "id": "elementwise/abs/2d/variable", "area": "elementwise", "function": "abs", '
    '"verdict": "fail", "seconds": 0}\n'
)


def exp(x):
    """Ends the process, politely."""
    os._exit(0)


def sin(x):
    """Never returns."""
    while True:
        time.sleep(0.01)


def cos(x):
    """Says that it is not there."""
    raise NotImplementedError("cos")


def square(x):
    """Is wrong by two parts in a hundred, which half precision sees too."""
    return real.square(x) * 1.02


def sqrt(x):
    """Reads address zero."""
    return ctypes.string_at(0)


def sign(x):
    """Forges a journal line on every descriptor it can reach, floods stdout, closes it, and is right."""
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, _FORGED.encode())
        except OSError:
            pass  # not open, or not for writing
    for _ in range(200):
        sys.stdout.write(_FORGED * 100)
    os.close(1)
    os.close(2)
    return real.sign(x)


def round(x):
    """Raises what is no Exception."""
    raise SystemExit(0)


def backend():
    """The name Keras was asked for."""
    return "misbehaving"
