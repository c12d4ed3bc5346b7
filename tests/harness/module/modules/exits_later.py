"""Ends the process in one function."""

import os

from tiny import *  # noqa: F403


def square(x):
    """Never returns."""
    os._exit(0)
