"""Convolutions over one, two and three spatial dimensions."""
import numpy as np

from conformance.apis.ops.inputs import given, normal, plain, values
from conformance.apis.ops.language import ops
from conformance.apis.ops.promotion import FLOATS, same
from conformance.oracle.convolution import convolution

TENSORS = ("eager", "traced")
CHANNELS_LAST, CHANNELS_FIRST = "channels_last", "channels_first"
HALF = {"float16": (32.0, "sums of products are rounded to half precision"),
        "bfloat16": (32.0, "sums of products are rounded to half precision")}


def weights(*shape):
    """A kernel: all its dimensions are known."""
    return normal(*shape).unknown()


def grouped(x, w, strides=1, padding="valid", data_format=None, dilation_rate=1):
    """A convolution whose kernel takes fewer channels than x has: each group of filters sees a group of
    channels."""
    first = data_format == CHANNELS_FIRST
    groups = x.shape[1 if first else -1] // w.shape[-2]
    parts = [convolution(*pair, strides=strides, padding=padding, data_format=data_format,
                         dilation_rate=dilation_rate)
             for pair in zip(np.split(x, groups, axis=1 if first else -1), np.split(w, groups, axis=-1))]
    return np.concatenate(parts, axis=1 if first else -1)


def conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    """What `ops.conv` gives."""
    return grouped(inputs, kernel, strides, padding.lower(), data_format, dilation_rate)


def configured(f, call, oracle, **inputs):
    """The configuration's data format, put back afterwards."""
    f.promise("the data format is that of the configuration unless given", at=f.name + ": data_format")
    f.case("configured", "keras.config.set_image_data_format('channels_first')\nresult = " + call
           + "\nkeras.config.set_image_data_format('channels_last')", ways="eager", oracle=oracle, **inputs)


def sliding(f, oracle, one, two, first, **kernels):
    """What all convolutions say of strides, padding, data format and dilation: `one` and `two` are inputs of
    one and two spatial dimensions with channels last, `first` is `two` with channels first."""
    kernel1 = {name: item[0] for name, item in kernels.items()}
    kernel2 = {name: item[1] for name, item in kernels.items()}
    f.promise("strides is one integer, or one for each spatial dimension", at=f.name + ": strides")
    f.case("strides", inputs=two, **kernel2, strides=2, oracle=oracle, profile="core")
    f.case("strides-1d", inputs=one, **kernel1, strides=3, oracle=oracle)
    f.case("strides-listed-1d", inputs=one, **kernel1, strides=(2,), oracle=oracle, ways="eager")
    f.promise("\"valid\" pads nothing, \"same\" pads evenly with zeros so that the length is kept",
              at=f.name + ": padding")
    f.case("same", inputs=two, **kernel2, padding="same", oracle=oracle, profile="core")
    f.case("same-1d", inputs=one, **kernel1, padding="same", oracle=oracle, profile="core")
    f.case("same-strided", inputs=two, **kernel2, padding="same", strides=2, oracle=oracle)
    f.case("same-strided-1d", inputs=one, **kernel1, padding="same", strides=3, oracle=oracle)
    f.case("upper-case", inputs=two, **kernel2, padding="SAME", oracle=oracle, ways="eager")
    f.promise("data_format says where the channels are", at=f.name + ": data_format")
    f.case("first", inputs=first, **kernel2, data_format=CHANNELS_FIRST, oracle=oracle, profile="core")
    f.case("first-same", inputs=first, **kernel2, data_format=CHANNELS_FIRST, padding="same", strides=2,
           oracle=oracle)
    f.case("last", inputs=two, **kernel2, data_format=CHANNELS_LAST, oracle=oracle, ways="eager")
    f.promise("dilation_rate is one integer, or one for each spatial dimension",
              at=f.name + ": dilation_rate")
    f.case("dilation", inputs=two, **kernel2, dilation_rate=2, oracle=oracle, profile="core")
    f.case("dilation-1d", inputs=one, **kernel1, dilation_rate=3, oracle=oracle)
    f.case("dilation-same", inputs=two, **kernel2, dilation_rate=2, padding="same", oracle=oracle)
    f.case("dilation-first", inputs=first, **kernel2, dilation_rate=2, data_format=CHANNELS_FIRST,
           oracle=oracle)
    f.promise("dimensions may be unknown, and what depends on them is None", at=f.name + ": returns")
    f.case("unknown-space", inputs=two.unknown(0, 1, 2), **kernel2, padding="same", strides=2, oracle=oracle,
           ways="unknown")
    f.case("unknown-valid", inputs=two.unknown(1, 2), **kernel2, strides=2, oracle=oracle, ways="unknown")
    f.case("unknown-first", inputs=first.unknown(0, 2, 3), **kernel2, data_format=CHANNELS_FIRST,
           oracle=oracle, ways="unknown")


