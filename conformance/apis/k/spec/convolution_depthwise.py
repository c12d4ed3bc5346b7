"""Depthwise convolutions, which leave the channels apart, and separable ones, which mix them afterwards.

Kernels are (window..., channels, multiplier) and, pointwise, (1..., channels * multiplier, filters).
"""
from conformance.apis.k.language import k
from conformance.apis.k.spec._convolving import (
    both_formats,
    follows_set_format,
    mirrored,
    refuses_other_formats,
    weights,
    wherever_zeros_go,
)
from conformance.case import normal
from conformance.oracle.convolution import depthwise, separable

with k.function("depthwise_conv2d", area="convolution") as f:
    f.promise("every channel is convolved with kernels of its own, and its results stand side by side",
              at="depthwise_conv2d: depthwise_kernel")
    f.case("defaults", x=normal(2, 6, 7, 3), w=weights(2, 4, 3, 2), oracle=depthwise)
    both_formats(f, "multiplier-1", 2, 5, 6, 3, w=weights(3, 2, 3, 1), oracle=depthwise)
    f.case("one-channel", x=normal(2, 6, 5, 1), w=weights(2, 3, 1, 4), oracle=depthwise)
    f.case("one-sample", x=normal(1, 6, 5, 3), w=weights(2, 3, 3, 2), oracle=depthwise)
    f.case("window-of-one", x=normal(2, 4, 5, 3), w=weights(1, 1, 3, 2), oracle=depthwise)
    f.case("float64", x=normal(2, 6, 7, 3, dtype="float64"), w=weights(2, 4, 3, 2, dtype="float64"),
           oracle=depthwise)
    f.case("kernel-fed", x=normal(2, 5, 6, 3), w=normal(3, 2, 3, 4).unknown(), oracle=depthwise)

    f.promise("strides are the rows and the columns by which the window moves",
              at="depthwise_conv2d: strides")
    both_formats(f, "strides-2-2", 2, 7, 8, 2, w=weights(3, 1, 2, 3), strides=(2, 2), oracle=depthwise)
    both_formats(f, "strides-2-3-unequal", 2, 7, 8, 2, w=weights(3, 2, 2, 3), strides=(2, 3),
                 oracle=depthwise)

    f.promise("padding same gives a place for each stride that begins in x, with zeros around x",
              at="depthwise_conv2d: padding")
    both_formats(f, "same-odd-kernel", 2, 5, 6, 3, w=weights(3, 5, 3, 2), padding="same", oracle=depthwise)
    both_formats(f, "same-strides-2-2", 2, 5, 7, 2, w=weights(3, 5, 2, 3), padding="same", strides=(2, 2),
                 oracle=depthwise)
    both_formats(f, "same-even-kernel", 2, 5, 6, 3, w=weights(4, 2, 3, 2), padding="same",
                 oracle=wherever_zeros_go(depthwise))

    f.promise("data_format says whether the channels of x and of the result stand last or after the batch",
              at="depthwise_conv2d: data_format")
    both_formats(f, "plain", 2, 6, 7, 3, w=weights(4, 2, 3, 2), oracle=depthwise)
    both_formats(f, "unknown-space", 2, 6, 7, 3, unknown=(0, 1, 2), w=weights(4, 2, 3, 2), oracle=depthwise)
    f.case("positional", "K.depthwise_conv2d(x, K.variable(w), (2, 2), 'same', 'channels_first', (1, 1))",
           x=normal(2, 3, 5, 7), w=weights(3, 5, 3, 2),
           oracle=lambda x, w: depthwise(x, w, (2, 2), "same", "channels_first"))
    follows_set_format(
        f, "K.variable(w), padding='same'", x=normal(2, 4, 5, 4), w=mirrored(3, 1, 4, 2),
        oracle=lambda x, w, data_format: depthwise(x, w, padding="same", data_format=data_format))
    refuses_other_formats(f, "x, K.variable(w)", x=normal(2, 5, 4, 3), w=weights(3, 2, 3, 2))

    f.promise("dilation_rate is how far apart neighbours in the kernel lie on x, axis by axis",
              at="depthwise_conv2d: dilation_rate")
    both_formats(f, "dilation-2-2", 2, 7, 8, 3, w=weights(3, 2, 3, 2), dilation_rate=(2, 2), oracle=depthwise)
    both_formats(f, "dilation-2-3-unequal", 2, 7, 8, 3, w=weights(3, 2, 3, 2), dilation_rate=(2, 3),
                 oracle=depthwise)
    f.case("dilation-2-2-same", x=normal(2, 6, 5, 3), w=weights(3, 3, 3, 2), dilation_rate=(2, 2),
           padding="same", oracle=depthwise)

    f.promise("int_shape tells rows, columns and channels of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "image = K.placeholder((None, 6, 7, 3))\n"
           "result = K.int_shape(K.depthwise_conv2d(image, K.variable(np.ones((3, 2, 3, 2)))))",
           want=(None, 4, 6, 6))


