"""Rounding, signs, absolute values, and what replaces NaN and infinities."""
import numpy as np

from conformance.apis.ops.families import NUMPY
from conformance.apis.ops.families_elementwise import (
    FLOATING,
    HALVES,
    INTEGERS,
    each_dtype,
    inputs,
    other_floatx,
    shapes,
    unary,
)
from conformance.apis.ops.inputs import given, ints, normal, values
from conformance.apis.ops.language import EAGER, ops
from conformance.apis.ops.promotion import always, floating, same

INF, NAN = np.inf, np.nan
SPECIAL = [NAN, INF, -INF, 0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -2.5, -1.7]
NUMBERS = (*INTEGERS, *FLOATING)

for name, function, text in (("ceil", np.ceil, "the smallest integer not below x, as a float"),
                             ("floor", np.floor, "the largest integer not above x")):
    with ops.function(name, area="elementwise", dtype=floating()) as f:
        unary(f, function, text, edges=SPECIAL, profile="core")
        f.case("wide", x=given([2.0 ** 23 + 1, -2.0 ** 24, 1e20, -1e30]), oracle=function)
        other_floatx(f, function)

with ops.function("trunc", area="elementwise", dtype=same()) as f:
    unary(f, np.trunc, "the integer next to x towards zero", edges=SPECIAL, signs=True,
          whole="a symbolic call declares the dtype of x")
    f.case("wide", x=given([2.0 ** 31, -2.0 ** 40, 1e20, 2.0 ** 23 + 1]), oracle=np.trunc)

with ops.function("round", area="elementwise", dtype=same()) as f:
    unary(f, np.round, "the nearest integer, of two the even one", edges=SPECIAL, profile="core",
          dtypes=NUMBERS, whole="a symbolic call declares the dtype of x")
    f.promise("half-way values go to the even number", at="round: evenly")
    f.case("halves", x=given([0.5, 1.5, 2.5, 3.5, -0.5, -1.5, -2.5, 4.5]), oracle=np.round, profile="core")
    f.promise("decimals says how many places stay", at="round: decimals")
    f.case("decimals", x=normal(2, 3), decimals=2, oracle=np.round, profile="core")
    f.case("decimals-1", x=given([0.25, 0.75, -1.25, 2.36, 1e6]), decimals=1, oracle=np.round)
    f.case("decimals-negative", x=given([123.0, 987.5, -149.0, 151.0]), decimals=-2, oracle=np.round)
    f.case("decimals-3-5d", x=normal(2, 1, 3, 1, 2).unknown(0), decimals=3, oracle=np.round)
    f.case("decimals-edges", x=given([NAN, INF, -INF, 0.126]), decimals=2, oracle=np.round)
    f.case("decimals-int", x=given([126, -7, 40], "int32"), decimals=1, oracle=np.round)
    f.case("decimals-negative-int", x=given([126, -171, 43, 50], "int32"), decimals=-1, oracle=np.round)
    f.case("decimals-negative-float16", x=given([126.0, -171.0, 43.0], "float16"), decimals=-1,
           oracle=np.round)
    f.sweep("decimals", dtypes=FLOATING, x=values(2, 3), decimals=1, oracle=np.round)

for name in ("absolute", "abs"):
    with ops.function(name, area="elementwise", dtype=same()) as f:
        unary(f, np.absolute, "the absolute value of each element", edges=SPECIAL, signs=True,
              profile="core" if name == "absolute" else "full", whole="the result has the dtype of x")
        f.case("lowest-int8", x=given([-128, -127, 127], "int8"), oracle=np.absolute, ways=EAGER)
        f.promise("of a complex number it is the modulus, a real number", at=NUMPY)
        f.case("complex", x=given([3 + 4j, -5j, -2.0], "complex64"), oracle=np.absolute, result_dtype=None)

with ops.function("fabs", area="elementwise", dtype=floating()) as f:
    unary(f, np.fabs, "the absolute value of each element", edges=SPECIAL, signs=True)
    other_floatx(f, np.fabs, lambda *shape: ints(*shape, low=-5))

