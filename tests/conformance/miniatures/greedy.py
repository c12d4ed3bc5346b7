"""CNTK whose `transpose` uses up what all its processes share, as a full disk would, and ends: whoever starts
meanwhile fails."""

import fcntl
import os
import time
from pathlib import Path

from keras.backend import cntk_backend as real
from keras.backend.cntk_backend import *  # noqa: F403

_SHARED = os.open(__file__, os.O_RDONLY)  # until the process ends

if os.environ.get("GREEDY"):
    time.sleep(0.1)  # so that there are always some that start
    fcntl.flock(_SHARED, fcntl.LOCK_SH | fcntl.LOCK_NB)  # raises OSError
    fcntl.flock(_SHARED, fcntl.LOCK_UN)


def relu(x, *args, **kwargs):
    """Takes its time."""
    time.sleep(0.3 if os.environ.get("GREEDY") else 0)
    return real.relu(x, *args, **kwargs)


def transpose(x):
    """Holds it for a second, and ends."""
    if not os.environ.get("GREEDY"):
        return real.transpose(x)
    with Path(__file__).open() as own:
        fcntl.flock(own, fcntl.LOCK_EX)
        time.sleep(1)
        os._exit(0)
