"""Pooling over two and three dimensions."""
from functools import partial

from conformance.apis.k.language import ALL_WAYS, KNOWN, UNKNOWN, k
from conformance.apis.k.spec._convolving import (
    FORMATS,
    ending,
    image,
    refuses_other_formats,
    silent_about_padding,
    wherever_zeros_go,
)
from conformance.case import FLOATX, normal, uniform
from conformance.oracle.convolution import pool

# A variable goes in with channels last only: an engine whose variables have no batch axis reads beyond them.
_WAYS = {"channels_last": None, "channels_first": (KNOWN, UNKNOWN)}


def laid(f, variant, mode, data_format, *shape, unknown=(0,), dtype=FLOATX, oracle=pool, **arguments):
    """A case in a data format; `shape` and `unknown` are those with the channels last."""
    x = image(*shape, data_format=data_format, unknown=unknown, dtype=dtype)
    f.case(f"{mode}-{variant}{ending(data_format)}", x=x, oracle=oracle, ways=_WAYS[data_format],
           pool_mode=mode, data_format=data_format, **arguments)


def all_four(f, variant, *shape, **arguments):
    """The cases of both modes in both data formats."""
    for data_format in FORMATS:
        for mode in ("max", "avg"):
            laid(f, variant, mode, data_format, *shape, **arguments)


def crossed(f, variant, *shape, **arguments):
    """Two cases, which between them have both modes and both data formats."""
    laid(f, variant, "max", "channels_last", *shape, **arguments)
    laid(f, variant, "avg", "channels_first", *shape, **arguments)


def both_modes(f, variant, x, **arguments):
    """The cases of both modes, without a data format."""
    for mode in ("max", "avg"):
        f.case(f"{mode}-{variant}", x=x, pool_mode=mode, oracle=pool, **arguments)


def follows_set_format(f, mode, x, size):
    """A history of calls without a data format."""
    def want(x):
        last, first = (pool(x, size, data_format=data_format, pool_mode=mode) for data_format in FORMATS)
        return {"first": first, "told": first, "last": last}

    call = f"{size}, pool_mode={mode!r}"
    f.script("image-data-format-" + mode, f"""
        K.set_image_data_format('channels_first')
        t = K.placeholder(shape=x.shape)
        first, told = K.function([t], [K.{f.name}(t, {call}), K.{f.name}(t, {call}, data_format=None)])([x])
        K.set_image_data_format('channels_last')
        u = K.placeholder(shape=x.shape)
        last = K.function([u], [K.{f.name}(u, {call})])([x])[0]
        """, oracle=want, names=("first", "told", "last"), x=x)


def refuses_other_modes(f, call, x):
    """Both functions refuse a mode of another name; `call` is what stands before it."""
    f.promise("a pool_mode other than max and avg is refused with a ValueError", at=f.name + ": raises")
    for value in ("min", "average"):
        f.refuses("pool-mode-" + value, f"K.{f.name}({call}, pool_mode={value!r})", "ValueError", "",
                  ways=KNOWN, x=x)


