"""Convolutions whose kernel sees one channel at a time."""
import numpy as np

from conformance.apis.ops.inputs import given, normal, plain, values
from conformance.apis.ops.language import ops
from conformance.apis.ops.promotion import FLOATS, same
from conformance.apis.ops.spec.convolution import CHANNELS_FIRST, HALF, configured, sliding, weights
from conformance.oracle.convolution import depthwise, separable


def of_one(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    """What `ops.depthwise_conv` gives."""
    return depthwise(inputs, kernel, strides, padding.lower(), data_format, dilation_rate)


def of_two(inputs, depthwise_kernel, pointwise_kernel, strides=1, padding="valid", data_format=None,
           dilation_rate=1):
    """What `ops.separable_conv` gives."""
    return separable(inputs, depthwise_kernel, pointwise_kernel, strides, padding.lower(), data_format,
                     dilation_rate)


with ops.function("depthwise_conv", area="convolution", dtype=same()) as f:
    f.promise("each channel has kernels of its own; channel c and kernel m make channel c * multiplier + m",
              at="depthwise_conv: kernel")
    f.case("2d", inputs=normal(2, 6, 5, 3), kernel=weights(3, 2, 3, 2), oracle=of_one, profile="core")
    f.case("1d", inputs=normal(2, 9, 3), kernel=weights(3, 3, 2), oracle=of_one, profile="core")
    f.case("multiplier-1", inputs=normal(2, 6, 5, 3), kernel=weights(3, 2, 3, 1), oracle=of_one,
           profile="core")
    f.case("multiplier-4", inputs=normal(2, 6, 5, 2), kernel=weights(3, 2, 2, 4), oracle=of_one)
    f.case("one-channel", inputs=normal(2, 6, 5, 1), kernel=weights(3, 2, 1, 3), oracle=of_one)
    sliding(f, of_one, normal(2, 9, 3), normal(2, 8, 7, 3), normal(2, 3, 8, 7),
            kernel=(weights(3, 3, 2), weights(3, 2, 3, 2)))
    f.promise("\"same\" puts an odd zero at the end", at="depthwise_conv: padding")
    f.case("same-even-kernel", inputs=normal(2, 6, 5, 3), kernel=weights(4, 2, 3, 2), padding="same",
           oracle=of_one)
    f.promise("each spatial dimension has a rate of its own", at="depthwise_conv: dilation_rate")
    f.case("dilation-each", inputs=normal(2, 8, 7, 3), kernel=weights(3, 2, 3, 2), dilation_rate=(2, 3),
           oracle=of_one)
    f.case("first-1d", inputs=normal(2, 3, 9), kernel=weights(3, 3, 2), strides=2, data_format=CHANNELS_FIRST,
           oracle=of_one)
    f.promise("arguments may be positional", at="depthwise_conv: strides")
    f.case("positional", "ops.depthwise_conv(x, w, 2, 'same', 'channels_first', 1)", x=normal(2, 3, 8, 7),
           w=weights(3, 2, 3, 2), oracle=lambda x, w: of_one(x, w, 2, "same", CHANNELS_FIRST, 1))
    configured(f, "ops.depthwise_conv(x, w)", lambda x, w: of_one(x, w, data_format=CHANNELS_FIRST),
               x=normal(2, 3, 6, 5), w=weights(3, 2, 3, 2))
    f.promise("inputs may be NumPy arrays", at="depthwise_conv: inputs")
    f.case("array", inputs=plain(normal(2, 9, 3)), kernel=plain(normal(3, 3, 2)), oracle=of_one,
           result_dtype=None)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=[(kind, kind) for kind in FLOATS], inputs=values(1, 5, 4, 2),
            kernel=values(2, 2, 2, 3), oracle=of_one, ulps=HALF)
    f.silent("whether each spatial dimension may have a stride of its own", at="depthwise_conv: strides")
    f.case("strides-each", inputs=normal(2, 8, 7, 3), kernel=weights(3, 2, 3, 2), strides=(2, 3),
           oracle=of_one)

with ops.function("separable_conv", area="convolution", dtype=same()) as f:
    f.promise("a depthwise convolution, then a pointwise one", at="separable_conv: returns")
    f.case("2d", inputs=normal(2, 6, 5, 3), depthwise_kernel=weights(3, 2, 3, 2),
           pointwise_kernel=weights(1, 1, 6, 4), oracle=of_two, profile="core")
    f.case("1d", inputs=normal(2, 9, 3), depthwise_kernel=weights(3, 3, 2), pointwise_kernel=weights(1, 6, 4),
           oracle=of_two, profile="core")
    f.case("multiplier-1", inputs=normal(2, 6, 5, 3), depthwise_kernel=weights(3, 2, 3, 1),
           pointwise_kernel=weights(1, 1, 3, 5), oracle=of_two)
    sliding(f, of_two, normal(2, 9, 3), normal(2, 8, 7, 3), normal(2, 3, 8, 7),
            depthwise_kernel=(weights(3, 3, 2), weights(3, 2, 3, 2)),
            pointwise_kernel=(weights(1, 6, 4), weights(1, 1, 6, 4)))
    f.promise("each spatial dimension has a rate of its own", at="separable_conv: dilation_rate")
    f.case("dilation-each", inputs=normal(2, 8, 7, 3), depthwise_kernel=weights(3, 2, 3, 2),
           pointwise_kernel=weights(1, 1, 6, 4), dilation_rate=(2, 3), oracle=of_two)
    f.promise("arguments may be positional", at="separable_conv: strides")
    f.case("positional", "ops.separable_conv(x, w, p, 2, 'same', 'channels_first', 1)",
           x=normal(2, 3, 8, 7), w=weights(3, 2, 3, 2), p=weights(1, 1, 6, 4),
           oracle=lambda x, w, p: of_two(x, w, p, 2, "same", CHANNELS_FIRST, 1))
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=[(kind,) * 3 for kind in FLOATS], inputs=values(1, 5, 4, 2),
            depthwise_kernel=values(2, 2, 2, 2), pointwise_kernel=values(1, 1, 4, 3), oracle=of_two,
            ulps=HALF)
    configured(f, "ops.separable_conv(x, w, p)",
               lambda x, w, p: of_two(x, w, p, data_format=CHANNELS_FIRST), x=normal(2, 3, 6, 5),
               w=weights(3, 2, 3, 2), p=weights(1, 1, 6, 4))
    f.promise("a batch may be empty", at="separable_conv: inputs")
    f.case("no-batch", inputs=given(np.zeros((0, 6, 5, 3))), depthwise_kernel=weights(3, 2, 3, 2),
           pointwise_kernel=weights(1, 1, 6, 4), want=np.zeros((0, 4, 4, 4)))
    f.silent("whether each spatial dimension may have a stride of its own", at="separable_conv: strides")
    f.case("strides-each", inputs=normal(2, 8, 7, 3), depthwise_kernel=weights(3, 2, 3, 2),
           pointwise_kernel=weights(1, 1, 6, 4), strides=(2, 3), oracle=of_two)
