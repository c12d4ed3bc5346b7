"""The larger or smaller of two tensors, limits, steps, divisors and neighbours."""
import numpy as np

from conformance.apis.ops.families import NUMPY
from conformance.apis.ops.families_elementwise import (
    FLOATING,
    HALVES,
    INTEGERS,
    PAIRS,
    binary,
    each_dtype,
    inputs,
    promoting,
    shapes,
)
from conformance.apis.ops.inputs import given, ints, listed, normal, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, TRACED, ops
from conformance.apis.ops.oracle import elementwise as oracle
from conformance.apis.ops.promotion import floating, same, widening

INF, NAN = np.inf, np.nan
LEFT = [NAN, 1.0, NAN, INF, -INF, 2.0, -3.0]
RIGHT = [1.0, NAN, NAN, 1.0, -1.0, 2.0, -4.0]

for name, function, text, profile in (
        ("maximum", np.maximum, "a NaN in either makes NaN", "core"),
        ("minimum", np.minimum, "a NaN in either makes NaN", "core"),
        ("fmax", np.fmax, "of a NaN and a number it is the number", "full"),
        ("fmin", np.fmin, "of a NaN and a number it is the number", "full")):
    with ops.function(name, area="elementwise", dtype=same("x1", "x2")) as f:
        binary(f, function, "the larger or the smaller of two elements", profile=profile, number=0.25)
        promoting(f, function, profile=profile)
        f.promise(text, at=NUMPY if name[0] == "m" else name + ": returns")
        f.case("nan", x1=given(LEFT), x2=given(RIGHT), oracle=function, profile=profile)
        f.case("nan-number", x1=given(LEFT), x2=listed(0.5), oracle=function)
        f.case("nan-number-left", x1=listed(NAN), x2=given(RIGHT), oracle=function)
        for dtype in HALVES:
            f.case("nan-" + dtype, x1=given(LEFT, dtype), x2=given(RIGHT, dtype), oracle=function, ways=EAGER)
        f.case("unsigned", x1=given([200, 3, 255], "uint8"), x2=given([100, 4, 0], "uint8"),
               oracle=function, ways=EAGER)
        f.case("large-int32", x1=given([2 ** 24 + 1, -2 ** 24 - 1], "int32"),
               x2=given([2 ** 24, -2 ** 24], "int32"), oracle=function, ways=EAGER)


def clip(x, x_min, x_max):
    """The elements, not below x_min and not above x_max."""
    return np.minimum(np.maximum(x, x_min), x_max)


with ops.function("clip", area="elementwise", dtype=same("x")) as f:
    f.promise("values outside of the interval become its edges", at="clip: x_min, x_max")
    f.case("2d", x=normal(2, 3), x_min=-0.5, x_max=0.5, oracle=clip, profile="core")
    shapes(f, clip, x_min=-0.5, x_max=0.75)
    f.case("ints", x=ints(2, 3, low=-9), x_min=-2, x_max=3, oracle=clip, profile="core")
    f.case("infinite-edges", "ops.clip(x, float('-inf'), 0.25)", x=normal(2, 3),
           oracle=lambda x: clip(x, -INF, 0.25))
    f.case("edges", x=given([NAN, INF, -INF, 0.5, -0.5, 1.0]), x_min=-0.5, x_max=0.5, oracle=clip)
    for dtype in HALVES:
        f.case("edges-" + dtype, x=given([NAN, INF, -INF, 0.5, -0.5, 1.0], dtype), x_min=-0.5, x_max=0.5,
               oracle=clip)
    f.promise("the edges may be tensors, which are broadcast", at=NUMPY)
    f.case("tensors", "ops.clip(x, low, high)", x=normal(2, 3), low=given([-0.5, -0.1, 0.0]),
           high=given([[0.5], [0.2]]), oracle=clip, ways=(EAGER, TRACED))
    f.case("edge-array", "ops.clip(x, np.array([-0.5, 0.0, 0.5], 'float32'), 1.0)", x=normal(2, 3),
           oracle=lambda x: clip(x, np.array([-0.5, 0.0, 0.5]), 1.0))
    inputs(f, clip, x_min=0.25, x_max=0.4)
    f.promise("a symbolic call declares the dtype of x", at="KerasTensor: dtype")
    each_dtype(f, clip, dtypes=(*INTEGERS, *FLOATING), x_min=1, x_max=3, profile="core")
    f.sweep("float-edges", dtypes=FLOATING, x=values(2, 3), x_min=-1.5, x_max=1.25, oracle=clip)
    f.promise("a symbolic call declares a 32-bit integer for bools", at="KerasTensor: dtype")
    f.case("bool", x=given([True, False], "bool"), x_min=0, x_max=1, result_dtype="int32",
           oracle=lambda x, x_min, x_max: x.astype("int64"))

with ops.function("heaviside", area="elementwise", dtype=widening("x1", "x2")) as f:
    binary(f, oracle.heaviside, "0 below zero, 1 above, x2 at zero", number=0.5)
    f.case("zeros", x1=given([-2.0, 0.0, 3.0, -0.0]), x2=given([0.5, 0.25, 0.5, 7.0]),
           oracle=oracle.heaviside)
    f.case("zeros-number", x1=given([[-2.0, 0.0], [3.0, -0.0]]), x2=listed(0.5), oracle=oracle.heaviside)
    f.case("zeros-broadcast", x1=given([[0.0, 0.0], [0.0, -1.0]]), x2=given([0.5, -1.0]),
           oracle=oracle.heaviside)
    f.promise("a NaN in x1 makes NaN, one in x2 only at zero", at=NUMPY)
    f.case("nan", x1=given([NAN, 1.0, 0.0, INF, -INF]), x2=given([0.5, NAN, NAN, 0.5, 0.5]),
           oracle=oracle.heaviside)
    promoting(f, oracle.heaviside, dtypes=(*INTEGERS, *FLOATING), weak=False,
              pairs=[pair for pair in PAIRS if "bool" not in pair])
    f.promise("a symbolic call declares the dtype of the result", at="KerasTensor: dtype")
    f.case("of-bool", x1=given([True, False, False], "bool"), x2=given([True, True, False], "bool"),
           oracle=oracle.heaviside, result_dtype=None)


