"""Where values belong among sorted ones, and how often each occurs."""
import numpy as np

from conformance.apis.ops.families import NUMPY
from conformance.apis.ops.inputs import bools, given, ints, normal, plain
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.oracle import sorting as oracle
from conformance.apis.ops.promotion import always

SEARCH = "ops.searchsorted(s, v)"

with ops.function("searchsorted", area="sorting", dtype=always("int64")) as f:
    f.promise("where a value is inserted, before equal ones", at="searchsorted: side")
    f.case("left", SEARCH, s=given([1.0, 2.0, 2.0, 5.0]), v=given([0.0, 2.0, 3.0, 5.0, 9.0]),
           oracle=np.searchsorted, profile="core")
    f.case("2d", SEARCH, s=given([1.0, 2.0, 4.0]), v=normal(2, 3, scale=3.0), oracle=np.searchsorted)
    f.case("0d", SEARCH, s=given([1.0, 2.0, 4.0]), v=given(2.0), oracle=np.searchsorted)
    f.case("int32", SEARCH, s=given([1, 2, 4], "int32"), v=given([0, 4, 2], "int32"), oracle=np.searchsorted)
    f.case("infinities", SEARCH, s=given([-np.inf, 0.0, np.inf]), v=given([-np.inf, np.inf, 1.0]),
           oracle=np.searchsorted)
    f.case("unknown", SEARCH, s=given([1.0, 2.0, 4.0]).unknown(0), v=normal(2, 3).unknown(0, 1),
           oracle=np.searchsorted, ways=UNKNOWN)
    f.promise("or after equal ones", at="searchsorted: side")
    f.case("right", "ops.searchsorted(s, v, side='right')", s=given([1.0, 2.0, 2.0, 5.0]),
           v=given([0.0, 2.0, 3.0, 5.0, 9.0]), oracle=lambda s, v: np.searchsorted(s, v, "right"))
    f.case("right-2d", "ops.searchsorted(s, v, side='right')", s=given([1, 2, 2, 5], "int32"),
           v=given([[0, 2], [5, 3]], "int32"), oracle=lambda s, v: np.searchsorted(s, v, "right"))
    f.promise("the sequence has one dimension", at="searchsorted: sorted_sequence")
    f.refuses("2d-sequence", SEARCH, "Exception", s=given([[1.0, 2.0]]), v=given([1.0]))
    f.promise("the two may be of different dtypes", at=NUMPY)
    for dtypes in (("float32", "int32"), ("int32", "float32"), ("float16", "float32"), ("int8", "int32")):
        f.case("mixed-" + "-".join(dtypes), SEARCH, s=given([1, 2, 4], dtypes[0]),
               v=given([0, 4, 3], dtypes[1]),
               oracle=np.searchsorted, ways=(EAGER, SYMBOLIC))

with ops.function("digitize", area="sorting", dtype=always("int64")) as f:
    f.promise("the index of the bin: bins[i - 1] <= x < bins[i]", at="digitize: returns")
    f.case("1d", x=given([0.0, 1.0, 3.0, 1.6]), bins=given([0.0, 3.0, 4.5, 7.0]), oracle=np.digitize,
           profile="core")
    f.case("2d", x=normal(2, 3, scale=3.0).unknown(0, 1), bins=given([-2.0, 0.0, 1.0]), oracle=np.digitize)
    f.case("0d", x=given(1.0), bins=given([0.0, 1.0]), oracle=np.digitize)
    f.case("edges", x=given([-9.0, 0.0, 9.0, 1.0, np.inf, -np.inf]), bins=given([0.0, 1.0, 9.0]),
           oracle=np.digitize)
    f.case("int32", x=given([-1, 0, 3, 9], "int32"), bins=given([0, 3, 5], "int32"), oracle=np.digitize)
    f.case("mixed", x=given([-1, 0, 3, 9], "int32"), bins=given([0.5, 3.0, 5.0]), oracle=np.digitize)
    f.case("float16", x=given([0.25, 1.5], "float16"), bins=given([0.0, 1.0], "float16"), oracle=np.digitize)
    f.case("bfloat16", x=given([0.25, 1.5], "bfloat16"), bins=given([0.0, 1.0], "bfloat16"),
           oracle=np.digitize)
    f.case("arrays", x=plain(np.array([0.0, 1.0, 3.0, 1.6])), bins=plain(np.array([0.0, 3.0, 4.5, 7.0])),
           oracle=np.digitize)
    f.case("list", "ops.digitize(x, [0.0, 3.0])", x=given([0.0, 4.0, -1.0]), want=np.array([1, 2, 0]),
           ways=EAGER)

