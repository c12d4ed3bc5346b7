"""Convolutions whose weights are not shared between places."""
from collections import OrderedDict

from conformance.oracle.convolution import local
from conformance.spec.convolving import convolve
from conformance.spec.model import Area, normal, plain

AREA = Area("convolution")


def _local(function, variant, shape, filters, unknown=(0,), dtype="float32", **arguments):
    rank = len(arguments["kernel_size"])
    first = arguments.get("data_format") == "channels_first"
    lengths, channels = (shape[2:], shape[1]) if first else (shape[1:-1], shape[-1])
    sizes = [(n - k) // s + 1 for n, k, s in zip(lengths, arguments["kernel_size"], arguments["strides"])]
    places, feature = 1, channels
    for axis in range(rank):
        places *= sizes[axis]
        feature *= arguments["kernel_size"][axis]
    if rank == 2:
        arguments["output_shape"] = tuple(sizes)
    convolve(AREA, function, local, variant, normal(*shape, dtype=dtype).unknown(*unknown),
             OrderedDict(w=normal(places, feature, filters, dtype=dtype)), arguments)


_local("local_conv1d", "window-3", (2, 6, 4), 5, kernel_size=(3,), strides=(1,))
_local("local_conv1d", "strides-2", (2, 8, 3), 4, kernel_size=(3,), strides=(2,), data_format="channels_last")
_local("local_conv1d", "strides-over-window", (3, 9, 2), 4, kernel_size=(2,), strides=(3,))
_local("local_conv1d", "window-of-one", (2, 4, 3), 5, kernel_size=(1,), strides=(1,))
_local("local_conv1d", "window-of-all-steps", (2, 4, 3), 5, kernel_size=(4,), strides=(1,))
_local("local_conv1d", "steps-left-over", (2, 8, 2), 3, kernel_size=(3,), strides=(3,))
_local("local_conv1d", "one-sample", (1, 6, 4), 3, kernel_size=(2,), strides=(2,))
_local("local_conv1d", "one-channel-one-filter", (2, 6, 1), 1, kernel_size=(3,), strides=(1,))
_local("local_conv1d", "float64", (2, 6, 4), 5, dtype="float64", kernel_size=(3,), strides=(2,))
AREA.row("local_conv1d", "positional", "K.local_conv1d(x, K.variable(w), (2,), (3,), 'channels_last')",
         lambda x, w: local(x, w, (2,), (3,)), x=normal(2, 8, 3), w=plain(normal(3, 6, 4)))
AREA.row("local_conv1d", "kernel-fed", "K.local_conv1d(x, w, (2,), (3,))", lambda x, w: local(x, w, (2,), (3,)),
         x=normal(2, 8, 3), w=normal(3, 6, 4).unknown())
AREA.row("local_conv1d", "channels-first", "K.local_conv1d(x, K.variable(w), (2,), (3,), data_format='channels_first')",
         lambda x, w: local(x, w, (2,), (3,)), x=normal(2, 8, 3), w=plain(normal(3, 6, 4)),
         unspecified="'inputs: 3D tensor with shape: (batch_size, steps, input_dim)', whatever 'data_format: the data format' is")

# 'kernel: the unshared weight for convolution, with shape (output_items, feature_dim, filters)': with the channels first, K
# does not say whether feature_dim runs over them first. With one channel, or a window of one, nothing is left to say.
for _ending, _shape in (("last", (2, 4, 5, 3)), ("first", (2, 1, 4, 5))):
    _format = "channels_" + _ending
    _local("local_conv2d", "window-2-3-" + _ending, _shape, 4, kernel_size=(2, 3), strides=(1, 1), data_format=_format)
    _local("local_conv2d", "strides-2-1-" + _ending, _shape, 4, kernel_size=(2, 3), strides=(2, 1), data_format=_format)
    _local("local_conv2d", "strides-1-3-" + _ending, _shape, 4, kernel_size=(3, 2), strides=(1, 3), data_format=_format)
    _local("local_conv2d", "strides-over-window-" + _ending, _shape, 2, kernel_size=(1, 2), strides=(2, 3), data_format=_format)
    _local("local_conv2d", "window-of-all-" + _ending, _shape, 4, kernel_size=(4, 5), strides=(1, 1), data_format=_format)
_local("local_conv2d", "window-of-one-last", (2, 3, 4, 3), 4, kernel_size=(1, 1), strides=(2, 3), data_format="channels_last")
_local("local_conv2d", "window-of-one-first", (2, 3, 3, 4), 4, kernel_size=(1, 1), strides=(2, 3), data_format="channels_first")
_local("local_conv2d", "defaults", (2, 4, 5, 3), 4, kernel_size=(2, 3), strides=(1, 2))
_local("local_conv2d", "one-sample", (1, 4, 5, 3), 4, kernel_size=(3, 2), strides=(1, 1))
_local("local_conv2d", "one-channel-one-filter", (2, 4, 5, 1), 1, kernel_size=(3, 2), strides=(1, 1))
_local("local_conv2d", "one-sample-first", (1, 1, 4, 5), 2, kernel_size=(3, 2), strides=(1, 1), data_format="channels_first")
_local("local_conv2d", "float64", (2, 4, 5, 3), 4, dtype="float64", kernel_size=(2, 3), strides=(1, 2))
AREA.row("local_conv2d", "positional", "K.local_conv2d(x, K.variable(w), (3, 2), (1, 2), (2, 3), 'channels_first')",
         lambda x, w: local(x, w, (3, 2), (1, 2), (2, 3), "channels_first"), x=normal(2, 1, 4, 6), w=plain(normal(6, 6, 3)))
AREA.row("local_conv2d", "several-channels-first", "K.local_conv2d(x, K.variable(w), (3, 2), (1, 2), (2, 3), 'channels_first')",
         lambda x, w: local(x, w, (3, 2), (1, 2), (2, 3), "channels_first"), x=normal(2, 2, 4, 6), w=plain(normal(6, 12, 3)),
         unspecified="'kernel: the unshared weight for convolution, with shape (output_items, feature_dim, filters)'")

for _value in ("channels_middle", "NHWC"):
    _ending = "data-format-" + _value.replace("_", "-")
    AREA.refuses("local_conv1d", _ending,
                 "K.local_conv1d(x, K.variable(w), (2,), (3,), data_format={!r})".format(_value),
                 "ValueError", "data_format", ways=("known",), x=normal(2, 8, 3), w=plain(normal(3, 6, 4)))
    AREA.refuses("local_conv2d", _ending,
                 "K.local_conv2d(x, K.variable(w), (2, 3), (1, 2), (3, 2), data_format={!r})".format(_value),
                 "ValueError", "data_format", ways=("known",), x=normal(2, 4, 5, 3), w=plain(normal(6, 18, 4)))