with k.function("separable_conv1d", area="convolution") as f:
    f.promise("a depthwise convolution comes first, and its results are mixed step by step",
              at="separable_conv1d: pointwise_kernel")
    f.case("defaults", x=normal(2, 7, 3), w=weights(4, 3, 2), p=weights(1, 6, 5), oracle=separable)
    f.case("multiplier-1", x=normal(2, 7, 3), w=weights(4, 3, 1), p=weights(1, 3, 5), oracle=separable)
    f.case("one-channel-one-filter", x=normal(1, 7, 1), w=weights(4, 1, 3), p=weights(1, 3, 1),
           oracle=separable)

    f.promise("strides is the number of steps by which the window moves", at="separable_conv1d: strides")
    both_formats(f, "strides-3", 2, 11, 3, w=weights(2, 3, 2), p=weights(1, 6, 4), strides=3,
                 oracle=separable)

    f.promise("padding same gives a step for each stride that begins in x, with zeros around x",
              at="separable_conv1d: padding")
    both_formats(f, "same-odd-kernel", 2, 6, 3, w=weights(3, 3, 2), p=weights(1, 6, 4), padding="same",
                 oracle=separable)
    both_formats(f, "same-strides-2", 2, 9, 3, w=weights(5, 3, 2), p=weights(1, 6, 4), padding="same",
                 strides=2, oracle=separable)
    both_formats(f, "same-even-kernel", 2, 6, 3, w=weights(4, 3, 2), p=weights(1, 6, 5), padding="same",
                 oracle=wherever_zeros_go(separable))

    f.promise("data_format says whether the channels of x and of the result stand last or after the batch",
              at="separable_conv1d: data_format")
    both_formats(f, "plain", 2, 7, 3, w=weights(4, 3, 2), p=weights(1, 6, 5), oracle=separable)
    both_formats(f, "unknown-steps", 2, 7, 3, unknown=(0, 1), w=weights(4, 3, 2), p=weights(1, 6, 5),
                 oracle=separable)
    f.case("positional",
           "K.separable_conv1d(x, K.variable(w), K.variable(p), 2, 'same', 'channels_first', 1)",
           x=normal(2, 3, 9), w=weights(5, 3, 2), p=weights(1, 6, 4),
           oracle=lambda x, w, p: separable(x, w, p, 2, "same", "channels_first"))
    follows_set_format(
        f, "K.variable(w), K.variable(w[:1].reshape((1, 12, 1))), strides=2", x=normal(2, 4, 4),
        w=mirrored(2, 4, 3), oracle=lambda x, w, data_format: separable(
            x, w, w[:1].reshape((1, 12, 1)), 2, data_format=data_format))
    refuses_other_formats(f, "x, K.variable(w), K.variable(p)", x=normal(2, 5, 3), w=weights(3, 3, 2),
                          p=weights(1, 6, 2))

    f.promise("dilation_rate is how far apart neighbours in the depthwise kernel lie on x",
              at="separable_conv1d: dilation_rate")
    both_formats(f, "dilation-2", 2, 9, 3, w=weights(3, 3, 2), p=weights(1, 6, 4), dilation_rate=2,
                 oracle=separable)
    f.case("dilation-2-same", x=normal(2, 7, 3), w=weights(3, 3, 2), p=weights(1, 6, 4), dilation_rate=2,
           padding="same", oracle=separable)

    f.promise("int_shape tells the steps and the channels of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "steps = K.placeholder((None, 9, 3))\nresult = K.int_shape(K.separable_conv1d(steps, "
           "K.variable(np.ones((3, 3, 2))), K.variable(np.ones((1, 6, 4)))))", want=(None, 7, 4))


with k.function("separable_conv2d", area="convolution") as f:
    f.promise("a depthwise convolution comes first, and its results are mixed place by place",
              at="separable_conv2d: pointwise_kernel")
    f.case("defaults", x=normal(2, 6, 7, 3), w=weights(2, 4, 3, 2), p=weights(1, 1, 6, 4), oracle=separable)
    f.case("multiplier-1", x=normal(2, 5, 6, 3), w=weights(3, 2, 3, 1), p=weights(1, 1, 3, 4),
           oracle=separable)
    f.case("one-filter", x=normal(2, 5, 6, 3), w=weights(3, 2, 3, 2), p=weights(1, 1, 6, 1), oracle=separable)
    f.case("one-channel", x=normal(1, 5, 6, 1), w=weights(3, 2, 1, 4), p=weights(1, 1, 4, 3),
           oracle=separable)
    f.case("float64", x=normal(2, 6, 7, 3, dtype="float64"), w=weights(2, 4, 3, 2, dtype="float64"),
           p=weights(1, 1, 6, 4, dtype="float64"), oracle=separable)

    f.promise("strides are the rows and the columns by which the window moves",
              at="separable_conv2d: strides")
    both_formats(f, "strides-2-2", 2, 7, 8, 2, w=weights(3, 2, 2, 3), p=weights(1, 1, 6, 5), strides=(2, 2),
                 oracle=separable)
    both_formats(f, "strides-2-3-unequal", 2, 7, 8, 2, w=weights(3, 2, 2, 3), p=weights(1, 1, 6, 5),
                 strides=(2, 3), oracle=separable)

    f.promise("padding same gives a place for each stride that begins in x, with zeros around x",
              at="separable_conv2d: padding")
    both_formats(f, "same-odd-kernel", 2, 5, 6, 3, w=weights(3, 5, 3, 2), p=weights(1, 1, 6, 4),
                 padding="same", oracle=separable)
    both_formats(f, "same-strides-2-2", 2, 5, 7, 2, w=weights(3, 5, 2, 3), p=weights(1, 1, 6, 4),
                 padding="same", strides=(2, 2), oracle=separable)
    both_formats(f, "same-even-kernel", 2, 5, 6, 3, w=weights(4, 2, 3, 2), p=weights(1, 1, 6, 4),
                 padding="same", oracle=wherever_zeros_go(separable))

    f.promise("data_format says whether the channels of x and of the result stand last or after the batch",
              at="separable_conv2d: data_format")
    both_formats(f, "plain", 2, 6, 7, 3, w=weights(4, 2, 3, 2), p=weights(1, 1, 6, 5), oracle=separable)
    both_formats(f, "unknown-space", 2, 6, 7, 3, unknown=(0, 1, 2), w=weights(4, 2, 3, 2),
                 p=weights(1, 1, 6, 5), oracle=separable)
    f.case("positional",
           "K.separable_conv2d(x, K.variable(w), K.variable(p), (2, 2), 'same', 'channels_first', (1, 1))",
           x=normal(2, 3, 5, 7), w=weights(3, 5, 3, 2), p=weights(1, 1, 6, 4),
           oracle=lambda x, w, p: separable(x, w, p, (2, 2), "same", "channels_first"))
    follows_set_format(
        f, "K.variable(w), K.variable(w[:1, :1].reshape((1, 1, 8, 1))), padding='valid'",
        x=normal(2, 4, 5, 4), w=mirrored(3, 2, 4, 2), oracle=lambda x, w, data_format: separable(
            x, w, w[:1, :1].reshape((1, 1, 8, 1)), data_format=data_format))
    refuses_other_formats(f, "x, K.variable(w), K.variable(p)", x=normal(2, 5, 4, 3), w=weights(3, 2, 3, 2),
                          p=weights(1, 1, 6, 2))

    f.promise("dilation_rate is how far apart neighbours in the depthwise kernel lie on x",
              at="separable_conv2d: dilation_rate")
    both_formats(f, "dilation-2-2", 2, 7, 8, 3, w=weights(3, 2, 3, 2), p=weights(1, 1, 6, 4),
                 dilation_rate=(2, 2), oracle=separable)
    both_formats(f, "dilation-2-3-unequal", 2, 7, 8, 3, w=weights(3, 2, 3, 2), p=weights(1, 1, 6, 4),
                 dilation_rate=(2, 3), oracle=separable)

    f.promise("int_shape tells rows, columns and channels of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "image = K.placeholder((None, 6, 7, 3))\n"
           "result = K.int_shape(K.separable_conv2d(image, K.variable(np.ones((3, 2, 3, 2))), "
           "K.variable(np.ones((1, 1, 6, 4)))))", want=(None, 4, 6, 4))
