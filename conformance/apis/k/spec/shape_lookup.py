"""Shapes: looking up rows by their index, and classes by theirs."""
import numpy as np

from conformance.apis.k.language import k, weight
from conformance.apis.k.spec._shape import int_shape
from conformance.case import bools, distinct, given, ints, normal


def rows(a, i):
    """The elements of `a` along its first axis at the indices `i`."""
    return a[i]


with k.function("gather", area="shape") as f:
    table, variable = distinct(5, 3).unknown(), weight(distinct(5, 3))
    f.promise("each index is replaced by the row of the reference that it numbers", at="gather: summary")
    f.case("1d-indices", a=table, i=given([4, 0, 2, 2], "int32"), oracle=rows)
    f.case("2d-indices", a=table, i=given([[4, 0], [2, 2], [1, 3]], "int32"), oracle=rows)
    f.promise("the number of rows need not be known before the reference is fed", at="gather: reference")
    f.case("unknown-reference", a=distinct(5, 3).unknown(0), i=given([4, 0, 2], "int32").unknown(0),
           oracle=rows)
    f.promise("the reference may be a variable, as that of an embedding is", at="gather: reference")
    f.case("1d-indices-of-variable", a=variable, i=given([3, 1, 4, 1], "int32"), oracle=rows)
    f.case("2d-indices-of-variable", a=variable, i=given([[4, 0], [2, 2], [1, 3], [0, 1]], "int32"),
           oracle=rows)
    f.case("2d-indices-several-unknown", a=variable, i=given([[4, 0, 1], [2, 2, 3]], "int32").unknown(0, 1),
           oracle=rows)
    f.case("then-summed", "K.sum(K.gather(K.variable(a), i), axis=1)", a=variable, i=ints(4, 3, high=5),
           oracle=lambda a, i: a[i].sum(axis=1))
    f.promise("the reference may have any number of axes, whose first is looked up", at="gather: reference")
    f.case("3d-reference", a=weight(distinct(4, 2, 3)), i=given([3, 0, 3, 1, 2], "int32"), oracle=rows)
    f.case("1d-reference", a=weight(distinct(6)), i=given([[5, 0], [3, 2]], "int32"), oracle=rows)
    f.promise("the indices may be a scalar, and of any integer dtype", at="gather: indices")
    f.case("0d-index", a=table, i=given(3, "int32"), oracle=rows)
    f.case("int64-indices", a=table, i=given([4, 0], "int64"), oracle=rows)
    f.promise("the result has the dtype of the reference", at="gather: returns")
    f.case("int32-reference", a=distinct(5, 3, dtype="int32").unknown(), i=given([4, 0, 2], "int32"),
           oracle=rows, result_dtype="int32")
    f.case("bool-reference", a=bools(5, 3).unknown(), i=given([4, 0, 2], "int32"), oracle=rows,
           result_dtype="bool")
    int_shape(f, "K.gather(K.variable(np.ones((7, 5))), ids)", (None, 3, 5), ids="(None, 3), dtype='int32'")


def bits(i, num_classes):
    """For each index a row of zeros with a 1 at the index."""
    return (i[..., None] == np.arange(num_classes)).astype("int64")


with k.function("one_hot", area="shape") as f:
    def one_hot(variant, num_classes, indices):
        f.case(variant, f"K.one_hot(i, {num_classes})", i=indices, oracle=lambda i: bits(i, num_classes))

    f.promise("each index becomes a row of num_classes zeros with a 1 at the index", at="one_hot: returns")
    one_hot("1d", 4, given([2, 0, 3], "int32"))
    one_hot("batch-of-1", 3, given([2], "int32"))
    f.promise("num_classes may be larger than the indices need", at="one_hot: num_classes")
    one_hot("1d-more-classes", 6, given([1, 0, 2, 1], "int32"))
    f.promise("the indices may have any number of axes, and the classes are an axis after them",
              at="one_hot: indices")
    one_hot("2d", 4, given([[2, 0, 1], [3, 3, 0]], "int32"))
    one_hot("2d-several-unknown", 5, given([[2, 0], [1, 1], [0, 4]], "int32").unknown(0, 1))
    one_hot("3d", 3, given([[[1, 0], [2, 2]], [[0, 0], [1, 2]], [[2, 1], [0, 1]]], "int32"))
    f.promise("the indices may be of any integer dtype", at="one_hot: indices")
    f.case("int64", i=given([3, 1], "int64"), num_classes=4, oracle=bits)
    f.case("uint8", i=given([3, 1, 0], "uint8"), num_classes=4, oracle=bits)
    f.promise("the result may be multiplied with floats", at="one_hot: returns")
    f.case("picks-columns", "K.sum(a * K.one_hot(i, 4), axis=1)", a=normal(3, 4), i=given([3, 0, 2], "int32"),
           oracle=lambda a, i: a[np.arange(3), i])
    int_shape(f, "K.one_hot(ids, 6)", (None, 3, 6), ids="(None, 3), dtype='int32'")


SCORES = [[0.1, 0.4, 0.2, 0.3], [0.7, 0.05, 0.15, 0.1], [0.2, 0.1, 0.3, 0.4], [-0.5, -0.1, -0.9, -0.2],
          [4.0, 3.0, 2.0, 1.0]]
WITH_TIES = [[0.2, 0.2, 0.4, 0.5], [0.5, 0.4, 0.2, 0.2], [0.5, 0.4, 0.3, 0.2], [0.5, 0.5, 0.5, 0.5]]

with k.function("in_top_k", area="shape") as f:
    def among(variant, size):
        f.case(variant, f"K.in_top_k(p, t, {size})", p=given(SCORES), t=given([3, 1, 3, 2, 2], "int32"),
               oracle=lambda p, t: np.sum(p > p[np.arange(len(t)), t][:, None], axis=1) < size)

    f.promise("a sample is in when fewer than k of its predictions are above that of its target",
              at="in_top_k: returns")
    for size in (1, 2, 3, 4):
        among(f"k-{size}", size)
    f.case("several-unknown", p=given(SCORES[:3]).unknown(0, 1), t=given([3, 1, 3], "int32"), k=2,
           want=np.array([True, False, True]))
    f.case("keywords", "K.in_top_k(predictions=p, targets=t, k=1)", p=given(SCORES[3:]),
           t=given([1, 0], "int32"), want=np.array([True, True]))
    # The documentation counts values and not places: equal predictions are in together.
    f.promise("equal predictions are in or out together", at="in_top_k: returns")
    f.case("ties", p=given(WITH_TIES), t=given([0, 3, 3, 2], "int32"), k=3,
           want=np.array([True, True, False, True]))
    f.promise("the targets may be of int32 or int64", at="in_top_k: targets")
    f.case("int64-targets", p=given(SCORES[:4]), t=given([1, 3, 2, 0], "int64"), k=2,
           want=np.array([True, False, True, False]))
    f.promise("the result is a vector of bools", at="in_top_k: returns")
    f.case("dtype-bool", p=given(SCORES[:3]), t=given([3, 1, 3], "int32"), k=2,
           want=np.array([True, False, True]), result_dtype="bool")
    f.case("mean-accuracy", "K.mean(K.cast(K.in_top_k(p, t, k=2), 'float32'))", p=given(SCORES),
           t=given([1, 3, 2, 0, 1], "int32"), oracle=lambda p, t: np.float64(0.6))
    int_shape(f, "K.in_top_k(row, K.placeholder((None,), dtype='int32'), 2)", (None,), row=(None, 4))
