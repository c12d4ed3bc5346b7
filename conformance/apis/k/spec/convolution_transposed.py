"""Transposed convolutions. Kernels are (window..., channels of the result, channels of x)."""
from conformance.apis.k.language import KNOWN, k
from conformance.apis.k.spec._convolving import (
    both_formats,
    follows_set_format,
    kernel,
    mirrored,
    refuses_other_formats,
    weights,
    wherever_zeros_go,
)
from conformance.case import normal
from conformance.oracle.convolution import transposed

with k.function("conv2d_transpose", area="convolution") as f:
    f.promise("the result is the transpose of the convolution that takes output_shape to the shape of x",
              at="conv2d_transpose: returns")
    f.case("defaults", x=normal(2, 4, 5, 3), w=kernel(3, 2, 4, 3), output_shape=(2, 6, 6, 4),
           oracle=transposed)
    f.case("window-of-one", x=normal(2, 3, 4, 3), w=kernel(1, 1, 2, 3), output_shape=(2, 3, 4, 2),
           oracle=transposed)
    f.case("one-sample-one-channel", x=normal(1, 3, 4, 1), w=kernel(2, 3, 1, 1), output_shape=(1, 4, 6, 1),
           oracle=transposed)
    f.case("float64", x=normal(2, 3, 4, 3, dtype="float64"), w=kernel(2, 3, 2, 3, dtype="float64"),
           output_shape=(2, 4, 6, 2), oracle=transposed)

    f.promise("the kernel is laid on the result as it is, and not turned round",
              at="conv2d_transpose: returns")
    f.case("kernel-not-flipped", "K.conv2d_transpose(x, K.variable(w), (2, 5, 5, 2))", x=normal(2, 3, 4, 3),
           w=weights(3, 2, 2, 3), oracle=lambda x, w: transposed(x, w, (2, 5, 5, 2)), ways=KNOWN)

    f.promise("the kernel is a tensor, which may be fed like x", at="conv2d_transpose: kernel")
    f.case("kernel-fed", "K.conv2d_transpose(x, w, (2, 5, 6, 4))", x=normal(2, 4, 4, 3),
           w=mirrored(2, 3, 4, 3).unknown(), oracle=lambda x, w: transposed(x, w, (2, 5, 6, 4)))

    f.promise("output_shape decides among the shapes that strides and window allow, and may be a tensor",
              at="conv2d_transpose: output_shape")
    both_formats(f, "larger-output-shape", 2, 3, 4, 3, w=kernel(3, 2, 2, 3), output_shape=(2, 8, 13, 2),
                 strides=(2, 3), oracle=transposed)
    f.case("output-shape-tensor", "K.conv2d_transpose(x, K.variable(w), "
           "K.variable(np.array([2, 7, 12, 4]), dtype='int32'), strides=(2, 3))",
           x=normal(2, 3, 4, 3), w=kernel(3, 2, 4, 3),
           oracle=lambda x, w: transposed(x, w, (2, 7, 12, 4), (2, 3)))

    f.promise("strides are the rows and the columns by which neighbours in x stand apart in the result",
              at="conv2d_transpose: strides")
    both_formats(f, "strides-2-3", 2, 3, 4, 3, w=kernel(3, 4, 2, 3), output_shape=(2, 7, 13, 2),
                 strides=(2, 3), oracle=transposed)
    both_formats(f, "strides-over-window", 2, 3, 4, 3, w=kernel(1, 2, 2, 3), output_shape=(2, 5, 11, 2),
                 strides=(2, 3), oracle=transposed)

    f.promise("padding same transposes a convolution that adds zeros around what it takes",
              at="conv2d_transpose: padding")
    both_formats(f, "same-odd-kernel", 2, 4, 5, 3, w=kernel(3, 5, 2, 3), output_shape=(2, 4, 5, 2),
                 padding="same", oracle=transposed)
    both_formats(f, "same-strides-2-3", 2, 4, 3, 3, w=kernel(3, 5, 2, 3), output_shape=(2, 7, 7, 2),
                 padding="same", strides=(2, 3), oracle=transposed)
    both_formats(f, "same-twice-the-size", 2, 4, 3, 3, w=kernel(3, 5, 2, 3), output_shape=(2, 8, 6, 2),
                 padding="same", strides=(2, 2), oracle=wherever_zeros_go(transposed))
    both_formats(f, "same-even-kernel", 2, 4, 5, 3, w=kernel(2, 4, 2, 3), output_shape=(2, 8, 10, 2),
                 padding="same", strides=(2, 2), oracle=wherever_zeros_go(transposed))

    f.promise("data_format says whether the channels of x and of the result stand last or after the batch",
              at="conv2d_transpose: data_format")
    both_formats(f, "plain", 2, 4, 5, 3, w=kernel(2, 3, 4, 3), output_shape=(2, 5, 7, 4), oracle=transposed)
    both_formats(f, "unknown-space", 2, 4, 5, 3, unknown=(0, 1, 2), w=kernel(2, 3, 4, 3),
                 output_shape=(2, 5, 7, 4), oracle=transposed)
    f.case("positional",
           "K.conv2d_transpose(x, K.variable(w), (2, 2, 7, 9), (2, 2), 'same', 'channels_first', (1, 1))",
           x=normal(2, 3, 4, 5), w=kernel(3, 5, 2, 3),
           oracle=lambda x, w: transposed(x, w, (2, 2, 7, 9), (2, 2), "same", "channels_first"))
    follows_set_format(
        f, "K.variable(w), (2, 3, 6, 6)", call_last="K.variable(w), (2, 5, 7, 3)",
        x=normal(2, 4, 5, 4), w=mirrored(2, 3, 3, 4), oracle=lambda x, w, data_format: transposed(
            x, w, (2, 3, 6, 6) if data_format == "channels_first" else (2, 5, 7, 3), data_format=data_format))
    refuses_other_formats(f, "x, K.variable(w), (2, 5, 5, 2)", x=normal(2, 3, 4, 3), w=kernel(3, 2, 2, 3))

    f.promise("dilation_rate is how far apart neighbours in the kernel lie on the result, axis by axis",
              at="conv2d_transpose: dilation_rate")
    both_formats(f, "dilation-2-2", 2, 4, 5, 3, w=kernel(3, 2, 2, 3), output_shape=(2, 8, 7, 2),
                 dilation_rate=(2, 2), oracle=transposed)
    both_formats(f, "dilation-2-3-unequal", 2, 4, 5, 3, w=kernel(3, 2, 2, 3), output_shape=(2, 8, 8, 2),
                 dilation_rate=(2, 3), oracle=transposed)
    f.case("dilation-2-2-same", x=normal(2, 4, 5, 3), w=kernel(3, 3, 2, 3), output_shape=(2, 4, 5, 2),
           dilation_rate=(2, 2), padding="same", oracle=transposed)


