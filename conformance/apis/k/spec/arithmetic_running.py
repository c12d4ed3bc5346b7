"""Arithmetic: running sums and products, and biases."""
import numpy as np

from conformance.apis.k.language import KNOWN, UNKNOWN, VARIABLE, k, weight
from conformance.case import ints, normal, plain
from conformance.oracle.arithmetic import add_bias


def running(f, function):
    """The promises that `cumsum` and `cumprod` share; `function` is NumPy's."""
    def oracle(x, axis=0):
        return function(x, axis=axis)

    def case(variant, *shape, **arguments):
        f.case(variant, x=normal(*shape), oracle=oracle, **arguments)

    f.promise("without an axis, the result runs along the first axis", at=f.name + ": axis")
    case("default-is-axis-0", 3, 4)
    case("1d", 5)
    f.promise("the result runs along the axis and has the shape of the tensor", at=f.name + ": axis")
    case("2d-axis-1", 3, 4, axis=1)
    case("3d-axis-0", 2, 3, 4, axis=0)
    case("3d-axis-1", 2, 3, 4, axis=1, ways=(VARIABLE, UNKNOWN))
    case("3d-axis-2", 2, 3, 4, axis=2)
    case("4d-axis-2", 2, 3, 4, 2, axis=2)
    case("length-1", 3, 1, axis=1)
    f.case("3d-two-unknown", x=normal(2, 3, 4).unknown(0, 1), axis=1, oracle=oracle, ways=UNKNOWN)
    f.promise("a negative axis counts from the last", at=f.name + ": axis")
    case("2d-axis-last", 3, 4, axis=-1)
    case("2d-axis-minus-2", 3, 4, axis=-2)
    case("3d-axis-minus-2", 2, 3, 4, axis=-2)
    case("4d-axis-last", 2, 3, 2, 4, axis=-1)
    f.promise("float64 and integers are computed in their own dtype", at=f.name + ": NumPy implementation")
    f.case("float64", x=normal(3, 4, dtype="float64"), axis=1, oracle=oracle)
    f.case("int32", x=ints(3, 4, low=-4, high=5), axis=1, oracle=oracle)
    f.promise("int_shape of the result is that of the tensor", at="int_shape: returns")
    f.case("int-shape", f"K.int_shape(K.{f.name}(x, axis=1))", x=normal(2, 3, 4), want=(2, 3, 4), ways=KNOWN)


with k.function("cumsum", area="arithmetic", profile="core") as f:
    running(f, np.cumsum)


with k.function("cumprod", area="arithmetic", profile="core") as f:
    running(f, np.cumprod)


def biased(x, bias, data_format=None):
    """The oracle with the data_format as K takes it."""
    return add_bias(x, bias, data_format == "channels_first")


