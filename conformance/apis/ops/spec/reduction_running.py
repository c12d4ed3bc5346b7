"""Running sums and products, differences and integrals."""
import numpy as np

from conformance.apis.ops.families import NUMPY, holes, not_tensors, unsigned
from conformance.apis.ops.inputs import bools, given, ints, normal, uniform, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.oracle import reduction as oracle
from conformance.apis.ops.promotion import COMMON, floating, same

HALVES = {"float16": (16.0, "a rounding to half precision at each step"),
          "bfloat16": (16.0, "a rounding to half precision at each step")}


def kept(kinds, floatx):  # noqa: ARG001 - a rule
    """The dtype of x; bools are counted in 32 bits."""
    return "int32" if kinds["x"] in ("bool", bool) else same("x")(kinds, floatx)


def running(f, function, make=normal, profile="full"):
    """What the four of them have in common."""
    f.promise("along an axis, each element with those before it", at=f.name + ": axis")
    f.case("axis", x=make(2, 3, 4), axis=1, oracle=function, profile=profile)
    f.case("axis-negative", x=make(2, 3, 4).unknown(0, 2), axis=-1, oracle=function, profile=profile)
    f.case("axis-0", x=make(3, 2), axis=0, oracle=function)
    f.case("axis-5d", x=make(2, 1, 3, 2, 2), axis=-3, oracle=function)
    f.case("axis-1d", x=make(5), axis=0, oracle=function)
    f.promise("without an axis, of all elements in one row", at=f.name + ": axis")
    f.case("all", x=make(2, 3), oracle=function, profile=profile)
    f.case("all-unknown", x=make(2, 3).unknown(1), oracle=function, ways=UNKNOWN)
    f.case("all-3d", x=make(2, 3, 2), oracle=function)
    f.case("empty", x=make(0, 3), axis=0, oracle=function)
    f.promise("dtype is that of the result", at=f.name + ": dtype")
    f.case("dtype-float32", x=ints(2, 3, low=1), axis=1, dtype="float32", oracle=function,
           result_dtype="float32")
    f.case("dtype-int32", x=ints(2, 3, low=1, dtype="int8"), axis=0, dtype="int32", oracle=function,
           result_dtype="int32")
    f.case("dtype-float16", x=uniform(2, 3, low=0.5), axis=1, dtype="float16", oracle=function,
           result_dtype="float16", ulps=HALVES["float16"])
    f.case("dtype-of-bools", x=bools(3, 4), axis=1, dtype="float32", oracle=function, result_dtype="float32")
    f.case("dtype-wider-int8", x=given([100, 27, 100], "int8"), axis=0, dtype="int16", oracle=function,
           result_dtype="int16")
    f.promise("the dtype is that of x by default", at=f.name + ": dtype")
    f.sweep("of", dtypes=COMMON[1:], x=values(2, 3), axis=1, oracle=function, ulps=HALVES)
    unsigned(f, function, axis=1)
    f.case("wraps-int8", x=given([100, 100, 3], "int8"), axis=0, oracle=function)
    f.promise("a sum or product of bools is an integer, as declared", at="KerasTensor: dtype")
    f.case("bools", x=bools(3, 4), axis=1, oracle=function, ways=("eager", "symbolic"))


with ops.function("cumsum", area="reduction", dtype=kept) as f:
    running(f, oracle.cumsum, profile="core")
    not_tensors(f, oracle.cumsum, axis=1)
    f.promise("a NaN or two opposite infinities make NaN from there on", at="cumsum: returns")
    f.case("edges", x=given([[1, np.nan, 2], [np.inf, 1, -np.inf]]), axis=1, oracle=oracle.cumsum)

with ops.function("cumprod", area="reduction", dtype=kept) as f:
    running(f, oracle.cumprod)
    not_tensors(f, oracle.cumprod, axis=1)
    f.promise("a zero makes 0 from there on, a NaN makes NaN", at="cumprod: returns")
    f.case("edges", x=given([[1, 0, 2], [2, np.nan, 0], [3, 0, np.inf]]), axis=1, oracle=oracle.cumprod)

with ops.function("nancumsum", area="reduction", dtype=kept) as f:
    running(f, oracle.nancumsum, holes)
    f.promise("a NaN is taken for zero", at="nancumsum: returns")
    f.case("only-nan", x=given([[np.nan, np.nan, 1], [1, np.inf, np.nan]]), axis=1, oracle=oracle.nancumsum)
    f.case("example", x=given([[1.0, np.nan, 3.0], [np.nan, 2.0, 1.0]]), oracle=oracle.nancumsum)