with ops.function("bincount", area="sorting", open_shape=True) as f:
    f.promise("how often each integer occurs, up to the largest", at="bincount: returns")
    f.case("1d", x=given([1, 2, 2, 5], "int32"), oracle=oracle.bincount, profile="core", ways=EAGER,
           result_dtype="int64")
    f.case("declared", x=given([1, 2, 2, 5], "int32"), oracle=oracle.bincount, ways=SYMBOLIC)
    f.case("uint8", x=given([1, 2, 2, 5], "uint8"), oracle=oracle.bincount, ways=(EAGER, SYMBOLIC))
    f.case("int64", x=given([1, 2, 2, 5], "int64"), oracle=oracle.bincount, ways=(EAGER, SYMBOLIC))
    f.promise("weights are summed in place of ones", at="bincount: weights")
    f.case("weights", x=given([1, 2, 2, 5], "int32"), weights=given([0.5, 1.5, 0.25, -1.0]),
           oracle=oracle.bincount, ways=(EAGER, SYMBOLIC), result_dtype="float32")
    f.case("weights-int32", x=given([1, 2, 2, 5], "int32"), weights=given([3, 1, 2, -1], "int32"),
           oracle=oracle.bincount, ways=EAGER)
    f.promise("the result has at least minlength elements", at="bincount: minlength")
    f.case("minlength", x=given([1, 2, 2, 5], "int32"), minlength=9, oracle=oracle.bincount,
           ways=(EAGER, SYMBOLIC))
    f.case("minlength-small", x=given([1, 2, 2, 5], "int32"), minlength=3, oracle=oracle.bincount,
           ways=(EAGER, SYMBOLIC))
    f.case("minlength-weights", x=given([1, 2, 2], "int32"), weights=given([0.5, 1.5, 0.25]), minlength=5,
           oracle=oracle.bincount, ways=EAGER)
    f.silent("whether rows are counted each", at="bincount: x")
    f.case("2d", x=given([[1, 2, 2], [0, 0, 3]], "int32"), ways=EAGER,
           want=np.array([[0, 1, 2, 0], [2, 0, 0, 1]]))

with ops.function("histogram", area="sorting") as f:
    f.promise("how many elements each of ten equal bins has, and the edges", at="histogram: bins")
    f.case("default", x=given([0.0, 1.0, 2.5, 9.0, 10.0, 9.5]), oracle=oracle.histogram, ways=EAGER,
           profile="core")
    f.case("bins", x=normal(20), bins=4, oracle=oracle.histogram, ways=(EAGER, SYMBOLIC))
    f.case("int32", x=ints(12), bins=5, oracle=oracle.histogram, ways=EAGER)
    f.promise("of equal elements, the edges are a half below and above", at=NUMPY)
    f.case("constant", x=given([2.0, 2.0]), bins=2, oracle=oracle.histogram, ways=EAGER)
    f.promise("elements outside of range are not counted", at="histogram: range")
    f.case("range", x=normal(20), bins=4, range=(-1.0, 0.5), oracle=oracle.histogram, ways=(EAGER, SYMBOLIC))
    f.case("range-ends", x=given([0.0, 0.5, 1.0, 2.0, -1.0, 3.0]), bins=2, range=(0.0, 2.0),
           oracle=oracle.histogram, ways=EAGER)
    f.promise("bins is a number that is not negative", at="histogram: bins")
    f.refuses("bins-negative", "ops.histogram(x, bins=-1)", "ValueError", x=normal(4))
    f.refuses("bins-float", "ops.histogram(x, bins=2.5)", "TypeError", x=normal(4))