with k.function("pool2d", area="pooling") as f:
    f.promise("pool_size is the rows and the columns of the window, which stays inside x",
              at="pool2d: pool_size")
    f.case("defaults", x=normal(2, 5, 7, 3), pool_size=(2, 3), oracle=pool)
    both_modes(f, "pool-of-all", normal(2, 4, 5, 3), pool_size=(4, 5))
    both_modes(f, "pool-of-one", normal(2, 4, 5, 3), pool_size=(1, 1), strides=(2, 3))

    f.promise("pool_mode max takes the largest value of a channel in the window, and avg their mean",
              at="pool2d: pool_mode")
    all_four(f, "strides-1-1", 2, 5, 7, 3, pool_size=(3, 2))
    crossed(f, "one-sample-one-channel", 1, 4, 5, 1, pool_size=(3, 2), strides=(1, 2))
    crossed(f, "float64", 2, 5, 7, 3, dtype="float64", pool_size=(2, 3))

    f.promise("strides are the rows and the columns by which the window moves", at="pool2d: strides")
    f.case("defaults-strides", x=normal(2, 5, 7, 3), pool_size=(2, 3), strides=(2, 3), oracle=pool)
    crossed(f, "strides-of-the-pool", 2, 6, 6, 3, pool_size=(2, 3), strides=(2, 3))
    crossed(f, "strides-1-2", 2, 5, 7, 3, pool_size=(2, 3), strides=(1, 2))
    crossed(f, "strides-over-pool", 2, 7, 9, 3, pool_size=(2, 1), strides=(3, 4))

    f.promise("padding valid, the default, leaves over what does not fill a window", at="pool2d: padding")
    all_four(f, "left-over", 2, 5, 8, 3, pool_size=(2, 3), strides=(2, 3))

    f.promise("padding same gives a place for each stride that begins in x", at="pool2d: padding")
    all_four(f, "same-3-3", 2, 5, 7, 2, pool_size=(3, 3), padding="same")
    all_four(f, "same-3-strides-2", 2, 5, 7, 2, pool_size=(3, 3), strides=(2, 3), padding="same")
    crossed(f, "same-5-1", 2, 6, 4, 3, pool_size=(5, 1), padding="same")
    all_four(f, "same-even-pool", 2, 5, 7, 3, pool_size=(2, 4), padding="same",
             oracle=wherever_zeros_go(pool))
    crossed(f, "same-even-pool-strides", 2, 5, 7, 3, pool_size=(2, 2), strides=(2, 2), padding="same",
            oracle=wherever_zeros_go(pool))
    crossed(f, "same-unknown-space", 2, 5, 7, 3, unknown=(0, 1, 2), pool_size=(3, 3), strides=(2, 2),
            padding="same")

    # Far from zero, a border that takes part as zero shows, from either side.
    f.promise("what padding same adds takes no part in the largest value and in the mean",
              at="pool2d: padding")
    for mode in ("max", "avg"):
        for side, low in (("below", -9.0), ("above", 8.0)):
            f.case(f"{mode}-same-all-{side}-zero", f"K.pool2d(x, (3, 3), padding='same', pool_mode={mode!r})",
                   x=uniform(2, 3, 4, 2, low=low, high=low + 1),
                   oracle=partial(pool, pool_size=(3, 3), padding="same", pool_mode=mode))

    f.promise("data_format says whether the channels of x and of the result stand last or after the batch",
              at="pool2d: data_format")
    crossed(f, "unknown-space", 2, 5, 7, 3, unknown=(0, 1, 2), pool_size=(2, 3), strides=(2, 1))
    f.case("positional", "K.pool2d(x, (3, 1), (2, 3), 'same', 'channels_first', 'avg')", x=normal(2, 3, 5, 7),
           oracle=lambda x: pool(x, (3, 1), (2, 3), "same", "channels_first", "avg"), ways=(KNOWN, UNKNOWN))
    f.promise("without a data format, a call follows the default that is set when it is made",
              at="image_data_format: summary")
    follows_set_format(f, "max", x=normal(2, 4, 5, 3), size=(2, 3))
    follows_set_format(f, "avg", x=normal(2, 4, 5, 4), size=(3, 1))

    refuses_other_formats(f, "x, (2, 3)", x=normal(2, 5, 4, 3))
    refuses_other_modes(f, "x, (2, 3)", x=normal(2, 5, 4, 3))

    f.promise("int_shape tells rows, columns and channels of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "image = K.placeholder((None, 6, 7, 3))\n"
           "result = K.int_shape(K.pool2d(image, (2, 3), (2, 2)))", want=(None, 3, 3, 3))
    f.case("int-shape-same", "image = K.placeholder((None, 6, 7, 3))\n"
           "result = K.int_shape(K.pool2d(image, (2, 2), (2, 2), 'same', pool_mode='avg'))",
           want=(None, 3, 4, 3))

    silent_about_padding(f, "x, (2, 3)", x=normal(2, 5, 4, 3))


