"""Elements in order, and the largest of them."""
import numpy as np

from conformance.apis.ops.families import NUMPY, any_dtype, not_tensors
from conformance.apis.ops.inputs import distinct, given, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.oracle import sorting as oracle
from conformance.apis.ops.promotion import COMMON, always, same
from conformance.case import Check

WIDEST = (("int8", -128, 127), ("uint8", 0, 255), ("int16", -32768, 32767), ("int32", -2 ** 31, 2 ** 31 - 1))

with ops.function("sort", area="sorting", dtype=same("x")) as f:
    f.promise("in ascending order along the last axis or another", at="sort: axis")
    f.case("default", x=distinct(3, 5), oracle=oracle.sort, profile="core")
    f.case("axis", x=distinct(2, 4, 3).unknown(0, 2), axis=1, oracle=oracle.sort, profile="core")
    f.case("axis-0", x=distinct(4, 2), axis=0, oracle=oracle.sort)
    f.case("axis-negative", x=distinct(2, 4, 3), axis=-2, oracle=oracle.sort)
    f.case("axis-5d", x=distinct(2, 1, 3, 2, 2), axis=-3, oracle=oracle.sort)
    f.case("1d", x=distinct(6), oracle=oracle.sort)
    f.case("ties", x=given([[2, 1, 2, 1], [0, 0, -1, -1]]), oracle=oracle.sort)
    f.case("empty", x=given(np.zeros((2, 0))), oracle=oracle.sort)
    f.promise("without an axis, all elements in one row", at="sort: axis")
    f.case("all", x=distinct(2, 4), axis=None, oracle=oracle.sort)
    f.case("all-3d", x=distinct(2, 3, 2).unknown(1), axis=None, oracle=oracle.sort)
    f.promise("infinities are the largest and the smallest numbers", at="sort: returns")
    f.case("infinities", x=given([[np.inf, 1.0, -np.inf, 0.0]]), oracle=oracle.sort)
    f.promise("NaNs are last", at=NUMPY)
    f.case("nan", x=given([[np.nan, 1.0, np.inf, -1.0], [2.0, np.nan, np.nan, 1.0]]), oracle=oracle.sort)
    any_dtype(f, oracle.sort)
    for dtype, low, high in WIDEST:
        f.case("widest-" + dtype, x=given([0, high, low, 1], dtype), oracle=oracle.sort, ways=EAGER)
    not_tensors(f, oracle.sort)

with ops.function("argsort", area="sorting", dtype=always("int64")) as f:
    f.promise("the indices that sort along the last axis or another", at="argsort: axis")
    f.case("default", x=distinct(3, 5), oracle=oracle.argsort, profile="core")
    f.case("axis", x=distinct(2, 4, 3).unknown(0, 2), axis=1, oracle=oracle.argsort, profile="core")
    f.case("axis-0", x=distinct(4, 2), axis=0, oracle=oracle.argsort)
    f.case("axis-negative", x=distinct(2, 4, 3), axis=-2, oracle=oracle.argsort)
    f.case("axis-5d", x=distinct(2, 1, 3, 2, 2), axis=-3, oracle=oracle.argsort)
    f.case("1d", x=distinct(6), oracle=oracle.argsort)
    f.case("0d-declared", x=given([[5.0]]), axis=-1, oracle=oracle.argsort)
    f.promise("without an axis, of all elements in one row", at="argsort: axis")
    f.case("all", x=distinct(2, 4), axis=None, oracle=oracle.argsort)
    f.case("all-3d", x=distinct(2, 3, 2).unknown(1), axis=None, oracle=oracle.argsort)
    f.promise("infinities are the largest and the smallest numbers", at="argsort: returns")
    f.case("infinities", x=given([[np.inf, 1.0, -np.inf, 0.0]]), oracle=oracle.argsort)
    f.promise("of any dtype, the index is an integer", at="argsort: returns")
    f.sweep("of", dtypes=COMMON[1:], x=values(4, low=0, high=9).but(_make=oracle.shuffled), ways=SYMBOLIC,
            oracle=oracle.argsort)
    f.promise("bools are sorted", at=NUMPY)
    f.case("bools", x=given([True, False], "bool"), oracle=oracle.argsort)
    for dtype, low, high in WIDEST:
        f.case("widest-" + dtype, x=given([0, high, low, 1], dtype), oracle=oracle.argsort, ways=EAGER)
    not_tensors(f, oracle.argsort)
    f.silent("the order of equal elements", at="argsort: returns")
    f.case("ties", x=given([[2, 1, 2, 1], [0, 0, -1, -1]]), oracle=oracle.argsort)


