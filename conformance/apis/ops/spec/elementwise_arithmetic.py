"""Sums, differences, products, quotients and remainders of two tensors."""
import numpy as np

from conformance.apis.ops.families import NUMPY
from conformance.apis.ops.families_elementwise import PAIRS, binary, promoting, undeclared
from conformance.apis.ops.inputs import given, ints, listed, normal, uniform
from conformance.apis.ops.language import EAGER, SYMBOLIC, ops
from conformance.apis.ops.oracle import elementwise as oracle
from conformance.apis.ops.promotion import floating, same

INF, NAN = np.inf, np.nan
LEFT = [NAN, 1.0, INF, -INF, INF, -0.0, 0.0, 1.0]
RIGHT = [1.0, NAN, INF, INF, -1.0, -0.0, -0.0, 1e37]
NUMBERS = ("uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64")
LARGE = {"int8": [100, -100, 127], "uint8": [200, 255, 3], "int16": [30000, -30000, 2],
         "int32": [2 ** 30 + 5, -2 ** 31, 2 ** 31 - 1]}


def nonzero(*shape, dtype="float32"):
    """Numbers from a half to four."""
    return uniform(*shape, low=0.5, high=4.0, dtype=dtype)


def wrapping(f, function, other):
    """What integers beyond their dtype become."""
    f.promise("integers wrap around", at=NUMPY)
    for dtype, numbers in LARGE.items():
        f.case("wrap-" + dtype, x1=given(numbers, dtype), x2=given(other, dtype), oracle=function, ways=EAGER)


def complex_pairs(f, function):
    """Complex numbers, with a real tensor and a scalar beside."""
    f.promise("complex numbers are numbers, too", at="result_type: example")
    f.case("complex", x1=given([1 + 2j, -3j, 0.5], "complex64"), x2=given([2 - 1j, 1 + 1j, 3j], "complex64"),
           oracle=function, ways=(EAGER, SYMBOLIC), rule=None, result_dtype="complex64")


with ops.function("add", area="elementwise", dtype=same("x1", "x2")) as f:
    binary(f, np.add, "the sum of elements", profile="core")
    promoting(f, np.add, dtypes=NUMBERS, profile="core")
    f.case("of-bool", x1=given([True, True, False], "bool"), x2=given([True, False, False], "bool"),
           oracle=np.logical_or)
    f.case("edges", x1=given(LEFT), x2=given(RIGHT), oracle=np.add, signs=True)
    wrapping(f, np.add, [100, 5, 127])
    complex_pairs(f, np.add)

with ops.function("subtract", area="elementwise", dtype=same("x1", "x2")) as f:
    binary(f, np.subtract, "the difference of elements", profile="core")
    promoting(f, np.subtract, dtypes=NUMBERS, profile="core")
    f.case("edges", x1=given(LEFT), x2=given(RIGHT), oracle=np.subtract, signs=True)
    wrapping(f, np.subtract, [101, 7, 127])
    complex_pairs(f, np.subtract)

with ops.function("multiply", area="elementwise", dtype=same("x1", "x2")) as f:
    binary(f, np.multiply, "the product of elements", profile="core")
    promoting(f, np.multiply, dtypes=NUMBERS, profile="core")
    f.case("of-bool", x1=given([True, True, False], "bool"), x2=given([True, False, False], "bool"),
           oracle=np.logical_and)
    f.case("edges", x1=given([*LEFT, 0.0]), x2=given([*RIGHT, INF]), oracle=np.multiply, signs=True)
    wrapping(f, np.multiply, [3, 5, 127])
    complex_pairs(f, np.multiply)


def dividing(f, profile):
    """What divide and true_divide promise."""
    function = oracle.true_divide
    binary(f, function, "the quotient of elements", other=nonzero, profile=profile)
    promoting(f, function, other=(1, 4), profile=profile)
    f.promise("a quotient of integers is a float", at="divide: returns")
    f.case("ints", x1=ints(2, 3, low=-9), x2=ints(2, 3, low=2), oracle=function, profile=profile)
    f.case("by-zero", x1=given([1.0, -1.0, 0.0, 1.0, INF]), x2=given([0.0, 0.0, 0.0, -0.0, INF]),
           oracle=function)
    f.case("int-by-zero", x1=given([1, -2, 0], "int32"), x2=given([0, 0, 0], "int32"), oracle=function)
    f.case("edges", x1=given(LEFT), x2=given(RIGHT), oracle=function, signs=True)
    other_floatx_pair(f, function)
    complex_pairs(f, np.divide)


def other_floatx_pair(f, function):
    """What two integer tensors become where floatx is another dtype."""
    f.promise("what becomes floatx follows the setting", at="config.set_floatx: value")
    for dtype in ("float16", "bfloat16", "float64"):
        rest = dict(undeclared(dtype), floatx=dtype, ways=SYMBOLIC)
        f.case("floatx-" + dtype, x1=ints(2, 3), x2=ints(2, 3, low=1), oracle=function, **rest)
        f.case("floatx-scalar-" + dtype, x1=ints(2, 3), x2=listed(1.5), oracle=function, **rest)


with ops.function("divide", area="elementwise", dtype=floating("x1", "x2")) as f:
    dividing(f, "core")

with ops.function("true_divide", area="elementwise", dtype=floating("x1", "x2")) as f:
    dividing(f, "full")

