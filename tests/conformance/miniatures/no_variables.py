"""K whose `variable` is broken, and nothing else."""

from small import *  # noqa: F403


def variable(value, dtype=None, name=None, constraint=None):
    """Raises, whatever it is given."""
    raise RuntimeError("variables are out today")