def partitioned(kth):
    """A Check of indices that partition 4 rows of distinct numbers, which ascend by a permutation."""
    def problems(got):
        if got.shape != (2, 5):
            return "the shape is {}".format(got.shape)
        rows = np.take_along_axis(np.array([[3.0, 1, 4, 0, 2], [10.0, 50, 40, 20, 30]]), got, 1)
        ordered = np.sort(rows, axis=1)
        for k in np.atleast_1d(kth):
            if (rows[:, k] != ordered[:, k]).any():
                return "element {} is not in its place".format(k)
            if (rows[:, :k] > rows[:, [k]]).any() or (rows[:, k + 1:] < rows[:, [k]]).any():
                return "element {} does not part the smaller from the larger".format(k)
        return None
    return Check("indices that put element {} in its place, the smaller before it".format(kth), problems)


ROWS = [[3.0, 1, 4, 0, 2], [10.0, 50, 40, 20, 30]]

with ops.function("argpartition", area="sorting", dtype=always("int64")) as f:
    f.promise("the k-th element is in its place, the smaller before it, the larger behind",
              at="argpartition: kth")
    for kth in (0, 1, 2, 4):
        f.case("kth{}".format(kth), "ops.argpartition(x, {})".format(kth), x=given(ROWS),
               want=partitioned(kth))
    f.case("axis", "ops.transpose(ops.argpartition(ops.transpose(x), 2, axis=0))", x=given(ROWS),
           want=partitioned(2))
    f.case("axis-negative", "ops.transpose(ops.argpartition(ops.transpose(x), 3, axis=-2))", x=given(ROWS),
           want=partitioned(3))
    f.case("int32", "ops.argpartition(x, 2)", x=given(ROWS, "int32"), want=partitioned(2))
    f.case("float16", "ops.argpartition(x, 2)", x=given(ROWS, "float16"), want=partitioned(2))
    f.promise("a sequence of k puts each in its place", at="argpartition: kth")
    f.case("several", "ops.argpartition(x, (1, 3))", x=given(ROWS), want=partitioned((1, 3)))
    f.case("several-listed", "ops.argpartition(x, [0, 2])", x=given(ROWS), want=partitioned((0, 2)))
    f.promise("without an axis, of all elements in one row", at="argpartition: axis")
    f.case("all", "ops.argpartition(x, 0, axis=None)[0]", x=given([[3.0, 1.0], [0.5, 2.0]]),
           want=np.array(2), ways=EAGER)
    f.case("all-declared", "ops.argpartition(x, 2, axis=None)", x=given([[3.0, 1.0], [0.5, 2.0]]),
           want=Check("a permutation", lambda got: "not one" if sorted(got.ravel()) != [0, 1, 2, 3] else ""))

TOP = "[*ops.top_k(x, k={})]"
"""Spread, because a tuple with names is a tuple."""


def largest(k):
    """The oracle of top_k."""
    return lambda x: oracle.top_k(x, k)


