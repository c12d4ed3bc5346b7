"""Losses, normalization and attention."""

import numpy as np
from keras.src.backend.common.variables import standardize_dtype
from keras.src.backend.config import epsilon, floatx

from keras_example.src.activating import log_softmax, sigmoid, softmax
from keras_example.src.dtypes import promoted, unwritten, wide
from keras_example.src.ops.core import cast, convert_to_tensor


def one_hot(x, num_classes, axis=-1, dtype=None, sparse=False):
    """Ones where the class is, zeros elsewhere."""
    if sparse:
        raise ValueError("keras_example has no sparse tensors")
    x = convert_to_tensor(x)
    made = x[..., None] == np.arange(num_classes)
    return np.moveaxis(made.astype(standardize_dtype(dtype or floatx())), -1, axis)


def multi_hot(x, num_classes, axis=-1, dtype=None, sparse=False):
    """Ones where one of the classes is."""
    x = convert_to_tensor(x)
    along = 1 if x.ndim > 1 else 0
    return one_hot(x, num_classes, axis=axis, dtype=dtype, sparse=sparse).max(axis=along)


def categorical_crossentropy(target, output, from_logits=False, axis=-1):
    """The information of the output about the target."""
    target, output = _both(target, output)
    if target.shape != output.shape or not target.ndim:
        raise ValueError("target and output have the shapes {} and {}".format(target.shape, output.shape))
    dtype, output = output.dtype, wide(output)
    return (-(target * _logarithms(output, from_logits, axis)).sum(axis)).astype(dtype)


def sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1):
    """The same for classes."""
    target, output = convert_to_tensor(target, "int64"), convert_to_tensor(output)
    if target.ndim == output.ndim and target.shape[-1] == 1:
        target = target[..., 0]
    if target.ndim != output.ndim - 1:
        raise ValueError("target and output have the shapes {} and {}".format(target.shape, output.shape))
    dtype, output = output.dtype, wide(output)
    logarithms = _logarithms(output, from_logits, axis)
    hot = one_hot(target, output.shape[axis], axis=axis, dtype=output.dtype)
    return (-(hot * logarithms).sum(axis)).astype(dtype)


def binary_crossentropy(target, output, from_logits=False):
    """The same for yes and no."""
    target, output = _both(target, output)
    dtype, output = output.dtype, wide(output)
    if from_logits:
        output = sigmoid(output)
    output = np.clip(output, epsilon(), 1 - epsilon())
    return (-(target * np.log(output) + (1 - target) * np.log(1 - output))).astype(dtype)


def _both(target, output):
    output = convert_to_tensor(output)
    return wide(convert_to_tensor(target)).astype(wide(output).dtype), output


def _logarithms(output, from_logits, axis):
    if from_logits:
        return log_softmax(output, axis)
    output = output / output.sum(axis, keepdims=True)
    return np.log(np.clip(output, epsilon(), 1 - epsilon()))


def moments(x, axes, keepdims=False, synchronized=False):
    """Mean and variance."""
    if synchronized:
        raise NotImplementedError("keras_example computes on one device")
    x = convert_to_tensor(x)
    axes, work = tuple(axes) if isinstance(axes, list) else axes, wide(x)
    return (
        np.asarray(work.mean(axes, keepdims=keepdims)).astype(x.dtype),
        np.asarray(work.var(axes, keepdims=keepdims)).astype(x.dtype),
    )


def batch_normalization(x, mean, variance, axis, offset=None, scale=None, epsilon=0.001):
    """Less the mean, over the deviation, times the scale, plus the offset."""
    x = convert_to_tensor(x)
    shape = [1] * x.ndim
    shape[axis] = -1

    def along(part):
        return wide(convert_to_tensor(part)).reshape(shape)

    made = (wide(x) - along(mean)) / np.sqrt(along(variance) + np.asarray(epsilon, wide(x).dtype))
    made = made if scale is None else made * along(scale)
    return (made if offset is None else made + along(offset)).astype(x.dtype)


def psnr(x1, x2, max_val):
    """The ratio of the largest value to the error, in decibels."""
    dtype = promoted(x1, x2, 1.0)
    x1, x2 = wide(convert_to_tensor(x1, dtype)), wide(convert_to_tensor(x2, dtype))
    if x1.shape != x2.shape:
        raise ValueError("the images have the shapes {} and {}".format(x1.shape, x2.shape))
    return np.asarray(20 * np.log10(max_val) - 10 * np.log10(np.mean(np.square(x1 - x2)))).astype(dtype)


def dot_product_attention(
    query,
    key,
    value,
    bias=None,
    mask=None,
    scale=None,
    is_causal=False,
    flash_attention=None,
    attn_logits_soft_cap=None,
):
    """Values, weighted by how much their keys are like the query; batch, length, heads, features."""
    if flash_attention:
        raise ValueError("keras_example has no flash attention")
    dtype = promoted(query, key, value)
    query, key, value = [wide(convert_to_tensor(x, dtype)) for x in (query, key, value)]
    if query.ndim != 4:
        raise ValueError("attention takes four axes, not {}".format(query.ndim))
    heads = query.shape[2] // key.shape[2]
    key, value = np.repeat(key, heads, 2), np.repeat(value, heads, 2)
    scale = query.shape[-1] ** -0.5 if scale is None else scale
    logits = np.einsum("bqhd,bkhd->bhqk", query, key) * np.asarray(scale, query.dtype)
    if attn_logits_soft_cap is not None:
        logits = attn_logits_soft_cap * np.tanh(logits / attn_logits_soft_cap)
    if bias is not None:
        logits = logits + wide(convert_to_tensor(bias))
    allowed = (
        np.ones(logits.shape, bool) if mask is None else np.broadcast_to(cast(mask, "bool"), logits.shape)
    )
    if is_causal:
        allowed = allowed & np.tri(*logits.shape[-2:], dtype=bool)
    logits = np.where(allowed, logits, np.finfo(logits.dtype).min * 0.7)
    return np.einsum("bhqk,bkhd->bqhd", softmax(logits), value).astype(dtype)


def depth_to_space(x, block_size, data_format="channels_last"):
    """Channels as blocks of pixels."""
    x = convert_to_tensor(x)
    x = np.moveaxis(x, 1, -1) if data_format == "channels_first" else x
    batch, height, width, depth = x.shape
    x = x.reshape((batch, height, width, block_size, block_size, depth // block_size**2))
    x = x.transpose((0, 1, 3, 2, 4, 5)).reshape((batch, height * block_size, width * block_size, -1))
    return np.moveaxis(x, -1, 1) if data_format == "channels_first" else x


def space_to_depth(x, block_size, data_format="channels_last"):
    """Blocks of pixels as channels."""
    x = convert_to_tensor(x)
    x = np.moveaxis(x, 1, -1) if data_format == "channels_first" else x
    batch, height, width, depth = x.shape
    x = x.reshape((batch, height // block_size, block_size, width // block_size, block_size, depth))
    x = x.transpose((0, 1, 3, 2, 4, 5)).reshape((batch, height // block_size, width // block_size, -1))
    return np.moveaxis(x, -1, 1) if data_format == "channels_first" else x


def ctc_decode(
    inputs,
    sequence_lengths,
    strategy="greedy",
    beam_width=100,
    top_paths=1,
    merge_repeated=True,
    mask_index=0,
):
    """Not written."""
    return unwritten("ctc_decode", inputs)


def fold(x, output_size, kernel_size, dilation=1, padding=0, stride=1):
    """Not written."""
    return unwritten("fold", x)


def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    """Not written."""
    return unwritten("unfold", input)
