"""Blocks of images in float64: sliding blocks and blocks that change places with channels."""
import numpy as np


def _pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def _places(height, width, kernel_size, dilation, padding, stride):
    """The slices of each block in a padded image of this size, row by row."""
    kernel, rate, step = _pair(kernel_size), _pair(dilation), _pair(stride)
    spans = [(k - 1) * d + 1 for k, d in zip(kernel, rate)]
    lengths = [n + 2 * p for n, p in zip((height, width), _pair(padding))]
    counts = [(n - span) // s + 1 for n, span, s in zip(lengths, spans, step)]
    return [tuple(slice(p * s, p * s + span, d) for p, s, span, d in zip(place, step, spans, rate))
            for place in np.ndindex(*counts)]


def unfold(x, kernel_size, dilation=1, padding=0, stride=1):
    """The sliding blocks of images (n, c, h, w) as columns: (n, c * kernel, blocks)."""
    down, across = _pair(padding)
    places = _places(*x.shape[2:], kernel_size, dilation, padding, stride)
    held = np.pad(x, [(0, 0), (0, 0), (down, down), (across, across)])
    return np.stack([held[(slice(None), slice(None)) + place].reshape(x.shape[0], -1) for place in places],
    -1)


def fold(x, output_size, kernel_size, dilation=1, padding=0, stride=1):
    """Images (n, c, h, w) out of their blocks; where blocks overlap, they add."""
    (height, width), (down, across), kernel = _pair(output_size), _pair(padding), _pair(kernel_size)
    channels = x.shape[1] // (kernel[0] * kernel[1])
    held = np.zeros((x.shape[0], channels, height + 2 * down, width + 2 * across))
    for number, place in enumerate(_places(height, width, kernel_size, dilation, padding, stride)):
        held[(slice(None), slice(None)) + place] += x[..., number].reshape(x.shape[0], channels, *kernel)
    return held[:, :, down:down + height, across:across + width]


def depth_to_space(x, block_size, data_format="channels_last"):
    """Channels become blocks of pixels: the block's row and column are the slow part of a channel where
    channels are last, and the fast part where they are first."""
    b = block_size
    if data_format == "channels_first":
        n, c, h, w = x.shape
        return x.reshape(n, c // b ** 2, b, b, h, w).transpose(0, 1, 4, 2, 5, 3).reshape(
            n, c // b ** 2, h * b, w * b)
    n, h, w, c = x.shape
    return x.reshape(n, h, w, b, b, c // b ** 2).transpose(0, 1, 3, 2, 4, 5).reshape(
        n, h * b, w * b, c // b ** 2)


def space_to_depth(x, block_size, data_format="channels_last"):
    """The reverse of depth_to_space."""
    b = block_size
    if data_format == "channels_first":
        n, c, h, w = x.shape
        return x.reshape(n, c, h // b, b, w // b, b).transpose(0, 1, 3, 5, 2, 4).reshape(
            n, c * b ** 2, h // b, w // b)
    n, h, w, c = x.shape
    return x.reshape(n, h // b, b, w // b, b, c).transpose(0, 1, 3, 2, 4, 5).reshape(
        n, h // b, w // b, c * b ** 2)
