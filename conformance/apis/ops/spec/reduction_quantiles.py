"""Medians, quantiles and percentiles, NaNs ignored or not."""
import numpy as np

from conformance.apis.ops.families import holes, reducing
from conformance.apis.ops.inputs import distinct, given, normal, values
from conformance.apis.ops.language import SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.oracle import reduction as oracle
from conformance.apis.ops.promotion import floating

METHODS = ("linear", "lower", "higher", "midpoint", "nearest")
HALVES = {"float16": (16.0, "interpolated in half precision"),
          "bfloat16": (16.0, "interpolated in half precision")}


def quantiles(f, function, whole, make):
    """What the four functions of q have in common; `whole` is the q that stands for all of the data."""
    near = [0.3 * whole, 0.85 * whole]
    reducing(f, function, make, "full", lists=False, q=0.3 * whole)
    f.case("first", x=make(3, 4), q=0.4 * whole, axis=1, oracle=function, profile="core")
    f.promise("several q make a first axis, before the axes that remain", at=f.name + ": q")
    f.case("q-several", x=make(2, 3, 4), q=near, axis=1, oracle=function, profile="core")
    f.case("q-several-all", x=make(3, 4), q=near, oracle=function)
    f.case("q-several-axes", x=make(2, 3, 4), q=near, axis=(0, -1), oracle=function)
    f.case("q-several-keepdims", x=make(2, 3, 4).unknown(0, 1), q=near, axis=-1, keepdims=True,
           oracle=function)
    f.case("q-several-keepdims-all", x=make(3, 4), q=near, keepdims=True, oracle=function)
    f.case("q-several-keepdims-axes", x=make(2, 3, 4), q=near, axis=(1, 2), keepdims=True, oracle=function)
    f.case("q-several-unknown", x=make(2, 3, 4).unknown(0, 1, 2), q=near, axis=0, oracle=function,
           ways=UNKNOWN)
    f.case("q-single-listed", x=make(3, 4), q=[0.3 * whole], axis=0, oracle=function)
    f.case("q-tensor", "ops.{}(x, q, axis=0)".format(f.name), x=make(3, 4), q=given(near),
           oracle=lambda x, q: function(x, q, axis=0))
    f.promise("q reaches from the smallest to the largest element, both included", at=f.name + ": q")
    f.case("q-ends", x=make(3, 4), q=[0.0, whole, 0.5 * whole], axis=1, oracle=function)
    f.case("single-element", x=given([[2.5], [1.5]]), q=near, axis=1, oracle=function)
    f.promise("the method decides between two data points", at=f.name + ": method")
    for method in METHODS:
        f.case("method-" + method, x=make(2, 5), q=[0.3 * whole, 0.8 * whole, 0.45 * whole], axis=1,
               method=method, oracle=function)
        f.case("method-{}-at-a-point".format(method), x=given([[3.0, 1.0, 2.0, 5.0, 4.0]]),
               q=[0.25 * whole, 0.5 * whole], axis=1, method=method, oracle=function)
    f.promise("integers become floatx, floats keep their dtype", at="result_type: returns")
    f.sweep("of", x=values(2, 4), q=0.25 * whole, axis=1, oracle=function, ulps=HALVES, ways=SYMBOLIC)


with ops.function("quantile", area="reduction", dtype=floating("x")) as f:
    quantiles(f, oracle.quantile, 1, normal)

with ops.function("percentile", area="reduction", dtype=floating("x")) as f:
    quantiles(f, oracle.percentile, 100, normal)

with ops.function("nanquantile", area="reduction", dtype=floating("x")) as f:
    quantiles(f, oracle.nanquantile, 1, holes)
    f.case("nan-rows", x=given([[np.nan, 1, 2, 4], [3, 1, 2, 7], [np.nan, np.nan, 5, np.nan]]), q=[0.25, 0.5],
           axis=1, oracle=oracle.nanquantile)

with ops.function("nanpercentile", area="reduction", dtype=floating("x")) as f:
    quantiles(f, oracle.nanpercentile, 100, holes)
    f.case("nan-rows", x=given([[np.nan, 1, 2, 4], [3, 1, 2, 7], [np.nan, np.nan, 5, np.nan]]), q=[25, 50],
           axis=1, oracle=oracle.nanpercentile)

with ops.function("median", area="reduction", dtype=floating("x")) as f:
    reducing(f, oracle.median)
    f.promise("the middle element, or the mean of the two in the middle", at="median: returns")
    f.case("odd", x=distinct(3, 5), axis=1, oracle=oracle.median, profile="core")
    f.case("even", x=distinct(3, 4), axis=1, oracle=oracle.median, profile="core")
    f.case("even-all", x=distinct(2, 3), oracle=oracle.median)
    f.case("ties", x=given([[1, 1, 2, 2], [5, 5, 5, 1]]), axis=1, oracle=oracle.median)
    f.case("large", x=given([[3e38, 3.2e38, 1.0, 2.0]]), axis=1, oracle=oracle.median)
    f.promise("a NaN is not ignored: nanmedian does that", at="nanmedian: returns")
    f.case("nan", x=given([[np.nan, 1, 2], [3, 1, 2], [1, 2, np.nan]]), axis=1, oracle=oracle.median)
    f.promise("infinities are the largest and the smallest numbers", at="median: returns")
    f.case("infinities", x=given([[np.inf, 1, 2], [-np.inf, 3, 1], [np.inf, -np.inf, 0]]), axis=1,
           oracle=oracle.median)
    f.promise("integers become floatx, floats keep their dtype", at="result_type: returns")
    f.sweep("of", x=values(2, 4), axis=1, oracle=oracle.median, ulps=HALVES)

with ops.function("nanmedian", area="reduction", dtype=floating("x")) as f:
    reducing(f, oracle.nanmedian, holes, "full")
    f.promise("NaNs are skipped", at="nanmedian: returns")
    f.case("example", x=given([[1.0, np.nan, 3.0], [np.nan, 2.0, 1.0]]), axis=1, oracle=oracle.nanmedian,
           profile="core")
    f.case("infinities", x=given([[np.inf, np.nan, 2], [np.nan, -np.inf, 1]]), axis=1,
           oracle=oracle.nanmedian)
    f.promise("of nothing but NaNs the result is NaN", at="nanmedian: returns")
    f.case("only-nan", x=given([[np.nan, np.nan], [np.nan, 1.0]]), axis=1, oracle=oracle.nanmedian)
    f.case("only-nan-all", x=given([np.nan, np.nan]), oracle=oracle.nanmedian)
    f.promise("integers become floatx, floats keep their dtype", at="result_type: returns")
    f.sweep("of", x=values(2, 4), axis=1, oracle=oracle.nanmedian, ulps=HALVES, ways=SYMBOLIC)
