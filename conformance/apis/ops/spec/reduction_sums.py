"""Sums, products, means and what is made of them."""
import numpy as np

from conformance.apis.ops.families import NUMPY, reducing, unsigned
from conformance.apis.ops.inputs import bools, given, ints, listed, normal, uniform, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.oracle import reduction as oracle
from conformance.apis.ops.promotion import COMMON, accumulating, always, floating

HALF_SUMS = {"float16": (16.0, "a few roundings to half precision"),
             "bfloat16": (16.0, "a few roundings to half precision")}

with ops.function("sum", area="reduction", dtype=accumulating()) as f:
    reducing(f, oracle.total)
    f.promise("the sum of nothing is 0", at=NUMPY)
    f.case("empty", x=normal(0, 3), axis=0, oracle=oracle.total)
    f.case("empty-all", x=normal(0, 3), oracle=oracle.total)
    f.promise("a NaN or two opposite infinities make NaN", at="sum: returns")
    f.case("edges", x=given([[np.nan, 1, 2], [np.inf, 1, 2], [np.inf, -np.inf, 1], [-np.inf, 0, 0]]), axis=1,
           oracle=oracle.total)
    f.promise("bools and narrow integers are summed in 32 bits, floats keep their dtype",
              at="result_type: returns")
    f.sweep("of", x=values(2, 3), axis=1, oracle=oracle.total, profile="core")
    unsigned(f, oracle.total, axis=1)
    f.case("overflow-int8", x=given([100, 100, 100], "int8"), oracle=oracle.total, profile="core")
    f.case("overflow-uint8", x=given([[200, 100], [90, 255]], "uint8"), axis=0, oracle=oracle.total)
    f.case("overflow-int16", x=given([30000, 30000, -5], "int16"), oracle=oracle.total)
    f.case("bools", x=bools(3, 5), axis=1, oracle=oracle.total)
    f.case("numbers", x=listed([1, 2, 4]), oracle=oracle.total)
    f.case("number", x=listed(2.5), oracle=oracle.total)

with ops.function("prod", area="reduction", dtype=accumulating()) as f:
    reducing(f, oracle.product)
    f.promise("the product of nothing is 1", at=NUMPY)
    f.case("empty", x=normal(0, 3), axis=0, oracle=oracle.product)
    f.promise("a zero among finite numbers makes 0, and times an infinity NaN", at="prod: returns")
    f.case("edges", x=given([[np.nan, 0, 2], [np.inf, 0, 2], [np.inf, -1, 1], [3, 0, 2]]), axis=1,
           oracle=oracle.product)
    f.promise("bools and narrow integers are multiplied in 32 bits, floats keep their dtype",
              at="result_type: returns")
    f.sweep("of", x=values(2, 3), axis=1, oracle=oracle.product)
    unsigned(f, oracle.product, axis=1)
    f.case("overflow-int8", x=given([100, -100, 3], "int8"), oracle=oracle.product)
    f.case("overflow-uint8", x=given([200, 100], "uint8"), oracle=oracle.product)
    f.promise("dtype is that of the result", at="prod: dtype")
    f.case("dtype-float32", x=ints(2, 3, low=1), axis=1, dtype="float32", oracle=oracle.product,
           result_dtype="float32")
    f.case("dtype-int32", x=ints(2, 3, low=1, dtype="int8"), dtype="int32", oracle=oracle.product,
           result_dtype="int32")
    f.case("dtype-float16", x=uniform(2, 3, low=0.5, high=1.5), axis=0, dtype="float16",
           oracle=oracle.product, result_dtype="float16")
    f.case("dtype-int16", x=ints(2, 3, low=1, high=5, dtype="uint8"), axis=0, dtype="int16", keepdims=True,
           oracle=oracle.product, result_dtype="int16")

with ops.function("mean", area="reduction", dtype=floating()) as f:
    reducing(f, oracle.mean)
    f.promise("a NaN or two opposite infinities make NaN", at="mean: returns")
    f.case("edges", x=given([[np.nan, 1, 2], [np.inf, 1, 2], [np.inf, -np.inf, 1], [-np.inf, 0, 0]]), axis=1,
           oracle=oracle.mean)
    f.promise("the mean of nothing is NaN", at=NUMPY)
    f.case("empty", x=normal(0, 3), axis=0, oracle=oracle.mean)
    f.promise("integers and bools become floatx, floats keep their dtype", at="result_type: returns")
    f.sweep("of", x=values(2, 3), axis=1, oracle=oracle.mean, profile="core")
    unsigned(f, oracle.mean, axis=1)
    f.case("numbers", x=listed([1, 2, 4]), oracle=oracle.mean)
    f.promise("it is the mean, also where the sum is beyond the dtype", at="mean: returns")
    f.case("large-int32", x=given([2 ** 30, 2 ** 30 + 256, 2 ** 30 - 256], "int32"), oracle=oracle.mean)
    f.case("large-uint8", x=given([[255, 254], [250, 255]], "uint8"), axis=0, oracle=oracle.mean)
    f.case("large-int16", x=given([30000, 32000, 32767], "int16"), oracle=oracle.mean)
    f.promise("it is the mean, as exact as its dtype", at="mean: returns")
    f.case("large-float16", x=given([60000.0, 40000.0, 50000.0], "float16"), oracle=oracle.mean)
    f.case("far-from-0", x=uniform(50, low=1000.0, high=1001.0), oracle=oracle.mean)