for name, function in (("gcd", np.gcd), ("lcm", np.lcm)):
    with ops.function(name, area="elementwise", dtype=same("x1", "x2")) as f:
        binary(f, function, "a divisor or multiple of both integers", one=lambda *s: ints(*s, high=40),
               other=lambda *s: ints(*s, low=1, high=40), number=12)
        f.case("signs", x1=given([12, -12, 12, -12], "int32"), x2=given([18, 18, -18, -18], "int32"),
               oracle=function)
        f.case("zeros", x1=given([0, 5, 0, -4], "int32"), x2=given([5, 0, 0, 0], "int32"), oracle=function)
        promoting(f, function, dtypes=INTEGERS, unusual=(), weak=False, one=(1, 9), other=(1, 9),
                  pairs=[("uint8", "int8"), ("int8", "int16"), ("int16", "uint8"), ("int32", "uint8"),
                         ("int8", "int64"), ("int32", "int64")],
                  scalars=[("uint8", int), (int, "int16"), ("int64", int), ("int8", int)])

with ops.function("ldexp", area="elementwise", dtype=floating("x1", "x2")) as f:
    f.promise("x1 * 2 ** x2", at="ldexp: returns")
    f.case("2d", x1=normal(2, 3), x2=ints(2, 3, low=-4, high=5), oracle=oracle.ldexp)
    f.case("0d", x1=normal(), x2=ints(low=-4, high=5), oracle=oracle.ldexp)
    f.case("empty", x1=normal(0, 3), x2=ints(3), oracle=oracle.ldexp)
    f.case("broadcast", x1=normal(2, 1, 3).unknown(0), x2=ints(4, 1, low=-4, high=5), oracle=oracle.ldexp)
    f.case("number", x1=normal(2, 3), x2=listed(3), oracle=oracle.ldexp)
    f.case("list", x1=listed([0.75, 1.5]), x2=listed([1, -2]), oracle=oracle.ldexp, result_dtype=None)
    f.promise("special values are mapped as NumPy maps them", at=NUMPY)
    f.case("edges", x1=given([NAN, INF, -INF, 0.0, 1.0, 1.0, -0.0]),
           x2=given([1, -2, 3, 100, 127, -126, 5], "int32"), oracle=oracle.ldexp, signs=True)
    f.case("far", x1=given([1.0, 1.5, -2.0]), x2=given([200, 128, 300], "int32"), oracle=oracle.ldexp)
    f.promise("floats keep their dtype", at="ldexp: example")
    f.sweep("of", dtypes=[(kind, whole) for kind in FLOATING for whole in ("int32", "int8")]
            + [("float32", "int64"), ("float32", "uint8"), ("float16", "int64")],
            x1=values(2, 3), x2=values(2, 3), oracle=oracle.ldexp, rule=floating("x1"))


def neighbours(f, dtype, **rest):
    """Cases of one float dtype."""
    f.case("steps-" + dtype, x1=given([1.0, 1.0, -1.0, 0.5, 3.0, -2.0], dtype),
           x2=given([2.0, 0.0, 0.0, 0.5, INF, -INF], dtype), ways=(EAGER, SYMBOLIC),
           oracle=lambda x1, x2, dtype=dtype: np.nextafter(
               x1.astype(dtype), x2.astype(dtype)).astype("float64"), ulps=(0.25, "an exact step"), **rest)


with ops.function("nextafter", area="elementwise", dtype=floating("x1", "x2")) as f:
    f.promise("the next number after x1 towards x2", at="nextafter: returns")
    neighbours(f, "float32")
    f.case("broadcast", x1=given([[1.0], [2.0]]).unknown(0), x2=given([0.0, 5.0, 2.0]),
           oracle=lambda x1, x2: np.nextafter(x1.astype("float32"), x2.astype("float32")),
           ulps=(0.25, "an exact step"))
    f.case("number", x1=given([1.0, 2.5]), x2=listed(2.0),
           oracle=lambda x1, x2: np.nextafter(x1.astype("float32"), np.float32(x2)),
           ulps=(0.25, "an exact step"))
    f.case("nan", x1=given([NAN, 1.0]), x2=given([1.0, NAN]), oracle=np.nextafter)
    f.case("largest", x1=given([3.4028235e38, -3.4028235e38]), x2=given([INF, -INF]),
           oracle=lambda x1, x2: x2, ways=EAGER)
    f.promise("the dtypes promote to floats", at="KerasTensor: dtype")
    neighbours(f, "float64", only=(("tensorflow", "torch"), "other backends compute it in 32 bits"))
    f.sweep("of", dtypes=[("int32", "int32"), ("int64", "int64"), ("bool", "float32"), ("uint8", "int8")],
            x1=values(2, 3, low=1, high=4), x2=values(2, 3, low=5, high=9),
            oracle=lambda x1, x2: np.nextafter(np.float32(x1), np.float32(x2)))
