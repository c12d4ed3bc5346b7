"""K whose learning phase is a number, like MXNet's: a function that builds for both phases leaves the other
one behind when it raises."""

from one_graph import *  # noqa: F403

phase = 1


def learning_phase():
    """The phase."""
    return phase


def set_learning_phase(value):
    """Set the phase."""
    global phase
    phase = value


def raising(x):
    """Builds for one phase and never for the other."""
    set_learning_phase(0)
    raise ValueError("not for both")
