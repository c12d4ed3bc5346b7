"""Convolutions of one, two and three dimensions.

Kernels are (window..., channels of x, channels of the result).
"""
from conformance.apis.k.language import KNOWN, k
from conformance.apis.k.spec._convolving import (
    both_formats,
    follows_set_format,
    kernel,
    mirrored,
    refuses_other_formats,
    silent_about_padding,
    weights,
    wherever_zeros_go,
)
from conformance.case import normal
from conformance.oracle.convolution import convolution

with k.function("conv1d", area="convolution") as f:
    f.promise("a step of the result is the sum of x times the kernel, over the window and all channels",
              at="conv1d: returns")
    f.case("defaults", x=normal(2, 9, 3), w=kernel(4, 3, 5), oracle=convolution)
    f.case("window-of-one", x=normal(2, 6, 3), w=kernel(1, 3, 5), oracle=convolution)
    f.case("window-of-all-steps", x=normal(2, 6, 3), w=kernel(6, 3, 5), oracle=convolution)
    f.case("one-sample-one-channel", x=normal(1, 8, 1), w=kernel(3, 1, 1), oracle=convolution)

    f.promise("the kernel is laid on x as it is, and not reversed", at="conv1d: returns")
    f.case("kernel-not-flipped", x=normal(2, 7, 3), w=weights(4, 3, 2), oracle=convolution, ways=KNOWN)

    f.promise("the kernel is a tensor, which may be fed like x", at="conv1d: kernel")
    f.case("kernel-fed", x=normal(2, 9, 3), w=mirrored(4, 3, 5).unknown(), strides=2, oracle=convolution)

    f.promise("strides is the number of steps by which the window moves", at="conv1d: strides")
    both_formats(f, "strides-3", 3, 11, 2, w=kernel(2, 2, 4), strides=3, oracle=convolution)
    f.case("strides-over-window", x=normal(2, 12, 2), w=kernel(2, 2, 3), strides=5, oracle=convolution)
    f.case("float64", x=normal(2, 9, 3, dtype="float64"), w=kernel(4, 3, 5, dtype="float64"), strides=2,
           oracle=convolution)

    f.promise("padding same gives a step for each stride that begins in x, with zeros around x",
              at="conv1d: padding")
    both_formats(f, "same-odd-kernel", 2, 7, 3, w=kernel(3, 3, 4), padding="same", oracle=convolution)
    both_formats(f, "same-strides-2", 2, 9, 3, w=kernel(3, 3, 4), padding="same", strides=2,
                 oracle=convolution)
    both_formats(f, "same-strides-3", 2, 10, 3, w=kernel(5, 3, 4), padding="same", strides=3,
                 oracle=convolution)
    both_formats(f, "same-even-kernel", 2, 7, 3, w=kernel(4, 3, 5), padding="same",
                 oracle=wherever_zeros_go(convolution))
    both_formats(f, "same-strides-uneven", 2, 8, 3, w=kernel(3, 3, 5), padding="same", strides=2,
                 oracle=wherever_zeros_go(convolution))
    f.case("same-window-over-all", x=normal(2, 3, 2), w=kernel(5, 2, 4), padding="same", oracle=convolution)

    f.promise("padding causal puts all zeros before x, so that no step depends on a later step of x",
              at="conv1d: padding")
    f.case("causal", x=normal(2, 7, 3), w=kernel(4, 3, 5), padding="causal", oracle=convolution)
    f.case("causal-last", x=normal(2, 7, 3), w=kernel(3, 3, 5), padding="causal", data_format="channels_last",
           oracle=convolution)
    f.case("causal-first", x=normal(2, 3, 7), w=kernel(4, 3, 5), padding="causal",
           data_format="channels_first", oracle=convolution)
    f.case("causal-strides-2", x=normal(2, 8, 3), w=kernel(3, 3, 5), padding="causal", strides=2,
           oracle=convolution)
    f.case("causal-dilation-2", x=normal(2, 7, 3), w=kernel(3, 3, 5), padding="causal", dilation_rate=2,
           oracle=convolution)
    f.case("causal-unknown-steps", x=normal(2, 7, 3).unknown(0, 1), w=kernel(3, 3, 5), padding="causal",
           oracle=convolution)
    f.case("causal-window-of-one", x=normal(2, 7, 3), w=kernel(1, 3, 5), padding="causal", oracle=convolution)

    f.promise("data_format says whether the channels of x and of the result stand last or after the batch",
              at="conv1d: data_format")
    both_formats(f, "plain", 2, 9, 3, w=kernel(4, 3, 5), oracle=convolution)
    both_formats(f, "unknown-steps", 2, 9, 3, unknown=(0, 1), w=kernel(4, 3, 5), strides=2,
                 oracle=convolution)
    f.case("positional", "K.conv1d(x, K.variable(w), 2, 'same', 'channels_first', 1)", x=normal(2, 3, 9),
           w=kernel(3, 3, 4), oracle=lambda x, w: convolution(x, w, 2, "same", "channels_first"))
    follows_set_format(f, "K.variable(w), strides=2", x=normal(2, 4, 4), w=mirrored(3, 4, 5),
                       oracle=lambda x, w, data_format: convolution(x, w, 2, data_format=data_format))
    refuses_other_formats(f, "x, K.variable(w)", x=normal(2, 7, 3), w=kernel(4, 3, 2))

    f.promise("dilation_rate is how far apart neighbours in the kernel lie on x",
              at="conv1d: dilation_rate")
    both_formats(f, "dilation-2", 2, 9, 3, w=kernel(3, 3, 5), dilation_rate=2, oracle=convolution)
    both_formats(f, "dilation-3-same", 2, 9, 3, w=kernel(3, 3, 5), dilation_rate=3, padding="same",
                 oracle=convolution)

    f.promise("int_shape tells the steps and the channels of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "steps = K.placeholder((None, 9, 3))\n"
           "result = K.int_shape(K.conv1d(steps, K.variable(np.ones((3, 3, 6)))))", want=(None, 7, 6))
    f.case("int-shape-same", "steps = K.placeholder((None, 9, 3))\n"
           "result = K.int_shape(K.conv1d(steps, K.variable(np.ones((3, 3, 6))), 2, 'same'))",
           want=(None, 5, 6))

    # TensorFlow puts it after x.
    f.silent("where an odd zero of padding same goes", at="conv1d: padding")
    f.case("same-odd-zero-at-the-end", x=normal(2, 7, 3), w=kernel(4, 3, 5), padding="same",
           oracle=convolution)
    silent_about_padding(f, "x, K.variable(w)", x=normal(2, 7, 3), w=kernel(4, 3, 2))


