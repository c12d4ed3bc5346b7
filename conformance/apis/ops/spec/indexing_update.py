"""Elements written by index, slices, and encodings of indices."""
import numpy as np

from conformance.apis.ops.inputs import given, ints, normal, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.oracle import indexing as oracle
from conformance.apis.ops.promotion import COMMON, same

REDUCTIONS = ("add", "max", "min", "mul")
UPDATE = "ops.scatter_update(x, i, u)"

with ops.function("scatter_update", area="indexing", dtype=same("x")) as f:
    f.promise("the elements at full indices are replaced", at="scatter_update: updates")
    f.case("2d", UPDATE, x=normal(3, 4), i=given([[0, 1], [2, 3]], "int32"), u=normal(2),
           oracle=oracle.scatter_update, profile="core")
    f.case("1d", UPDATE, x=normal(5), i=given([[3], [0]], "int32"), u=normal(2),
           oracle=oracle.scatter_update, profile="core")
    f.case("3d", UPDATE, x=normal(2, 3, 4), i=given([[1, 2, 3], [0, 1, 3]], "int32"), u=normal(2),
           oracle=oracle.scatter_update)
    f.case("unknown", UPDATE, x=normal(3, 4).unknown(0), i=given([[0, 1], [2, 3]], "int32").unknown(0),
           u=normal(2).unknown(0), oracle=oracle.scatter_update, ways=UNKNOWN)
    f.promise("shorter indices name parts, which are replaced", at="scatter_update: updates")
    f.case("parts", UPDATE, x=normal(4, 3), i=given([[2], [0]], "int32"), u=normal(2, 3),
           oracle=oracle.scatter_update, profile="core")
    f.case("parts-3d", UPDATE, x=normal(2, 3, 4), i=given([[1, 2], [0, 1]], "int32"), u=normal(2, 4),
           oracle=oracle.scatter_update)
    f.case("parts-matrices", UPDATE, x=normal(3, 2, 4), i=given([[2], [0]], "int32"), u=normal(2, 2, 4),
           oracle=oracle.scatter_update)
    f.promise("of several updates of an element, the last holds", at="scatter_update: reduction")
    f.case("repeated", UPDATE, x=normal(3), i=given([[1], [0], [1]], "int32"), u=given([1.0, 2.0, 3.0]),
           oracle=oracle.scatter_update)
    f.promise("indices may be a list, or an array", at="scatter_update: indices")
    f.case("indices-list", "ops.scatter_update(x, [[0, 1], [2, 3]], u)", x=normal(3, 4), u=normal(2),
           oracle=lambda x, u: oracle.scatter_update(x, [[0, 1], [2, 3]], u))
    f.case("indices-array", UPDATE, x=normal(3, 4), i=plain(np.array([[0, 1], [2, 3]])), u=normal(2),
           oracle=oracle.scatter_update)
    f.case("arrays", UPDATE, x=plain(normal(3, 4)), i=plain(np.array([[0, 1], [2, 3]])), u=plain(normal(2)),
           oracle=oracle.scatter_update)
    f.promise("a reduction combines the updates with what is there", at="scatter_update: reduction")
    for reduction in REDUCTIONS:
        call = "ops.scatter_update(x, i, u, reduction={!r})".format(reduction)

        def reduced(x, i, u, how=reduction):
            """What a reduction gives."""
            return oracle.scatter_update(x, i, u, how)

        f.case(reduction, call, x=normal(5), i=given([[3], [0]], "int32"), u=normal(2), oracle=reduced)
        f.case(reduction + "-repeated", call, x=normal(4), i=given([[1], [1], [0], [1]], "int32"),
               u=normal(4), oracle=reduced)
        f.case(reduction + "-2d", call, x=normal(3, 4), i=given([[0, 1], [2, 3], [0, 1]], "int32"),
               u=normal(3), oracle=reduced)
        f.case(reduction + "-parts", call, x=normal(3, 2), i=given([[2], [0], [2]], "int32"), u=normal(3, 2),
               oracle=reduced)
        f.case(reduction + "-int32", call, x=ints(4, low=-5), i=given([[1], [3], [1]], "int32"),
               u=given([-3, 2, 7], "int32"), oracle=reduced)
        f.case(reduction + "-float16", call, x=normal(4, dtype="float16"),
               i=given([[1], [3], [1]], "int32"), u=given([-3, 2, 7], "float16"), oracle=reduced)
    f.promise("the result has the dtype of inputs", at="scatter_update: returns")
    f.sweep("of", UPDATE, x=values(4), i=given([[3], [0]], "int32"), u=values(2),
            oracle=oracle.scatter_update, ways=SYMBOLIC)
    f.sweep("mixed", UPDATE, x=values(4), i=given([[3], [0]], "int32"), u=values(2),
            oracle=oracle.scatter_update, rule=same("x"),
            dtypes=(("float16", "float32"), ("float32", "int32"), ("int32", "int8"), ("int32", "int64")))
    f.case("indices-int64", UPDATE, x=normal(5), i=given([[3], [0]], "int64"), u=normal(2),
           oracle=oracle.scatter_update)

