"""CNTK until `abs` is asked for: that removes this file and ends the process, so that the backend never loads
again."""

import contextlib
import os
from pathlib import Path

from keras.backend.cntk_backend import *  # noqa: F403


def abs(x):
    """Takes the module with it; a second worker may have been faster."""
    with contextlib.suppress(FileNotFoundError):
        Path(__file__).unlink()
    os._exit(1)