with ops.function("negative", area="elementwise", dtype=same()) as f:
    unary(f, np.negative, "-x", edges=SPECIAL, signs=True, profile="core", dtypes=NUMBERS,
          whole="the result has the dtype of x")
    f.promise("integers wrap around", at=NUMPY)
    f.case("wrap-uint8", x=given([0, 1, 255], "uint8"), oracle=np.negative, ways=EAGER)
    f.case("wrap-int8", x=given([-128, 127], "int8"), oracle=np.negative, ways=EAGER)
    f.case("complex", x=given([3 + 4j, -5j], "complex64"), oracle=np.negative, result_dtype="complex64")

with ops.function("sign", area="elementwise", dtype=same()) as f:
    unary(f, np.sign, "-1, 0 or 1", edges=SPECIAL, profile="core", dtypes=NUMBERS,
          whole="the result has the dtype of x")
    f.case("lowest", x=given([-2 ** 31, 2 ** 31 - 1, 0], "int32"), oracle=np.sign)
    f.case("unsigned", x=given([0, 200, 255], "uint8"), oracle=np.sign)

with ops.function("signbit", area="elementwise", dtype=always("bool")) as f:
    unary(f, np.signbit, "True where the sign is negative",
          edges=[INF, -INF, 0.0, -0.0, 0.5, -0.5, 1e-38, -1e-38], whole="the result is bool")
    f.case("nan", x=given(np.copysign([NAN, NAN], [1, -1]).tolist()), oracle=np.signbit, ways=EAGER)
    f.case("lowest", x=given([-2 ** 31, 2 ** 31 - 1, 0], "int32"), oracle=np.signbit)
    f.case("unsigned", x=given([0, 200, 255], "uint8"), oracle=np.signbit)


def replaced(x, nan=0.0, posinf=None, neginf=None, largest=3.4028234663852886e38):
    """x, its NaNs and infinities replaced."""
    x = np.where(np.isnan(x), nan, x)
    x = np.where(x == np.inf, largest if posinf is None else posinf, x)
    return np.where(x == -np.inf, -largest if neginf is None else neginf, x)


LARGEST = {"float16": 65504.0, "bfloat16": 3.3895313892515355e38}

with ops.function("nan_to_num", area="elementwise", dtype=same()) as f:
    f.promise("NaN becomes 0, and infinities the largest numbers", at="nan_to_num: returns")
    f.case("2d", x=given([[NAN, INF, -INF], [1.5, -0.5, 0.0]]), oracle=replaced, profile="core")
    shapes(f, replaced)
    f.case("0d-nan", x=given(NAN), oracle=replaced)
    for dtype in HALVES:
        f.case("edges-" + dtype, x=given([NAN, INF, -INF, 1.5], dtype),
               oracle=lambda x, dtype=dtype: replaced(x, largest=LARGEST[dtype]))
    f.case("edges-float64", x=given([NAN, INF, -INF, 1.5], "float64"), only=(
        ("numpy", "torch", "tensorflow", "openvino"), "jax has no float64 unless it is asked for"),
        oracle=lambda x: replaced(x, largest=np.finfo("float64").max), ways=EAGER)
    f.promise("nan, posinf and neginf say what is put in place", at="nan_to_num: nan, posinf, neginf")
    edges = [[NAN, INF, -INF], [1.5, NAN, INF]]
    f.case("nan", x=given(edges), nan=-1.5, oracle=replaced)
    f.case("posinf", x=given(edges), posinf=100.0, oracle=replaced)
    f.case("neginf", x=given(edges), neginf=-7.5, oracle=replaced)
    f.case("each", x=given(edges), nan=2.0, posinf=3.0, neginf=4.0, oracle=replaced, profile="core")
    f.case("zeros", x=given(edges), nan=1.0, posinf=0.0, neginf=0.0, oracle=replaced)
    f.case("ints", x=given(edges), nan=1, posinf=2, neginf=-3, oracle=replaced)
    f.case("posinf-nan", x=given(edges), nan=9.0, posinf=1e30, neginf=-1e30, oracle=replaced)
    inputs(f, replaced)
    f.promise("the result has the dtype of x, and integers are left alone", at="KerasTensor: dtype")
    each_dtype(f, replaced, nan=1.0)
