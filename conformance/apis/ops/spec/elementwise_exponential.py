"""Exponentials, logarithms, powers and roots of one tensor."""
import numpy as np

from conformance.apis.ops.families import NUMPY
from conformance.apis.ops.families_elementwise import other_floatx, unary
from conformance.apis.ops.inputs import given, ints, uniform
from conformance.apis.ops.language import EAGER, ops
from conformance.apis.ops.oracle import elementwise as oracle
from conformance.apis.ops.promotion import floating, same, widening

INF, NAN = np.inf, np.nan


def positive(*shape, dtype="float32"):
    """Numbers from a tenth to four."""
    return uniform(*shape, low=0.1, high=4.0, dtype=dtype)


with ops.function("exp", area="elementwise", dtype=floating()) as f:
    unary(f, np.exp, "e to the power of each element", profile="core",
          edges=[NAN, INF, -INF, 0.0, 88.0, 100.0, -110.0])
    other_floatx(f, np.exp)

with ops.function("exp2", area="elementwise", dtype=floating()) as f:
    unary(f, np.exp2, "2 to the power of each element", edges=[NAN, INF, -INF, 0.0, 10.0, -3.0, 200.0])
    other_floatx(f, np.exp2)

with ops.function("expm1", area="elementwise", dtype=floating()) as f:
    unary(f, np.expm1, "exp(x) - 1", edges=[NAN, INF, -INF, 0.0, -0.0, 100.0, -40.0])
    other_floatx(f, np.expm1)
    f.promise("the result is exact to its precision near zero", at=NUMPY)
    f.case("near-zero", x=given([1e-7, -1e-7, 3e-5, -2e-10]), oracle=np.expm1)

with ops.function("log", area="elementwise", dtype=floating()) as f:
    unary(f, np.log, "the natural logarithm", make=positive, profile="core",
          edges=[NAN, INF, -INF, 0.0, 1.0, -1.0])
    other_floatx(f, np.log, lambda *shape: ints(*shape, low=1))

with ops.function("log2", area="elementwise", dtype=floating()) as f:
    unary(f, np.log2, "the logarithm to the base 2", make=positive,
          edges=[NAN, INF, -INF, 0.0, 1.0, -1.0, 8.0, 0.25])
    other_floatx(f, np.log2, lambda *shape: ints(*shape, low=1))

with ops.function("log10", area="elementwise", dtype=floating()) as f:
    unary(f, np.log10, "the logarithm to the base 10", make=positive,
          edges=[NAN, INF, -INF, 0.0, 1.0, -1.0, 1000.0, 0.125])
    other_floatx(f, np.log10, lambda *shape: ints(*shape, low=1))

with ops.function("log1p", area="elementwise", dtype=floating()) as f:
    unary(f, np.log1p, "the natural logarithm of 1 + x", make=positive,
          edges=[NAN, INF, -INF, 0.0, -0.0, -1.0, -2.0])
    other_floatx(f, np.log1p)
    f.promise("the result is exact to its precision near zero", at=NUMPY)
    f.case("near-zero", x=given([1e-7, -1e-7, 3e-5, -2e-10]), oracle=np.log1p)

with ops.function("sqrt", area="elementwise", dtype=floating()) as f:
    unary(f, np.sqrt, "the non-negative square root", make=positive, profile="core",
          edges=[NAN, INF, -INF, 0.0, -0.0, 4.0, -4.0])
    other_floatx(f, np.sqrt)

with ops.function("cbrt", area="elementwise", dtype=widening()) as f:
    unary(f, np.cbrt, "the real cube root, of negative numbers too",
          edges=[NAN, INF, -INF, 0.0, -0.0, 27.0, -8.0, -0.125])
    other_floatx(f, np.cbrt)


with ops.function("rsqrt", area="elementwise", dtype=floating()) as f:
    unary(f, oracle.rsqrt, "one over the square root", make=positive, profile="core",
          edges=[NAN, INF, 0.0, 4.0, -4.0, 100.0], dtypes=("float16", "bfloat16", "float32", "float64"),
          unusual=(), low=1, high=9, whole="the result has the dtype of x")


with ops.function("reciprocal", area="elementwise", dtype=floating()) as f:
    unary(f, oracle.reciprocal, "1 / x", make=positive, profile="core", signs=True,
          edges=[NAN, INF, -INF, 0.0, -0.0, 4.0])
    other_floatx(f, oracle.reciprocal)

with ops.function("square", area="elementwise", dtype=same()) as f:
    unary(f, np.square, "the square of each element", profile="core", edges=[NAN, INF, -INF, -0.0, 300.0],
          dtypes=("uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64"),
          whole="the result has the dtype of x")
    f.promise("a symbolic call declares a 32-bit integer for bools", at="KerasTensor: dtype")
    f.case("bool", x=given([True, False], "bool"), oracle=lambda x: np.square(x.astype("int64")),
           result_dtype="int32")
    f.promise("integers wrap around", at=NUMPY)
    f.case("wrap-int8", x=given([100, -128, 11], "int8"), oracle=lambda x: np.square(x), ways=EAGER)
    f.case("complex", x=given([1 + 2j, -3j, 0.5], "complex64"), oracle=np.square, ways=EAGER,
           result_dtype="complex64")

