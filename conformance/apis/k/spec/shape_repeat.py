"""Shapes: repeating, tiling and reversing tensors, and taking parts of them."""
import numpy as np

from conformance.apis.k.language import KNOWN, VARIABLE, k
from conformance.apis.k.spec._shape import int_shape
from conformance.case import distinct, given, normal

with k.function("repeat_elements", area="shape") as f:
    def repeated(variant, shape, rep, axis, unknown=(0,)):
        f.case(variant, f"K.repeat_elements(a, {rep}, axis={axis})", a=distinct(*shape).unknown(*unknown),
               oracle=lambda a: np.repeat(a, rep, axis=axis))

    f.promise("each element stands rep times in a row along the axis", at="repeat_elements: summary")
    repeated("axis-0", (2, 3), 3, 0)
    repeated("axis-1", (2, 3, 4), 2, 1)
    repeated("axis-2", (2, 3, 4), 3, 2)
    repeated("1d", (4,), 3, 0)
    f.promise("a negative axis counts from the last", at="repeat_elements: axis")
    repeated("axis-minus-1", (2, 3, 4), 2, -1)
    repeated("axis-minus-2", (2, 3, 4), 2, -2)
    repeated("axis-minus-2-unknown", (2, 3, 4), 2, -2, unknown=(0, 1))
    f.promise("the length of the axis need not be known before x is fed", at="repeat_elements: axis")
    repeated("axis-1-unknown", (2, 3, 4), 2, 1, unknown=(1,))
    repeated("axis-last-several-unknown", (2, 3, 4), 2, 2, unknown=(1, 2))
    repeated("4d-axis-2", (2, 3, 4, 2), 3, 2, unknown=(0, 2))
    f.promise("repeating once gives x again", at="repeat_elements: rep")
    repeated("once", (2, 3), 1, 1)
    f.promise("the result has the dtype of x", at="repeat_elements: returns")
    f.case("int32", "K.repeat_elements(a, 2, 1)", a=distinct(2, 3, dtype="int32"),
           oracle=lambda a: np.repeat(a, 2, axis=1), result_dtype="int32")
    f.promise("x may be a result of other functions, and the result a tensor for them",
              at="repeat_elements: x")
    f.case("of-permuted", "K.repeat_elements(K.permute_dimensions(a, (0, 2, 1)), 2, axis=2)",
           a=distinct(2, 3, 4), oracle=lambda a: np.repeat(a.transpose(0, 2, 1), 2, axis=2))
    f.case("added", "K.repeat_elements(a, 3, 1) + b", a=normal(4, 2), b=normal(4, 6),
           oracle=lambda a, b: np.repeat(a, 3, axis=1) + b)
    int_shape(f, "K.repeat_elements(x, 3, 1)", (None, 12, 5), x=(None, 4, 5))


with k.function("repeat", area="shape") as f:
    def in_steps(variant, n, unknown=(0,)):
        f.case(variant, f"K.repeat(a, {n})", a=distinct(3, 5).unknown(*unknown),
               oracle=lambda a: np.stack([a] * n, axis=1))

    f.promise("a matrix becomes a tensor whose middle axis holds n times the same row", at="repeat: summary")
    in_steps("twice", 2)
    in_steps("four-times-several-unknown", 4, unknown=(0, 1))
    f.promise("with n = 1 the middle axis is there, with length 1", at="repeat: n")
    in_steps("once", 1)
    f.promise("the result has the dtype of x", at="repeat: returns")
    f.case("int32", "K.repeat(a, 3)", a=distinct(4, 2, dtype="int32"),
           oracle=lambda a: np.stack([a] * 3, axis=1), result_dtype="int32")
    f.promise("the result is a tensor for other functions", at="repeat: returns")
    f.case("then-summed", "K.sum(K.repeat(a, 3) * b, axis=1)", a=normal(2, 4), b=normal(2, 3, 4),
           oracle=lambda a, b: np.sum(a[:, None, :] * b, axis=1))
    int_shape(f, "K.repeat(row, 3)", (None, 3, 4), row=(None, 4))


with k.function("tile", area="shape") as f:
    def tiled(variant, n, *shape, unknown=(0,)):
        f.case(variant, f"K.tile(a, {n!r})", a=distinct(*shape).unknown(*unknown),
               oracle=lambda a: np.tile(a, n))

    f.promise("n holds for each axis how many copies of x stand along it", at="tile: n")
    tiled("2d", [2, 3], 3, 4)
    tiled("3d", [3, 1, 2], 2, 3, 4)
    tiled("3d-several-unknown", [1, 2, 3], 2, 3, 4, unknown=(0, 1))
    tiled("1d", [3], 4)
    f.promise("an axis with one copy stays as it is", at="tile: n")
    tiled("batch-stays", [1, 3], 2, 3)
    tiled("ones", [1, 1], 2, 3)
    f.promise("n may be a tuple", at="tile: examples")
    tiled("tuple", (2, 3), 2, 2)
    f.promise("the result has the dtype of x", at="tile: returns")
    f.case("int32", "K.tile(a, [1, 2])", a=distinct(2, 3, dtype="int32"), oracle=lambda a: np.tile(a, [1, 2]),
           result_dtype="int32")
    f.promise("x may be a result of other functions, and the result a tensor for them", at="tile: x")
    f.case("of-permuted", "K.tile(K.permute_dimensions(a, (0, 2, 1)), [1, 1, 2])", a=distinct(2, 3, 4),
           oracle=lambda a: np.tile(a.transpose(0, 2, 1), [1, 1, 2]))
    f.case("added", "K.tile(a, [1, 3]) + b", a=normal(4, 2), b=normal(4, 6),
           oracle=lambda a, b: np.tile(a, [1, 3]) + b)
    int_shape(f, "K.tile(x, (1, 2, 3))", (None, 8, 15), x=(None, 4, 5))
    f.silent("whether n may be an integer instead of a list with a number for each axis", at="tile: n")
    tiled("integer-1d", 3, 4)
    tiled("integer-2d", 2, 3, 4)


