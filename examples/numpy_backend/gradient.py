"""Gradients: the graph is walked backwards from the loss, and each tensor passes on what it gets."""

import numpy as np

from .tensor import Tensor, Variable


def gradients(loss, variables):
    """The gradients of a scalar loss with respect to `variables`, a list; None for one that it does not
    depend on.

    They are graph themselves, so a gradient of a gradient is one more call.
    """
    ones = Tensor(np.ones_like, [loss], loss.shape, loss.dtype)
    return backward(loss, ones, variables)


def backward(output, gradient, wanted, stop=()):
    """What `gradient` of `output` comes to for each of the tensors `wanted`. No way is followed through those
    in `stop`.
    """
    stop, found = set(stop), {output: gradient}
    for tensor in _ancestors(output, stop):
        if tensor not in found or tensor.pullback is None or tensor in stop:
            continue
        for item, part in zip(tensor.inputs, tensor.pullback(found[tensor], tensor)):
            if part is not None and np.dtype(item.dtype).kind == "f":
                found[item] = part if item not in found else found[item] + part
    return [found.get(tensor) for tensor in wanted]


def _ancestors(output, stop):
    """`output` and all it is computed from, the latest made first: whatever uses a tensor was made after
    it.
    """
    seen, waiting = {output}, [output]
    while waiting:
        tensor = waiting.pop()
        for item in () if tensor in stop else tensor.inputs:
            if item not in seen:
                seen.add(item)
                waiting.append(item)
    return sorted((item for item in seen if not isinstance(item, Variable)), key=lambda item: -item.serial)
