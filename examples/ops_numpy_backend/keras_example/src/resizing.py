"""Images in other sizes: each axis is multiplied with a matrix of weights."""

import math

import numpy as np
from keras.src.backend.common.variables import standardize_dtype
from keras.src.backend.config import image_data_format

from keras_example.src.dtypes import is_float, wide
from keras_example.src.ops.core import convert_to_tensor


def _triangle(x):
    return np.maximum(0, 1 - x)


def _cubic(x):
    """Keys' cubic with a = -0.5."""
    near = ((1.5 * x - 2.5) * x) * x + 1
    far = ((-0.5 * x + 2.5) * x - 4) * x + 2
    return np.where(x < 1, near, np.where(x < 2, far, 0))


def _lanczos(radius):
    def kernel(x):
        return np.where(x < radius, np.sinc(x) * np.sinc(x / radius), 0)

    return kernel


_KERNELS = {"bilinear": _triangle, "bicubic": _cubic, "lanczos3": _lanczos(3), "lanczos5": _lanczos(5)}


def _weights(length, size, interpolation, antialias):
    """The matrix that makes `size` pixels of `length`; the centres of pixels are at halves."""
    scale = length / size
    centres = (np.arange(size) + 0.5) * scale
    if interpolation == "nearest":
        places = np.clip(np.floor(centres).astype(int), 0, length - 1)
        return np.eye(length)[places]
    wider = max(scale, 1) if antialias else 1
    distances = np.abs(centres[:, None] - 0.5 - np.arange(length)) / wider
    made = _KERNELS[interpolation](distances)
    return made / made.sum(1, keepdims=True)


def resize(
    images,
    size,
    interpolation="bilinear",
    antialias=False,
    crop_to_aspect_ratio=False,
    pad_to_aspect_ratio=False,
    fill_mode="constant",
    fill_value=0.0,
    data_format=None,
):
    """Images of another height and width."""
    if interpolation != "nearest" and interpolation not in _KERNELS:
        known = ["nearest", *_KERNELS]
        raise ValueError("interpolation is one of {}, not {!r}".format(known, interpolation))
    if fill_mode != "constant":
        raise ValueError("fill_mode is constant, not {!r}".format(fill_mode))
    if pad_to_aspect_ratio and crop_to_aspect_ratio:
        raise ValueError("Only one of pad_to_aspect_ratio and crop_to_aspect_ratio can be True")
    images = convert_to_tensor(images)
    if images.ndim not in (3, 4):
        raise ValueError("images have 3 or 4 axes, not {}".format(images.ndim))
    dtype = standardize_dtype(images.dtype)
    first = (data_format or image_data_format()) == "channels_first"
    x = np.moveaxis(images, -3, -1) if first else images
    x = wide(x) if is_float(dtype) else x.astype("float64")
    height, width = size
    if crop_to_aspect_ratio or pad_to_aspect_ratio:
        x = _in_ratio(x, height, width, pad_to_aspect_ratio, fill_value)
    for axis, length in ((-3, height), (-2, width)):
        matrix = _weights(x.shape[axis], length, interpolation, antialias)
        x = np.moveaxis(np.tensordot(matrix.astype(x.dtype), x, ([1], [axis])), 0, axis)
    x = np.moveaxis(x, -1, -3) if first else x
    if not is_float(dtype):
        limits = np.iinfo(dtype)
        x = np.clip(np.round(x), limits.min, limits.max)
    return x.astype(dtype)


def _in_ratio(x, height, width, pad, fill_value):
    """The images cropped, or padded, to the ratio of the new height and width."""
    own_height, own_width = x.shape[-3], x.shape[-2]
    bound = max if pad else min
    new_height = bound(own_height, int(float(own_width * height) / width))
    new_width = bound(own_width, int(float(own_height * width) / height))
    if not pad:
        top, left = int((own_height - new_height) / 2), int((own_width - new_width) / 2)
        return x[..., top : top + new_height, left : left + new_width, :]
    top, left = math.floor((new_height - own_height) / 2), math.floor((new_width - own_width) / 2)
    around = [(0, 0)] * (x.ndim - 3)
    around += [(top, new_height - own_height - top), (left, new_width - own_width - left), (0, 0)]
    return np.pad(x, around, constant_values=fill_value)