with ops.function("nancumprod", area="reduction", dtype=kept) as f:
    running(f, oracle.nancumprod, holes)
    f.promise("a NaN is taken for one", at="nancumprod: returns")
    f.case("only-nan", x=given([[np.nan, np.nan, 2], [2, np.inf, np.nan]]), axis=1, oracle=oracle.nancumprod)
    f.case("example", x=given([[1.0, np.nan, 3.0], [np.nan, 2.0, 1.0]]), oracle=oracle.nancumprod)

with ops.function("diff", area="reduction", dtype=same("a")) as f:
    f.promise("the difference of neighbours along the last axis or another", at="diff: axis")
    f.case("default", a=normal(2, 4), oracle=oracle.diff, profile="core")
    f.case("axis", a=normal(2, 3, 4).unknown(0), axis=1, oracle=oracle.diff, profile="core")
    f.case("axis-0", a=normal(3, 2).unknown(0, 1), axis=0, oracle=oracle.diff)
    f.case("axis-negative", a=normal(2, 3, 4), axis=-2, oracle=oracle.diff)
    f.case("axis-5d", a=normal(2, 1, 3, 2, 2), axis=-3, oracle=oracle.diff)
    f.promise("n times", at="diff: n")
    f.case("n-2", a=normal(2, 5), n=2, oracle=oracle.diff)
    f.case("n-3-axis-0", a=normal(5, 2), n=3, axis=0, oracle=oracle.diff)
    f.case("n-0", a=normal(2, 3), n=0, oracle=oracle.diff)
    f.promise("nothing remains where n reaches the length", at=NUMPY)
    f.case("n-too-large", a=normal(2, 3), n=4, axis=1, oracle=oracle.diff)
    f.promise("a NaN makes NaN", at="diff: out[i]")
    f.case("edges", a=given([1.0, np.nan, 2.0, np.inf, np.inf, -np.inf]), oracle=oracle.diff)
    f.promise("the result has the dtype of a", at="KerasTensor: dtype")
    f.sweep("of", dtypes=COMMON[1:], a=values(2, 4), oracle=oracle.diff)
    f.promise("the difference of bools says whether they differ", at=NUMPY)
    f.case("bools", a=bools(3, 5), oracle=oracle.diff)

with ops.function("trapezoid", area="reduction", dtype=floating()) as f:
    f.promise("the trapezoidal rule along the last axis or another, with spacing 1", at="trapezoid: axis")
    f.case("default", y=normal(2, 4), oracle=oracle.trapezoid, profile="core")
    f.case("axis", y=normal(2, 3, 4).unknown(0, 2), axis=1, oracle=oracle.trapezoid)
    f.case("axis-0", y=normal(3, 2), axis=0, oracle=oracle.trapezoid)
    f.case("axis-negative", y=normal(2, 3, 4), axis=-2, oracle=oracle.trapezoid)
    f.case("1d", y=normal(5), oracle=oracle.trapezoid)
    f.case("single", y=normal(2, 1), oracle=oracle.trapezoid)
    f.promise("dx is the spacing", at="trapezoid: dx")
    f.case("dx", y=normal(2, 4), dx=0.25, oracle=oracle.trapezoid)
    f.case("dx-axis", y=normal(3, 4), dx=2.0, axis=0, oracle=oracle.trapezoid)
    f.promise("x are the sample points", at="trapezoid: x")
    f.case("x", y=normal(2, 4), x=given([0.0, 0.5, 2.0, 2.25]), oracle=oracle.trapezoid)
    f.case("x-of-y", y=normal(2, 3), x=given([[0.0, 0.5, 2.0], [1.0, 1.5, -2.0]]), oracle=oracle.trapezoid,
           ways=EAGER)
    f.case("x-axis", "ops.trapezoid(y, x=x, axis=0)", y=normal(3, 2), x=given([0.0, 0.5, 2.0]),
           oracle=lambda y, x: oracle.trapezoid(y, x, axis=0), ways=EAGER)
    f.promise("integers become floatx, floats keep their dtype", at="result_type: returns")
    f.sweep("of", dtypes=COMMON[1:], y=values(2, 4), oracle=oracle.trapezoid, ways=SYMBOLIC)
