"""Pooling over two and three dimensions."""
from collections import OrderedDict
from functools import partial

from conformance.oracle.convolution import pool
from conformance.spec.convolving import channels_first, convolve, unknown_space
from conformance.spec.model import KNOWN, UNKNOWN, Area, normal, uniform

AREA = Area("pooling")


def _pool(function, variant, shape, unknown=(0,), dtype="float32", loose=False, **arguments):
    shape = channels_first(shape) if arguments.get("data_format") == "channels_first" else shape
    x = normal(*shape, dtype=dtype).unknown(*unknown_space(unknown, arguments))
    # A variable goes in with channels last only: some engine without a batch axis in its variables reads beyond the others.
    ways = (KNOWN, UNKNOWN) if arguments.get("data_format") == "channels_first" else None
    convolve(AREA, function, pool, variant, x, OrderedDict(), arguments, loose=loose, ways=ways)


def _modes(function, variant, shape, ending="", **arguments):
    for mode in ("max", "avg"):
        _pool(function, "{}-{}{}".format(mode, variant, ending), shape, pool_mode=mode, **arguments)


def _all(function, variant, shape, **arguments):
    for data_format in ("channels_last", "channels_first"):
        _modes(function, variant, shape, data_format[len("channels"):].replace("_", "-"), data_format=data_format, **arguments)


def _crossed(function, variant, shape, **arguments):
    _pool(function, "max-" + variant + "-last", shape, pool_mode="max", data_format="channels_last", **arguments)
    _pool(function, "avg-" + variant + "-first", shape, pool_mode="avg", data_format="channels_first", **arguments)


_pool("pool2d", "defaults", (2, 5, 7, 3), pool_size=(2, 3))
_pool("pool2d", "defaults-strides", (2, 5, 7, 3), pool_size=(2, 3), strides=(2, 3))
_all("pool2d", "strides-1-1", (2, 5, 7, 3), pool_size=(3, 2))
_crossed("pool2d", "strides-of-the-pool", (2, 6, 6, 3), pool_size=(2, 3), strides=(2, 3))
_crossed("pool2d", "strides-1-2", (2, 5, 7, 3), pool_size=(2, 3), strides=(1, 2))
_crossed("pool2d", "strides-over-pool", (2, 7, 9, 3), pool_size=(2, 1), strides=(3, 4))
_all("pool2d", "left-over", (2, 5, 8, 3), pool_size=(2, 3), strides=(2, 3))
_all("pool2d", "same-3-3", (2, 5, 7, 2), pool_size=(3, 3), padding="same")
_all("pool2d", "same-3-strides-2", (2, 5, 7, 2), pool_size=(3, 3), strides=(2, 3), padding="same")
_crossed("pool2d", "same-5-1", (2, 6, 4, 3), pool_size=(5, 1), padding="same")
_all("pool2d", "same-even-pool", (2, 5, 7, 3), pool_size=(2, 4), padding="same", loose=True)
_crossed("pool2d", "same-even-pool-strides", (2, 5, 7, 3), pool_size=(2, 2), strides=(2, 2), padding="same", loose=True)
_crossed("pool2d", "unknown-space", (2, 5, 7, 3), pool_size=(2, 3), strides=(2, 1), unknown=(0, 1, 2))
_crossed("pool2d", "same-unknown-space", (2, 5, 7, 3), pool_size=(3, 3), strides=(2, 2), padding="same", unknown=(0, 1, 2))
_modes("pool2d", "pool-of-all", (2, 4, 5, 3), pool_size=(4, 5))
_modes("pool2d", "pool-of-one", (2, 4, 5, 3), pool_size=(1, 1), strides=(2, 3))
_crossed("pool2d", "one-sample-one-channel", (1, 4, 5, 1), pool_size=(3, 2), strides=(1, 2))
_crossed("pool2d", "float64", (2, 5, 7, 3), pool_size=(2, 3), dtype="float64")
# Far from zero a border that takes part as zero shows, from either side.
for _mode in ("max", "avg"):
    for _name, _low in (("below", -9.0), ("above", 8.0)):
        AREA.row("pool2d", "{}-same-all-{}-zero".format(_mode, _name),
                 "K.pool2d(x, (3, 3), padding='same', pool_mode={!r})".format(_mode),
                 partial(pool, pool_size=(3, 3), padding="same", pool_mode=_mode), x=uniform(2, 3, 4, 2, low=_low, high=_low + 1))
    AREA.row("pool3d", _mode + "-same-all-below-zero", "K.pool3d(x, (1, 3, 3), padding='same', pool_mode={!r})".format(_mode),
             partial(pool, pool_size=(1, 3, 3), padding="same", pool_mode=_mode), x=uniform(2, 2, 3, 4, 2, low=-9.0, high=-8.0))
