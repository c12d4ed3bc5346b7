"""Arithmetic: running sums and products, and adding biases."""
import numpy as np

from conformance.oracle.arithmetic import add_bias
from conformance.spec.model import UNKNOWN, VARIABLE, Area, ints, normal, plain

AREA = Area("arithmetic")

for _name, _function in (("cumsum", np.cumsum), ("cumprod", np.cumprod)):
    def _add(variant, axis, x, name=_name, function=_function, **options):
        AREA.row(name, variant, "K.{}(x{})".format(name, "" if axis is None else ", axis={}".format(axis)),
                 lambda x: function(x, axis=axis or 0), x=x, **options)

    _add("default-is-axis-0", None, normal(3, 4))
    _add("1d", None, normal(5))
    _add("2d-axis-1", 1, normal(3, 4))
    _add("2d-axis-last", -1, normal(3, 4))
    _add("2d-axis-minus-2", -2, normal(3, 4))
    _add("3d-axis-0", 0, normal(2, 3, 4))
    _add("3d-axis-1", 1, normal(2, 3, 4), ways=(VARIABLE, UNKNOWN))
    _add("3d-axis-2", 2, normal(2, 3, 4))
    _add("3d-axis-minus-2", -2, normal(2, 3, 4))
    _add("4d-axis-2", 2, normal(2, 3, 4, 2))
    _add("4d-axis-last", -1, normal(2, 3, 2, 4))
    _add("length-1", 1, normal(3, 1))
    _add("3d-two-unknown", 1, normal(2, 3, 4).unknown(0, 1), ways=("unknown",))
    _add("float64", 1, normal(3, 4, dtype="float64"))
    _add("int32", 1, ints(3, 4, low=-4, high=5))
    AREA.row(_name, "int-shape", "K.int_shape(K.{}(x, axis=1))".format(_name), (2, 3, 4), x=normal(2, 3, 4), ways=("known",))


def _bias(variant, x, bias, data_format, **options):
    # The bias is a variable whatever the tensor is, as in a layer.
    dtype = "" if x.dtype == "float32" else ", dtype={!r}".format(x.dtype)
    argument = "" if data_format is None else ", data_format={!r}".format(data_format)
    AREA.row("bias_add", variant, "K.bias_add(x, K.variable(bias{}){})".format(dtype, argument),
             lambda x, bias: add_bias(x, bias, data_format == "channels_first"), x=x, bias=plain(bias), **options)


# A bias vector. Where the format matters, channels and positions are as many, so that both readings fit.
_bias("2d-default", normal(2, 3), normal(3), None)
_bias("2d-last", normal(2, 3), normal(3), "channels_last")
_bias("2d-first", normal(2, 3), normal(3), "channels_first")
_bias("3d-default", normal(2, 4, 4), normal(4), None)
for _rank, _shape in ((3, (2, 4)), (4, (2, 4, 3)), (5, (2, 4, 3, 2))):
    _bias("{}d-last".format(_rank), normal(*(_shape + (5,))), normal(5), "channels_last")
    _bias("{}d-first".format(_rank), normal(*(_shape[:1] + (5,) + _shape[1:])), normal(5), "channels_first")
    _square = (2,) + (3,) * (_rank - 1)
    _bias("{}d-last-square".format(_rank), normal(*_square), normal(3), "channels_last")
    _bias("{}d-first-square".format(_rank), normal(*_square), normal(3), "channels_first")
    # One bias per position and channel.
    _bias("{}d-last-full".format(_rank), normal(*(_shape + (5,))), normal(*(_shape[1:] + (5,))), "channels_last")
# The same for channels first. Only with positions as wide as high do the code K shows and the layers that use it agree.
_bias("3d-first-full", normal(2, 5, 4), normal(4, 5), "channels_first")
_bias("4d-first-full", normal(2, 5, 3, 3), normal(3, 3, 5), "channels_first")
_bias("5d-first-full", normal(2, 5, 3, 3, 3), normal(3, 3, 3, 5), "channels_first")
_bias("4d-first-full-oblong", normal(2, 5, 4, 3), normal(4, 3, 5), "channels_first",
      unspecified="the bias should be either a vector or a tensor with ndim(x) - 1 dimension")
_bias("4d-default", normal(2, 3, 3, 3), normal(3), None)
_bias("5d-default", normal(2, 3, 3, 3, 3), normal(3), None)
_bias("3d-two-unknown-last", normal(2, 4, 5).unknown(0, 1), normal(5), "channels_last", ways=("unknown",))
_bias("4d-three-unknown-first", normal(2, 5, 4, 3).unknown(0, 2, 3), normal(5), "channels_first", ways=("unknown",))
_bias("3d-float64", normal(2, 4, 5, dtype="float64"), normal(5, dtype="float64"), "channels_last")
_bias("3d-float16", normal(2, 4, 5, dtype="float16"), normal(5, dtype="float16"), "channels_last")
AREA.row("bias_add", "3d-tensors", "K.bias_add(x, bias, 'channels_first')", lambda x, bias: add_bias(x, bias, True),
         x=normal(2, 3, 3), bias=normal(3).unknown())
AREA.row("bias_add", "4d-tensors", "K.bias_add(x, bias)", add_bias, x=normal(2, 4, 3, 5), bias=normal(5).unknown())
AREA.row("bias_add", "int-shape-4d-first", "K.int_shape(K.bias_add(x, K.variable(bias), data_format='channels_first'))",
         (2, 5, 4, 3), x=normal(2, 5, 4, 3), bias=plain(normal(5)), ways=("known",))
AREA.row("bias_add", "int-shape-3d-unknown-batch", "K.int_shape(K.bias_add(x, K.variable(bias), data_format='channels_last'))",
         (None, 4, 5), x=normal(2, 4, 5), bias=plain(normal(5)), ways=("unknown",))
for _rank in (3, 4, 5):
    AREA.script("bias_add", "{}d-default-follows-image-data-format".format(_rank), """
        K.set_image_data_format("channels_first")
        first = K.eval(K.bias_add(K.variable(x), K.variable(bias)))
        K.set_image_data_format("channels_last")
        last = K.eval(K.bias_add(K.variable(x), K.variable(bias)))
    """, lambda x, bias: {"first": add_bias(x, bias, True), "last": add_bias(x, bias)}, names=("first", "last"),
                x=normal(*((2,) + (3,) * (_rank - 1))), bias=normal(3))
for _rank in (2, 3, 4, 5):
    AREA.refuses("bias_add", "{}d-unknown-format".format(_rank), "K.bias_add(x, K.variable(bias), data_format='channels_middle')",
                 "ValueError", "data_format", x=normal(*(3,) * _rank), bias=plain(normal(3)))
AREA.refuses("bias_add", "3d-bias-rank-3", "K.bias_add(x, bias)", "ValueError", "bias", x=normal(2, 4, 3), bias=normal(2, 4, 3))
AREA.refuses("bias_add", "4d-bias-rank-2", "K.bias_add(x, bias)", "ValueError", "bias", x=normal(2, 4, 4, 3), bias=normal(4, 3))
AREA.refuses("bias_add", "5d-bias-rank-2", "K.bias_add(x, bias)", "ValueError", "bias",
             x=normal(2, 2, 2, 2, 3), bias=normal(2, 3))
AREA.refuses("bias_add", "4d-bias-rank-2-first", "K.bias_add(x, bias, data_format='channels_first')", "ValueError", "bias",
             x=normal(2, 3, 4, 4), bias=normal(3, 4))