with ops.function("var", area="reduction", dtype=floating()) as f:
    reducing(f, oracle.variance)
    f.promise("a NaN or an infinity makes NaN", at="var: returns")
    f.case("edges", x=given([[np.nan, 1, 2], [np.inf, 1, 2], [1, 1, 1]]), axis=1, oracle=oracle.variance)
    f.promise("integers and bools become floatx, floats keep their dtype", at="result_type: returns")
    f.sweep("of", x=values(2, 3), axis=1, oracle=oracle.variance, ulps=HALF_SUMS)
    unsigned(f, oracle.variance, axis=1)
    f.case("numbers", x=listed([1, 2, 4]), oracle=oracle.variance)
    f.promise("the squares of the differences from the mean, not a difference of squares", at="var: returns")
    f.case("far-from-0", x=given([[1000.25, 1000.5, 1001.0], [2000.5, 2001.5, 2004.0]]), axis=1,
           oracle=oracle.variance)
    f.case("large-float16", x=given([300.0, 500.0, 100.0], "float16"), oracle=oracle.variance,
           ulps=HALF_SUMS["float16"])

with ops.function("std", area="reduction", dtype=floating()) as f:
    reducing(f, oracle.deviation)
    f.promise("a NaN or an infinity makes NaN", at="std: returns")
    f.case("edges", x=given([[np.nan, 1, 2], [np.inf, 1, 2], [1, 1, 1]]), axis=1, oracle=oracle.deviation)
    f.promise("integers and bools become floatx, floats keep their dtype", at="result_type: returns")
    f.sweep("of", x=values(2, 3), axis=1, oracle=oracle.deviation, ulps=HALF_SUMS)
    unsigned(f, oracle.deviation, axis=1)
    f.promise("the root of the mean square of the differences from the mean", at="std: returns")
    f.case("far-from-0", x=given([[1000.25, 1000.5, 1001.0], [2000.5, 2001.5, 2004.0]]), axis=1,
           oracle=oracle.deviation)
    f.case("large-float16", x=given([300.0, 500.0, 100.0], "float16"), oracle=oracle.deviation)

with ops.function("moments", area="reduction") as f:
    f.promise("the mean and the variance over a list of axes", at="moments: axes")
    f.case("axis", x=normal(2, 3, 4), axes=[1], oracle=oracle.moments, result_dtype=("float32", "float32"),
           profile="core")
    f.case("axes", x=normal(2, 3, 4).unknown(1), axes=[0, -1], oracle=oracle.moments,
           result_dtype=("float32", "float32"), profile="core")
    f.case("axes-tuple", x=normal(2, 3, 4).unknown(0, 2), axes=(1, 0), oracle=oracle.moments)
    f.case("axes-4d", x=normal(2, 3, 2, 4), axes=[0, 1, 2], oracle=oracle.moments)
    f.case("1d", x=given([0.0, 1.0, 2.0, 3.0, 100.0]), axes=[0], oracle=oracle.moments)
    f.case("far-from-0", x=given([[10.25, 10.5, 11.0]]), axes=[1], oracle=oracle.moments,
           ulps=(4096.0, "the square of a mean of 10 is a thousand times the variance"))
    f.promise("with keepdims, reduced axes stay, with the length one", at="moments: keepdims")
    f.case("keepdims", x=normal(2, 3, 4), axes=[0, 2], keepdims=True, oracle=oracle.moments, profile="core")
    f.case("keepdims-unknown", x=normal(2, 3, 4).unknown(0, 1), axes=[1], keepdims=True,
           oracle=oracle.moments, ways=UNKNOWN)
    f.case("keepdims-negative", x=normal(2, 3), axes=[-2], keepdims=True, oracle=oracle.moments)
    f.promise("moments of half precision have its dtype, and are right where squares are beyond it",
              at="moments: returns")
    f.case("float16", x=given([[300.0, 500.0, 100.0]], "float16"), axes=[1], oracle=oracle.moments,
           result_dtype=("float16", "float16"), ulps=HALF_SUMS["float16"])
    f.case("bfloat16", x=values(2, 3, dtype="bfloat16"), axes=[0], oracle=oracle.moments,
           result_dtype=("bfloat16", "bfloat16"), ulps=HALF_SUMS["bfloat16"])
    f.promise("the dtypes that a symbolic call declares are what evaluation gives", at="KerasTensor: dtype")
    f.case("int32", x=ints(2, 3), axes=[0], oracle=oracle.moments, ways=SYMBOLIC)
    f.promise("synchronized changes nothing on a single device", at="moments: synchronized")
    f.case("synchronized", x=normal(2, 3), axes=[0], synchronized=True, oracle=oracle.moments, ways=EAGER,
           only=(("tensorflow",), "synchronized is TensorFlow's alone"))

