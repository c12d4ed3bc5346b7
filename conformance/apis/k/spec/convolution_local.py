"""Convolutions whose weights are not shared between places.

Kernels are (places, weights of a window, filters).
"""
from conformance.apis.k.language import k
from conformance.apis.k.spec._convolving import follows_set_format, refuses_other_formats, weights
from conformance.case import normal
from conformance.oracle.convolution import local

with k.function("local_conv1d", area="convolution") as f:
    f.promise("every step of the result has weights of its own, for the window of steps that belongs to it",
              at="local_conv1d: kernel")
    f.case("window-3", x=normal(2, 6, 4), w=weights(4, 12, 5), kernel_size=(3,), strides=(1,), oracle=local)
    f.case("one-sample", x=normal(1, 6, 4), w=weights(3, 8, 3), kernel_size=(2,), strides=(2,), oracle=local)
    f.case("one-channel-one-filter", x=normal(2, 6, 1), w=weights(4, 3, 1), kernel_size=(3,), strides=(1,),
           oracle=local)
    f.case("float64", x=normal(2, 6, 4, dtype="float64"), w=weights(2, 12, 5, dtype="float64"),
           kernel_size=(3,), strides=(2,), oracle=local)
    f.case("kernel-fed", "K.local_conv1d(x, w, (2,), (3,))", x=normal(2, 8, 3), w=normal(3, 6, 4).unknown(),
           oracle=lambda x, w: local(x, w, (2,), (3,)))

    f.promise("kernel_size is a tuple of a single number, the length of the window",
              at="local_conv1d: kernel_size")
    f.case("window-of-one", x=normal(2, 4, 3), w=weights(4, 3, 5), kernel_size=(1,), strides=(1,),
           oracle=local)
    f.case("window-of-all-steps", x=normal(2, 4, 3), w=weights(1, 12, 5), kernel_size=(4,), strides=(1,),
           oracle=local)

    f.promise("strides is a tuple of a single number, the steps by which the window moves",
              at="local_conv1d: strides")
    f.case("strides-2", x=normal(2, 8, 3), w=weights(3, 9, 4), kernel_size=(3,), strides=(2,),
           data_format="channels_last", oracle=local)
    f.case("strides-over-window", x=normal(3, 9, 2), w=weights(3, 4, 4), kernel_size=(2,), strides=(3,),
           oracle=local)
    f.case("steps-left-over", x=normal(2, 8, 2), w=weights(2, 6, 3), kernel_size=(3,), strides=(3,),
           oracle=local)
    f.case("positional", "K.local_conv1d(x, K.variable(w), (2,), (3,), 'channels_last')",
           x=normal(2, 8, 3), w=weights(3, 6, 4), oracle=lambda x, w: local(x, w, (2,), (3,)))

    refuses_other_formats(f, "x, K.variable(w), (2,), (3,)", x=normal(2, 8, 3), w=weights(3, 6, 4))

    f.promise("int_shape tells the steps and the filters of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "steps = K.placeholder((None, 9, 3))\n"
           "result = K.int_shape(K.local_conv1d(steps, K.variable(np.ones((7, 9, 4))), (3,), (1,)))",
           want=(None, 7, 4))

    f.silent("what channels_first means to inputs whose steps are said to come before the channels",
             at="local_conv1d: data_format")
    f.case("channels-first", "K.local_conv1d(x, K.variable(w), (2,), (3,), data_format='channels_first')",
           x=normal(2, 8, 3), w=weights(3, 6, 4), oracle=lambda x, w: local(x, w, (2,), (3,)))


def windows(f, ending, *shape, channels):
    """Cases of several windows and strides in a data format."""
    for variant, filters, kernel_size, strides, output_shape in (
            ("window-2-3-", 4, (2, 3), (1, 1), (3, 3)), ("strides-2-1-", 4, (2, 3), (2, 1), (2, 3)),
            ("strides-1-3-", 4, (3, 2), (1, 3), (2, 2)), ("strides-over-window-", 2, (1, 2), (2, 3), (2, 2)),
            ("window-of-all-", 4, (4, 5), (1, 1), (1, 1))):
        (rows, columns), (height, width) = output_shape, kernel_size
        f.case(variant + ending, x=normal(*shape),
               w=weights(rows * columns, height * width * channels, filters), kernel_size=kernel_size,
               strides=strides, data_format="channels_" + ending, output_shape=output_shape, oracle=local)