with k.function("reverse", area="shape") as f:
    def reversed_along(variant, axes, *shape, unknown=(0,)):
        f.case(variant, f"K.reverse(a, {axes!r})", a=distinct(*shape).unknown(*unknown),
               oracle=lambda a: np.flip(a, axes if isinstance(axes, int) else tuple(axes)))

    f.promise("axes may be an integer: the elements along that axis are in the opposite order",
              at="reverse: axes")
    reversed_along("integer", 1, 2, 3, 4)
    reversed_along("integer-0", 0, 4, 3)
    reversed_along("1d", 0, 5)
    f.promise("axes may be several integers: each of these axes is reversed", at="reverse: axes")
    reversed_along("list-of-one", [2], 2, 3, 4)
    reversed_along("list", [1, 2], 2, 3, 4)
    reversed_along("list-0-2", [0, 2], 2, 3, 4)
    reversed_along("tuple", (1, 2), 2, 3, 4)
    reversed_along("4d-several-unknown", [1, 3], 2, 3, 4, 2, unknown=(0, 1, 2))
    f.promise("a negative axis counts from the last", at="reverse: axes")
    reversed_along("integer-negative", -1, 2, 3, 4)
    reversed_along("list-negative", [-2, -1], 2, 3, 4, unknown=(0, 1))
    f.promise("the result has the dtype of x", at="reverse: returns")
    f.case("int32", "K.reverse(a, 1)", a=distinct(2, 3, dtype="int32"), oracle=lambda a: a[:, ::-1],
           result_dtype="int32")
    f.promise("reversing a reversed tensor gives x again", at="reverse: summary")
    f.case("twice", "K.reverse(K.reverse(a, 1), [1])", a=distinct(2, 4, 3), oracle=lambda a: a)
    int_shape(f, "K.reverse(x, 1)", (None, 4, 5), x=(None, 4, 5))


def cut(a, start, size):
    """The part of `a` that begins at `start` and has the lengths `size`."""
    return a[tuple(slice(i, i + n) for i, n in zip(start, size))]


with k.function("slice", area="shape") as f:
    def sliced(variant, start, size, *shape, unknown=()):
        f.case(variant, f"K.slice(a, {start!r}, {size!r})", a=distinct(*shape).unknown(*unknown),
               oracle=lambda a: cut(a, start, size))

    f.promise("along each axis the result begins at start and has the length size", at="slice: returns")
    sliced("2d", [1, 2], [3, 2], 5, 6)
    sliced("3d", [0, 1, 3], [3, 2, 1], 3, 4, 5)
    sliced("1d", [2], [4], 7)
    sliced("4d", [1, 0, 2, 1], [1, 3, 2, 3], 2, 3, 4, 5)
    sliced("everything", [0, 0], [2, 3], 2, 3)
    f.case("keywords", a=distinct(4, 6).unknown(), size=[2, 3], start=[1, 2], oracle=cut)
    f.promise("the lengths of x need not be known before it is fed", at="slice: x")
    sliced("2d-unknown", [1, 2], [3, 2], 5, 6, unknown=(1,))
    sliced("batch-whole-unknown", [0, 2, 1], [3, 2, 2], 3, 5, 4, unknown=(0,))
    sliced("batch-part-unknown", [1, 2], [2, 2], 4, 5, unknown=(0,))
    sliced("several-unknown", [1, 1, 2], [2, 2, 2], 3, 4, 5, unknown=(0, 1))
    f.promise("start and size may be tuples", at="slice: start")
    sliced("tuples", (1, 0), (2, 3), 4, 5)
    f.promise("start and size may be tensors of integers", at="slice: start")
    f.case("tensors", "K.slice(a, K.constant([1, 2], dtype='int32'), K.constant([3, 2], dtype='int32'))",
           a=distinct(5, 6).unknown(), oracle=lambda a: a[1:4, 2:4])
    f.case("tensors-fed", a=distinct(5, 6).unknown(), start=given([1, 2], "int32").unknown(),
           size=given([3, 2], "int32").unknown(), oracle=cut)
    f.promise("the result has the dtype of x", at="slice: returns")
    f.case("int32", "K.slice(a, [1, 1], [2, 3])", a=distinct(3, 4, dtype="int32"),
           oracle=lambda a: a[1:3, 1:4], result_dtype="int32")
    f.promise("start or size with another length than x has axes is refused with a ValueError",
              at="slice: raises")
    f.refuses("refuses-short-start", "K.slice(a, [1], [2, 2])", "ValueError", "size", ways=(VARIABLE, KNOWN),
              a=distinct(4, 5))
    f.refuses("refuses-long-size", "K.slice(a, [1, 1], [2, 2, 2])", "ValueError", "size",
              ways=(VARIABLE, KNOWN), a=distinct(4, 5))
    f.refuses("refuses-both-short", "K.slice(a, [1, 1], [2, 2])", "ValueError", "size",
              ways=(VARIABLE, KNOWN), a=distinct(4, 5, 3))
    int_shape(f, "K.slice(K.variable(np.ones((4, 6))), [1, 2], [2, 3])", (2, 3))