with ops.function("average", area="reduction", dtype=floating("x")) as f:
    f.promise("without an axis, the average of all elements", at="average: axis")
    f.case("all", x=normal(2, 3, 4), oracle=oracle.average, profile="core")
    f.case("0d", x=normal(), oracle=oracle.average)
    f.case("axis", x=normal(2, 3, 4).unknown(0, 2), axis=1, oracle=oracle.average, profile="core")
    f.case("axis-negative", x=normal(2, 3, 4), axis=-1, oracle=oracle.average)
    f.case("array", x=listed([[1.5, 2.0], [0.25, -3.0]]), axis=0, oracle=oracle.average)
    f.promise("weights of the shape of x weigh each element", at="average: weights")
    f.case("weights", "ops.average(x, weights=w)", x=normal(2, 3), w=uniform(2, 3, low=0.5, high=2.0),
           oracle=lambda x, w: oracle.average(x, weights=w), profile="core")
    f.case("weights-axis", "ops.average(x, axis=1, weights=w)", x=normal(2, 3, 4),
           w=uniform(2, 3, 4, low=0.5, high=2.0), oracle=lambda x, w: oracle.average(x, 1, w))
    f.promise("weights of one dimension belong to the axis", at="average: weights")
    f.case("weights-1d", "ops.average(x, axis=1, weights=w)", x=normal(2, 3, 4), w=given([0.5, 2.0, 1.25]),
           oracle=lambda x, w: oracle.average(x, 1, w), profile="core")
    f.case("weights-1d-0", "ops.average(x, axis=0, weights=w)", x=normal(3, 2), w=given([0.5, 2.0, 1.25]),
           oracle=lambda x, w: oracle.average(x, 0, w))
    f.case("weights-1d-last", "ops.average(x, axis=-1, weights=w)", x=normal(2, 4),
           w=given([0.5, 2.0, 1.25, -0.25]), oracle=lambda x, w: oracle.average(x, -1, w))
    f.case("weights-1d-middle-5d", "ops.average(x, axis=-2, weights=w)", x=normal(1, 2, 1, 3, 2),
           w=given([0.5, 2.0, 1.25]), oracle=lambda x, w: oracle.average(x, 3, w))
    f.promise("weights may be zero while their sum is not", at="average: weights")
    f.case("weights-zero", "ops.average(x, weights=w)", x=normal(4), w=given([0.0, 1.0, 0.0, 3.0]),
           oracle=lambda x, w: oracle.average(x, weights=w))
    f.promise("integers and bools become floatx, floats keep their dtype", at="result_type: returns")
    f.sweep("of", x=values(2, 3), axis=1, oracle=oracle.average)
    unsigned(f, oracle.average, axis=1)
    f.promise("x and weights promote", at="result_type: returns")
    f.sweep("weighted", "ops.average(x, axis=1, weights=w)", x=values(2, 3), w=values(2, 3, low=1),
            rule=floating(),
            dtypes=(("int32", "float32"), ("float16", "float32"), ("float32", "int32"), ("int8", "int32"),
                    ("bfloat16", "float16"), ("float16", "int32"), ("bool", "bfloat16")),
            oracle=lambda x, w: oracle.average(x, 1, w),
            ulps=(8.0, "a few roundings to half precision at most"))
    f.promise("weights of another shape need an axis", at="average: example")
    f.refuses("weights-without-axis", "ops.average(x, weights=w)", ("ValueError", "TypeError"),
              x=normal(3, 2), w=given([0.25, 0.75]))

