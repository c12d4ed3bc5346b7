"""Convolutions of one, two and three dimensions."""
from collections import OrderedDict

from conformance.oracle.convolution import convolution
from conformance.spec.convolving import channels_first, convolve, mirrored, unknown_space
from conformance.spec.model import KNOWN, Area, normal, plain

AREA = Area("convolution")
_FORMATS = (("", None), ("-last", "channels_last"), ("-first", "channels_first"))
_SPLIT = "'padding: string, \"same\" or \"valid\"': where the zeros go that same takes is not said"


def _conv(function, variant, shape, kernel, unknown=(0,), dtype="float32", loose=False, **arguments):
    shape = channels_first(shape) if arguments.get("data_format") == "channels_first" else shape
    convolve(AREA, function, convolution, variant, normal(*shape, dtype=dtype).unknown(*unknown_space(unknown, arguments)),
             OrderedDict(w=mirrored(*kernel, dtype=dtype)), arguments, loose=loose)


def _both(function, variant, shape, kernel, unknown=(0,), loose=False, **arguments):
    for ending, data_format in _FORMATS[1:]:
        _conv(function, variant + ending, shape, kernel, unknown, loose=loose, data_format=data_format, **arguments)


# One dimension: (batch, steps, channels), kernel (window, channels in, channels out).
_conv("conv1d", "defaults", (2, 9, 3), (4, 3, 5))
_both("conv1d", "plain", (2, 9, 3), (4, 3, 5))
_both("conv1d", "unknown-steps", (2, 9, 3), (4, 3, 5), unknown=(0, 1), strides=2)
_both("conv1d", "strides-3", (3, 11, 2), (2, 2, 4), strides=3)
_both("conv1d", "same-odd-kernel", (2, 7, 3), (3, 3, 4), padding="same")
_both("conv1d", "same-strides-2", (2, 9, 3), (3, 3, 4), padding="same", strides=2)
_both("conv1d", "same-strides-3", (2, 10, 3), (5, 3, 4), padding="same", strides=3)
_both("conv1d", "same-even-kernel", (2, 7, 3), (4, 3, 5), padding="same", loose=True)
_both("conv1d", "same-strides-uneven", (2, 8, 3), (3, 3, 5), padding="same", strides=2, loose=True)
_both("conv1d", "dilation-2", (2, 9, 3), (3, 3, 5), dilation_rate=2)
_both("conv1d", "dilation-3-same", (2, 9, 3), (3, 3, 5), dilation_rate=3, padding="same")
_conv("conv1d", "causal", (2, 7, 3), (4, 3, 5), padding="causal")
_conv("conv1d", "causal-last", (2, 7, 3), (3, 3, 5), padding="causal", data_format="channels_last")
_conv("conv1d", "causal-strides-2", (2, 8, 3), (3, 3, 5), padding="causal", strides=2)
_conv("conv1d", "causal-dilation-2", (2, 7, 3), (3, 3, 5), padding="causal", dilation_rate=2)
_conv("conv1d", "causal-unknown-steps", (2, 7, 3), (3, 3, 5), unknown=(0, 1), padding="causal")
_conv("conv1d", "causal-first", (2, 7, 3), (4, 3, 5), padding="causal", data_format="channels_first")
_conv("conv1d", "causal-window-of-one", (2, 7, 3), (1, 3, 5), padding="causal")
_conv("conv1d", "window-of-one", (2, 6, 3), (1, 3, 5))
_conv("conv1d", "window-of-all-steps", (2, 6, 3), (6, 3, 5))
_conv("conv1d", "one-sample-one-channel", (1, 8, 1), (3, 1, 1))
_conv("conv1d", "same-window-over-all", (2, 3, 2), (5, 2, 4), padding="same")
_conv("conv1d", "strides-over-window", (2, 12, 2), (2, 2, 3), strides=5)
_conv("conv1d", "float64", (2, 9, 3), (4, 3, 5), dtype="float64", strides=2)
AREA.row("conv1d", "positional", "K.conv1d(x, K.variable(w), 2, 'same', 'channels_first', 1)",
         lambda x, w: convolution(x, w, 2, "same", "channels_first"), x=normal(2, 3, 9), w=plain(mirrored(3, 3, 4)))