with ops.function("conv", area="convolution", dtype=same()) as f:
    f.promise("the kernel, which is not flipped, slides over the inputs", at="conv: returns")
    f.case("2d", inputs=normal(2, 6, 5, 3), kernel=weights(3, 2, 3, 4), oracle=conv, profile="core")
    f.case("1d", inputs=normal(2, 9, 3), kernel=weights(3, 3, 4), oracle=conv, profile="core")
    f.case("3d", inputs=normal(2, 4, 5, 6, 3), kernel=weights(2, 3, 2, 3, 4), oracle=conv, profile="core")
    f.case("pointwise", inputs=normal(2, 6, 5, 3), kernel=weights(1, 1, 3, 4), oracle=conv)
    f.case("whole", inputs=normal(2, 6, 5, 3), kernel=weights(6, 5, 3, 4), oracle=conv, ways="eager")
    f.case("one-channel", inputs=normal(2, 6, 5, 1), kernel=weights(3, 2, 1, 1), oracle=conv)
    sliding(f, conv, normal(2, 9, 3), normal(2, 8, 7, 3), normal(2, 3, 8, 7),
            kernel=(weights(3, 3, 4), weights(3, 2, 3, 4)))
    f.promise("each spatial dimension has a stride and a rate of its own", at="conv: strides")
    f.case("strides-each", inputs=normal(2, 8, 7, 3), kernel=weights(3, 2, 3, 4), strides=(2, 3), oracle=conv)
    f.case("strides-list", inputs=normal(2, 8, 7, 3), kernel=weights(3, 2, 3, 4), strides=[1, 2], oracle=conv)
    f.case("strides-3d", inputs=normal(1, 5, 6, 7, 2), kernel=weights(2, 3, 2, 2, 3), strides=(1, 2, 3),
           padding="same", oracle=conv)
    f.case("strides-beyond", inputs=normal(2, 8, 7, 3), kernel=weights(2, 2, 3, 4), strides=(3, 4),
           oracle=conv)
    f.case("dilation-each", inputs=normal(2, 8, 7, 3), kernel=weights(3, 2, 3, 4), dilation_rate=(2, 3),
           oracle=conv)
    f.case("dilation-3d", inputs=normal(1, 5, 6, 7, 2), kernel=weights(2, 3, 2, 2, 3), dilation_rate=(1, 2,
           3),
           oracle=conv)
    f.case("first-3d", inputs=normal(1, 2, 5, 6, 7), kernel=weights(2, 3, 2, 2, 3), padding="same",
           data_format=CHANNELS_FIRST, oracle=conv)
    f.case("first-1d", inputs=normal(2, 3, 9), kernel=weights(3, 3, 4), strides=2, data_format=CHANNELS_FIRST,
           oracle=conv)
    f.promise("\"same\" puts an odd zero at the end", at="conv: padding")
    f.case("same-even-kernel", inputs=normal(2, 6, 5, 3), kernel=weights(4, 2, 3, 4), padding="same",
           oracle=conv)
    f.case("same-even-1d", inputs=normal(2, 8, 3), kernel=weights(4, 3, 4), padding="same", strides=2,
           oracle=conv)
    f.case("same-large-kernel", inputs=normal(1, 3, 4, 2), kernel=weights(5, 7, 2, 3), padding="same",
           oracle=conv)
    f.case("same-3d", inputs=normal(1, 4, 5, 6, 2), kernel=weights(2, 3, 4, 2, 3), padding="same",
           oracle=conv)
    f.promise("arguments may be positional", at="conv: strides")
    f.case("positional", "ops.conv(x, w, 2, 'same', 'channels_first', 1)", x=normal(2, 3, 8, 7),
           w=weights(3, 2, 3, 4), oracle=lambda x, w: conv(x, w, 2, "same", CHANNELS_FIRST, 1))
    f.promise("inputs may be NumPy arrays", at="conv: inputs")
    f.case("array", inputs=plain(normal(2, 9, 3)), kernel=plain(normal(3, 3, 4)), oracle=conv,
           result_dtype=None)
    f.promise("a batch may be empty", at="conv: inputs")
    f.case("no-batch", inputs=given(np.zeros((0, 6, 5, 3))), kernel=weights(3, 2, 3, 4),
           want=np.zeros((0, 4, 4, 4)))
    configured(f, "ops.conv(x, w)", lambda x, w: conv(x, w, data_format=CHANNELS_FIRST),
               x=normal(2, 3, 6, 5), w=weights(3, 2, 3, 4))
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=[(kind, kind) for kind in FLOATS], inputs=values(1, 5, 4, 2),
            kernel=values(2, 2, 2, 3), oracle=conv, ulps=HALF, profile="core")
    f.promise("nan and infinities reach the windows that see them, and no others", at="conv: returns")
    f.case("nan", inputs=given([[[1.0], [np.nan], [2.0], [3.0], [4.0], [5.0]]]),
           kernel=given([[[1.0]], [[2.0]]]), oracle=conv)
    f.promise("a kernel with fewer channels than the inputs makes groups: each group of filters sees a group "
              "of channels", at="Conv2D: groups")
    f.case("groups", inputs=normal(2, 6, 5, 4), kernel=weights(3, 2, 2, 6), oracle=conv, ways=TENSORS)
    f.case("groups-first", inputs=normal(2, 4, 6, 5), kernel=weights(3, 2, 2, 6), data_format=CHANNELS_FIRST,
           oracle=conv, ways=TENSORS)
    f.case("groups-1d", inputs=normal(2, 9, 4), kernel=weights(3, 2, 6), oracle=conv, ways=TENSORS)
    f.case("groups-3d", inputs=normal(1, 4, 5, 6, 4), kernel=weights(2, 3, 2, 2, 6), oracle=conv,
           ways="eager")
    f.case("groups-same", inputs=normal(2, 6, 5, 4), kernel=weights(3, 2, 1, 8), padding="same", strides=2,
           oracle=conv, ways="eager")
    f.silent("whether a symbolic call takes groups", at="conv: kernel")
    f.case("declared-groups", inputs=normal(2, 6, 5, 4), kernel=weights(3, 2, 2, 6), oracle=conv,
           ways="symbolic")
    f.silent("whether strides and dilation go together", at="conv: dilation_rate")
    f.case("strides-dilation", inputs=normal(2, 9, 8, 3), kernel=weights(3, 2, 3, 4), strides=2,
           dilation_rate=2, oracle=conv)
    f.silent("how integers convolve", at="conv: inputs")
    f.case("integers", inputs=values(1, 5, 4, 2, dtype="int32"), kernel=values(2, 2, 2, 3, dtype="int32"),
           oracle=conv, result_dtype=None)
    f.silent("whether two dtypes of floats promote", at="conv: kernel")
    f.sweep("mixed", dtypes=[("float16", "float32"), ("float32", "bfloat16")],
            inputs=values(1, 5, 4, 2), kernel=values(2, 2, 2, 3), oracle=conv, ulps=HALF)