with k.function("bias_add", area="arithmetic", profile="core") as f:
    # The bias is a variable whatever the tensor is, as in a layer. The cases called "square" have as many
    # positions as channels, so that both formats fit.
    def case(variant, x, bias, data_format=None, **options):
        arguments = {} if data_format is None else {"data_format": data_format}
        f.case(variant, x=x, bias=weight(bias), oracle=biased, **arguments, **options)

    f.promise("a bias vector has one element per channel, and is added at every position",
              at="bias_add: summary")
    case("2d-default", normal(2, 3), normal(3))
    f.case("4d-tensors", "K.bias_add(x, bias)", x=normal(2, 4, 3, 5), bias=normal(5).unknown(), oracle=biased)
    f.promise("with channels_last, the channels are the last axis", at="bias_add: data_format")
    case("2d-last", normal(2, 3), normal(3), "channels_last")
    case("3d-last", normal(2, 4, 5), normal(5), "channels_last")
    case("4d-last", normal(2, 4, 3, 5), normal(5), "channels_last")
    case("5d-last", normal(2, 4, 3, 2, 5), normal(5), "channels_last")
    case("3d-last-square", normal(2, 3, 3), normal(3), "channels_last")
    case("4d-last-square", normal(2, 3, 3, 3), normal(3), "channels_last")
    case("5d-last-square", normal(2, 3, 3, 3, 3), normal(3), "channels_last")
    case("3d-two-unknown-last", normal(2, 4, 5).unknown(0, 1), normal(5), "channels_last", ways=UNKNOWN)
    f.promise("with channels_first, the channels are the axis after the batch", at="bias_add: data_format")
    case("2d-first", normal(2, 3), normal(3), "channels_first")
    case("3d-first", normal(2, 5, 4), normal(5), "channels_first")
    case("4d-first", normal(2, 5, 4, 3), normal(5), "channels_first")
    case("5d-first", normal(2, 5, 4, 3, 2), normal(5), "channels_first")
    case("3d-first-square", normal(2, 3, 3), normal(3), "channels_first")
    case("4d-first-square", normal(2, 3, 3, 3), normal(3), "channels_first")
    case("5d-first-square", normal(2, 3, 3, 3, 3), normal(3), "channels_first")
    case("4d-three-unknown-first", normal(2, 5, 4, 3).unknown(0, 2, 3), normal(5), "channels_first",
         ways=UNKNOWN)
    f.case("3d-tensors", "K.bias_add(x, bias, 'channels_first')", x=normal(2, 3, 3), bias=normal(3).unknown(),
           oracle=lambda x, bias: add_bias(x, bias, True))

    f.promise("without a data_format, image_data_format says which axis holds the channels",
              at="image_data_format: summary")
    case("3d-default", normal(2, 4, 4), normal(4))
    case("4d-default", normal(2, 3, 3, 3), normal(3))
    case("5d-default", normal(2, 3, 3, 3, 3), normal(3))
    for rank in (3, 4, 5):
        f.script(f"{rank}d-default-follows-image-data-format", """
            K.set_image_data_format("channels_first")
            first = K.eval(K.bias_add(K.variable(x), K.variable(bias)))
            K.set_image_data_format("channels_last")
            last = K.eval(K.bias_add(K.variable(x), K.variable(bias)))
            """, x=normal(2, *(3,) * (rank - 1)), bias=normal(3), names=("first", "last"),
                 oracle=lambda x, bias: {"first": add_bias(x, bias, True), "last": add_bias(x, bias)})

    f.promise("a bias may have an axis for each axis of x but the batch, channels last",
              at="bias_add: raises")
    case("3d-last-full", normal(2, 4, 5), normal(4, 5), "channels_last")
    case("4d-last-full", normal(2, 4, 3, 5), normal(4, 3, 5), "channels_last")
    case("5d-last-full", normal(2, 4, 3, 2, 5), normal(4, 3, 2, 5), "channels_last")
    # Only with positions as wide as high do the NumPy implementation and the layers that use bias_add agree.
    case("3d-first-full", normal(2, 5, 4), normal(4, 5), "channels_first")
    case("4d-first-full", normal(2, 5, 3, 3), normal(3, 3, 5), "channels_first")
    case("5d-first-full", normal(2, 5, 3, 3, 3), normal(3, 3, 3, 5), "channels_first")
    f.silent("in which order a bias of several axes lists the positions for channels_first",
             at="bias_add: raises")
    case("4d-first-full-oblong", normal(2, 5, 4, 3), normal(4, 3, 5), "channels_first")

    f.promise("the result keeps the dtype of a float tensor", at="bias_add: NumPy implementation")
    case("3d-float64", normal(2, 4, 5, dtype="float64"), normal(5, dtype="float64"), "channels_last")
    case("3d-float16", normal(2, 4, 5, dtype="float16"), normal(5, dtype="float16"), "channels_last")
    f.promise("int_shape of the result is that of x, with None for an unknown length",
              at="int_shape: returns")
    f.case("int-shape-4d-first", "K.int_shape(K.bias_add(x, K.variable(bias), data_format='channels_first'))",
           x=normal(2, 5, 4, 3), bias=plain(normal(5)), want=(2, 5, 4, 3), ways=KNOWN)
    f.case("int-shape-3d-unknown-batch",
           "K.int_shape(K.bias_add(x, K.variable(bias), data_format='channels_last'))",
           x=normal(2, 4, 5), bias=plain(normal(5)), want=(None, 4, 5), ways=UNKNOWN)

    f.promise("a data_format that K does not know raises ValueError", at="bias_add: raises")
    for rank in (2, 3, 4, 5):
        f.refuses(f"{rank}d-unknown-format", "K.bias_add(x, K.variable(bias), data_format='channels_middle')",
                  "ValueError", "data_format", x=normal(*(3,) * rank), bias=plain(normal(3)))
    f.promise("a bias that is not a vector, and does not have one axis less than x, raises ValueError",
              at="bias_add: raises")
    f.refuses("3d-bias-rank-3", "K.bias_add(x, bias)", "ValueError", "bias", x=normal(2, 4, 3),
              bias=normal(2, 4, 3))
    f.refuses("4d-bias-rank-2", "K.bias_add(x, bias)", "ValueError", "bias", x=normal(2, 4, 4, 3),
              bias=normal(4, 3))
    f.refuses("5d-bias-rank-2", "K.bias_add(x, bias)", "ValueError", "bias",
              x=normal(2, 2, 2, 2, 3), bias=normal(2, 3))
    f.refuses("4d-bias-rank-2-first", "K.bias_add(x, bias, data_format='channels_first')", "ValueError",
              "bias",
              x=normal(2, 3, 4, 4), bias=normal(3, 4))
