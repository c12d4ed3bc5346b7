"""Images. What the profile core does not need is not written: each of these functions raises
NotImplementedError, which keeps the contract and counts as unsupported.
"""

import numpy as np
from keras.src.backend.config import image_data_format

from keras_example.src.dtypes import floating, unwritten, wide
from keras_example.src.ops.core import convert_to_tensor
from keras_example.src.resizing import resize  # noqa: F401


def rgb_to_grayscale(images, data_format=None):
    """The luminance, as a single channel."""
    images = convert_to_tensor(images)
    axis = 1 - 4 if (data_format or image_data_format()) == "channels_first" else -1
    dtype = floating(images)
    weights = np.array([0.2989, 0.587, 0.114], "float32")
    made = np.tensordot(np.moveaxis(wide(images.astype(dtype)), axis, -1), weights, 1)
    return np.expand_dims(made, axis).astype(dtype)


def _channels_last(images, data_format):
    images = convert_to_tensor(images)
    if images.dtype.kind not in "fV":
        raise ValueError("colours are floats, not {}".format(images.dtype))
    axis = -3 if (data_format or image_data_format()) == "channels_first" else -1
    return np.moveaxis(wide(images), axis, -1), axis, images.dtype


def rgb_to_hsv(images, data_format=None):
    """Hue, saturation and value."""
    x, axis, dtype = _channels_last(images, data_format)
    red, green, blue = np.moveaxis(x, -1, 0)
    value = x.max(-1)
    spread = value - x.min(-1)
    apart = np.where(spread > 0, spread, 1)
    hue = np.where(value == green, (blue - red) / apart + 2, (red - green) / apart + 4)
    hue = np.where(value == red, (green - blue) / apart, hue) / 6
    saturation = np.where(value > 0, spread / np.where(value > 0, value, 1), 0)
    made = np.stack([np.where(spread > 0, hue % 1, 0), saturation, value], -1)
    return np.moveaxis(made, -1, axis).astype(dtype)


def hsv_to_rgb(images, data_format=None):
    """Red, green and blue."""
    x, axis, dtype = _channels_last(images, data_format)
    hue, saturation, value = np.moveaxis(x, -1, 0)
    turn = 6 * (hue % 1)
    shares = [np.abs(turn - 3) - 1, 2 - np.abs(turn - 2), 2 - np.abs(turn - 4)]
    parts = [(1 - saturation) + np.clip(share, 0, 1) * saturation for share in shares]
    made = np.stack(parts, -1) * value[..., None]
    return np.moveaxis(made, -1, axis).astype(dtype)


def affine_transform(
    images, transform, interpolation="bilinear", fill_mode="constant", fill_value=0, data_format=None
):
    """Not written."""
    return unwritten("affine_transform", images)


def perspective_transform(
    images, start_points, end_points, interpolation="bilinear", fill_value=0, data_format=None
):
    """Not written."""
    return unwritten("perspective_transform", images)


def map_coordinates(inputs, coordinates, order, fill_mode="constant", fill_value=0.0):
    """Not written."""
    return unwritten("map_coordinates", inputs)


def gaussian_blur(images, kernel_size=(3, 3), sigma=(1.0, 1.0), data_format=None):
    """Not written."""
    return unwritten("gaussian_blur", images)


def elastic_transform(
    images,
    alpha=20.0,
    sigma=5.0,
    interpolation="bilinear",
    fill_mode="reflect",
    fill_value=0.0,
    seed=None,
    data_format=None,
):
    """Not written."""
    return unwritten("elastic_transform", images)


def scale_and_translate(images, output_shape, scale, translation, spatial_dims, method, antialias=True):
    """Not written."""
    return unwritten("scale_and_translate", images)


def sobel_edges(images, data_format=None):
    """Not written."""
    return unwritten("sobel_edges", images)