# Two dimensions: kernel (rows, columns, channels in, channels out).
_conv("conv2d", "defaults", (2, 7, 9, 3), (2, 4, 3, 5))
_both("conv2d", "plain", (2, 7, 9, 3), (4, 2, 3, 5))
_both("conv2d", "unknown-space", (2, 7, 9, 3), (4, 2, 3, 5), unknown=(0, 1, 2), strides=(2, 1))
_both("conv2d", "strides-2-3", (2, 8, 9, 3), (3, 2, 3, 4), strides=(2, 3))
_both("conv2d", "strides-over-window", (2, 8, 9, 2), (2, 1, 2, 3), strides=(3, 4))
_both("conv2d", "same-odd-kernel", (2, 6, 7, 3), (3, 5, 3, 4), padding="same")
_both("conv2d", "same-strides-2-3", (2, 9, 7, 3), (3, 5, 3, 4), padding="same", strides=(2, 3))
_both("conv2d", "same-even-kernel", (2, 6, 7, 3), (2, 4, 3, 4), padding="same", loose=True)
_both("conv2d", "same-strides-uneven", (2, 8, 9, 3), (3, 2, 3, 4), padding="same", strides=(2, 3), loose=True)
_both("conv2d", "dilation-2-2", (2, 8, 9, 3), (3, 2, 3, 4), dilation_rate=(2, 2))
_both("conv2d", "dilation-2-3", (2, 8, 9, 3), (3, 2, 3, 4), dilation_rate=(2, 3))
_both("conv2d", "dilation-1-2-same", (2, 6, 7, 3), (3, 3, 3, 4), dilation_rate=(1, 2), padding="same")
_conv("conv2d", "window-of-one", (2, 5, 6, 3), (1, 1, 3, 4))
_conv("conv2d", "window-of-one-strides", (2, 5, 6, 3), (1, 1, 3, 4), strides=(2, 4))
_conv("conv2d", "window-of-all", (2, 5, 4, 3), (5, 4, 3, 2))
_conv("conv2d", "one-sample-one-channel", (1, 5, 6, 1), (3, 2, 1, 1))
_conv("conv2d", "same-window-over-all", (2, 3, 2, 3), (5, 5, 3, 4), padding="same")
_conv("conv2d", "column-kernel", (2, 6, 5, 3), (4, 1, 3, 2))
_conv("conv2d", "row-kernel-same", (2, 6, 5, 3), (1, 3, 3, 2), padding="same")
_conv("conv2d", "float64", (2, 7, 9, 3), (2, 4, 3, 5), dtype="float64", strides=(1, 2))
AREA.row("conv2d", "positional", "K.conv2d(x, K.variable(w), (2, 3), 'same', 'channels_first', (1, 1))",
         lambda x, w: convolution(x, w, (2, 3), "same", "channels_first"), x=normal(2, 3, 9, 7), w=plain(mirrored(3, 5, 3, 4)))

