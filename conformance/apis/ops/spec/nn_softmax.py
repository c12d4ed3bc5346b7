"""Softmax, its logarithm and sparsemax."""
import numpy as np

from conformance.apis.ops.inputs import given, listed, normal, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, ops
from conformance.apis.ops.oracle import activation as oracle
from conformance.apis.ops.promotion import FLOATS, same
from conformance.apis.ops.spec.nn_activations import HALF_STEPS, NOTHING_MORE
from conformance.oracle import nn


def along_an_axis(f, oracle, several=True):
    """What all three say of `axis`, of dtypes and of shapes."""
    f.promise("axis is the last unless given; a negative one counts from the last", at=f.name + ": axis")
    f.case("axis-0", x=normal(4, 3), axis=0, oracle=oracle, profile="core")
    f.case("axis-1", x=normal(2, 4, 3), axis=1, oracle=oracle, profile="core")
    f.case("axis-2", x=normal(2, 4, 3), axis=2, oracle=oracle)
    f.case("axis-negative", x=normal(2, 4, 3), axis=-2, oracle=oracle, profile="core")
    f.case("axis-first-negative", x=normal(2, 4, 3), axis=-3, oracle=oracle)
    f.case("axis-4d", x=normal(2, 3, 4, 5), axis=1, oracle=oracle, ways="eager")
    f.case("positional", "ops.{}(x, 0)".format(f.name), x=normal(4, 3), oracle=lambda x: oracle(x, 0))
    f.case("unknown-axis", x=normal(2, 4, 3).unknown(0, 1), axis=1, oracle=oracle, ways="unknown")
    f.promise("x has any rank from 1, and the result has its shape", at=f.name + ": returns")
    f.case("1d", x=normal(5), oracle=oracle, profile="core")
    f.case("5d", x=normal(1, 2, 3, 2, 4), oracle=oracle)
    f.case("no-rows", x=given(np.zeros((0, 3))), oracle=lambda x: np.zeros((0, 3)))
    f.case("array", x=plain(normal(2, 3)), oracle=oracle, result_dtype=None)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, x=values(2, 3), oracle=oracle, ulps=HALF_STEPS, profile="core")
    f.promise("the dtype that a symbolic call declares of integers is what evaluation gives",
              at="KerasTensor: dtype")
    f.case("declared-int32", x=given([[-2, 0, 3]], "int32"), ways=SYMBOLIC, want=NOTHING_MORE,
           result_dtype=None)
    if several:
        f.promise("several axes are normalized together", at="Softmax: axis")
        f.case("axes", x=normal(2, 3, 4), axis=(1, 2), oracle=oracle, ways=(EAGER, SYMBOLIC))
        f.case("axes-apart", x=normal(2, 3, 4), axis=(0, 2), oracle=oracle, ways=(EAGER, SYMBOLIC))
        f.case("axes-all", x=normal(2, 3), axis=(0, 1), oracle=oracle, ways=EAGER)
        f.silent("whether several axes may be negative", at=f.name + ": axis")
        f.case("axes-negative", x=normal(2, 3, 4), axis=(0, -1), oracle=oracle, ways=EAGER)
    f.silent("whether a list is a tensor", at=f.name + ": x")
    f.case("list", x=listed([-0.75, 0.25, 2.5]), oracle=oracle, result_dtype=None)


with ops.function("softmax", area="nn", dtype=same()) as f:
    f.promise("exponentials, scaled to sum to 1", at="softmax: definition")
    f.case("2d", x=normal(3, 4), oracle=nn.softmax, profile="core")
    f.promise("large elements overflow nothing: the elements lie in (0, 1) and sum to 1",
              at="softmax: definition")
    f.case("large", x=given([[1000.0, 1000.5, 999.0], [-1000.0, -1001.0, -1000.25]]), oracle=nn.softmax,
           profile="core")
    f.case("far-apart", x=given([[0.0, 200.0, -200.0], [88.0, 89.0, -3e38]]), oracle=nn.softmax)
    f.case("float16-large", x=given([[12.0, 11.5, 20.0], [60000.0, 59968.0, -60000.0]], "float16"),
           oracle=nn.softmax)
    f.case("one", x=given([[3.0], [-2.0]]), want=np.ones((2, 1)))
    f.case("equal", x=given([[2.0, 2.0, 2.0, 2.0]]), want=np.full((1, 4), 0.25))
    f.promise("an element of minus infinity has no share", at="softmax: definition")
    f.case("masked", x=given([[-np.inf, 1.0, 2.0], [0.0, -np.inf, -np.inf]]), oracle=nn.softmax)
    f.promise("a vector with nan is nan, and its neighbours are not: each is processed independently",
              at="softmax: axis")
    f.case("nan", x=given([[np.nan, 1.0, 2.0], [0.0, 1.0, 2.0]]), oracle=nn.softmax)
    along_an_axis(f, nn.softmax)

with ops.function("log_softmax", area="nn", dtype=same()) as f:
    f.promise("x minus the logarithm of the sum of exponentials", at="log_softmax: definition")
    f.case("2d", x=normal(3, 4), oracle=nn.log_softmax, profile="core")
    f.promise("the largest element is subtracted first, so that nothing overflows",
              at="log_softmax: definition")
    f.case("large", x=given([[1000.0, 1000.5, 999.0], [-1000.0, -1001.0, -1000.25]]), oracle=nn.log_softmax,
           profile="core")
    f.case("far-apart", x=given([[0.0, 200.0, -200.0], [-500.0, 500.0, 0.0]]), oracle=nn.log_softmax)
    f.case("float16-large", x=given([[12.0, 11.5, 20.0], [600.0, 300.0, -600.0]], "float16"),
           oracle=nn.log_softmax)
    f.case("one", x=given([[3.0], [-2.0]]), want=np.zeros((2, 1)))
    f.promise("an element of minus infinity stays so", at="log_softmax: definition")
    f.case("masked", x=given([[-np.inf, 1.0, 2.0], [0.0, -np.inf, 1.0]]), oracle=nn.log_softmax)
    f.promise("a vector with nan is nan, and its neighbours are not", at="log_softmax: axis")
    f.case("nan", x=given([[np.nan, 1.0, 2.0], [0.0, 1.0, 2.0]]), oracle=nn.log_softmax)
    along_an_axis(f, nn.log_softmax)

with ops.function("sparsemax", area="nn", dtype=same()) as f:
    f.promise("max(x - tau, 0), where tau makes the elements sum to 1", at="sparsemax: definition")
    f.case("2d", x=normal(3, 4), oracle=oracle.sparsemax, profile="core")
    f.case("dense", x=given([[0.1, 0.2, 0.15, 0.05]]), oracle=oracle.sparsemax)
    f.case("single", x=given([[5.0, 1.0, -3.0]]), want=np.array([[1.0, 0.0, 0.0]]))
    f.case("ties", x=given([[1.0, 1.0, 0.0], [2.0, 2.0, 2.0]]), oracle=oracle.sparsemax)
    f.case("shifted", x=given([[100.25, 100.0, 99.5], [-100.0, -100.5, -103.0]]), oracle=oracle.sparsemax,
           ulps=(256.0, "sums of numbers near 100 are subtracted"))
    along_an_axis(f, oracle.sparsemax, several=False)