with ops.function("top_k", area="sorting") as f:
    f.promise("the k largest of the last axis, in descending order, and their indices", at="top_k: returns")
    f.case("2d", TOP.format(2), x=distinct(3, 5), oracle=largest(2), profile="core",
           result_dtype=("float32", "int64"))
    f.case("1d", TOP.format(3), x=given([5, 2, 7, 1, 9, 3], "int32"), oracle=largest(3),
           result_dtype=("int32", "int64"))
    f.case("3d", TOP.format(3), x=distinct(2, 3, 4).unknown(0, 1), oracle=largest(3))
    f.case("k1", TOP.format(1), x=distinct(3, 4), oracle=largest(1))
    f.case("k-all", TOP.format(4), x=distinct(2, 4), oracle=largest(4))
    f.case("unknown-axis", TOP.format(2), x=distinct(2, 4).unknown(0, 1), oracle=largest(2), ways=UNKNOWN)
    f.case("infinities", TOP.format(4), x=given([[np.inf, 1.0, -np.inf, 0.0]]), oracle=largest(4))
    f.case("array", TOP.format(2), x=plain(distinct(3, 5)), oracle=largest(2))
    for dtype in ("int8", "int16", "int64", "uint8", "float16", "bfloat16", "float64"):
        f.case("of-" + dtype, TOP.format(2), x=given([3, 7, 1, 5], dtype), oracle=largest(2), ways=SYMBOLIC,
               result_dtype=(dtype, "int64"))
    for dtype, low, high in WIDEST:
        f.case("widest-" + dtype, TOP.format(4), x=given([0, high, low, 1], dtype), oracle=largest(4),
               ways=EAGER)
    f.promise("unsorted, the k largest in some order", at="top_k: sorted")
    f.case("unsorted", "ops.sort(ops.top_k(x, k=3, sorted=False)[0])", x=distinct(2, 5),
           oracle=lambda x: np.sort(x)[:, -3:])
    f.case("unsorted-indices",
           "ops.sort(ops.take_along_axis(x, ops.top_k(x, k=3, sorted=False)[1], axis=-1))", x=distinct(2, 5),
           oracle=lambda x: np.sort(x)[:, -3:])
    f.silent("which of equal elements comes first", at="top_k: returns")
    f.case("ties", TOP.format(2), x=given([[1, 3, 3, 3], [2, 2, 2, 2]]), oracle=largest(2))

IN_TOP = "ops.in_top_k(targets, predictions, k={})"

with ops.function("in_top_k", area="sorting", dtype=always("bool")) as f:
    f.promise("whether the prediction of the target is among the k largest", at="in_top_k: returns")
    for k in (1, 2, 4):
        f.case("k{}".format(k), IN_TOP.format(k), targets=given([2, 0, 3], "int32"),
               predictions=distinct(3, 4), oracle=lambda t, p, k=k: oracle.in_top_k(t, p, k),
               profile="core" if k == 2 else "full")
    f.case("targets-int64", IN_TOP.format(2), targets=given([2, 0, 3], "int64"), predictions=distinct(3, 4),
           oracle=lambda t, p: oracle.in_top_k(t, p, 2))
    f.case("float16", IN_TOP.format(2), targets=given([2, 0, 3], "int32"),
           predictions=distinct(3, 4, dtype="float16"), oracle=lambda t, p: oracle.in_top_k(t, p, 2))
    f.case("unknown", IN_TOP.format(2), targets=given([2, 0, 3], "int32").unknown(0),
           predictions=distinct(3, 4).unknown(0), oracle=lambda t, p: oracle.in_top_k(t, p, 2), ways=UNKNOWN)
    f.promise("a target without a prediction, and equal predictions, as the example has them",
              at="in_top_k: example")
    f.case("example", IN_TOP.format(3), targets=given([2, 5, 3], "int32"),
           predictions=given([[0.1, 0.4, 0.6, 0.9, 0.5], [0.1, 0.7, 0.9, 0.8, 0.3],
                              [0.1, 0.6, 0.9, 0.9, 0.5]]), want=np.array([True, False, True]))
    f.silent("which of equal predictions counts", at="in_top_k: k")
    f.case("ties", IN_TOP.format(1), targets=given([0, 1], "int32"),
           predictions=given([[1.0, 1.0, 0.5], [1.0, 1.0, 0.5]]), want=np.array([True, True]))
