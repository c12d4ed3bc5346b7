"""Zeros around sequences, images and volumes."""

import builtins

import numpy as np

from .settings import normalize_data_format
from .tensor import Tensor


def pad(x, pattern):
    """Zeros around `x`: a pair of integers for every axis."""
    shape = [None if n is None else n + before + after for n, (before, after) in zip(x.shape, pattern)]

    def crop(g, out):
        return [g[tuple(builtins.slice(before, -after or None) for before, after in pattern)]]

    return Tensor(lambda value: np.pad(value, pattern, "constant"), [x], shape, x.dtype, crop)


def temporal_padding(x, padding=(1, 1)):
    """Zeros before and after the steps of (samples, steps, channels)."""
    return pad(x, [(0, 0), tuple(padding), (0, 0)])


def _space_padding(x, padding, data_format):
    space = [tuple(item) for item in padding]
    if normalize_data_format(data_format) == "channels_first":
        return pad(x, [(0, 0), (0, 0)] + space)
    return pad(x, [(0, 0)] + space + [(0, 0)])


def spatial_2d_padding(x, padding=((1, 1), (1, 1)), data_format=None):
    """Zeros around the rows and columns of images."""
    return _space_padding(x, padding, data_format)


def spatial_3d_padding(x, padding=((1, 1), (1, 1), (1, 1)), data_format=None):
    """Zeros around the three axes of volumes."""
    return _space_padding(x, padding, data_format)
