"""Forks while it is imported, and goes on twice."""

import os

from tiny import *  # noqa: F403

os.fork()