with k.function("conv2d", area="convolution") as f:
    f.promise("a place of the result is the sum of x times the kernel, over the window and all channels",
              at="conv2d: returns")
    f.case("defaults", x=normal(2, 7, 9, 3), w=kernel(2, 4, 3, 5), oracle=convolution)
    f.case("window-of-one", x=normal(2, 5, 6, 3), w=kernel(1, 1, 3, 4), oracle=convolution)
    f.case("window-of-all", x=normal(2, 5, 4, 3), w=kernel(5, 4, 3, 2), oracle=convolution)
    f.case("one-sample-one-channel", x=normal(1, 5, 6, 1), w=kernel(3, 2, 1, 1), oracle=convolution)
    f.case("column-kernel", x=normal(2, 6, 5, 3), w=kernel(4, 1, 3, 2), oracle=convolution)

    f.promise("the kernel is laid on x as it is, and not turned round", at="conv2d: returns")
    f.case("kernel-not-flipped", x=normal(2, 5, 6, 3), w=weights(3, 2, 3, 4), oracle=convolution, ways=KNOWN)

    f.promise("the kernel is a tensor, which may be fed like x", at="conv2d: kernel")
    f.case("kernel-fed", x=normal(2, 5, 6, 3), w=mirrored(3, 3, 3, 4).unknown(), padding="same",
           oracle=convolution)

    f.promise("strides are the rows and the columns by which the window moves", at="conv2d: strides")
    both_formats(f, "strides-2-3", 2, 8, 9, 3, w=kernel(3, 2, 3, 4), strides=(2, 3), oracle=convolution)
    both_formats(f, "strides-over-window", 2, 8, 9, 2, w=kernel(2, 1, 2, 3), strides=(3, 4),
                 oracle=convolution)
    f.case("window-of-one-strides", x=normal(2, 5, 6, 3), w=kernel(1, 1, 3, 4), strides=(2, 4),
           oracle=convolution)
    f.case("float64", x=normal(2, 7, 9, 3, dtype="float64"), w=kernel(2, 4, 3, 5, dtype="float64"),
           strides=(1, 2), oracle=convolution)

    f.promise("padding same gives a place for each stride that begins in x, with zeros around x",
              at="conv2d: padding")
    both_formats(f, "same-odd-kernel", 2, 6, 7, 3, w=kernel(3, 5, 3, 4), padding="same", oracle=convolution)
    both_formats(f, "same-strides-2-3", 2, 9, 7, 3, w=kernel(3, 5, 3, 4), padding="same", strides=(2, 3),
                 oracle=convolution)
    both_formats(f, "same-even-kernel", 2, 6, 7, 3, w=kernel(2, 4, 3, 4), padding="same",
                 oracle=wherever_zeros_go(convolution))
    both_formats(f, "same-strides-uneven", 2, 8, 9, 3, w=kernel(3, 2, 3, 4), padding="same", strides=(2, 3),
                 oracle=wherever_zeros_go(convolution))
    f.case("same-window-over-all", x=normal(2, 3, 2, 3), w=kernel(5, 5, 3, 4), padding="same",
           oracle=convolution)
    f.case("row-kernel-same", x=normal(2, 6, 5, 3), w=kernel(1, 3, 3, 2), padding="same", oracle=convolution)

    f.promise("data_format says whether the channels of x and of the result stand last or after the batch",
              at="conv2d: data_format")
    both_formats(f, "plain", 2, 7, 9, 3, w=kernel(4, 2, 3, 5), oracle=convolution)
    both_formats(f, "unknown-space", 2, 7, 9, 3, unknown=(0, 1, 2), w=kernel(4, 2, 3, 5), strides=(2, 1),
                 oracle=convolution)
    f.case("positional", "K.conv2d(x, K.variable(w), (2, 3), 'same', 'channels_first', (1, 1))",
           x=normal(2, 3, 9, 7), w=kernel(3, 5, 3, 4),
           oracle=lambda x, w: convolution(x, w, (2, 3), "same", "channels_first"))
    follows_set_format(f, "K.variable(w), strides=(2, 1)", x=normal(2, 4, 5, 4), w=mirrored(3, 2, 4, 3),
                       oracle=lambda x, w, data_format: convolution(x, w, (2, 1), data_format=data_format))
    refuses_other_formats(f, "x, K.variable(w)", x=normal(2, 5, 6, 3), w=kernel(3, 2, 3, 4))

    f.promise("dilation_rate is how far apart neighbours in the kernel lie on x, axis by axis",
              at="conv2d: dilation_rate")
    both_formats(f, "dilation-2-2", 2, 8, 9, 3, w=kernel(3, 2, 3, 4), dilation_rate=(2, 2),
                 oracle=convolution)
    both_formats(f, "dilation-2-3", 2, 8, 9, 3, w=kernel(3, 2, 3, 4), dilation_rate=(2, 3),
                 oracle=convolution)
    both_formats(f, "dilation-1-2-same", 2, 6, 7, 3, w=kernel(3, 3, 3, 4), dilation_rate=(1, 2),
                 padding="same", oracle=convolution)

    f.promise("int_shape tells rows, columns and channels of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "image = K.placeholder((None, 6, 7, 3))\n"
           "result = K.int_shape(K.conv2d(image, K.variable(np.ones((3, 2, 3, 4))), (2, 1)))",
           want=(None, 2, 6, 4))
    f.case("int-shape-same", "image = K.placeholder((None, 6, 7, 3))\n"
           "result = K.int_shape(K.conv2d(image, K.variable(np.ones((3, 3, 3, 4))), (2, 1), 'same'))",
           want=(None, 3, 7, 4))

    # TensorFlow puts it after x.
    f.silent("where an odd zero of padding same goes", at="conv2d: padding")
    f.case("same-odd-zero-at-the-end", x=normal(2, 6, 8, 3), w=kernel(3, 3, 3, 2), strides=(2, 2),
           padding="same", oracle=convolution)
    silent_about_padding(f, "x, K.variable(w)", x=normal(2, 5, 6, 3), w=kernel(3, 2, 3, 4))


