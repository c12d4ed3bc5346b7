"""Transposed convolutions: `output_shape` decides among the shapes that stride and window allow."""
from collections import OrderedDict

from conformance.oracle.convolution import transposed
from conformance.spec.convolving import channels_first, convolve, mirrored, unknown_space
from conformance.spec.model import KNOWN, Area, normal, plain

AREA = Area("convolution")


def _transposed(function, variant, shape, kernel, output, dtype="float32", loose=False, unknown=(0,), **arguments):
    out = (shape[0],) + tuple(output) + (kernel[-2],)
    if arguments.get("data_format") == "channels_first":
        shape, out = channels_first(shape), channels_first(out)
    convolve(AREA, function, transposed, variant, normal(*shape, dtype=dtype).unknown(*unknown_space(unknown, arguments)),
             OrderedDict(w=mirrored(*kernel, dtype=dtype)), dict({"output_shape": out}, **arguments), loose=loose)


def _both(function, variant, *shapes, **arguments):
    for data_format in ("channels_last", "channels_first"):
        _transposed(function, variant + data_format[len("channels"):].replace("_", "-"), *shapes,
                    data_format=data_format, **arguments)


# The kernel is (window..., channels out, channels in).
_transposed("conv2d_transpose", "defaults", (2, 4, 5, 3), (3, 2, 4, 3), (6, 6))
_both("conv2d_transpose", "plain", (2, 4, 5, 3), (2, 3, 4, 3), (5, 7))
_both("conv2d_transpose", "unknown-space", (2, 4, 5, 3), (2, 3, 4, 3), (5, 7), unknown=(0, 1, 2))
_both("conv2d_transpose", "strides-2-3", (2, 3, 4, 3), (3, 4, 2, 3), (7, 13), strides=(2, 3))
_both("conv2d_transpose", "strides-over-window", (2, 3, 4, 3), (1, 2, 2, 3), (5, 11), strides=(2, 3))
_both("conv2d_transpose", "larger-output-shape", (2, 3, 4, 3), (3, 2, 2, 3), (8, 13), strides=(2, 3))
_both("conv2d_transpose", "same-odd-kernel", (2, 4, 5, 3), (3, 5, 2, 3), (4, 5), padding="same")
_both("conv2d_transpose", "same-strides-2-3", (2, 4, 3, 3), (3, 5, 2, 3), (7, 7), padding="same", strides=(2, 3))
_both("conv2d_transpose", "same-twice-the-size", (2, 4, 3, 3), (3, 5, 2, 3), (8, 6), padding="same", strides=(2, 2), loose=True)
_both("conv2d_transpose", "same-even-kernel", (2, 4, 5, 3), (2, 4, 2, 3), (8, 10), padding="same", strides=(2, 2), loose=True)
_both("conv2d_transpose", "dilation-2-2", (2, 4, 5, 3), (3, 2, 2, 3), (8, 7), dilation_rate=(2, 2))
_both("conv2d_transpose", "dilation-2-3-unequal", (2, 4, 5, 3), (3, 2, 2, 3), (8, 8), dilation_rate=(2, 3))
_transposed("conv2d_transpose", "dilation-2-2-same", (2, 4, 5, 3), (3, 3, 2, 3), (4, 5), dilation_rate=(2, 2), padding="same")
_transposed("conv2d_transpose", "one-sample-one-channel", (1, 3, 4, 1), (2, 3, 1, 1), (4, 6))
_transposed("conv2d_transpose", "window-of-one", (2, 3, 4, 3), (1, 1, 2, 3), (3, 4))
_transposed("conv2d_transpose", "float64", (2, 3, 4, 3), (2, 3, 2, 3), (4, 6), dtype="float64")
AREA.row("conv2d_transpose", "positional",
         "K.conv2d_transpose(x, K.variable(w), (2, 2, 7, 9), (2, 2), 'same', 'channels_first', (1, 1))",
         lambda x, w: transposed(x, w, (2, 2, 7, 9), (2, 2), "same", "channels_first"),
         x=normal(2, 3, 4, 5), w=plain(mirrored(3, 5, 2, 3)))