with ops.function("divide_no_nan", area="elementwise", dtype=floating("x1", "x2")) as f:
    binary(f, oracle.divide_no_nan, "the quotient of elements", other=nonzero)
    promoting(f, oracle.divide_no_nan)
    f.promise("the quotient is 0 where the denominator is 0", at="divide_no_nan: returns")
    f.case("zeros", x1=given([1.0, -1.0, 0.0, NAN, INF, 2.0]), x2=given([0.0, 0.0, 0.0, 0.0, -0.0, 4.0]),
           oracle=oracle.divide_no_nan, profile="core")
    f.case("zeros-int", x1=given([1, -1, 0, 7], "int32"), x2=given([0, 0, 0, 2], "int32"),
           oracle=oracle.divide_no_nan)
    f.case("zero-number", x1=normal(2, 3), x2=listed(0.0), oracle=oracle.divide_no_nan)
    f.case("zero-broadcast", x1=normal(2, 3), x2=given([0.0, 2.0, -0.0]), oracle=oracle.divide_no_nan)

with ops.function("floor_divide", area="elementwise", dtype=same("x1", "x2")) as f:
    binary(f, np.floor_divide, "the largest integer not above the quotient", other=nonzero, profile="core")
    promoting(f, np.floor_divide, dtypes=NUMBERS, other=(1, 4), profile="core",
              pairs=[pair for pair in PAIRS if pair[1] != "bool"],
              scalars=[("uint8", int), ("int8", float), ("int64", float), ("bool", int), ("float16", int),
                       ("float16", float), (int, "float32"), (float, "bfloat16"), (int, "int16")])
    f.case("signs", x1=given([7, -7, 7, -7, 6, -6], "int32"), x2=given([2, 2, -2, -2, -3, 3], "int32"),
           oracle=np.floor_divide, profile="core")
    f.case("signs-float", x1=given([7.5, -7.5, 7.5, -7.5, -0.5]), x2=given([2.0, 2.0, -2.0, -2.0, 3.0]),
           oracle=np.floor_divide)
    f.case("number-negative", x1=ints(2, 3), x2=listed(-3), oracle=np.floor_divide)
    f.case("large", x1=given([2 ** 31 - 1, -2 ** 31, 2 ** 30 + 1], "int32"),
           x2=given([7, 3, 5], "int32"), oracle=np.floor_divide)


def remainder(f, function, text):
    """What mod and fmod have in common."""
    binary(f, function, text, other=nonzero)
    promoting(f, function, dtypes=NUMBERS, weak=f.name == "mod", other=(1, 4),
              pairs=[pair for pair in PAIRS if pair[1] != "bool"],
              scalars=[("uint8", int), ("int8", float), ("int64", float), ("bool", int), ("float16", int),
                       ("float16", float), (int, "float32"), (float, "bfloat16"), (int, "int16")])
    f.promise("the sign is that of the " + ("dividend" if f.name == "fmod" else "divisor"),
              at="fmod: sign of the result")
    f.case("signs", x1=given([7, -7, 7, -7, 6, -6], "int32"), x2=given([4, 4, -4, -4, -3, 3], "int32"),
           oracle=function, profile="core")
    f.case("signs-float", x1=given([7.5, -7.5, 7.5, -7.5, -0.5]), x2=given([2.0, 2.0, -2.0, -2.0, 3.0]),
           oracle=function, profile="core")
    f.case("number-negative", x1=ints(2, 3), x2=listed(-3), oracle=function)
    f.case("number-left-negative", x1=listed(-7.5), x2=nonzero(3), oracle=function)
    f.promise("special values are mapped as NumPy maps them", at=NUMPY)
    f.case("edges", x1=given([NAN, 1.0, INF, 3.0, 5.0]), x2=given([1.0, NAN, 2.0, 0.0, INF]),
           oracle=function)


with ops.function("mod", area="elementwise", dtype=same("x1", "x2")) as f:
    remainder(f, np.mod, "the remainder of division")

with ops.function("fmod", area="elementwise", dtype=same("x1", "x2")) as f:
    remainder(f, np.fmod, "the remainder of a division that is truncated")

with ops.function("power", area="elementwise", dtype=same("x1", "x2")) as f:
    binary(f, np.power, "x1 to the power of x2", one=nonzero, number=2.0, profile="core")
    promoting(f, np.power, dtypes=NUMBERS, one=(0, 3), other=(0, 3), profile="core")
    f.case("square-ints", x1=ints(2, 3, low=-5, high=6), x2=listed(2), oracle=np.power, profile="core")
    f.case("negative-base", x1=given([-2.0, -2.0, -8.0, -1.5]), x2=given([2.0, 3.0, -1.0, 0.0]),
           oracle=np.power)
    f.case("half", x1=nonzero(2, 3), x2=listed(0.5), oracle=np.power)
    f.case("number-base", x1=listed(2), x2=ints(2, 3, low=0, high=9), oracle=np.power)
    f.promise("special values are mapped as NumPy maps them", at=NUMPY)
    f.case("edges", x1=given([NAN, 1.0, 0.0, 0.0, INF, -INF, -8.0, 0.0]),
           x2=given([0.0, NAN, 0.0, -1.0, -1.0, 3.0, 0.5, 2.0]), oracle=np.power)
    complex_pairs(f, np.power)
