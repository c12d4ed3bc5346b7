"""Writes without an end in sight, when it is imported and when it is called."""

import sys

import tiny
from tiny import *  # noqa: F403


def flood():
    """32 MiB."""
    for _ in range(1 << 9):
        sys.stdout.write("all work and no play " * (1 << 12))


def square(x):
    """Right, after a flood."""
    flood()
    return tiny.square(x)


flood()