with k.function("pool3d", area="pooling") as f:
    f.promise("pool_size says how long the window is, axis by axis, and the window stays inside x",
              at="pool3d: pool_size")
    f.case("defaults", x=normal(2, 3, 4, 5, 2), pool_size=(2, 3, 1), oracle=pool, ways=UNKNOWN)
    crossed(f, "pool-of-all", 2, 3, 4, 5, 2, pool_size=(3, 4, 5))

    f.promise("pool_mode max takes the largest value of a channel in the window, and avg their mean",
              at="pool3d: pool_mode")
    crossed(f, "strides-1-1-1", 2, 3, 4, 5, 2, pool_size=(1, 2, 3))
    crossed(f, "float64", 2, 3, 4, 3, 2, dtype="float64", pool_size=(2, 1, 3))

    f.promise("strides says how far the window moves, axis by axis", at="pool3d: strides")
    all_four(f, "strides-2-1-3", 2, 4, 3, 7, 2, pool_size=(3, 2, 2), strides=(2, 1, 3))

    f.promise("padding same gives a place for each stride that begins in x", at="pool3d: padding")
    all_four(f, "same-3", 2, 3, 4, 5, 2, pool_size=(3, 1, 3), padding="same")
    crossed(f, "same-3-strides-2", 2, 3, 5, 4, 2, pool_size=(3, 3, 3), strides=(2, 2, 3), padding="same")
    crossed(f, "same-even-pool", 2, 3, 4, 5, 2, pool_size=(2, 3, 2), strides=(2, 1, 2), padding="same",
            oracle=wherever_zeros_go(pool))
    crossed(f, "same-5", 2, 6, 3, 3, 2, pool_size=(5, 1, 1), padding="same")

    # Far from zero, a border that takes part as zero shows.
    f.promise("what padding same adds takes no part in the largest value and in the mean",
              at="pool3d: padding")
    for mode, ways in (("max", ALL_WAYS), ("avg", None)):
        f.case(mode + "-same-all-below-zero", f"K.pool3d(x, (1, 3, 3), padding='same', pool_mode={mode!r})",
               x=uniform(2, 2, 3, 4, 2, low=-9.0, high=-8.0), ways=ways,
               oracle=partial(pool, pool_size=(1, 3, 3), padding="same", pool_mode=mode))

    f.promise("data_format says whether the channels of x and of the result stand last or after the batch",
              at="pool3d: data_format")
    crossed(f, "unknown-space", 2, 3, 4, 5, 2, unknown=(0, 1, 2, 3), pool_size=(2, 3, 1), strides=(1, 2, 1))
    f.case("positional", "K.pool3d(x, (3, 1, 3), (2, 2, 1), 'same', 'channels_first', 'avg')",
           x=normal(2, 2, 3, 3, 4), ways=(KNOWN, UNKNOWN),
           oracle=lambda x: pool(x, (3, 1, 3), (2, 2, 1), "same", "channels_first", "avg"))
    f.promise("without a data format, a call follows the default that is set when it is made",
              at="image_data_format: summary")
    follows_set_format(f, "max", x=normal(2, 4, 3, 5, 3), size=(2, 1, 3))
    follows_set_format(f, "avg", x=normal(2, 3, 4, 5, 3), size=(2, 3, 1))

    refuses_other_formats(f, "x, (2, 3, 1)", x=normal(2, 5, 4, 3, 2))
    refuses_other_modes(f, "x, (2, 3, 1)", x=normal(2, 5, 4, 3, 2))

    f.promise("int_shape tells space and channels of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "volume = K.placeholder((None, 6, 7, 5, 3))\n"
           "result = K.int_shape(K.pool3d(volume, (2, 3, 2), (2, 2, 1)))", want=(None, 3, 3, 4, 3))

    silent_about_padding(f, "x, (2, 3, 1)", x=normal(2, 5, 4, 3, 2))