AREA.row("pool2d", "positional", "K.pool2d(x, (3, 1), (2, 3), 'same', 'channels_first', 'avg')",
         lambda x: pool(x, (3, 1), (2, 3), "same", "channels_first", "avg"), ways=(KNOWN, UNKNOWN), x=normal(2, 3, 5, 7))

_pool("pool3d", "defaults", (2, 3, 4, 5, 2), pool_size=(2, 3, 1))
_crossed("pool3d", "strides-1-1-1", (2, 3, 4, 5, 2), pool_size=(1, 2, 3))
_all("pool3d", "strides-2-1-3", (2, 4, 3, 7, 2), pool_size=(3, 2, 2), strides=(2, 1, 3))
_all("pool3d", "same-3", (2, 3, 4, 5, 2), pool_size=(3, 1, 3), padding="same")
_crossed("pool3d", "same-3-strides-2", (2, 3, 5, 4, 2), pool_size=(3, 3, 3), strides=(2, 2, 3), padding="same")
_crossed("pool3d", "same-even-pool", (2, 3, 4, 5, 2), pool_size=(2, 3, 2), strides=(2, 1, 2), padding="same", loose=True)
_crossed("pool3d", "unknown-space", (2, 3, 4, 5, 2), pool_size=(2, 3, 1), strides=(1, 2, 1), unknown=(0, 1, 2, 3))
_crossed("pool3d", "same-5", (2, 6, 3, 3, 2), pool_size=(5, 1, 1), padding="same")
_crossed("pool3d", "pool-of-all", (2, 3, 4, 5, 2), pool_size=(3, 4, 5))
_crossed("pool3d", "float64", (2, 3, 4, 3, 2), pool_size=(2, 1, 3), dtype="float64")
AREA.row("pool3d", "positional", "K.pool3d(x, (3, 1, 3), (2, 2, 1), 'same', 'channels_first', 'avg')",
         lambda x: pool(x, (3, 1, 3), (2, 2, 1), "same", "channels_first", "avg"), ways=(KNOWN, UNKNOWN), x=normal(2, 2, 3, 3, 4))

for _function, _shape, _size in (("pool2d", (2, 5, 4, 3), (2, 3)), ("pool3d", (2, 5, 4, 3, 2), (2, 3, 1))):
    for _value in ("channels_middle", "NHWC"):
        AREA.refuses(_function, "data-format-" + _value.replace("_", "-"),
                     "K.{}(x, {}, data_format={!r})".format(_function, _size, _value),
                     "ValueError", "data_format", ways=("known",), x=normal(*_shape))
    for _value in ("min", "average"):
        AREA.refuses(_function, "pool-mode-" + _value, "K.{}(x, {}, pool_mode={!r})".format(_function, _size, _value),
                     "ValueError", "", ways=("known",), x=normal(*_shape))
    AREA.refuses(_function, "padding-unknown", "K.{}(x, {}, padding='wide')".format(_function, _size), "ValueError", "",
                 ways=("known",), unspecified="'padding: string, \"same\" or \"valid\"': what another string does is not said",
                 x=normal(*_shape))