with ops.function("scatter", area="indexing", dtype=same("v")) as f:
    f.promise("zeros, and the values at the indices", at="scatter: description")
    f.case("2d", "ops.scatter(i, v, (3, 4))", i=given([[0, 1], [2, 3]], "int32"), v=normal(2),
           oracle=lambda i, v: oracle.scatter(i, v, (3, 4)), profile="core")
    f.case("1d", "ops.scatter(i, v, shape=(5,))", i=given([[3], [0]], "int32"), v=normal(2),
           oracle=lambda i, v: oracle.scatter(i, v, (5,)))
    f.case("parts", "ops.scatter(i, v, shape=(4, 3))", i=given([[3], [0]], "int32"), v=normal(2, 3),
           oracle=lambda i, v: oracle.scatter(i, v, (4, 3)))
    f.case("3d", "ops.scatter(i, v, shape=(2, 3, 4))", i=given([[1, 2, 3], [0, 1, 3]], "int32"), v=normal(2),
           oracle=lambda i, v: oracle.scatter(i, v, (2, 3, 4)))
    f.case("shape-list", "ops.scatter(i, v, shape=[3, 4])", i=given([[0, 1], [2, 3]], "int32"), v=normal(2),
           oracle=lambda i, v: oracle.scatter(i, v, (3, 4)))
    f.case("example", "ops.scatter([[0, 1], [1, 1]], v, shape=(2, 2))", v=plain(np.array([1.0, 1.0])),
           want=np.array([[0.0, 1.0], [0.0, 1.0]]), result_dtype=None)
    f.promise("the dtype is that of the values, as declared", at="KerasTensor: dtype")
    # jax refuses bools, and names the dtypes that it takes in another order each time.
    f.sweep("of", "ops.scatter(i, v, (4,))", i=given([[3], [0]], "int32"), v=values(2), dtypes=COMMON[1:],
            oracle=lambda i, v: oracle.scatter(i, v, (4,)), ways=SYMBOLIC)
    f.promise("it is scatter_update of zeros: of several values of an element, the last holds",
              at="scatter: description")
    f.case("repeated", "ops.scatter(i, v, (3,))", i=given([[1], [1]], "int32"), v=given([1.0, 2.0]),
           want=np.array([0.0, 2.0, 0.0]))

