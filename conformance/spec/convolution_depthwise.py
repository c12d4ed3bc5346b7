"""Depthwise and separable convolutions: every channel by itself, then a mix of channels."""
from collections import OrderedDict

from conformance.oracle.convolution import depthwise, separable
from conformance.spec.convolving import channels_first, convolve, unknown_space
from conformance.spec.model import Area, normal, plain

AREA = Area("convolution")


def _depthwise(variant, shape, kernel, unknown=(0,), dtype="float32", loose=False, **arguments):
    shape = channels_first(shape) if arguments.get("data_format") == "channels_first" else shape
    x = normal(*shape, dtype=dtype).unknown(*unknown_space(unknown, arguments))
    convolve(AREA, "depthwise_conv2d", depthwise, variant, x, OrderedDict(w=normal(*kernel, dtype=dtype)), arguments, loose=loose)


def _separable(function, variant, shape, kernel, filters, unknown=(0,), dtype="float32", loose=False, **arguments):
    points = (1,) * (len(kernel) - 2) + (kernel[-2] * kernel[-1], filters)
    shape = channels_first(shape) if arguments.get("data_format") == "channels_first" else shape
    convolve(AREA, function, separable, variant, normal(*shape, dtype=dtype).unknown(*unknown_space(unknown, arguments)),
             OrderedDict([("w", normal(*kernel, dtype=dtype)), ("p", normal(*points, dtype=dtype))]), arguments, loose=loose)


def _both(make, *names, **arguments):
    for data_format in ("channels_last", "channels_first"):
        name = names[-1] + data_format[len("channels"):].replace("_", "-")
        make(*names[:-1] + (name,), data_format=data_format, **arguments)


# Kernel (rows, columns, channels, multiplier).
_depthwise("defaults", (2, 6, 7, 3), (2, 4, 3, 2))
_both(_depthwise, "plain", shape=(2, 6, 7, 3), kernel=(4, 2, 3, 2))
_both(_depthwise, "unknown-space", shape=(2, 6, 7, 3), kernel=(4, 2, 3, 2), unknown=(0, 1, 2))
_both(_depthwise, "multiplier-1", shape=(2, 5, 6, 3), kernel=(3, 2, 3, 1))
_both(_depthwise, "strides-2-2", shape=(2, 7, 8, 2), kernel=(3, 1, 2, 3), strides=(2, 2))
_both(_depthwise, "strides-2-3-unequal", shape=(2, 7, 8, 2), kernel=(3, 2, 2, 3), strides=(2, 3))
_both(_depthwise, "same-odd-kernel", shape=(2, 5, 6, 3), kernel=(3, 5, 3, 2), padding="same")
_both(_depthwise, "same-strides-2-2", shape=(2, 5, 7, 2), kernel=(3, 5, 2, 3), padding="same", strides=(2, 2))
_both(_depthwise, "same-even-kernel", shape=(2, 5, 6, 3), kernel=(4, 2, 3, 2), padding="same", loose=True)
_both(_depthwise, "dilation-2-2", shape=(2, 7, 8, 3), kernel=(3, 2, 3, 2), dilation_rate=(2, 2))
_both(_depthwise, "dilation-2-3-unequal", shape=(2, 7, 8, 3), kernel=(3, 2, 3, 2), dilation_rate=(2, 3))
_depthwise("dilation-2-2-same", (2, 6, 5, 3), (3, 3, 3, 2), dilation_rate=(2, 2), padding="same")
_depthwise("one-channel", (2, 6, 5, 1), (2, 3, 1, 4))
_depthwise("one-sample", (1, 6, 5, 3), (2, 3, 3, 2))
_depthwise("window-of-one", (2, 4, 5, 3), (1, 1, 3, 2))
_depthwise("float64", (2, 6, 7, 3), (2, 4, 3, 2), dtype="float64")
AREA.row("depthwise_conv2d", "positional", "K.depthwise_conv2d(x, K.variable(w), (2, 2), 'same', 'channels_first', (1, 1))",
         lambda x, w: depthwise(x, w, (2, 2), "same", "channels_first"), x=normal(2, 3, 5, 7), w=plain(normal(3, 5, 3, 2)))
AREA.row("depthwise_conv2d", "kernel-fed", "K.depthwise_conv2d(x, w)", depthwise, x=normal(2, 5, 6, 3),
         w=normal(3, 2, 3, 4).unknown())

# The depthwise kernel, then the pointwise one (1, 1, channels * multiplier, filters).
_separable("separable_conv2d", "defaults", (2, 6, 7, 3), (2, 4, 3, 2), 4)
_both(_separable, "separable_conv2d", "plain", shape=(2, 6, 7, 3), kernel=(4, 2, 3, 2), filters=5)
_both(_separable, "separable_conv2d", "unknown-space", shape=(2, 6, 7, 3), kernel=(4, 2, 3, 2), filters=5, unknown=(0, 1, 2))
_both(_separable, "separable_conv2d", "strides-2-2", shape=(2, 7, 8, 2), kernel=(3, 2, 2, 3), filters=5, strides=(2, 2))
_both(_separable, "separable_conv2d", "strides-2-3-unequal", shape=(2, 7, 8, 2), kernel=(3, 2, 2, 3), filters=5, strides=(2, 3))
_both(_separable, "separable_conv2d", "same-odd-kernel", shape=(2, 5, 6, 3), kernel=(3, 5, 3, 2), filters=4, padding="same")
_both(_separable, "separable_conv2d", "same-strides-2-2", shape=(2, 5, 7, 2), kernel=(3, 5, 2, 3), filters=4, padding="same",
      strides=(2, 2))