AREA.row("conv2d_transpose", "output-shape-tensor",
         "K.conv2d_transpose(x, K.variable(w), K.variable(np.array([2, 7, 12, 4]), dtype='int32'), strides=(2, 3))",
         lambda x, w: transposed(x, w, (2, 7, 12, 4), (2, 3)), x=normal(2, 3, 4, 3), w=plain(mirrored(3, 2, 4, 3)))
AREA.row("conv2d_transpose", "kernel-fed", "K.conv2d_transpose(x, w, (2, 5, 6, 4))", lambda x, w: transposed(x, w, (2, 5, 6, 4)),
         x=normal(2, 4, 4, 3), w=mirrored(2, 3, 4, 3).unknown())

_transposed("conv3d_transpose", "defaults", (2, 2, 3, 4, 3), (3, 2, 1, 2, 3), (4, 4, 4))
_both("conv3d_transpose", "plain", (2, 2, 3, 4, 3), (2, 3, 1, 2, 3), (3, 5, 4))
_both("conv3d_transpose", "strides-1-2-3", (2, 2, 3, 2, 3), (2, 3, 2, 2, 3), (3, 7, 5), strides=(1, 2, 3))
_both("conv3d_transpose", "larger-output-shape", (2, 2, 3, 2, 3), (2, 3, 2, 2, 3), (4, 8, 7), strides=(2, 2, 3))
_both("conv3d_transpose", "same-odd-kernel", (2, 3, 2, 5, 3), (3, 1, 5, 2, 3), (3, 2, 5), padding="same")
_both("conv3d_transpose", "same-strides-2-1-3", (2, 2, 3, 3, 3), (3, 1, 5, 2, 3), (3, 3, 7), padding="same", strides=(2, 1, 3))
_both("conv3d_transpose", "same-twice-the-size", (2, 2, 3, 2, 3), (3, 3, 3, 2, 3), (4, 6, 4), padding="same", strides=(2, 2, 2),
      loose=True)
_transposed("conv3d_transpose", "unknown-space", (2, 2, 3, 4, 3), (2, 3, 1, 2, 3), (3, 5, 4), unknown=(0, 1, 2, 3))
_transposed("conv3d_transpose", "float64", (2, 2, 3, 2, 3), (2, 1, 2, 2, 3), (3, 3, 3), dtype="float64")
AREA.row("conv3d_transpose", "positional",
         "K.conv3d_transpose(x, K.variable(w), (2, 2, 3, 3, 5), (2, 1, 2), 'same', 'channels_first')",
         lambda x, w: transposed(x, w, (2, 2, 3, 3, 5), (2, 1, 2), "same", "channels_first"),
         x=normal(2, 3, 2, 3, 3), w=plain(mirrored(3, 1, 5, 2, 3)))

for _name, _x, _w, _out in (("conv2d_transpose", (2, 3, 4, 3), (3, 2, 2, 3), (2, 5, 5, 2)),
                            ("conv3d_transpose", (2, 2, 3, 2, 3), (2, 2, 3, 2, 3), (2, 3, 4, 4, 2))):
    AREA.row(_name, "kernel-not-flipped", "K.{}(x, K.variable(w), {})".format(_name, _out),
             lambda x, w, out=_out: transposed(x, w, out), ways=(KNOWN,), x=normal(*_x), w=plain(normal(*_w)))

for _value in ("channels_middle", "NHWC"):
    _ending = "data-format-" + _value.replace("_", "-")
    AREA.refuses("conv2d_transpose", _ending,
                 "K.conv2d_transpose(x, K.variable(w), (2, 5, 5, 2), data_format={!r})".format(_value),
                 "ValueError", "data_format", ways=("known",), x=normal(2, 3, 4, 3), w=plain(mirrored(3, 2, 2, 3)))
    AREA.refuses("conv3d_transpose", _ending,
                 "K.conv3d_transpose(x, K.variable(w), (2, 3, 4, 3, 2), data_format={!r})".format(_value),
                 "ValueError", "data_format", ways=("known",), x=normal(2, 2, 3, 2, 3), w=plain(mirrored(2, 2, 2, 2, 3)))
