"""Convolutions: windows times a kernel. Inside, the channels are last."""

import string

from .broadcasting import ones_of
from .creation import as_tensor, cast, static
from .joining import concatenate
from .products import einsum
from .reduction import max, sum
from .settings import normalize_data_format
from .shaping import permute_dimensions, reshape, squeeze
from .tensor import is_tensor
from .windows import Geometry, unwindows, windows


def channels_last(x, data_format):
    """`x` with its channels last. Raises ValueError for a data format that is none."""
    first = normalize_data_format(data_format) == "channels_first"
    return permute_dimensions(x, (0,) + tuple(range(2, x.ndim)) + (1,)) if first else x


def restored(x, data_format):
    """`x`, whose channels are last, in the data format."""
    first = normalize_data_format(data_format) == "channels_first"
    return permute_dimensions(x, (0, x.ndim - 1) + tuple(range(1, x.ndim - 1))) if first else x


def _letters(rank):
    return string.ascii_lowercase[1 : 1 + rank], string.ascii_uppercase[1 : 1 + rank]


def _convolve(x, kernel, strides, padding, data_format, dilation_rate):
    rank = kernel.ndim - 2
    geometry = Geometry(kernel.shape[:rank], strides, padding, dilation_rate)
    count, size = _letters(rank)
    spec = "a{0}{1}y,{1}yz->a{0}z".format(count, size)
    return restored(einsum(spec, windows(channels_last(x, data_format), geometry), kernel), data_format)


def conv1d(x, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    """Over (samples, steps, channels); 'causal' padding lets no step see a later one."""
    return _convolve(x, kernel, strides, padding, data_format, dilation_rate)


def conv2d(x, kernel, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1)):
    """Over images."""
    return _convolve(x, kernel, strides, padding, data_format, dilation_rate)


def conv3d(x, kernel, strides=(1, 1, 1), padding="valid", data_format=None, dilation_rate=(1, 1, 1)):
    """Over volumes."""
    return _convolve(x, kernel, strides, padding, data_format, dilation_rate)


def _transposed(x, kernel, output_shape, strides, padding, data_format, dilation_rate=1):
    rank = kernel.ndim - 2
    geometry = Geometry(kernel.shape[:rank], strides, padding, dilation_rate)
    count, size = _letters(rank)
    x = channels_last(x, data_format)
    parts = einsum("a{0}z,{1}yz->a{0}{1}y".format(count, size), x, kernel)
    sizes = (
        [output_shape[n] for n in range(output_shape.shape[0])]
        if is_tensor(output_shape)
        else list(output_shape)
    )
    space = sizes[2:] if normalize_data_format(data_format) == "channels_first" else sizes[1:-1]
    lengths = concatenate([reshape(cast(as_tensor(n, "int32"), "int32"), (1,)) for n in space])
    return restored(unwindows(parts, geometry, lengths, static(space)), data_format)


def conv2d_transpose(
    x, kernel, output_shape, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1)
):
    """The adjoint of conv2d: from its output's shape back to `output_shape`."""
    return _transposed(x, kernel, output_shape, strides, padding, data_format, dilation_rate)


def conv3d_transpose(x, kernel, output_shape, strides=(1, 1, 1), padding="valid", data_format=None):
    """The adjoint of conv3d."""
    return _transposed(x, kernel, output_shape, strides, padding, data_format)


def _depthwise(x, kernel, strides, padding, dilation_rate):
    rank = kernel.ndim - 2
    count, size = _letters(rank)
    parts = windows(x, Geometry(kernel.shape[:rank], strides, padding, dilation_rate))
    apart = einsum("a{0}{1}y,{1}yz->a{0}yz".format(count, size), parts, kernel)
    return concatenate([apart[..., channel, :] for channel in range(kernel.shape[-2])])


def depthwise_conv2d(
    x, depthwise_kernel, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1)
):
    """Every channel of the images with kernels of its own."""
    result = _depthwise(channels_last(x, data_format), depthwise_kernel, strides, padding, dilation_rate)
    return restored(result, data_format)


def _separable(x, depthwise_kernel, pointwise_kernel, strides, padding, data_format, dilation_rate):
    between = _depthwise(channels_last(x, data_format), depthwise_kernel, strides, padding, dilation_rate)
    for _ in range(pointwise_kernel.ndim - 2):
        pointwise_kernel = squeeze(pointwise_kernel, 0)
    count = _letters(between.ndim - 2)[0]
    return restored(einsum("a{0}y,yz->a{0}z".format(count), between, pointwise_kernel), data_format)


def separable_conv1d(
    x, depthwise_kernel, pointwise_kernel, strides=1, padding="valid", data_format=None, dilation_rate=1
):
    """A depthwise convolution over steps, and a mix of what comes out."""
    return _separable(x, depthwise_kernel, pointwise_kernel, strides, padding, data_format, dilation_rate)


def separable_conv2d(
    x,
    depthwise_kernel,
    pointwise_kernel,
    strides=(1, 1),
    padding="valid",
    data_format=None,
    dilation_rate=(1, 1),
):
    """A depthwise convolution over images, and a mix of what comes out."""
    return _separable(x, depthwise_kernel, pointwise_kernel, strides, padding, data_format, dilation_rate)


def _pool(x, pool_size, strides, padding, data_format, pool_mode):
    if pool_mode not in ("max", "avg"):
        raise ValueError("The mode of pooling is 'max' or 'avg', not {!r}.".format(pool_mode))
    x, geometry = channels_last(x, data_format), Geometry(pool_size, strides, padding)
    axes = list(range(x.ndim - 1, 2 * x.ndim - 3))
    if pool_mode == "max":
        return restored(max(windows(x, geometry, float("-inf")), axes), data_format)
    # What lies outside does not count.
    return restored(sum(windows(x, geometry), axes) / sum(windows(ones_of(x), geometry), axes), data_format)


def pool2d(x, pool_size, strides=(1, 1), padding="valid", data_format=None, pool_mode="max"):
    """The largest element or the mean of windows over images."""
    return _pool(x, pool_size, strides, padding, data_format, pool_mode)


def pool3d(x, pool_size, strides=(1, 1, 1), padding="valid", data_format=None, pool_mode="max"):
    """The largest element or the mean of windows over volumes."""
    return _pool(x, pool_size, strides, padding, data_format, pool_mode)


def local_conv1d(inputs, kernel, kernel_size, strides, data_format=None):
    """A convolution over steps with a kernel (steps, window * channels, filters) of its own for every
    step.
    """
    return _local(inputs, kernel, kernel_size, strides, kernel.shape[:1], data_format)


def local_conv2d(inputs, kernel, kernel_size, strides, output_shape, data_format=None):
    """A convolution over images with a kernel (rows * columns, window * channels, filters) of its own for
    every place.
    """
    return _local(inputs, kernel, kernel_size, strides, output_shape, data_format)


def _local(x, kernel, kernel_size, strides, output_shape, data_format):
    # The channels of a window come before its places in the kernel where they do in the data.
    first = normalize_data_format(data_format) == "channels_first"
    x, filters = channels_last(x, data_format), kernel.shape[-1]
    count, size = _letters(len(kernel_size))
    feature = (x.shape[-1],) + tuple(kernel_size) if first else tuple(kernel_size) + (x.shape[-1],)
    kernel = reshape(kernel, tuple(output_shape) + feature + (filters,))
    parts = windows(x, Geometry(kernel_size, strides, "valid"))
    spec = "a{0}{1}y,{0}{2}z->a{0}z".format(count, size, "y" + size if first else size + "y")
    return restored(einsum(spec, parts, kernel), data_format)