_both(_separable, "separable_conv2d", "same-even-kernel", shape=(2, 5, 6, 3), kernel=(4, 2, 3, 2), filters=4, padding="same",
      loose=True)
_both(_separable, "separable_conv2d", "dilation-2-2", shape=(2, 7, 8, 3), kernel=(3, 2, 3, 2), filters=4, dilation_rate=(2, 2))
_both(_separable, "separable_conv2d", "dilation-2-3-unequal", shape=(2, 7, 8, 3), kernel=(3, 2, 3, 2), filters=4,
      dilation_rate=(2, 3))
_separable("separable_conv2d", "multiplier-1", (2, 5, 6, 3), (3, 2, 3, 1), 4)
_separable("separable_conv2d", "one-filter", (2, 5, 6, 3), (3, 2, 3, 2), 1)
_separable("separable_conv2d", "one-channel", (1, 5, 6, 1), (3, 2, 1, 4), 3)
_separable("separable_conv2d", "float64", (2, 6, 7, 3), (2, 4, 3, 2), 4, dtype="float64")
AREA.row("separable_conv2d", "positional",
         "K.separable_conv2d(x, K.variable(w), K.variable(p), (2, 2), 'same', 'channels_first', (1, 1))",
         lambda x, w, p: separable(x, w, p, (2, 2), "same", "channels_first"),
         x=normal(2, 3, 5, 7), w=plain(normal(3, 5, 3, 2)), p=plain(normal(1, 1, 6, 4)))

_separable("separable_conv1d", "defaults", (2, 7, 3), (4, 3, 2), 5)
_both(_separable, "separable_conv1d", "plain", shape=(2, 7, 3), kernel=(4, 3, 2), filters=5)
_both(_separable, "separable_conv1d", "unknown-steps", shape=(2, 7, 3), kernel=(4, 3, 2), filters=5, unknown=(0, 1))
_both(_separable, "separable_conv1d", "strides-3", shape=(2, 11, 3), kernel=(2, 3, 2), filters=4, strides=3)
_both(_separable, "separable_conv1d", "same-odd-kernel", shape=(2, 6, 3), kernel=(3, 3, 2), filters=4, padding="same")
_both(_separable, "separable_conv1d", "same-strides-2", shape=(2, 9, 3), kernel=(5, 3, 2), filters=4, padding="same", strides=2)
_both(_separable, "separable_conv1d", "same-even-kernel", shape=(2, 6, 3), kernel=(4, 3, 2), filters=5, padding="same",
      loose=True)
_both(_separable, "separable_conv1d", "dilation-2", shape=(2, 9, 3), kernel=(3, 3, 2), filters=4, dilation_rate=2)
_separable("separable_conv1d", "dilation-2-same", (2, 7, 3), (3, 3, 2), 4, dilation_rate=2, padding="same")
_separable("separable_conv1d", "multiplier-1", (2, 7, 3), (4, 3, 1), 5)
_separable("separable_conv1d", "one-channel-one-filter", (1, 7, 1), (4, 1, 3), 1)
AREA.row("separable_conv1d", "positional",
         "K.separable_conv1d(x, K.variable(w), K.variable(p), 2, 'same', 'channels_first', 1)",
         lambda x, w, p: separable(x, w, p, 2, "same", "channels_first"),
         x=normal(2, 3, 9), w=plain(normal(5, 3, 2)), p=plain(normal(1, 6, 4)))

for _value in ("channels_middle", "NHWC"):
    _ending = "data-format-" + _value.replace("_", "-")
    AREA.refuses("depthwise_conv2d", _ending,
                 "K.depthwise_conv2d(x, K.variable(w), data_format={!r})".format(_value),
                 "ValueError", "data_format", ways=("known",), x=normal(2, 5, 4, 3), w=plain(normal(3, 2, 3, 2)))
    AREA.refuses("separable_conv2d", _ending,
                 "K.separable_conv2d(x, K.variable(w), K.variable(p), data_format={!r})".format(_value),
                 "ValueError", "data_format", ways=("known",), x=normal(2, 5, 4, 3), w=plain(normal(3, 2, 3, 2)),
                 p=plain(normal(1, 1, 6, 2)))
    AREA.refuses("separable_conv1d", _ending,
                 "K.separable_conv1d(x, K.variable(w), K.variable(p), data_format={!r})".format(_value),
                 "ValueError", "data_format", ways=("known",), x=normal(2, 5, 3), w=plain(normal(3, 3, 2)),
                 p=plain(normal(1, 6, 2)))