# With the channels first, K does not say whether the weights of a window run over them first. With a single
# channel, or a window of a single place, nothing is left to say.
with k.function("local_conv2d", area="convolution") as f:
    f.promise("a window of kernel_size moves by strides over rows and columns, whichever the data format",
              at="local_conv2d: kernel_size")
    windows(f, "last", 2, 4, 5, 3, channels=3)
    windows(f, "first", 2, 1, 4, 5, channels=1)

    f.promise("every place of the result has weights of its own, for the window that belongs to it",
              at="local_conv2d: kernel")
    f.case("defaults", x=normal(2, 4, 5, 3), w=weights(6, 18, 4), kernel_size=(2, 3), strides=(1, 2),
           output_shape=(3, 2), oracle=local)
    f.case("one-sample", x=normal(1, 4, 5, 3), w=weights(8, 18, 4), kernel_size=(3, 2), strides=(1, 1),
           output_shape=(2, 4), oracle=local)
    f.case("one-channel-one-filter", x=normal(2, 4, 5, 1), w=weights(8, 6, 1), kernel_size=(3, 2),
           strides=(1, 1), output_shape=(2, 4), oracle=local)
    f.case("float64", x=normal(2, 4, 5, 3, dtype="float64"), w=weights(6, 18, 4, dtype="float64"),
           kernel_size=(2, 3), strides=(1, 2), output_shape=(3, 2), oracle=local)

    f.promise("data_format says whether the channels and the filters stand last or after the batch",
              at="local_conv2d: data_format")
    f.case("window-of-one-last", x=normal(2, 3, 4, 3), w=weights(4, 3, 4), kernel_size=(1, 1), strides=(2, 3),
           data_format="channels_last", output_shape=(2, 2), oracle=local)
    f.case("window-of-one-first", x=normal(2, 3, 3, 4), w=weights(4, 3, 4), kernel_size=(1, 1),
           strides=(2, 3), data_format="channels_first", output_shape=(2, 2), oracle=local)
    f.case("one-sample-first", x=normal(1, 1, 4, 5), w=weights(8, 6, 2), kernel_size=(3, 2), strides=(1, 1),
           data_format="channels_first", output_shape=(2, 4), oracle=local)
    f.case("positional", "K.local_conv2d(x, K.variable(w), (3, 2), (1, 2), (2, 3), 'channels_first')",
           x=normal(2, 1, 4, 6), w=weights(6, 6, 3),
           oracle=lambda x, w: local(x, w, (3, 2), (1, 2), (2, 3), "channels_first"))
    follows_set_format(
        f, "K.variable(w[:4]), (1, 1), (2, 2), (2, 2)", call_last="K.variable(w), (1, 1), (1, 3), (3, 2)",
        x=normal(2, 3, 4, 3), w=normal(6, 3, 3), oracle=lambda x, w, data_format: (
            local(x, w[:4], (1, 1), (2, 2), (2, 2), data_format) if data_format == "channels_first"
            else local(x, w, (1, 1), (1, 3), (3, 2), data_format)))
    refuses_other_formats(f, "x, K.variable(w), (2, 3), (1, 2), (3, 2)", x=normal(2, 4, 5, 3),
                          w=weights(6, 18, 4))

    f.promise("int_shape tells rows, columns and filters of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "image = K.placeholder((None, 6, 7, 3))\nresult = K.int_shape("
           "K.local_conv2d(image, K.variable(np.ones((20, 27, 4))), (3, 3), (1, 1), (4, 5)))",
           want=(None, 4, 5, 4))

    f.silent("whether the weights of a window run over the channels first where the channels stand first",
             at="local_conv2d: kernel")
    f.case("several-channels-first",
           "K.local_conv2d(x, K.variable(w), (3, 2), (1, 2), (2, 3), 'channels_first')", x=normal(2, 2, 4, 6),
           w=weights(6, 12, 3), oracle=lambda x, w: local(x, w, (3, 2), (1, 2), (2, 3), "channels_first"))
