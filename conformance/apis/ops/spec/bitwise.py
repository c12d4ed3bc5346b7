"""Connectives and shifts of bits."""
import numpy as np

from conformance.apis.ops.families import NUMPY
from conformance.apis.ops.families_elementwise import INTEGERS, WITHOUT_TORCH, each_dtype, shapes
from conformance.apis.ops.inputs import bools, given, ints, listed, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.promotion import same

PAIRS = (("uint8", "int8"), ("int8", "int16"), ("int32", "uint8"), ("int64", "int32"), ("int16", "int8"))


def signed(*shape, dtype="int32"):
    """Integers of either sign."""
    return ints(*shape, low=-100, high=100, dtype=dtype)


def shifts(*shape, dtype="int32"):
    """How far bits are shifted."""
    return ints(*shape, low=0, high=6, dtype=dtype)


def two(f, function, other, profile="full"):
    """What functions of two tensors have in common; here they are called x and y."""
    f.promise("bits are combined or shifted element by element", at=f.name + ": returns")
    f.case("2d", x=signed(2, 3), y=other(2, 3), oracle=function, profile=profile)
    f.case("0d", x=signed(), y=other(), oracle=function)
    f.case("empty", x=signed(0, 3), y=other(3), oracle=function)
    f.promise("tensors of different shapes are broadcast", at=NUMPY)
    f.case("broadcast", x=signed(2, 1, 3).unknown(0), y=other(4, 1), oracle=function)
    f.case("broadcast-left", x=signed(3), y=other(2, 3).unknown(0), oracle=function, ways=UNKNOWN)
    f.case("number", x=signed(2, 3), y=listed(3), oracle=function)
    f.case("number-left", x=listed(5), y=other(2, 3), oracle=function)
    f.case("array", x=signed(2, 3), y=plain(other(3)), oracle=function, ways=EAGER)
    f.promise("dtypes are promoted", at="result_type: returns")
    f.sweep("of", dtypes=[(dtype, dtype) for dtype in INTEGERS] + list(PAIRS), x=values(2, 3),
            y=values(2, 3, low=0, high=3), oracle=function, ways=SYMBOLIC)
    f.sweep("of", dtypes=[("uint16", "uint16"), ("uint32", "uint32"), ("uint16", "int8")], x=values(2, 3),
            y=values(2, 3, low=0, high=3), oracle=function, ways=SYMBOLIC, only=WITHOUT_TORCH)
    f.promise("with a Python scalar, the dtype is the declared one", at="KerasTensor: dtype")
    f.sweep("of", dtypes=[("uint8", int), ("int8", int), (int, "int16"), ("int64", int)], x=values(2, 3),
            y=values(2, 3, low=0, high=3), oracle=function, ways=SYMBOLIC, result_dtype=None)


for name, function in (("bitwise_and", np.bitwise_and), ("bitwise_or", np.bitwise_or),
                       ("bitwise_xor", np.bitwise_xor)):
    with ops.function(name, area="bitwise", dtype=same("x", "y")) as f:
        two(f, function, signed)
        f.case("ends", x=given([-128, 127, -1, 0], "int8"), y=given([127, -1, 85, -128], "int8"),
               oracle=function)
        f.silent("whether bools are taken, as single bits", at=name + ": x")
        f.case("bools", x=bools(2, 3), y=bools(3), oracle=function)

for name in ("bitwise_not", "bitwise_invert"):
    with ops.function(name, area="bitwise", dtype=same("x")) as f:
        f.promise("each bit is inverted", at=name + ": returns")
        f.case("2d", x=signed(2, 3), oracle=np.invert)
        shapes(f, np.invert, signed)
        f.case("ends", x=given([-128, 127, -1, 0], "int8"), oracle=np.invert)
        f.case("unsigned", x=given([0, 255, 170], "uint8"), oracle=np.invert, ways=EAGER)
        f.promise("the result has the dtype of x", at="KerasTensor: dtype")
        each_dtype(f, np.invert, dtypes=INTEGERS)
        f.silent("whether bools are taken, as single bits", at=name + ": x")
        f.case("bools", x=bools(2, 3), oracle=np.logical_not)

for name, function in (("bitwise_left_shift", np.left_shift), ("left_shift", np.left_shift),
                       ("bitwise_right_shift", np.right_shift), ("right_shift", np.right_shift)):
    with ops.function(name, area="bitwise", dtype=same("x", "y")) as f:
        two(f, function, shifts)
        f.promise("x is multiplied or divided by 2 ** y, the quotient rounded down", at=name + ": 2**y")
        f.case("negative", x=given([-1, -8, -7, 7, 2 ** 30 - 1], "int32"), y=given([1, 2, 1, 1, 1], "int32"),
               oracle=function)
        f.case("zero", x=signed(2, 3), y=given([0, 0, 0], "int32"), oracle=function)
        f.case("unsigned", x=given([255, 128, 3], "uint8"), y=given([1, 7, 6], "uint8"), oracle=function,
               ways=EAGER)