# Three dimensions.
_conv("conv3d", "defaults", (2, 4, 5, 6, 3), (2, 3, 4, 3, 2))
_both("conv3d", "plain", (2, 4, 5, 6, 3), (3, 2, 4, 3, 2))
_both("conv3d", "unknown-space", (2, 4, 5, 6, 3), (3, 2, 4, 3, 2), unknown=(0, 1, 2, 3))
_both("conv3d", "strides-1-2-3", (2, 4, 6, 7, 2), (2, 3, 2, 2, 3), strides=(1, 2, 3))
_both("conv3d", "same-odd-kernel", (2, 3, 4, 6, 2), (1, 3, 5, 2, 3), padding="same")
_both("conv3d", "same-strides-3-2-1", (2, 7, 3, 4, 2), (5, 3, 1, 2, 3), padding="same", strides=(3, 2, 1))
_both("conv3d", "same-even-kernel", (2, 3, 4, 5, 2), (2, 4, 2, 2, 3), padding="same", loose=True)
_both("conv3d", "same-strides-uneven", (2, 4, 6, 5, 2), (3, 3, 2, 2, 3), padding="same", strides=(2, 2, 3), loose=True)
_both("conv3d", "dilation-1-2-3", (2, 3, 5, 7, 2), (2, 3, 2, 2, 3), dilation_rate=(1, 2, 3))
_conv("conv3d", "dilation-2-same", (2, 3, 5, 6, 2), (3, 3, 3, 2, 3), dilation_rate=(2, 2, 2), padding="same")
_conv("conv3d", "window-of-one", (2, 3, 4, 5, 2), (1, 1, 1, 2, 3), strides=(2, 1, 3))
_conv("conv3d", "float64", (2, 4, 5, 6, 3), (2, 3, 4, 3, 2), dtype="float64", strides=(1, 2, 1))
AREA.row("conv3d", "positional", "K.conv3d(x, K.variable(w), (1, 2, 3), 'same', 'channels_first', (1, 1, 1))",
         lambda x, w: convolution(x, w, (1, 2, 3), "same", "channels_first"),
         x=normal(2, 2, 3, 5, 7), w=plain(mirrored(3, 1, 5, 2, 3)))

# A kernel is a tensor like any other, also one that is fed.
AREA.row("conv1d", "kernel-fed", "K.conv1d(x, w, strides=2)", lambda x, w: convolution(x, w, 2),
         x=normal(2, 9, 3), w=mirrored(4, 3, 5).unknown())
AREA.row("conv2d", "kernel-fed", "K.conv2d(x, w, padding='same')", lambda x, w: convolution(x, w, padding="same"),
         x=normal(2, 5, 6, 3), w=mirrored(3, 3, 3, 4).unknown())
AREA.row("conv3d", "kernel-fed", "K.conv3d(x, w)", convolution, x=normal(2, 3, 4, 5, 2), w=mirrored(2, 3, 1, 2, 3).unknown())

# Keras convolves without turning the kernel round, as its NumPy reference does.
_SHAPES = (("conv1d", (2, 7, 3), (4, 3, 2)), ("conv2d", (2, 5, 6, 3), (3, 2, 3, 4)), ("conv3d", (2, 3, 4, 5, 2), (2, 3, 2, 2, 3)))
for _name, _x, _w in _SHAPES:
    AREA.row(_name, "kernel-not-flipped", "K.{}(x, K.variable(w))".format(_name), lambda x, w: convolution(x, w),
             ways=(KNOWN,), x=normal(*_x), w=plain(normal(*_w)))

# What same does with an odd zero, as TensorFlow does it: after the input.
AREA.row("conv1d", "same-odd-zero-at-the-end", "K.conv1d(x, K.variable(w), padding='same')",
         lambda x, w: convolution(x, w, padding="same"), unspecified=_SPLIT, x=normal(2, 7, 3), w=plain(mirrored(4, 3, 5)))
AREA.row("conv2d", "same-odd-zero-at-the-end", "K.conv2d(x, K.variable(w), strides=(2, 2), padding='same')",
         lambda x, w: convolution(x, w, (2, 2), "same"), unspecified=_SPLIT, x=normal(2, 6, 8, 3), w=plain(mirrored(3, 3, 3, 2)))

for _name, _x, _w in _SHAPES:
    for _value in ("channels_middle", "NHWC"):
        AREA.refuses(_name, "data-format-" + _value.replace("_", "-"),
                     "K.{}(x, K.variable(w), data_format={!r})".format(_name, _value),
                     "ValueError", "data_format", ways=("known",), x=normal(*_x), w=plain(mirrored(*_w)))
    AREA.refuses(_name, "padding-unknown", "K.{}(x, K.variable(w), padding='wide')".format(_name), "ValueError", "",
                 ways=("known",), unspecified="'padding: string, \"same\" or \"valid\"': what another string does is not said",
                 x=normal(*_x), w=plain(mirrored(*_w)))
