"""CNTK until `abs` is asked for: that removes this file and ends the process, so that the backend never loads again."""

import os

from keras.backend.cntk_backend import *  # noqa: F403


def abs(x):  # noqa: A001
    """Takes the module with it; a second worker may have been faster."""
    if os.path.exists(__file__):
        os.remove(__file__)
    os._exit(1)
