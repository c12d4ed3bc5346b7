"""Pooling: the largest or the mean element of each window."""
import itertools

import numpy as np

from conformance.apis.ops.inputs import distinct, given, normal, plain, values
from conformance.apis.ops.language import SYMBOLIC, ops
from conformance.apis.ops.promotion import FLOATS, same
from conformance.apis.ops.spec.convolution import CHANNELS_FIRST, CHANNELS_LAST, configured
from conformance.apis.ops.spec.convolution_transposed import each
from conformance.oracle.convolution import pool


def pooled(mode):
    """What `ops.max_pool` or `ops.average_pool` gives."""
    def oracle(inputs, pool_size, strides=None, padding="valid", data_format=None):
        size = each(pool_size, inputs.ndim - 2)
        return pool(inputs, size, size if strides is None else strides, padding.lower(), data_format, mode)
    return oracle


def adaptive(reduce):
    """What the adaptive kinds give: window i goes from floor(i n / m) to ceil((i + 1) n / m)."""
    def oracle(inputs, output_size, data_format=None):
        first = data_format == CHANNELS_FIRST
        x = np.moveaxis(inputs, 1, -1) if first else inputs
        sizes = each(output_size, 2)
        found = np.zeros((x.shape[0],) + sizes + (x.shape[-1],))
        for place in itertools.product(*map(range, sizes)):
            window = tuple(slice(i * n // m, -(-(i + 1) * n // m))
                           for i, n, m in zip(place, x.shape[1:-1], sizes))
            found[(slice(None),) + place] = reduce(x[(slice(None),) + window], axis=(1, 2))
        return np.moveaxis(found, -1, 1) if first else found
    return oracle


def windows(f, oracle, make):
    """What both kinds say of windows, strides, padding and data format."""
    f.promise("each window of each channel becomes one element", at=f.name + ": returns")
    f.case("2d", inputs=make(2, 6, 5, 3), pool_size=2, strides=2, oracle=oracle, profile="core")
    f.case("1d", inputs=make(2, 7, 3), pool_size=3, strides=2, oracle=oracle, profile="core")
    f.case("3d", inputs=make(1, 4, 5, 6, 2), pool_size=2, strides=2, oracle=oracle,
           profile="core")
    f.promise("pool_size is one integer, or one for each spatial dimension", at=f.name + ": pool_size")
    f.case("size-each", inputs=make(2, 6, 5, 3), pool_size=(3, 2), strides=2, oracle=oracle,
           profile="core")
    f.case("size-list", inputs=make(2, 6, 5, 3), pool_size=[2, 3], strides=2, oracle=oracle)
    f.case("size-1d", inputs=make(2, 7, 3), pool_size=(2,), strides=1, oracle=oracle)
    f.case("size-3d", inputs=make(1, 4, 5, 6, 2), pool_size=(1, 2, 3), strides=2, oracle=oracle)
    f.case("whole", inputs=make(2, 6, 5, 3), pool_size=(6, 5), strides=1, oracle=oracle)
    f.promise("strides is the size of the window unless given", at=f.name + ": strides")
    f.case("default", inputs=make(2, 6, 5, 3), pool_size=2, oracle=oracle, profile="core")
    f.case("default-each", inputs=make(2, 6, 5, 3), pool_size=(3, 2), oracle=oracle)
    f.case("default-1d", inputs=make(2, 7, 3), pool_size=3, oracle=oracle)
    f.case("default-3d", inputs=make(1, 4, 5, 6, 2), pool_size=(1, 2, 3), oracle=oracle)
    f.case("default-same", inputs=make(2, 6, 5, 3), pool_size=(3, 2), padding="same", oracle=oracle)
    f.case("default-first", inputs=make(2, 3, 6, 5), pool_size=2, data_format=CHANNELS_FIRST, oracle=oracle)
    f.promise("strides is one integer, or one for each spatial dimension", at=f.name + ": strides")
    f.case("strides", inputs=make(2, 6, 5, 3), pool_size=3, strides=1, oracle=oracle, profile="core")
    f.case("strides-each", inputs=make(2, 8, 7, 3), pool_size=(3, 2), strides=(2, 3), oracle=oracle)
    f.case("strides-list", inputs=make(2, 8, 7, 3), pool_size=3, strides=[1, 2], oracle=oracle, ways="eager")
    f.case("strides-1d", inputs=make(2, 9, 3), pool_size=2, strides=3, oracle=oracle)
    f.case("strides-3d", inputs=make(1, 4, 5, 6, 2), pool_size=2, strides=(1, 2, 3), oracle=oracle)
    f.promise("\"same\" pads evenly, and the padding is in no window", at=f.name + ": padding")
    f.case("same", inputs=make(2, 6, 5, 3), pool_size=3, strides=1, padding="same", oracle=oracle,
           profile="core")
    f.case("same-even", inputs=make(2, 6, 5, 3), pool_size=2, strides=1, padding="same", oracle=oracle)
    f.case("same-strided", inputs=make(2, 6, 5, 3), pool_size=(3, 2), strides=2, padding="same",
           oracle=oracle)
    f.case("same-1d", inputs=make(2, 7, 3), pool_size=2, strides=2, padding="same", oracle=oracle,
           profile="core")
    f.case("same-wide-1d", inputs=make(2, 7, 3), pool_size=4, strides=1, padding="same", oracle=oracle)
    f.case("same-3d", inputs=make(1, 4, 5, 6, 2), pool_size=(2, 3, 4), strides=2, padding="same",
           oracle=oracle)
    f.case("same-beyond", inputs=make(2, 7, 3), pool_size=2, strides=4, padding="same", oracle=oracle)
    f.case("upper-case", inputs=make(2, 6, 5, 3), pool_size=2, strides=2, padding="SAME", oracle=oracle,
           ways="eager")
    f.promise("data_format says where the channels are", at=f.name + ": data_format")
    f.case("first", inputs=make(2, 3, 6, 5), pool_size=2, strides=2, data_format=CHANNELS_FIRST,
           oracle=oracle, profile="core")
    f.case("first-same", inputs=make(2, 3, 6, 5), pool_size=(3, 2), strides=2, padding="same",
           data_format=CHANNELS_FIRST, oracle=oracle)
    f.case("first-1d", inputs=make(2, 3, 7), pool_size=2, strides=2, data_format=CHANNELS_FIRST,
           oracle=oracle)
    f.case("first-3d", inputs=make(1, 2, 4, 5, 6), pool_size=(1, 2, 3), strides=2,
           data_format=CHANNELS_FIRST, oracle=oracle)
    f.case("last", inputs=make(2, 6, 5, 3), pool_size=2, strides=2, data_format=CHANNELS_LAST,
           oracle=oracle, ways="eager")
    configured(f, "ops.{}(x, 2, 2)".format(f.name), lambda x: oracle(x, 2, 2, data_format=CHANNELS_FIRST),
               x=make(2, 3, 6, 5))
    f.promise("arguments may be positional", at=f.name + ": strides")
    f.case("positional", "ops.{}(x, 3, 2, 'same', 'channels_first')".format(f.name), x=make(2, 3, 8, 7),
           oracle=lambda x: oracle(x, 3, 2, "same", CHANNELS_FIRST))
    f.promise("dimensions may be unknown, and what depends on them is None", at=f.name + ": returns")
    f.case("unknown-space", inputs=make(2, 6, 5, 3).unknown(0, 1, 2), pool_size=2, strides=2, oracle=oracle,
           ways="unknown")
    f.case("unknown-same", inputs=make(2, 6, 5, 3).unknown(1, 2), pool_size=3, strides=2, padding="same",
           oracle=oracle, ways="unknown")
    f.case("unknown-first", inputs=make(2, 3, 6, 5).unknown(0, 3), pool_size=2, strides=2,
           data_format=CHANNELS_FIRST, oracle=oracle, ways="unknown")
    f.promise("inputs may be NumPy arrays, and a batch empty", at=f.name + ": inputs")
    f.case("array", inputs=plain(make(2, 7, 3)), pool_size=2, strides=2, oracle=oracle, result_dtype=None)
    f.case("no-batch", inputs=given(np.zeros((0, 6, 5, 3))), pool_size=2, strides=2, want=np.zeros((0, 3, 2,
           3)))
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, inputs=values(1, 4, 4, 2), pool_size=2, strides=2, oracle=oracle,
            profile="core")


