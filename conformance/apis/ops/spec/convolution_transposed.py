"""Transposed convolutions."""
import numpy as np

from conformance.apis.ops.inputs import given, normal, plain, values
from conformance.apis.ops.language import ops
from conformance.apis.ops.promotion import FLOATS, same
from conformance.apis.ops.spec.convolution import CHANNELS_FIRST, CHANNELS_LAST, HALF, configured, weights
from conformance.oracle.convolution import reach, transposed


def each(value, rank):
    """One value for each spatial dimension."""
    return (value,) * rank if isinstance(value, int) or value is None else tuple(value)


def length(n, size, stride, padding, extra):
    """How long an axis becomes: what the convolution that is transposed would take to n."""
    if extra is None:
        return n * stride + (max(size - stride, 0) if padding == "valid" else 0)
    return (n - 1) * stride + size + extra - (2 * (size // 2) if padding == "same" else 0)


def spread(inputs, kernel, strides=1, padding="valid", output_padding=None, data_format=None,
           dilation_rate=1):
    """What `ops.conv_transpose` gives: each element of the inputs adds a scaled kernel to the result."""
    rank, padding = kernel.ndim - 2, padding.lower()
    first = data_format == CHANNELS_FIRST
    space = inputs.shape[2:] if first else inputs.shape[1:-1]
    sizes = [reach(k, d) for k, d in zip(kernel.shape, each(dilation_rate, rank))]
    found = tuple(map(length, space, sizes, each(strides, rank), (padding,) * rank,
                      each(output_padding, rank)))
    filters = (kernel.shape[-2],)
    shape = inputs.shape[:1] + (filters + found if first else found + filters)
    return transposed(inputs, kernel, shape, strides, padding, data_format, dilation_rate)


with ops.function("conv_transpose", area="convolution", dtype=same()) as f:
    f.promise("each element adds a scaled kernel, stride by stride", at="conv_transpose: returns")
    f.case("2d", inputs=normal(2, 4, 3, 3), kernel=weights(3, 2, 4, 3), oracle=spread, profile="core")
    f.case("1d", inputs=normal(2, 5, 3), kernel=weights(3, 4, 3), oracle=spread, profile="core")
    f.case("3d", inputs=normal(1, 3, 2, 4, 3), kernel=weights(2, 3, 2, 4, 3), oracle=spread, profile="core")
    f.case("pointwise", inputs=normal(2, 4, 3, 3), kernel=weights(1, 1, 4, 3), oracle=spread)
    f.case("one-channel", inputs=normal(2, 4, 3, 1), kernel=weights(3, 2, 1, 1), oracle=spread)
    f.promise("strides is one integer, or one for each spatial dimension", at="conv_transpose: strides")
    f.case("strides", inputs=normal(2, 4, 3, 3), kernel=weights(3, 2, 4, 3), strides=2, oracle=spread,
           profile="core")
    f.case("strides-1d", inputs=normal(2, 5, 3), kernel=weights(4, 4, 3), strides=3, oracle=spread)
    f.case("strides-each", inputs=normal(2, 4, 3, 3), kernel=weights(3, 4, 4, 3), strides=(2, 3),
           oracle=spread)
    f.case("strides-list", inputs=normal(2, 4, 3, 3), kernel=weights(3, 4, 4, 3), strides=[1, 2],
           oracle=spread)
    f.case("strides-3d", inputs=normal(1, 3, 2, 4, 2), kernel=weights(2, 3, 4, 3, 2), strides=(1, 2, 3),
           oracle=spread)
    f.case("strides-equal", inputs=normal(2, 4, 3, 3), kernel=weights(2, 2, 4, 3), strides=2, oracle=spread)
    f.promise("\"same\" makes the length a multiple by the stride", at="conv_transpose: padding")
    f.case("same", inputs=normal(2, 4, 3, 3), kernel=weights(3, 3, 4, 3), padding="same", oracle=spread,
           profile="core")
    f.case("same-even", inputs=normal(2, 4, 3, 3), kernel=weights(4, 2, 4, 3), padding="same", oracle=spread)
    f.case("same-strided", inputs=normal(2, 4, 3, 3), kernel=weights(3, 3, 4, 3), padding="same", strides=2,
           oracle=spread, profile="core")
    f.case("same-strided-even", inputs=normal(2, 4, 3, 3), kernel=weights(4, 2, 4, 3), padding="same",
           strides=2, oracle=spread)
    f.case("same-strided-1d", inputs=normal(2, 5, 3), kernel=weights(5, 4, 3), padding="same", strides=3,
           oracle=spread)
    f.case("same-strided-3d", inputs=normal(1, 3, 2, 4, 2), kernel=weights(3, 2, 3, 3, 2), padding="same",
           strides=(2, 1, 2), oracle=spread)
    f.case("upper-case", inputs=normal(2, 4, 3, 3), kernel=weights(3, 3, 4, 3), padding="SAME",
           oracle=spread, ways="eager")
    f.promise("output_padding sets the length where several are possible",
              at="conv_transpose: output_padding")
    f.case("extra", inputs=normal(2, 4, 3, 3), kernel=weights(3, 4, 4, 3), strides=2, output_padding=1,
           oracle=spread)
    f.case("extra-0", inputs=normal(2, 4, 3, 3), kernel=weights(3, 4, 4, 3), strides=2, output_padding=0,
           oracle=spread)
    f.case("extra-each", inputs=normal(2, 4, 3, 3), kernel=weights(4, 4, 4, 3), strides=(2, 3),
           output_padding=(1, 2), oracle=spread)
    f.case("extra-same", inputs=normal(2, 4, 3, 3), kernel=weights(3, 3, 4, 3), strides=2, output_padding=1,
           padding="same", oracle=spread)
    f.case("extra-1d", inputs=normal(2, 5, 3), kernel=weights(4, 4, 3), strides=3, output_padding=2,
           oracle=spread)
    f.promise("data_format says where the channels are", at="conv_transpose: data_format")
    f.case("first", inputs=normal(2, 3, 4, 3), kernel=weights(3, 2, 4, 3), data_format=CHANNELS_FIRST,
           strides=2, oracle=spread, profile="core")
    f.case("first-same", inputs=normal(2, 3, 4, 5), kernel=weights(3, 3, 4, 3), data_format=CHANNELS_FIRST,
           strides=2, padding="same", oracle=spread)
    f.case("first-1d", inputs=normal(2, 3, 5), kernel=weights(3, 4, 3), data_format=CHANNELS_FIRST,
           oracle=spread)
    f.case("last", inputs=normal(2, 4, 3, 3), kernel=weights(3, 2, 4, 3), data_format=CHANNELS_LAST,
           oracle=spread, ways="eager")
    f.promise("dilation_rate is one integer, or one for each spatial dimension",
              at="conv_transpose: dilation_rate")
    f.case("dilation", inputs=normal(2, 4, 3, 3), kernel=weights(3, 2, 4, 3), dilation_rate=2, oracle=spread)
    f.case("dilation-1d", inputs=normal(2, 5, 3), kernel=weights(3, 4, 3), dilation_rate=3, oracle=spread)
    f.case("dilation-each", inputs=normal(2, 4, 3, 3), kernel=weights(3, 2, 4, 3), dilation_rate=(2, 3),
           oracle=spread)
    f.case("dilation-same", inputs=normal(2, 4, 3, 3), kernel=weights(3, 3, 4, 3), dilation_rate=2,
           padding="same", oracle=spread)
    f.promise("arguments may be positional", at="conv_transpose: strides")
    f.case("positional", "ops.conv_transpose(x, w, 2, 'same', None, 'channels_first', 1)",
           x=normal(2, 3, 4, 5), w=weights(3, 3, 4, 3),
           oracle=lambda x, w: spread(x, w, 2, "same", None, CHANNELS_FIRST))
    configured(f, "ops.conv_transpose(x, w, 2)", lambda x, w: spread(x, w, 2, data_format=CHANNELS_FIRST),
               x=normal(2, 3, 4, 5), w=weights(3, 3, 4, 3))
    f.promise("inputs may be NumPy arrays", at="conv_transpose: inputs")
    f.case("array", inputs=plain(normal(2, 5, 3)), kernel=plain(normal(3, 4, 3)), oracle=spread,
           result_dtype=None)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=[(kind, kind) for kind in FLOATS], inputs=values(1, 3, 2, 2),
            kernel=values(2, 2, 3, 2), oracle=spread, ulps=HALF)
    f.promise("dimensions may be unknown, and what depends on them is None", at="conv_transpose: returns")
    f.case("unknown-space", inputs=normal(2, 4, 3, 3).unknown(0, 1, 2), kernel=weights(3, 3, 4, 3), strides=2,
           padding="same", oracle=spread, ways="unknown")
    f.case("unknown-valid", inputs=normal(2, 4, 3, 3).unknown(1, 2), kernel=weights(3, 4, 4, 3), strides=2,
           oracle=spread, ways="unknown")
    f.promise("a batch may be empty", at="conv_transpose: inputs")
    f.case("no-batch", inputs=given(np.zeros((0, 4, 3, 3))), kernel=weights(3, 2, 4, 3),
           want=np.zeros((0, 6, 4, 4)))
    f.silent("how long the result is where strides leap over the kernel", at="conv_transpose: returns")
    f.case("strides-beyond", inputs=normal(2, 4, 3, 3), kernel=weights(2, 2, 4, 3), strides=3, oracle=spread)
    f.silent("whether strides and dilation go together", at="conv_transpose: dilation_rate")
    f.case("strides-dilation", inputs=normal(2, 4, 3, 3), kernel=weights(3, 2, 4, 3), strides=2,
           dilation_rate=2, oracle=spread)
