"""Loops over an axis. One of known length is written out; one of unknown length is written out when it is
evaluated.
"""

import numpy as np

from .broadcasting import zeros_of
from .creation import shape
from .evaluation import evaluate
from .gradient import backward
from .tensor import Tensor, next_serial


class Loop(Tensor):
    """The output `build(length)`, a graph that is only built when the length is known."""

    def __init__(self, build, length, outside, known, dtype, pullback=None):
        Tensor.__init__(self, None, [length] + outside, known, dtype, pullback)
        self.build = build

    def evaluate(self, known):
        (value,) = evaluate([self.build(int(known[self.inputs[0]]))], known)
        return value


def looped(build, x, grows, axis=0):
    """`build(count)` over the `count` elements of `x` along `axis`; `grows` is the axis of the result that is
    as long, or None.

    `build` is called with 2 first when the length is unknown, to see what it uses and what comes out.
    """
    if x.shape[axis] is not None:
        return build(x.shape[axis])
    start = next_serial()
    trial = build(2)
    outside = _uses(trial, start)
    known = [None if n == grows else size for n, size in enumerate(trial.shape)]

    def pullback(g, out):
        return [None] + [_slope(build, g, out, item) for item in outside]

    return Loop(build, shape(x)[axis], outside, known, trial.dtype, pullback)


def _slope(build, g, out, item):
    """The gradient for one tensor from outside: the loop is built again, and walked backwards up to its
    border.
    """
    outside = list(out.inputs[1:])

    def again(count):
        (slope,) = backward(build(count), g, [item], stop=outside)
        return zeros_of(item) if slope is None else slope

    return Loop(
        again,
        out.inputs[0],
        outside + [g],
        item.shape,
        item.dtype,
        pullback=None if np.dtype(item.dtype).kind != "f" else _second_order,
    )


def _second_order(g, out):
    raise NotImplementedError("The gradient of the gradient of a loop of unknown length is not written yet.")


def _uses(trial, start):
    """The tensors made before `start` that the graph of `trial` uses directly."""
    found, seen, waiting = [], {trial}, [trial]
    while waiting:
        for item in waiting.pop().inputs:
            if item not in seen:
                seen.add(item)
                (found if item.serial < start else waiting).append(item)
    return ([trial] if trial.serial < start else []) + found
