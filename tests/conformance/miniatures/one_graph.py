"""K with one graph, like TensorFlow's: an operation without a kernel fails every evaluation in it until the
session is cleared, and operations are numbered."""

from small import *  # noqa: F403
from small import function as _function

poisoned = False
numbered = 0


def refused(x):
    """Is refused while it is built, with the number that the operation would have."""
    global numbered
    numbered += 1
    raise ValueError(f"refused: 'Refused_{numbered}'")


def without_kernel(x):
    """Poisons the graph."""
    global poisoned
    poisoned = True
    return x


def function(inputs, outputs, updates=None, **kwargs):
    """A callable that refuses while the graph is poisoned."""
    compute = _function(inputs, outputs)

    def run(values):
        if poisoned:
            raise ValueError("No OpKernel was registered")
        return compute(values)

    return run


def eval(x):
    """The value of a node."""
    return function([], [x])([])[0]


def clear_session():
    """A new graph."""
    global numbered, poisoned
    numbered = 0
    poisoned = False
