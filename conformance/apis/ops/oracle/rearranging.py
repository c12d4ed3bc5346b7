"""Elements moved to other places, by NumPy."""
import numpy as np


def reshape(x, newshape):
    """The same elements in row-major order."""
    return np.reshape(x, newshape)


def expand_dims(x, axis):
    """New axes of length one, at these places of the result."""
    return np.expand_dims(x, tuple(axis) if isinstance(axis, list) else axis)


def squeeze(x, axis=None):
    """Axes of length one removed."""
    return np.squeeze(x, tuple(axis) if isinstance(axis, list) else axis)


def flip(x, axis=None):
    """The order along axes reversed."""
    return np.flip(x, tuple(axis) if isinstance(axis, list) else axis)


def rot90(array, k=1, axes=(0, 1)):
    """Turned counterclockwise, k times."""
    return np.rot90(array, k, axes)


def tile(x, repeats):
    """x after itself along each axis."""
    return np.tile(x, repeats)


def repeat(x, repeats, axis=None):
    """Each element several times."""
    return np.repeat(x, repeats, axis)


def pad(x, pad_width, mode="constant", constant_values=None):
    """x with a border."""
    given = {} if constant_values is None else {"constant_values": constant_values}
    return np.pad(x, pad_width, mode, **given)


def trace(x, offset=0, axis1=0, axis2=1):
    """The sums of diagonals."""
    return np.sum(np.diagonal(x, offset, axis1, axis2), axis=-1)


def rearrange(tensor, pattern, **lengths):
    """Axes taken apart, permuted and merged as a pattern of names says."""
    before, after = (_axes(side) for side in pattern.split("->"))
    sizes = dict(lengths)
    for names, length in zip(before, tensor.shape, strict=True):
        known = int(np.prod([sizes[name] for name in names if name in sizes]))
        sizes.update((name, length // known) for name in names if name not in sizes)
    flat = [name for names in before for name in names]
    apart = np.reshape(tensor, [sizes[name] for name in flat])
    moved = np.transpose(apart, [flat.index(name) for names in after for name in names])
    return np.reshape(moved, [int(np.prod([sizes[name] for name in names])) for names in after])


def _axes(side):
    groups, group = [], None
    for word in side.replace("(", " ( ").replace(")", " ) ").split():
        if word == "(":
            group = []
        elif word == ")":
            groups.append(group)
            group = None
        elif group is None:
            groups.append([word])
        else:
            group.append(word)
    return groups
