"""Images and volumes made larger."""

import numpy as np

from .convolution import channels_last, restored
from .creation import constant
from .joining import repeat_elements
from .products import einsum


def resize_images(x, height_factor, width_factor, data_format, interpolation="nearest"):
    """Images with rows and columns repeated, or with what lies between them interpolated ('bilinear')."""
    if interpolation not in ("nearest", "bilinear"):
        raise ValueError("The interpolation is 'nearest' or 'bilinear', not {!r}.".format(interpolation))
    x = channels_last(x, data_format)
    if interpolation == "nearest":
        x = repeat_elements(repeat_elements(x, height_factor, 1), width_factor, 2)
    else:
        if None in x.shape[1:3]:
            raise NotImplementedError("Bilinear resizing of images of unknown size is not written yet.")
        x = einsum("abcd,eb->aecd", x, constant(_between(x.shape[1], height_factor), x.dtype))
        x = einsum("abcd,ec->abed", x, constant(_between(x.shape[2], width_factor), x.dtype))
    return restored(x, data_format)


def _between(length, factor):
    """The matrix that interpolates `length` points to `length * factor`."""
    places = np.arange(length * factor) / float(factor)
    low = np.minimum(np.floor(places).astype(int), length - 1)
    share = places - low
    matrix = np.zeros((length * factor, length))
    np.add.at(matrix, (np.arange(len(places)), low), 1 - share)
    np.add.at(matrix, (np.arange(len(places)), np.minimum(low + 1, length - 1)), share)
    return matrix


def resize_volumes(x, depth_factor, height_factor, width_factor, data_format):
    """Volumes with every element repeated along each axis of space."""
    x = channels_last(x, data_format)
    for axis, factor in enumerate((depth_factor, height_factor, width_factor)):
        x = repeat_elements(x, factor, axis + 1)
    return restored(x, data_format)
