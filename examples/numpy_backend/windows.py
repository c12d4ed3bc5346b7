"""Sliding windows, the one thing convolutions and pooling have in common, and their adjoint."""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from .creation import shape
from .tensor import Tensor


class Geometry(object):
    """How windows lie over space: for every axis a size, a stride, a dilation; and the padding, a word."""

    def __init__(self, size, strides, padding, dilation=None):
        rank = len(size)
        self.size = tuple(size)
        self.strides, self.dilation = [
            (n,) * rank if isinstance(n, int) else tuple(n) for n in (strides, dilation or 1)
        ]
        if padding not in ("valid", "same", "causal"):
            raise ValueError(
                "The padding is 'valid' or 'same' ('causal' in one dimension), not {!r}.".format(padding)
            )
        self.padding = padding
        self.reach = tuple((n - 1) * step + 1 for n, step in zip(self.size, self.dilation))

    def pads(self, space):
        """The zeros before and after each axis of the lengths `space`."""
        if self.padding == "valid":
            return [(0, 0)] * len(space)
        if self.padding == "causal":
            return [(reach - 1, 0) for reach in self.reach]
        totals = [
            max((-(-n // stride) - 1) * stride + reach - n, 0)
            for n, stride, reach in zip(space, self.strides, self.reach)
        ]
        return [(total // 2, total - total // 2) for total in totals]

    def count(self, space):
        """How many windows fit along each axis, None along one of unknown length."""
        known = [1 if n is None else n for n in space]
        return [
            None if n is None else (length + before + after - reach) // stride + 1
            for n, length, (before, after), reach, stride in zip(
                space, known, self.pads(known), self.reach, self.strides
            )
        ]

    def view(self, padded):
        """All windows of an array (batch, space..., channels) as a view (batch, count..., size...,
        channels).
        """
        count = [
            (n - reach) // stride + 1 for n, reach, stride in zip(padded.shape[1:], self.reach, self.strides)
        ]
        inner = padded.strides[1:-1]
        steps = [n * stride for n, stride in zip(inner, self.strides)] + [
            n * step for n, step in zip(inner, self.dilation)
        ]
        return as_strided(
            padded,
            padded.shape[:1] + tuple(count) + self.size + padded.shape[-1:],
            padded.strides[:1] + tuple(steps) + padded.strides[-1:],
        )


def windows(x, geometry, fill=0.0):
    """The windows over (batch, space..., channels) as (batch, count..., size..., channels); `fill` is what
    lies outside.
    """

    def compute(value):
        pads = [(0, 0)] + geometry.pads(value.shape[1:-1]) + [(0, 0)]
        return geometry.view(np.pad(value, pads, "constant", constant_values=fill))

    shape_ = x.shape[:1] + tuple(geometry.count(x.shape[1:-1])) + geometry.size + x.shape[-1:]
    return Tensor(
        compute, [x], shape_, x.dtype, lambda g, out: [unwindows(g, geometry, shape(x)[1:-1], x.shape[1:-1])]
    )


def unwindows(parts, geometry, space, known):
    """The adjoint: windows laid over space again and summed. `space` is a tensor, its static form is
    `known`.
    """

    def compute(value, space):
        pads = geometry.pads([int(n) for n in space])
        padded = np.zeros(
            value.shape[:1] + tuple(n + sum(pad) for n, pad in zip(space, pads)) + value.shape[-1:],
            value.dtype,
        )
        rank = len(pads)
        for offset in np.ndindex(
            *geometry.size
        ):  # one place of the window at a time: within one, no element comes twice
            place = tuple(
                slice(o * d, o * d + (n - 1) * s + 1, s)
                for o, d, s, n in zip(offset, geometry.dilation, geometry.strides, value.shape[1 : 1 + rank])
            )
            padded[(slice(None),) + place] += value[(slice(None),) * (1 + rank) + offset]
        return padded[
            (slice(None),) + tuple(slice(before, before + int(n)) for (before, _), n in zip(pads, space))
        ]

    return Tensor(
        compute,
        [parts, space],
        parts.shape[:1] + tuple(known) + parts.shape[-1:],
        parts.dtype,
        lambda g, out: [windows(g, geometry), None],
    )
