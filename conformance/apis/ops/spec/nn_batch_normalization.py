"""Batch normalization, over statistics that are given."""
import numpy as np

from conformance.apis.ops.inputs import given, normal, plain, uniform, values
from conformance.apis.ops.language import SYMBOLIC, ops
from conformance.apis.ops.oracle import normalization as oracle
from conformance.apis.ops.promotion import FLOATS, same
from conformance.apis.ops.spec.nn_activations import HALF_STEPS, NOTHING_MORE


def vector(n):
    """A vector along the axis, whose length is known."""
    return normal(n).unknown()


def variance(n):
    """Variances: positive numbers."""
    return uniform(n, low=0.5, high=2.0).unknown()


with ops.function("batch_normalization", area="nn", dtype=same("x")) as f:
    f.promise("(x - mean) / sqrt(variance + epsilon)", at="batch_normalization: description")
    f.case("2d", x=normal(4, 3), mean=vector(3), variance=variance(3), axis=-1, oracle=oracle.batch,
           profile="core")
    f.case("1d", x=normal(4).unknown(), mean=vector(4), variance=variance(4), axis=0, oracle=oracle.batch)
    f.case("5d", x=normal(1, 2, 3, 2, 3), mean=vector(3), variance=variance(3), axis=-1, oracle=oracle.batch,
           ways="eager")
    f.case("no-rows", x=given(np.zeros((0, 3))), mean=vector(3), variance=variance(3), axis=-1,
           want=np.zeros((0, 3)))
    f.promise("the vectors lie along axis", at="batch_normalization: axis")
    f.case("axis-1", x=normal(2, 4, 3), mean=vector(4), variance=variance(4), axis=1, oracle=oracle.batch,
           profile="core")
    f.case("axis-0", x=normal(4, 3).unknown(1), mean=vector(4), variance=variance(4), axis=0,
           oracle=oracle.batch)
    f.case("axis-negative", x=normal(2, 4, 3), mean=vector(4), variance=variance(4), axis=-2,
           oracle=oracle.batch)
    f.case("axis-last", x=normal(2, 3, 4, 5), mean=vector(5), variance=variance(5), axis=3,
           oracle=oracle.batch, profile="core")
    f.case("axis-first", x=normal(2, 3, 4, 5), mean=vector(3), variance=variance(3), axis=1,
           oracle=oracle.batch)
    f.case("square", x=normal(3, 3).unknown(1), mean=vector(3), variance=variance(3), axis=0,
           oracle=oracle.batch)
    f.case("unknown-space", x=normal(2, 3, 4, 5).unknown(0, 1, 2), mean=vector(5), variance=variance(5),
           axis=-1, oracle=oracle.batch, ways="unknown")
    f.promise("offset is added", at="batch_normalization: offset")
    f.case("offset", "ops.batch_normalization(x, m, v, -1, offset=b)", x=normal(4, 3), m=vector(3),
           v=variance(3), b=vector(3), oracle=lambda x, m, v, b: oracle.batch(x, m, v, -1, b),
           profile="core")
    f.case("offset-axis-1", "ops.batch_normalization(x, m, v, 1, offset=b)", x=normal(2, 4, 3), m=vector(4),
           v=variance(4), b=vector(4), oracle=lambda x, m, v, b: oracle.batch(x, m, v, 1, b))
    f.promise("scale multiplies", at="batch_normalization: scale")
    f.case("scale", "ops.batch_normalization(x, m, v, -1, scale=g)", x=normal(4, 3), m=vector(3),
           v=variance(3), g=vector(3), oracle=lambda x, m, v, g: oracle.batch(x, m, v, -1, None, g),
           profile="core")
    f.case("scale-axis-1", "ops.batch_normalization(x, m, v, 1, scale=g)", x=normal(2, 4, 3), m=vector(4),
           v=variance(4), g=vector(4), oracle=lambda x, m, v, g: oracle.batch(x, m, v, 1, None, g))
    f.case("both", "ops.batch_normalization(x, m, v, 1, b, g, 0.25)", x=normal(2, 4, 3, 2), m=vector(4),
           v=variance(4), b=vector(4), g=vector(4), profile="core",
           oracle=lambda x, m, v, b, g: oracle.batch(x, m, v, 1, b, g, 0.25))
    f.promise("epsilon is 1e-3 unless given", at="batch_normalization: epsilon")
    f.case("epsilon", x=normal(4, 3), mean=vector(3), variance=variance(3), axis=-1, epsilon=0.5,
           oracle=oracle.batch)
    f.case("epsilon-small", x=normal(4, 3), mean=vector(3), variance=variance(3), axis=-1, epsilon=1e-7,
           oracle=oracle.batch)
    f.case("zero-variance", x=normal(4, 3), mean=vector(3), variance=given([0.0, 0.0, 0.0]).unknown(),
           axis=-1, oracle=oracle.batch)
    f.promise("the vectors may be lists, as in the example", at="batch_normalization: example")
    f.case("lists", "ops.batch_normalization(x, mean=[0.4, 0.5, 0.6], variance=[0.67, 0.67, 0.67], axis=-1)",
           x=given([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]]), ways="eager",
           oracle=lambda x: oracle.batch(x, np.array([0.4, 0.5, 0.6]), np.full(3, 0.67), -1))
    f.case("array", x=plain(normal(4, 3)), mean=plain(normal(3)), variance=plain(uniform(3, low=0.5)),
           axis=-1, oracle=oracle.batch, result_dtype=None)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=[(kind,) * 3 for kind in FLOATS], x=values(2, 4), mean=values(4).unknown(),
            variance=values(4, low=1, high=3).unknown(), axis=-1, oracle=oracle.batch, ulps={
                (kind,) * 3: limit for kind, limit in HALF_STEPS.items()})
    f.promise("what a symbolic call declares of two dtypes is what evaluation gives", at="KerasTensor: dtype")
    f.case("declared-mixed", x=values(2, 4, dtype="float16"), mean=vector(4), variance=variance(4), axis=-1,
           ways=SYMBOLIC, want=NOTHING_MORE, result_dtype=None)