with ops.function("slice", area="indexing", dtype=same("x")) as f:
    f.promise("a part of this shape, from these indices on", at="slice: shape")
    f.case("2d", "ops.slice(x, [1, 2], [2, 1])", x=normal(4, 5), oracle=lambda x: x[1:3, 2:3],
           profile="core")
    f.case("1d", "ops.slice(x, (2,), (3,))", x=normal(6), oracle=lambda x: x[2:5])
    f.case("3d", "ops.slice(x, (0, 1, 2), (2, 1, 2))", x=normal(2, 3, 4), oracle=lambda x: x[0:2, 1:2, 2:4])
    f.case("all", "ops.slice(x, (0, 0), (2, 3))", x=normal(2, 3), oracle=lambda x: x)
    f.case("arrays", "ops.slice(x, s, n)", x=plain(normal(4, 5)), s=plain(np.array([1, 2])),
           n=plain(np.array([2, 3])), oracle=lambda x, s, n: x[1:3, 2:5], rule=same("x"))
    f.case("empty", "ops.slice(x, (1, 0), (0, 3))", x=normal(2, 3), oracle=lambda x: x[1:1])
    f.promise("the indices may be a tensor", at="slice: description")
    f.case("tensor", "ops.slice(x, s, (2, 3))", x=normal(4, 5).unknown(), s=given([1, 2], "int32").unknown(),
           oracle=lambda x, s: x[1:3, 2:5], ways=(EAGER, SYMBOLIC, "traced"))
    f.sweep("of", "ops.slice(x, (0, 1), (2, 2))", x=values(2, 3), oracle=lambda x: x[:, 1:], ways=SYMBOLIC)

with ops.function("slice_update", area="indexing", dtype=same("x")) as f:
    f.promise("a part from these indices on is replaced", at="slice_update: updates")
    f.case("2d", "ops.slice_update(x, [1, 2], u)", x=normal(4, 5), u=normal(2, 3),
           oracle=lambda x, u: oracle.slice_update(x, (1, 2), u), profile="core")
    f.case("1d", "ops.slice_update(x, (2,), u)", x=normal(6), u=normal(3),
           oracle=lambda x, u: oracle.slice_update(x, (2,), u))
    f.case("3d", "ops.slice_update(x, (0, 1, 2), u)", x=normal(2, 3, 4), u=normal(2, 1, 2),
           oracle=lambda x, u: oracle.slice_update(x, (0, 1, 2), u))
    f.case("all", "ops.slice_update(x, (0, 0), u)", x=normal(2, 3), u=normal(2, 3), oracle=lambda x, u: u)
    f.case("unknown", "ops.slice_update(x, (0, 1), u)", x=normal(4, 3).unknown(0), u=normal(2, 1),
           oracle=lambda x, u: oracle.slice_update(x, (0, 1), u), ways=UNKNOWN)
    f.case("arrays", "ops.slice_update(x, s, u)", x=plain(normal(4, 5)), s=plain(np.array([1, 2])),
           u=plain(normal(2, 3)), oracle=lambda x, s, u: oracle.slice_update(x, (1, 2), u), rule=same("x"))
    f.promise("the result has the dtype of inputs", at="slice_update: returns")
    f.sweep("of", "ops.slice_update(x, (1,), u)", x=values(4), u=values(2), ways=SYMBOLIC,
            oracle=lambda x, u: oracle.slice_update(x, (1,), u))

with ops.function("one_hot", area="indexing") as f:
    f.promise("along a new last axis, one at the index and zeros elsewhere", at="one_hot: x")
    f.case("1d", x=given([1, 3, 2, 0], "int32"), num_classes=4, oracle=oracle.one_hot, profile="core",
           result_dtype="float32")
    f.case("2d", x=ints(2, 3, high=5).unknown(0, 1), num_classes=5, oracle=oracle.one_hot, profile="core",
           result_dtype="float32")
    f.case("0d", x=given(2, "int32"), num_classes=4, oracle=oracle.one_hot, result_dtype="float32")
    f.case("empty", x=given(np.zeros((0, 2)), "int32"), num_classes=3, oracle=oracle.one_hot)
    f.case("single", x=given([0, 0], "int32"), num_classes=1, oracle=oracle.one_hot)
    f.promise("axis is the place of the new axis", at="one_hot: axis")
    for axis in (0, 1, 2, -1):
        f.case("axis{}".format(axis), x=ints(2, 3, high=4), num_classes=4, axis=axis, oracle=oracle.one_hot)
    f.promise("dtype is that of the result", at="one_hot: dtype")
    for dtype in ("int32", "bool", "float16", "uint8", "bfloat16", "int64"):
        f.case("dtype-" + dtype, x=given([1, 3, 0], "int32"), num_classes=4, dtype=dtype,
               oracle=oracle.one_hot, result_dtype=dtype, ways=(EAGER, SYMBOLIC))
    f.case("floatx", x=given([1, 3, 0], "int32"), num_classes=4, floatx="float16", oracle=oracle.one_hot,
           result_dtype="float16")
    f.promise("x may have any integer dtype", at="one_hot: x")
    for dtype in ("uint8", "int8", "int16", "int64"):
        f.case("of-" + dtype, x=given([1, 3, 0], dtype), num_classes=4, oracle=oracle.one_hot,
               ways=(EAGER, SYMBOLIC))
    f.case("array", x=plain(np.array([1, 0, 2])), num_classes=3, oracle=oracle.one_hot, result_dtype=None)
    f.silent("whether other axes than -1 count from the last", at="one_hot: axis")
    f.case("axis-2", x=ints(2, 3, high=4), num_classes=4, axis=-2, oracle=oracle.one_hot)
    f.silent("what is outside of the classes", at="one_hot: num_classes")
    f.case("outside", x=given([1, -1, 4], "int32"), num_classes=3, oracle=oracle.one_hot)

