"""Fourier transforms, segments, and other mathematics."""

import numpy as np
from keras.src.backend.common.variables import standardize_dtype

from keras_example.src.arithmetic import erf, erfc, erfinv, gammainc, lgamma, rsqrt  # noqa: F401
from keras_example.src.dtypes import floating, unwritten, wide
from keras_example.src.ops.core import convert_to_tensor


def logsumexp(x, axis=None, keepdims=False):
    """The logarithm of the sum of exponentials, without overflow."""
    x = convert_to_tensor(x)
    dtype = floating(x)
    x = wide(x.astype(dtype))
    axis = tuple(axis) if isinstance(axis, list) else axis
    with np.errstate(all="ignore"):
        top = np.max(x, axis=axis, keepdims=True)
        top = np.where(np.isfinite(top), top, 0)
        made = np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True)) + top
    return (made if keepdims else np.squeeze(made, axis=axis)).astype(dtype)


def logdet(x):
    """The logarithm of the determinant of a positive definite matrix."""
    x = convert_to_tensor(x)
    return np.asarray(np.linalg.slogdet(wide(x))[1]).astype(x.dtype)


def cdist(x, y):
    """The distance of each row of the one from each row of the other."""
    dtype = floating(x, y)
    x, y = wide(convert_to_tensor(x, dtype)), wide(convert_to_tensor(y, dtype))
    return np.sqrt(((x[..., :, None, :] - y[..., None, :, :]) ** 2).sum(-1)).astype(dtype)


def _segments(function, nothing):
    def operation(data, segment_ids, num_segments=None, sorted=False):
        data, ids = convert_to_tensor(data), convert_to_tensor(segment_ids, "int64")
        count = int(ids.max(initial=-1)) + 1 if num_segments is None else int(num_segments)
        made = np.full((count, *data.shape[1:]), nothing(data.dtype), data.dtype)
        inside = (ids >= 0) & (ids < count)
        function.at(made, ids[inside], data[inside])
        return made

    return operation


def _lowest(dtype):
    return -np.inf if standardize_dtype(dtype).replace("b", "").startswith("f") else np.iinfo(dtype).min


def _highest(dtype):
    return np.inf if standardize_dtype(dtype).replace("b", "").startswith("f") else np.iinfo(dtype).max


segment_sum, segment_prod = _segments(np.add, lambda dtype: 0), _segments(np.multiply, lambda dtype: 1)
segment_max, segment_min = _segments(np.maximum, _lowest), _segments(np.minimum, _highest)


def top_k(x, k, sorted=True, is_stable=True):
    """The largest values along the last axis, and their places; of equals the first."""
    x = convert_to_tensor(x)
    work = wide(x)
    backwards = work[..., ::-1]
    places = work.shape[-1] - 1 - np.argsort(backwards, axis=-1, kind="stable")[..., ::-1][..., :k]
    return np.take_along_axis(x, places, -1), places.astype("int32")


def in_top_k(targets, predictions, k):
    """Whether the prediction for the target is among the largest."""
    targets = convert_to_tensor(targets, "int64")
    predictions = wide(convert_to_tensor(predictions))
    inside = (targets >= 0) & (targets < predictions.shape[-1])
    own = np.take_along_axis(predictions, np.where(inside, targets, 0)[:, None], -1)
    return inside & ((predictions > own).sum(-1) < k) & np.isfinite(own[:, 0])


def _complex(x):
    real, imag = [convert_to_tensor(part) for part in x]
    dtype = floating(real, imag)
    return real.astype(dtype) + 1j * imag.astype(dtype), dtype


def _parts(made, dtype):
    return made.real.astype(dtype), made.imag.astype(dtype)


def fft(x):
    """Fourier's transform along the last axis, of a real and an imaginary part."""
    made, dtype = _complex(x)
    return _parts(np.fft.fft(made), dtype)


def fft2(x):
    """The same along the last two axes."""
    made, dtype = _complex(x)
    return _parts(np.fft.fft2(made), dtype)


def ifft2(x):
    """Its inverse."""
    made, dtype = _complex(x)
    return _parts(np.fft.ifft2(made), dtype)


def rfft(x, fft_length=None):
    """Fourier's transform of real numbers: one half of it, for the other mirrors it."""
    x = convert_to_tensor(x)
    dtype = floating(x)
    return _parts(np.fft.rfft(wide(x.astype(dtype)), fft_length), dtype)


def irfft(x, fft_length=None):
    """Its inverse."""
    made, dtype = _complex(x)
    return np.fft.irfft(made, fft_length).astype(dtype)


def extract_sequences(x, sequence_length, sequence_stride):
    """Windows along the last axis."""
    x = convert_to_tensor(x)
    windows = np.lib.stride_tricks.sliding_window_view(x, sequence_length, -1)
    return np.array(windows[..., ::sequence_stride, :])


def stft(x, sequence_length, sequence_stride, fft_length, window="hann", center=True):
    """Not written."""
    return unwritten("stft", x)


def istft(x, sequence_length, sequence_stride, fft_length, length=None, window="hann", center=True):
    """Not written."""
    return unwritten("istft", x)
