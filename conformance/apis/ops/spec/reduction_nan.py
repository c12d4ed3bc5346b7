"""Reductions that ignore NaNs."""
import numpy as np

from conformance.apis.ops.families import NUMPY, holes, reducing, unsigned
from conformance.apis.ops.inputs import distinct, given, values
from conformance.apis.ops.language import SYMBOLIC, ops
from conformance.apis.ops.oracle import reduction as oracle
from conformance.apis.ops.promotion import accumulating, always, floating, same

EXAMPLE = [[1.0, np.nan, 3.0], [np.nan, 2.0, 1.0]]
ONLY_NAN = [[np.nan, np.nan], [np.nan, 1.0], [2.0, -1.0]]
INFINITE = [[np.inf, np.nan, 2], [np.nan, -np.inf, 1], [np.inf, np.nan, -np.inf]]
HALVES = {"float16": (16.0, "a few roundings to half precision"),
          "bfloat16": (16.0, "a few roundings to half precision")}


def ignoring(f, function, only_nan, dtypes, ways=SYMBOLIC, **rest):
    """What all of them have in common; `only_nan` says what comes of NaNs alone."""
    f.promise("NaNs are ignored", at=f.name + ": returns")
    f.case("example", x=given(EXAMPLE), axis=1, oracle=function, profile="core")
    f.case("example-0", x=given(EXAMPLE), axis=0, oracle=function)
    f.case("example-all", x=given(EXAMPLE), oracle=function)
    f.case("infinities", x=given(INFINITE), axis=1, oracle=function)
    reducing(f, function, holes, "full", lists=False, several="arg" not in f.name)
    f.promise(only_nan, at=f.name + ": returns")
    f.case("only-nan", x=given(ONLY_NAN), axis=1, oracle=function)
    f.case("only-nan-all", x=given([np.nan, np.nan]), oracle=function)
    f.case("only-nan-keepdims", x=given(ONLY_NAN), axis=1, keepdims=True, oracle=function)
    f.promise(dtypes, at="result_type: returns")
    f.sweep("of", x=values(2, 3), axis=1, oracle=function, ways=ways, **rest)
    f.case("nan-float16", x=given(EXAMPLE, "float16"), axis=1, oracle=function)
    f.case("nan-bfloat16", x=given(EXAMPLE, "bfloat16"), axis=1, oracle=function)


with ops.function("nansum", area="reduction", dtype=accumulating()) as f:
    ignoring(f, oracle.nansum, "NaNs alone make 0", "narrow integers are summed in 32 bits")
    unsigned(f, oracle.nansum, axis=1)
    f.case("empty", x=given(np.zeros((0, 3))), axis=0, oracle=oracle.nansum)

with ops.function("nanprod", area="reduction", dtype=accumulating()) as f:
    ignoring(f, oracle.nanprod, "NaNs alone make 1", "narrow integers are multiplied in 32 bits")
    unsigned(f, oracle.nanprod, axis=1)
    f.case("empty", x=given(np.zeros((0, 3))), axis=0, oracle=oracle.nanprod)

with ops.function("nanmean", area="reduction", dtype=floating()) as f:
    ignoring(f, oracle.nanmean, "NaNs alone make NaN", "integers become floatx")

with ops.function("nanvar", area="reduction", dtype=floating()) as f:
    ignoring(f, oracle.nanvar, "NaNs alone make NaN", "integers become floatx", ulps=HALVES)

with ops.function("nanstd", area="reduction", dtype=floating()) as f:
    ignoring(f, oracle.nanstd, "NaNs alone make NaN", "integers become floatx", ulps=HALVES)

with ops.function("nanmax", area="reduction", dtype=same("x")) as f:
    ignoring(f, oracle.nanmax, "NaNs alone make NaN", "the result has the dtype of x")
    unsigned(f, oracle.nanmax, axis=1)
    f.promise("negative infinities are numbers", at="nanmax: returns")
    f.case("only-infinities", x=given([[-np.inf, np.nan], [-np.inf, -np.inf]]), axis=1, oracle=oracle.nanmax)

with ops.function("nanmin", area="reduction", dtype=same("x")) as f:
    ignoring(f, oracle.nanmin, "NaNs alone make NaN", "the result has the dtype of x")
    unsigned(f, oracle.nanmin, axis=1)
    f.promise("infinities are numbers", at="nanmin: returns")
    f.case("only-infinities", x=given([[np.inf, np.nan], [np.inf, np.inf]]), axis=1, oracle=oracle.nanmin)


def place(f, function, infinity):
    """What nanargmax and nanargmin have in common; `infinity` is what a NaN must not be taken for."""
    f.promise("the index of the largest or smallest number, NaNs ignored", at=f.name + ": returns")
    f.case("example", x=given([[1.0, np.nan, 3.0], [np.nan, 2.0, 0.0]]), axis=1, oracle=function,
           profile="core")
    f.case("example-0", x=given([[1.0, np.nan, 3.0], [np.nan, 2.0, 0.0]]), axis=0, oracle=function)
    f.case("example-all", x=given([[1.0, np.nan, 3.0], [np.nan, 2.0, 0.0]]), oracle=function)
    f.case("infinities", x=given([[np.inf, np.nan, 2], [np.nan, -np.inf, 1]]), axis=1, oracle=function)
    f.case("beside-infinity", x=given([[np.nan, infinity, infinity], [infinity, np.nan, infinity]]), axis=1,
           oracle=function)
    f.case("axis-3d", x=holes(2, 3, 4).unknown(0, 2), axis=1, oracle=function)
    f.case("axis-negative", x=holes(2, 3, 4).unknown(1), axis=-1, oracle=function)
    f.case("axis-5d", x=holes(2, 1, 3, 2, 2), axis=-3, oracle=function)
    f.case("without-nan", x=distinct(3, 4), axis=0, oracle=function)
    f.promise("with keepdims, reduced axes stay, with the length one", at=f.name + ": keepdims")
    f.case("keepdims", x=holes(3, 4), axis=1, keepdims=True, oracle=function, profile="core")
    f.case("keepdims-all", x=holes(3, 4), keepdims=True, oracle=function)
    f.promise("the index of the first, where several are equal", at=NUMPY)
    f.case("ties", x=given([[np.nan, 3, 3, 1], [1, np.nan, 1, 1]]), axis=1, oracle=function)
    f.promise("of any dtype, the index is an integer", at=f.name + ": returns")
    f.sweep("of", x=values(2, 3, low=-9, high=9), axis=1, oracle=function, ways=SYMBOLIC)
    f.case("nan-float16", x=given(EXAMPLE, "float16"), axis=1, oracle=function)
    f.silent("what NaNs alone make", at=f.name + ": returns")
    f.case("only-nan", x=given([[np.nan, np.nan], [np.nan, 1.0]]), axis=1, want=np.array([-1, 1]))


with ops.function("nanargmax", area="reduction", dtype=always("int64")) as f:
    place(f, oracle.nanargmax, -np.inf)

with ops.function("nanargmin", area="reduction", dtype=always("int64")) as f:
    place(f, oracle.nanargmin, np.inf)