with ops.function("multi_hot", area="indexing") as f:
    f.promise("ones at all labels of a sample, zeros elsewhere", at="multi_hot: inputs")
    f.case("1d", inputs=given([0, 4], "int32").unknown(), num_classes=5, oracle=oracle.multi_hot,
           profile="core", result_dtype="float32")
    f.case("2d", inputs=given([[0, 1], [3, 3], [2, 4]], "int32").unknown(0), num_classes=5,
           oracle=oracle.multi_hot, profile="core", result_dtype="float32")
    f.promise("dtype is that of the result", at="multi_hot: dtype")
    for dtype in ("int32", "bool", "float16", "uint8"):
        f.case("dtype-" + dtype, inputs=given([[0, 1], [3, 3]], "int32"), num_classes=4, dtype=dtype,
               oracle=oracle.multi_hot, result_dtype=dtype, ways=(EAGER, SYMBOLIC))
    f.case("array", inputs=plain(np.array([[0, 1], [2, 2]])), num_classes=3, oracle=oracle.multi_hot,
           result_dtype=None)
    f.silent("which axis the labels of a sample lie along where axis is not the last", at="multi_hot: axis")
    f.case("axis0", inputs=given([[0, 1], [3, 3], [2, 1]], "int32"), num_classes=4, axis=0,
           oracle=oracle.multi_hot)
    f.case("3d", inputs=ints(2, 3, 2, high=4).unknown(0), num_classes=4, oracle=oracle.multi_hot)

with ops.function("unravel_index", area="indexing") as f:
    f.promise("the coordinates of flat indices, a tensor for each dimension", at="unravel_index: returns")
    f.case("1d", indices=given([5, 0, 11], "int32"), shape=(3, 4), oracle=oracle.unravel_index,
           profile="core")
    f.case("2d", indices=ints(2, 3, high=24).unknown(0, 1), shape=(2, 3, 4), oracle=oracle.unravel_index)
    f.case("0d", indices=given(5, "int32"), shape=(3, 3), oracle=oracle.unravel_index)
    f.case("shape-1d", indices=given([5, 2], "int32"), shape=(7,), oracle=oracle.unravel_index)
    f.case("shape-list", indices=given([5, 2], "int32"), shape=[2, 4], oracle=oracle.unravel_index)
    f.case("number", "ops.unravel_index(5, (3, 3))", want=[np.array(1), np.array(2)])
    f.case("array", indices=plain(np.array([5, 2])), shape=(2, 4), oracle=oracle.unravel_index)
    f.promise("the dtype that a symbolic call declares is what evaluation gives", at="KerasTensor: dtype")
    for dtype in ("int32", "int64", "uint8", "int8"):
        f.case("of-" + dtype, indices=given([5, 2], dtype), shape=(2, 4), oracle=oracle.unravel_index,
               ways=SYMBOLIC)