with ops.function("unique", area="sorting", open_shape=True) as f:
    f.promise("each element once, in ascending order", at="unique: returns")
    f.case("1d", x=given([3, 1, 2, 1, 3, 2], "int32"), oracle=oracle.unique, ways=EAGER, profile="core",
           result_dtype="int32")
    f.case("2d", x=given([[3, 1], [2, 1]], "int32"), oracle=oracle.unique, ways=EAGER)
    f.case("floats", x=given([2.5, -1.0, 2.5, 0.0]), oracle=oracle.unique, ways=EAGER, result_dtype="float32")
    f.case("bools", x=bools(5), oracle=oracle.unique, ways=EAGER)
    f.case("declared", x=given([3, 1, 2, 1], "int32"), oracle=oracle.unique, ways=SYMBOLIC)
    f.promise("where each occurs first, where each element is among them, and how often each occurs",
              at="unique: returns")
    asked = ("return_index", "return_inverse", "return_counts")
    for names in (asked[:1], asked[1:2], asked[2:], asked[::2], asked):
        wanted = dict.fromkeys(names, True)
        short = "-".join(name[7:] for name in names)
        f.case(short, x=given([3, 1, 2, 1, 3, 3], "int32"), oracle=oracle.unique, ways=(EAGER, SYMBOLIC),
               **wanted)
        f.case(short + "-axis0", x=given([[1, 0], [0, 1], [1, 0]], "int32"), axis=0, oracle=oracle.unique,
               ways=(EAGER, SYMBOLIC), **wanted)
    f.case("inverse-2d", x=given([[3, 1], [2, 1]], "int32"), return_inverse=True, oracle=oracle.unique,
           ways=(EAGER, SYMBOLIC))
    f.promise("along an axis, each part once", at="unique: axis")
    f.case("axis0", x=given([[1, 0, 0], [0, 1, 0], [1, 0, 0]], "int32"), axis=0, oracle=oracle.unique,
           ways=(EAGER, SYMBOLIC))
    f.case("axis1", x=given([[1, 0, 1], [2, 1, 2]], "int32"), axis=1, oracle=oracle.unique,
           ways=(EAGER, SYMBOLIC))
    f.case("axis-negative", x=given([[1, 0, 1], [2, 1, 2]], "int32"), axis=-1, oracle=oracle.unique,
           ways=(EAGER, SYMBOLIC))
    f.promise("of a size, filled up or cut off", at="unique: size")
    f.case("size", x=given([3, 1, 2, 1], "int32"), size=5, oracle=oracle.unique)
    f.case("size-fill", x=given([3, 1, 2, 1], "int32"), size=5, fill_value=-7, oracle=oracle.unique)
    f.case("size-cut", x=given([3, 1, 2, 1], "int32"), size=2, oracle=oracle.unique)
    f.case("size-counts", x=given([3, 1, 2, 1], "int32"), size=5, fill_value=0, return_counts=True,
           oracle=oracle.unique)
    f.case("size-axis0", x=given([[1, 0], [0, 1], [1, 0]], "int32"), axis=0, size=3, oracle=oracle.unique,
           ways=(EAGER, SYMBOLIC))
    f.promise("unsorted, in some order", at="unique: sorted")
    f.case("unsorted", "ops.sort(ops.unique(x, sorted=False))", x=given([3, 1, 2, 1], "int32"),
           want=np.array([1, 2, 3]), ways=EAGER)