with ops.function("max_pool", area="pooling", dtype=same()) as f:
    windows(f, pooled("max"), distinct)
    f.promise("padding is below all elements, negative ones too", at="max_pool: padding")
    f.case("negative", inputs=given(-1.0 - np.arange(10.0).reshape(1, 5, 2)), pool_size=3, strides=1,
           padding="same", oracle=pooled("max"))
    f.case("infinite", inputs=given([[[-np.inf], [-np.inf], [1.0], [np.inf], [-np.inf]]]), pool_size=2,
           strides=2, want=np.array([[[-np.inf], [np.inf]]]))
    f.promise("what a symbolic call declares of integers is what evaluation gives", at="KerasTensor: dtype")
    f.case("declared-int32", inputs=values(1, 4, 4, 2, dtype="int32"), pool_size=2, strides=2,
           oracle=pooled("max"), ways=SYMBOLIC)
    f.case("declared-int32-same", inputs=given(-1 - np.arange(10).reshape(1, 5, 2), "int32"), pool_size=3,
           strides=1, padding="same", oracle=pooled("max"), ways=SYMBOLIC)
    f.silent("whether a window with nan is nan", at="max_pool: returns")
    f.case("nan", inputs=given([[[1.0], [np.nan], [2.0], [3.0], [5.0], [4.0]]]), pool_size=2, strides=2,
           want=np.array([[[np.nan], [3.0], [5.0]]]), ways="eager")

