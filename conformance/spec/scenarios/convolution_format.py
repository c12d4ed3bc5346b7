"""Convolutions without a data format: the one that is set when they are called, not when Keras was imported."""
from conformance.oracle.convolution import convolution, depthwise, local, separable, transposed
from conformance.spec.convolving import mirrored
from conformance.spec.model import Area, normal

AREA = Area("convolution")
_SOURCE = """
    K.set_image_data_format('channels_first')
    t = K.placeholder(shape=x.shape)
    first = K.function([t], [{call}])([x])[0]
    told = K.function([t], [{none}])([x])[0]
    K.set_image_data_format('channels_last')
    u = K.placeholder(shape=x.shape)
    last = K.function([u], [{other}])([x])[0]
"""
_CASES = (
    # function, weights, further arguments, oracle, shape that is one in both data formats
    ("conv1d", "K.variable(w)", "strides=2", lambda f, x, w: convolution(x, w, 2, data_format=f), (2, 4, 4), (3, 4, 5)),
    ("conv2d", "K.variable(w)", "strides=(2, 1)", lambda f, x, w: convolution(x, w, (2, 1), data_format=f), (2, 4, 5, 4),
     (3, 2, 4, 3)),
    ("conv3d", "K.variable(w)", "strides=(2, 1, 1)", lambda f, x, w: convolution(x, w, (2, 1, 1), data_format=f), (2, 3, 4, 5, 3),
     (2, 1, 2, 3, 2)),
    ("depthwise_conv2d", "K.variable(w)", "padding='same'", lambda f, x, w: depthwise(x, w, padding="same", data_format=f),
     (2, 4, 5, 4), (3, 1, 4, 2)),
    ("separable_conv1d", "K.variable(w), K.variable(w[:1].reshape((1, 12, 1)))", "strides=2",
     lambda f, x, w: separable(x, w, w[:1].reshape((1, 12, 1)), 2, data_format=f), (2, 4, 4), (2, 4, 3)),
    ("separable_conv2d", "K.variable(w), K.variable(w[:1, :1].reshape((1, 1, 8, 1)))", "padding='valid'",
     lambda f, x, w: separable(x, w, w[:1, :1].reshape((1, 1, 8, 1)), data_format=f), (2, 4, 5, 4), (3, 2, 4, 2)),
)


def _wanted(of, x, w):
    first, last = of("channels_first", x, w), of("channels_last", x, w)
    return {"first": first, "told": first, "last": last}


def _script(function, inputs, first, last, none, of):
    calls = ["K.{}({})".format(function, item) for item in (first, none, last)]
    AREA.script(function, "image-data-format", _SOURCE.format(call=calls[0], none=calls[1], other=calls[2]),
                lambda x, w: _wanted(of, x, w), names=("first", "told", "last"), x=inputs[0], w=inputs[1])


for _function, _weights, _rest, _of, _x, _w in _CASES:
    _first = "t, {}, {}".format(_weights, _rest)
    _script(_function, (normal(*_x), mirrored(*_w)), _first, "u" + _first[1:], _first + ", data_format=None", _of)
# A window of one: in which order the weights of a larger one run over the channels, K does not say.
_script("local_conv2d", (normal(2, 3, 4, 3), normal(6, 3, 3)),
        "t, K.variable(w[:4]), (1, 1), (2, 2), (2, 2)", "u, K.variable(w), (1, 1), (1, 3), (3, 2)",
        "t, K.variable(w[:4]), (1, 1), (2, 2), (2, 2), data_format=None",
        lambda f, x, w: local(x, w[:4], (1, 1), (2, 2), (2, 2), f) if f == "channels_first" else local(
            x, w, (1, 1), (1, 3), (3, 2), f))
_script("conv2d_transpose", (normal(2, 4, 5, 4), mirrored(2, 3, 3, 4)),
        "t, K.variable(w), (2, 3, 6, 6)", "u, K.variable(w), (2, 5, 7, 3)", "t, K.variable(w), (2, 3, 6, 6), data_format=None",
        lambda f, x, w: transposed(x, w, (2, 3, 6, 6) if f == "channels_first" else (2, 5, 7, 3), data_format=f))
_script("conv3d_transpose", (normal(2, 2, 3, 4, 2), mirrored(1, 2, 2, 3, 2)),
        "t, K.variable(w), (2, 3, 3, 5, 3)", "u, K.variable(w), (2, 2, 4, 5, 3)",
        "t, K.variable(w), (2, 3, 3, 5, 3), data_format=None",
        lambda f, x, w: transposed(x, w, (2, 3, 3, 5, 3) if f == "channels_first" else (2, 2, 4, 5, 3), data_format=f))