with ops.function("count_nonzero", area="reduction", dtype=always("int64")) as f:
    f.promise("how many elements are not zero, of all or along axes", at="count_nonzero: axis")
    f.case("all", x=ints(3, 4, high=3), oracle=oracle.count_nonzero, profile="core")
    f.case("0d", x=given(2.5), oracle=oracle.count_nonzero)
    f.case("axis", x=ints(3, 4, high=3).unknown(0), axis=1, oracle=oracle.count_nonzero, profile="core")
    f.case("axis-negative", x=ints(2, 3, 4, high=3), axis=-2, oracle=oracle.count_nonzero)
    f.case("axes", x=ints(2, 3, 4, high=3), axis=(0, 2), oracle=oracle.count_nonzero)
    f.case("axes-none", x=ints(2, 3, high=3), axis=(), oracle=oracle.count_nonzero, ways=SYMBOLIC)
    f.case("empty", x=normal(0, 3), axis=0, oracle=oracle.count_nonzero)
    f.case("signed-zeros", x=given([0.0, -0.0, np.nan, np.inf, 1e-30]), oracle=oracle.count_nonzero)
    f.promise("of any dtype, the count is an integer", at="count_nonzero: returns")
    f.sweep("of", x=values(2, 3, low=-1, high=1), oracle=oracle.count_nonzero)
    unsigned(f, oracle.count_nonzero)
    f.case("list", x=listed([[0, 1, 7, 0], [3, 0, 2, 19]]), axis=0, oracle=oracle.count_nonzero)

with ops.function("any", area="reduction", dtype=always("bool")) as f:
    reducing(f, oracle.any_true, make=bools)
    f.promise("any of nothing is False", at=NUMPY)
    f.case("empty", x=bools(0, 3), axis=0, oracle=oracle.any_true)
    f.promise("a number is True when it is not zero", at=NUMPY)
    f.case("edges", x=given([[0.0, -0.0], [np.nan, 0.0], [0.0, np.inf], [0.0, 1e-30]]), axis=1,
           oracle=oracle.any_true)
    f.case("fractions", x=given([[0.0, 0.25], [0.5, -0.5], [0.0, 0.0]]), axis=1, oracle=oracle.any_true)
    f.case("multiples-of-256", x=given([[0, 256], [0, 0], [65536, 0]], "int32"), axis=1,
           oracle=oracle.any_true)
    f.sweep("of", x=values(4, 3, low=-1, high=1), axis=1, oracle=oracle.any_true)
    unsigned(f, oracle.any_true, axis=1)

with ops.function("all", area="reduction", dtype=always("bool")) as f:
    reducing(f, oracle.all_true, make=bools)
    f.promise("all of nothing is True", at=NUMPY)
    f.case("empty", x=bools(0, 3), axis=0, oracle=oracle.all_true)
    f.promise("a number is True when it is not zero", at=NUMPY)
    f.case("edges", x=given([[1.0, -0.0], [np.nan, 1.0], [-1.0, np.inf], [1.0, 1e-30]]), axis=1,
           oracle=oracle.all_true)
    f.case("fractions", x=given([[0.0, 0.25], [0.5, -0.5], [0.0, 0.0]]), axis=1, oracle=oracle.all_true)
    f.case("multiples-of-256", x=given([[1, 256], [0, 1], [65536, 256]], "int32"), axis=1,
           oracle=oracle.all_true)
    f.sweep("of", dtypes=COMMON, x=values(4, 2, low=-1, high=1), axis=1, oracle=oracle.all_true)

with ops.function("logsumexp", area="reduction", dtype=floating()) as f:
    reducing(f, oracle.logsumexp, lists=False)
    f.promise("it does not overflow where its result does not", at="logsumexp: returns")
    f.case("large", x=given([[1000.0, 1000.0, 999.0], [-1000.0, -1001.0, -1000.5]]), axis=1,
           oracle=oracle.logsumexp, profile="core")
    f.case("large-float16", x=given([[20.0, 30.0, 29.0]], "float16"), axis=1, oracle=oracle.logsumexp)
    f.promise("infinities are the limits, and a NaN makes NaN", at="logsumexp: returns")
    f.case("edges", x=given([[np.inf, 1.0], [-np.inf, 1.0], [-np.inf, -np.inf], [np.nan, 1.0],
                             [np.inf, -np.inf]]), axis=1, oracle=oracle.logsumexp)
    f.case("edges-all", x=given([-np.inf, -np.inf]), oracle=oracle.logsumexp)
    f.promise("floats keep their dtype, integers become floatx, as declared", at="KerasTensor: dtype")
    f.sweep("of", x=values(2, 3), axis=1, oracle=oracle.logsumexp, ulps=HALF_SUMS, ways=SYMBOLIC)