with ops.function("average_pool", area="pooling", dtype=same()) as f:
    windows(f, pooled("avg"), normal)
    f.promise("nan reaches the windows that see it, and no others", at="average_pool: returns")
    f.case("nan", inputs=given([[[1.0], [np.nan], [2.0], [3.0], [5.0], [4.0]]]), pool_size=2, strides=2,
           want=np.array([[[np.nan], [2.5], [4.5]]]))
    f.promise("what a symbolic call declares of integers is what evaluation gives", at="KerasTensor: dtype")
    f.case("declared-int32", inputs=given(np.arange(8).reshape(1, 4, 2) * 2, "int32"), pool_size=2,
           strides=2, oracle=pooled("avg"), ways=SYMBOLIC)


def adaptively(f, oracle, make):
    """What both adaptive kinds say."""
    f.promise("windows as even as the lengths allow; where they do not divide, neighbours overlap",
              at=f.name + ": output_size")
    f.case("2d", inputs=make(2, 6, 4, 3), output_size=2, oracle=oracle, profile="core")
    f.case("each", inputs=make(2, 6, 9, 3), output_size=(2, 3), oracle=oracle)
    f.case("list", inputs=make(2, 6, 9, 3), output_size=[3, 1], oracle=oracle, ways="eager")
    f.case("uneven", inputs=make(2, 7, 5, 3), output_size=(3, 2), oracle=oracle)
    f.case("uneven-more", inputs=make(1, 10, 8, 2), output_size=(7, 5), oracle=oracle)
    f.case("one", inputs=make(2, 7, 5, 3), output_size=1, oracle=oracle, profile="core")
    f.case("same-size", inputs=make(2, 4, 5, 3), output_size=(4, 5), oracle=oracle)
    f.case("larger", inputs=make(2, 3, 2, 3), output_size=(5, 4), oracle=oracle)
    f.promise("data_format says where the channels are", at=f.name + ": data_format")
    f.case("first", inputs=make(2, 3, 7, 5), output_size=(3, 2), data_format=CHANNELS_FIRST, oracle=oracle)
    f.case("first-one", inputs=make(2, 3, 6, 4), output_size=2, data_format=CHANNELS_FIRST, oracle=oracle)
    f.case("last", inputs=make(2, 6, 4, 3), output_size=2, data_format=CHANNELS_LAST, oracle=oracle,
           ways="eager")
    f.case("positional", "ops.{}(x, 2, 'channels_first')".format(f.name), x=make(2, 3, 6, 4),
           oracle=lambda x: oracle(x, 2, CHANNELS_FIRST))
    f.case("array", inputs=plain(make(2, 6, 4, 3)), output_size=2, oracle=oracle, result_dtype=None)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, inputs=values(1, 4, 4, 2), output_size=2, oracle=oracle)
    configured(f, "ops.{}(x, (3, 2))".format(f.name),
               lambda x: oracle(x, (3, 2), data_format=CHANNELS_FIRST), x=make(2, 3, 6, 4))
    f.promise("the batch may be unknown", at=f.name + ": inputs")
    f.case("unknown-batch", inputs=make(2, 6, 4, 3).unknown(0), output_size=(3, 2), oracle=oracle,
           ways="unknown")


with ops.function("adaptive_max_pool", area="pooling", dtype=same()) as f:
    adaptively(f, adaptive(np.max), distinct)

with ops.function("adaptive_average_pool", area="pooling", dtype=same()) as f:
    adaptively(f, adaptive(np.mean), normal)