with k.function("conv3d", area="convolution") as f:
    f.promise("a place of the result is the sum of x times the kernel, over the window and all channels",
              at="conv3d: returns")
    f.case("defaults", x=normal(2, 4, 5, 6, 3), w=kernel(2, 3, 4, 3, 2), oracle=convolution)

    f.promise("the kernel is laid on x as it is, and not turned round", at="conv3d: returns")
    f.case("kernel-not-flipped", x=normal(2, 3, 4, 5, 2), w=weights(2, 3, 2, 2, 3), oracle=convolution,
           ways=KNOWN)

    f.promise("the kernel is a tensor, which may be fed like x", at="conv3d: kernel")
    f.case("kernel-fed", x=normal(2, 3, 4, 5, 2), w=mirrored(2, 3, 1, 2, 3).unknown(), oracle=convolution)

    f.promise("strides says how far the window moves, axis by axis", at="conv3d: strides")
    both_formats(f, "strides-1-2-3", 2, 4, 6, 7, 2, w=kernel(2, 3, 2, 2, 3), strides=(1, 2, 3),
                 oracle=convolution)
    f.case("window-of-one", x=normal(2, 3, 4, 5, 2), w=kernel(1, 1, 1, 2, 3), strides=(2, 1, 3),
           oracle=convolution)
    f.case("float64", x=normal(2, 4, 5, 6, 3, dtype="float64"), w=kernel(2, 3, 4, 3, 2, dtype="float64"),
           strides=(1, 2, 1), oracle=convolution)

    f.promise("padding same gives a place for each stride that begins in x, with zeros around x",
              at="conv3d: padding")
    both_formats(f, "same-odd-kernel", 2, 3, 4, 6, 2, w=kernel(1, 3, 5, 2, 3), padding="same",
                 oracle=convolution)
    both_formats(f, "same-strides-3-2-1", 2, 7, 3, 4, 2, w=kernel(5, 3, 1, 2, 3), padding="same",
                 strides=(3, 2, 1), oracle=convolution)
    both_formats(f, "same-even-kernel", 2, 3, 4, 5, 2, w=kernel(2, 4, 2, 2, 3), padding="same",
                 oracle=wherever_zeros_go(convolution))
    both_formats(f, "same-strides-uneven", 2, 4, 6, 5, 2, w=kernel(3, 3, 2, 2, 3), padding="same",
                 strides=(2, 2, 3), oracle=wherever_zeros_go(convolution))

    f.promise("data_format says whether the channels of x and of the result stand last or after the batch",
              at="conv3d: data_format")
    both_formats(f, "plain", 2, 4, 5, 6, 3, w=kernel(3, 2, 4, 3, 2), oracle=convolution)
    both_formats(f, "unknown-space", 2, 4, 5, 6, 3, unknown=(0, 1, 2, 3), w=kernel(3, 2, 4, 3, 2),
                 oracle=convolution)
    f.case("positional", "K.conv3d(x, K.variable(w), (1, 2, 3), 'same', 'channels_first', (1, 1, 1))",
           x=normal(2, 2, 3, 5, 7), w=kernel(3, 1, 5, 2, 3),
           oracle=lambda x, w: convolution(x, w, (1, 2, 3), "same", "channels_first"))
    follows_set_format(f, "K.variable(w), strides=(2, 1, 1)", x=normal(2, 3, 4, 5, 3),
                       w=mirrored(2, 1, 2, 3, 2),
                       oracle=lambda x, w, data_format: convolution(x, w, (2, 1, 1), data_format=data_format))
    refuses_other_formats(f, "x, K.variable(w)", x=normal(2, 3, 4, 5, 2), w=kernel(2, 3, 2, 2, 3))

    f.promise("dilation_rate is how far apart neighbours in the kernel lie on x, axis by axis",
              at="conv3d: dilation_rate")
    both_formats(f, "dilation-1-2-3", 2, 3, 5, 7, 2, w=kernel(2, 3, 2, 2, 3), dilation_rate=(1, 2, 3),
                 oracle=convolution)
    f.case("dilation-2-same", x=normal(2, 3, 5, 6, 2), w=kernel(3, 3, 3, 2, 3), dilation_rate=(2, 2, 2),
           padding="same", oracle=convolution)

    f.promise("int_shape tells space and channels of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "volume = K.placeholder((None, 6, 7, 5, 3))\n"
           "result = K.int_shape(K.conv3d(volume, K.variable(np.ones((3, 2, 2, 3, 4)))))",
           want=(None, 4, 6, 4, 4))

    silent_about_padding(f, "x, K.variable(w)", x=normal(2, 3, 4, 5, 2), w=kernel(2, 3, 2, 2, 3))