with k.function("conv3d_transpose", area="convolution") as f:
    f.promise("the result is the transpose of the convolution that takes output_shape to the shape of x",
              at="conv3d_transpose: returns")
    f.case("defaults", x=normal(2, 2, 3, 4, 3), w=kernel(3, 2, 1, 2, 3), output_shape=(2, 4, 4, 4, 2),
           oracle=transposed)
    f.case("float64", x=normal(2, 2, 3, 2, 3, dtype="float64"), w=kernel(2, 1, 2, 2, 3, dtype="float64"),
           output_shape=(2, 3, 3, 3, 2), oracle=transposed)

    f.promise("the kernel is laid on the result as it is, and not turned round",
              at="conv3d_transpose: returns")
    f.case("kernel-not-flipped", "K.conv3d_transpose(x, K.variable(w), (2, 3, 4, 4, 2))",
           x=normal(2, 2, 3, 2, 3), w=weights(2, 2, 3, 2, 3),
           oracle=lambda x, w: transposed(x, w, (2, 3, 4, 4, 2)), ways=KNOWN)

    f.promise("output_shape decides among the shapes that strides and window allow",
              at="conv3d_transpose: output_shape")
    both_formats(f, "larger-output-shape", 2, 2, 3, 2, 3, w=kernel(2, 3, 2, 2, 3),
                 output_shape=(2, 4, 8, 7, 2), strides=(2, 2, 3), oracle=transposed)

    f.promise("strides says how far apart neighbours in x stand in the result, axis by axis",
              at="conv3d_transpose: strides")
    both_formats(f, "strides-1-2-3", 2, 2, 3, 2, 3, w=kernel(2, 3, 2, 2, 3), output_shape=(2, 3, 7, 5, 2),
                 strides=(1, 2, 3), oracle=transposed)

    f.promise("padding same transposes a convolution that adds zeros around what it takes",
              at="conv3d_transpose: padding")
    both_formats(f, "same-odd-kernel", 2, 3, 2, 5, 3, w=kernel(3, 1, 5, 2, 3), output_shape=(2, 3, 2, 5, 2),
                 padding="same", oracle=transposed)
    both_formats(f, "same-strides-2-1-3", 2, 2, 3, 3, 3, w=kernel(3, 1, 5, 2, 3),
                 output_shape=(2, 3, 3, 7, 2), padding="same", strides=(2, 1, 3), oracle=transposed)
    both_formats(f, "same-twice-the-size", 2, 2, 3, 2, 3, w=kernel(3, 3, 3, 2, 3),
                 output_shape=(2, 4, 6, 4, 2), padding="same", strides=(2, 2, 2),
                 oracle=wherever_zeros_go(transposed))

    f.promise("data_format says whether the channels of x and of the result stand last or after the batch",
              at="conv3d_transpose: data_format")
    both_formats(f, "plain", 2, 2, 3, 4, 3, w=kernel(2, 3, 1, 2, 3), output_shape=(2, 3, 5, 4, 2),
                 oracle=transposed)
    f.case("unknown-space", x=normal(2, 2, 3, 4, 3).unknown(0, 1, 2, 3), w=kernel(2, 3, 1, 2, 3),
           output_shape=(2, 3, 5, 4, 2), oracle=transposed)
    f.case("positional",
           "K.conv3d_transpose(x, K.variable(w), (2, 2, 3, 3, 5), (2, 1, 2), 'same', 'channels_first')",
           x=normal(2, 3, 2, 3, 3), w=kernel(3, 1, 5, 2, 3),
           oracle=lambda x, w: transposed(x, w, (2, 2, 3, 3, 5), (2, 1, 2), "same", "channels_first"))
    follows_set_format(
        f, "K.variable(w), (2, 3, 3, 5, 3)", call_last="K.variable(w), (2, 2, 4, 5, 3)",
        x=normal(2, 2, 3, 4, 2), w=mirrored(1, 2, 2, 3, 2), oracle=lambda x, w, data_format: transposed(
            x, w, (2, 3, 3, 5, 3) if data_format == "channels_first" else (2, 2, 4, 5, 3),
            data_format=data_format))
    refuses_other_formats(f, "x, K.variable(w), (2, 3, 4, 3, 2)", x=normal(2, 2, 3, 2, 3),
                          w=kernel(2, 2, 2, 2, 3))
