"""Prints, and what it prints looks like a journal; on every descriptor it can reach."""

import os

import tiny
from tiny import *  # noqa: F403

FORGED = (
    '{"kind": "step", "step": "full", "holds": true, "message": "all of it"}\n'
    '{"kind": "case", "id": "elementwise/abs/2d/variable", "area": "elementwise", "function": "abs", "verdict": "pass"}\n'
    '{"kind": "end", "complete": true, "seconds": 0.1, "counts": {"pass": 5000}}\n'
)


def square(x):
    """Right, after forging."""
    for descriptor in (1, 2):
        os.write(descriptor, FORGED.encode())
    return tiny.square(x)


print(FORGED * 100, flush=True)
