"""Elements taken by index, by position and by condition."""
import numpy as np

from conformance.apis.ops.families import NUMPY, WITHOUT_TORCH, any_dtype
from conformance.apis.ops.inputs import bools, given, ints, listed, normal, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.promotion import always, lattice, same

with ops.function("take", area="indexing", dtype=same("x")) as f:
    f.promise("the elements at these indices of an axis", at="take: axis")
    f.case("axis", "ops.take(x, indices, axis=1)", x=normal(2, 4), indices=given([3, 0, 2], "int32"),
           oracle=lambda x, i: np.take(x, i, 1), profile="core")
    f.case("axis-0", "ops.take(x, indices, axis=0)", x=normal(4, 2), indices=given([3, 3, 0], "int32"),
           oracle=lambda x, i: np.take(x, i, 0), profile="core")
    f.case("axis-negative", "ops.take(x, indices, axis=-1)", x=normal(2, 3, 4).unknown(0, 1),
           indices=given([2, 0], "int32"), oracle=lambda x, i: np.take(x, i, -1))
    f.case("axis-5d", "ops.take(x, indices, axis=2)", x=normal(2, 1, 3, 2, 2), indices=given([2, 0], "int32"),
           oracle=lambda x, i: np.take(x, i, 2))
    f.case("axis-unknown", "ops.take(x, indices, axis=1)", x=normal(2, 4).unknown(0, 1),
           indices=given([3, 0, 2], "int32").unknown(0), oracle=lambda x, i: np.take(x, i, 1), ways=UNKNOWN)
    f.promise("indices may have any shape, which takes the place of the axis", at=NUMPY)
    f.case("indices-2d", "ops.take(x, indices, axis=1)", x=normal(2, 4), indices=ints(3, 2, high=4),
           oracle=lambda x, i: np.take(x, i, 1), profile="core")
    f.case("indices-2d-0", "ops.take(x, indices, axis=0)", x=normal(4, 3), indices=ints(2, 3, high=4),
           oracle=lambda x, i: np.take(x, i, 0))
    f.case("indices-3d-middle", "ops.take(x, indices, axis=-2)", x=normal(2, 4, 3),
           indices=ints(2, 1, 2, high=4), oracle=lambda x, i: np.take(x, i, 1))
    f.case("indices-0d", "ops.take(x, indices, axis=1)", x=normal(2, 4), indices=given(2, "int32"),
           oracle=lambda x, i: np.take(x, i, 1))
    f.case("indices-number", "ops.take(x, 2, axis=1)", x=normal(2, 4), oracle=lambda x: x[:, 2])
    f.case("indices-list", "ops.take(x, [3, 0], axis=1)", x=normal(2, 4), oracle=lambda x: x[:, [3, 0]])
    f.case("indices-array", "ops.take(x, i, axis=1)", x=normal(2, 4), i=plain(np.array([[3, 0], [1, 1]])),
           oracle=lambda x, i: np.take(x, i, 1), rule=same("x"))
    f.case("indices-empty", "ops.take(x, indices, axis=1)", x=normal(2, 4),
           indices=given(np.zeros(0), "int32"), oracle=lambda x, i: np.take(x, i, 1))
    f.promise("without an axis, of all elements in one row", at="take: axis")
    f.case("all", "ops.take(x, indices)", x=normal(2, 3), indices=given([5, 0, 2], "int32"),
           oracle=np.take, profile="core")
    f.case("all-2d", "ops.take(x, indices)", x=normal(2, 3), indices=given([[5, 0], [3, 2]], "int32"),
           oracle=np.take)
    f.case("all-0d", "ops.take(x, indices)", x=normal(2, 3), indices=given(4, "int32"), oracle=np.take)
    f.promise("negative indices count from the last", at=NUMPY)
    f.case("indices-negative", "ops.take(x, indices, axis=1)", x=normal(2, 4),
           indices=given([-1, 0, -3], "int32"), oracle=lambda x, i: np.take(x, i, 1))
    f.case("indices-negative-all", "ops.take(x, indices)", x=normal(2, 3),
           indices=given([-1, -6, 2], "int32"), oracle=np.take)
    f.promise("indices are integers of any width", at=NUMPY)
    for dtype in ("uint8", "int8", "int16", "int64"):
        f.case("indices-" + dtype, "ops.take(x, indices, axis=1)", x=normal(2, 4),
               indices=given([3, 0, 2], dtype), oracle=lambda x, i: np.take(x, i, 1), ways=(EAGER, SYMBOLIC))
    any_dtype(f, lambda x, indices, axis: np.take(x, indices, axis), indices=[2, 0], axis=1)

with ops.function("take_along_axis", area="indexing", dtype=same("x")) as f:
    f.promise("each row has indices of its own", at="take_along_axis: axis")
    f.case("axis", "ops.take_along_axis(x, indices, axis=1)", x=normal(2, 4), indices=ints(2, 3, high=4),
           oracle=lambda x, i: np.take_along_axis(x, i, 1), profile="core")
    f.case("axis-0", "ops.take_along_axis(x, indices, axis=0)", x=normal(3, 2), indices=ints(4, 2, high=3),
           oracle=lambda x, i: np.take_along_axis(x, i, 0))
    f.case("axis-negative", "ops.take_along_axis(x, indices, axis=-2)", x=normal(2, 4, 3),
           indices=ints(2, 2, 3, high=4), oracle=lambda x, i: np.take_along_axis(x, i, 1))
    f.case("axis-last", "ops.take_along_axis(x, indices, axis=-1)", x=normal(2, 3, 4),
           indices=ints(2, 3, 1, high=4), oracle=lambda x, i: np.take_along_axis(x, i, 2))
    f.promise("without an axis, of all elements in one row", at="take_along_axis: axis")
    f.case("all", "ops.take_along_axis(x, indices)", x=normal(2, 3), indices=given([5, 0, 2], "int32"),
           oracle=lambda x, i: np.take_along_axis(x.ravel(), i, 0))
    f.promise("other axes broadcast", at=NUMPY)
    f.case("broadcast-indices", "ops.take_along_axis(x, indices, axis=1)", x=normal(3, 4),
           indices=given([[2, 0]], "int32"), oracle=lambda x, i: np.take_along_axis(x, i, 1))
    f.case("broadcast-x", "ops.take_along_axis(x, indices, axis=1)", x=normal(1, 4),
           indices=ints(3, 2, high=4), oracle=lambda x, i: np.take_along_axis(x, i, 1))
    f.promise("negative indices count from the last", at=NUMPY)
    f.case("indices-negative", "ops.take_along_axis(x, indices, axis=1)", x=normal(2, 4),
           indices=given([[-1, 0], [-4, -2]], "int32"), oracle=lambda x, i: np.take_along_axis(x, i, 1))
    f.promise("the result has the dtype of x", at="KerasTensor: dtype")
    f.sweep("of", "ops.take_along_axis(x, i, axis=1)", x=values(2, 3), i=given([[2, 0], [1, 1]], "int32"),
            oracle=lambda x, i: np.take_along_axis(x, i, 1), ways=SYMBOLIC)
    for dtype in ("int64", "uint8"):
        f.case("indices-" + dtype, "ops.take_along_axis(x, indices, axis=1)", x=normal(2, 4),
               indices=ints(2, 3, high=4, dtype=dtype), oracle=lambda x, i: np.take_along_axis(x, i, 1))

KEYS = (("number", "1", (3, 4)), ("number-negative", "-1", (3, 4)), ("slice", "slice(1, 3)", (4, 2)),
        ("slice-step", "(slice(None, None, 2),)", (5, 2)), ("slice-negative", "(slice(-3, -1),)", (5, 2)),
        ("slice-beyond", "(slice(1, 9),)", (4, 2)), ("slice-empty", "(slice(2, 2),)", (4, 2)),
        ("tuple", "(0, slice(None), 2)", (2, 3, 4)), ("ellipsis", "(..., 1)", (2, 3, 4)),
        ("ellipsis-middle", "(0, ..., slice(1, 3))", (2, 3, 2, 4)),
        ("new-axis", "(slice(None), None)", (2, 3)),
        ("new-axis-first", "None", (2, 3)), ("everything", "...", (2, 3)),
        ("several", "(slice(None, 2), slice(1, None))", (3, 4)), ("slice-all", "(slice(None),)", (2, 3)),
        ("mixed", "(1, None, slice(None, None, 2), ...)", (2, 5, 3)))

with ops.function("get_item", area="indexing", dtype=same("x")) as f:
    f.promise("what x[key] is", at="get_item: returns")
    for variant, key, shape in KEYS:
        f.case(variant, "ops.get_item(x, {})".format(key), x=normal(*shape),
               oracle=eval("lambda x: x[{}]".format(key)),  # noqa: S307 - the keys above
               ways=(EAGER, SYMBOLIC) if "slice" in key else None,
               profile="core" if variant in ("number", "slice", "tuple", "ellipsis", "new-axis") else "full")
    f.case("bracket-number", "x[1]", x=normal(3, 4), ways=SYMBOLIC, oracle=lambda x: x[1])
    f.case("bracket-slice", "x[1:]", x=normal(3, 4), ways=SYMBOLIC, oracle=lambda x: x[1:])
    f.case("bracket-tuple", "x[..., None, 1:3]", x=normal(3, 4), ways=SYMBOLIC,
           oracle=lambda x: x[..., None, 1:3])
    f.case("unknown-number", "ops.get_item(x, 1)", x=normal(3, 4).unknown(0, 1), ways=UNKNOWN,
           oracle=lambda x: x[1])
    f.case("unknown-slice", "ops.get_item(x, (slice(None), slice(1, 3)))", x=normal(3, 4), ways=UNKNOWN,
           oracle=lambda x: x[:, 1:3])
    f.case("unknown-rest", "ops.get_item(x, slice(1, None))", x=normal(3, 4).unknown(0), ways=UNKNOWN,
           oracle=lambda x: x[1:])
    f.sweep("of", "ops.get_item(x, (slice(None), 1))", x=values(2, 3), oracle=lambda x: x[:, 1],
            ways=SYMBOLIC)


def chosen(kinds, floatx):
    """What the two values promote to."""
    return lattice(*(kind for name, kind in kinds.items() if name != "condition"), floatx=floatx)


with ops.function("where", area="indexing", dtype=chosen) as f:
    f.promise("x1 where the condition holds, else x2", at="where: returns")
    f.case("2d", "ops.where(condition, x1, x2)", condition=bools(2, 3), x1=normal(2, 3), x2=normal(2, 3),
           oracle=np.where, profile="core")
    f.case("0d", "ops.where(condition, x1, x2)", condition=given(True, "bool"), x1=normal(), x2=normal(),
           oracle=np.where)
    f.case("5d", "ops.where(condition, x1, x2)", condition=bools(2, 1, 3, 1, 2), x1=normal(2, 1, 3, 1, 2),
           x2=normal(2, 1, 3, 1, 2), oracle=np.where, ways=EAGER)
    f.promise("the three broadcast", at=NUMPY)
    f.case("broadcast", "ops.where(condition, x1, x2)", condition=bools(2, 1), x1=normal(3), x2=normal(2, 3),
           oracle=np.where, profile="core")
    f.case("broadcast-condition", "ops.where(condition, x1, x2)", condition=bools(3), x1=normal(2, 3),
           x2=normal(), oracle=np.where)
    f.case("broadcast-out", "ops.where(condition, x1, x2)", condition=bools(2, 3, 1), x1=normal(1, 4),
           x2=normal(), oracle=np.where)
    f.case("broadcast-unknown", "ops.where(condition, x1, x2)", condition=bools(2, 3).unknown(0),
           x1=normal(2, 3).unknown(0), x2=normal(1), oracle=np.where, ways=UNKNOWN)
    f.promise("a number is a value", at=NUMPY)
    f.case("number", "ops.where(condition, x1, 0.0)", condition=bools(2, 3), x1=normal(2, 3),
           oracle=lambda c, x: np.where(c, x, 0.0), profile="core")
    f.case("number-first", "ops.where(condition, 1.5, x2)", condition=bools(2, 3), x2=normal(2, 3),
           oracle=lambda c, x: np.where(c, 1.5, x))
    f.case("numbers", condition=bools(2, 3), x1=listed(1), x2=listed(-2),
           oracle=np.where)
    f.case("infinity", "ops.where(condition, x1, -np.inf)", condition=bools(2, 3), x1=normal(2, 3),
           oracle=lambda c, x: np.where(c, x, -np.inf))
    f.promise("what is not chosen has no effect", at="where: returns")
    f.case("edges", "ops.where(condition, x1, x2)", condition=given([True, False, True, False], "bool"),
           x1=given([1.0, np.nan, np.inf, -np.inf]), x2=given([np.nan, 2.0, np.nan, np.nan]), oracle=np.where)
    f.promise("a number is a condition that holds where it is not zero", at=NUMPY)
    f.case("condition-int32", "ops.where(condition, x1, x2)", condition=given([0, 2, -1], "int32"),
           x1=normal(3), x2=normal(3), oracle=lambda c, a, b: np.where(c != 0, a, b))
    f.case("condition-float32", "ops.where(condition, x1, x2)", condition=given([0.0, 0.25, -1.0]),
           x1=normal(3), x2=normal(3), oracle=lambda c, a, b: np.where(c != 0, a, b))
    f.promise("a condition alone gives the indices of the elements that hold", at=NUMPY)
    f.case("alone", "[*ops.where(condition)]", condition=given([[True, False, True]] * 2, "bool"),
           oracle=lambda c: list(np.nonzero(c)), ways=EAGER, result_dtype=None)
    f.promise("values of a dtype keep it, and different dtypes promote", at="result_type: returns")
    f.sweep("of", "ops.where(condition, x1, x2)", condition=given([True, False, True], "bool"),
            x1=values(3), x2=values(3), oracle=np.where, ways=SYMBOLIC)
    f.sweep("of", "ops.where(condition, x1, x2)", condition=given([True, False, True], "bool"),
            x1=values(3), x2=values(3), dtypes=("uint16", "uint32"), oracle=np.where, ways=SYMBOLIC,
            only=WITHOUT_TORCH)
    f.sweep("mixed", condition=given([True, False, True], "bool"),
            x1=values(3), x2=values(3), oracle=np.where,
            dtypes=(("int8", "int32"), ("int32", "float32"), ("float16", "bfloat16"), ("bool", "int8"),
                    ("int8", int), ("float16", float), ("int32", float), (int, "bfloat16"), (float, "int8"),
                    ("uint8", "int8"), ("bool", float), ("bool", int), (float, "float16"), ("int64", float)))

with ops.function("select", area="indexing") as f:
    f.promise("of the first condition that holds, else the default", at="select: condlist")
    f.case("two", "ops.select([c, d], [a, b])", c=bools(2, 3), d=bools(2, 3), a=normal(2, 3), b=normal(2, 3),
           oracle=lambda c, d, a, b: np.select([c, d], [a, b]))
    f.case("default", "ops.select([c, d], [a, b], 42.0)", c=bools(2, 3), d=bools(2, 3), a=normal(2, 3),
           b=normal(2, 3), oracle=lambda c, d, a, b: np.select([c, d], [a, b], 42.0))
    f.case("default-named", "ops.select([c], [a], default=-1.5)", c=bools(2, 3), a=normal(2, 3),
           oracle=lambda c, a: np.select([c], [a], -1.5))
    f.case("both-hold", "ops.select([c, c], [a, b])", c=given([True, False], "bool"), a=given([1.0, 2.0]),
           b=given([3.0, 4.0]), want=np.array([1.0, 0.0]))
    f.case("three", "ops.select([c, d, e], [a, b, a * 2], 7.0)", c=bools(8), d=bools(8), e=bools(8),
           a=normal(8), b=normal(8), oracle=lambda c, d, e, a, b: np.select([c, d, e], [a, b, a * 2], 7.0))
    f.case("example", "ops.select([x < 3, x > 3], [x, x ** 2], 42)", x=given(list(range(6)), "int32"),
           oracle=lambda x: np.select([x < 3, x > 3], [x, x ** 2], 42), result_dtype="int32")
    f.promise("conditions and choices broadcast", at=NUMPY)
    f.case("broadcast", "ops.select([c], [a], 1.0)", c=bools(2, 1), a=normal(3), ways=(EAGER, SYMBOLIC),
           oracle=lambda c, a: np.select([c], [np.broadcast_to(a, (2, 3))], 1.0))
    f.promise("the choices promote", at="KerasTensor: dtype")
    f.sweep("of", "ops.select([c], [a])", c=given([True, False, True], "bool"), a=values(3), ways=SYMBOLIC,
            oracle=lambda c, a: np.select([c], [a]), result_dtype=None,
            dtypes=("int8", "int32", "float16", "bfloat16", "float32"))

with ops.function("nonzero", area="indexing", open_shape=True) as f:
    f.promise("for each axis, the indices of the elements that are not zero", at="nonzero: returns")
    f.case("2d", x=given([[0, 1, 0], [2, 0, 3]]), oracle=lambda x: list(np.nonzero(x)), ways=EAGER,
           profile="core")
    f.case("3d", x=bools(2, 3, 2), oracle=lambda x: list(np.nonzero(x)), ways=EAGER)
    f.case("1d", x=given([0, 3, 0, -1], "int32"), oracle=lambda x: list(np.nonzero(x)), ways=EAGER)
    f.case("edges", x=given([0.0, -0.0, np.nan, np.inf]), oracle=lambda x: list(np.nonzero(x)), ways=EAGER)
    f.case("none", x=given([0.0, 0.0]), oracle=lambda x: list(np.nonzero(x)), ways=EAGER)
    f.promise("what is declared is what evaluation gives", at="KerasTensor: shape")
    f.case("declared", x=given([[0, 1, 0], [2, 0, 3]]), oracle=lambda x: list(np.nonzero(x)), ways=SYMBOLIC)

with ops.function("isin", area="indexing", dtype=always("bool")) as f:
    f.promise("whether each element of x1 is in x2", at="isin: returns")
    f.case("1d", "ops.isin(x1, x2)", x1=given([0, 1, 2, 5], "int32"), x2=given([0, 2], "int32"),
           oracle=np.isin, profile="core")
    f.case("2d", "ops.isin(x1, x2)", x1=ints(2, 3, high=5).unknown(0, 1), x2=given([[1, 4], [4, 2]], "int32"),
           oracle=np.isin)
    f.case("none", "ops.isin(x1, x2)", x1=given([1, 2], "int32"), x2=given(np.zeros(0), "int32"),
           oracle=np.isin)
    f.case("0d", "ops.isin(x1, x2)", x1=given(2.0), x2=given([1.0, 2.0]), oracle=np.isin)
    f.case("floats", "ops.isin(x1, x2)", x1=given([0.5, -0.0, 2.5]), x2=given([0.0, 0.5]), oracle=np.isin)
    f.case("bools", "ops.isin(x1, x2)", x1=given([True, False], "bool"), x2=given([False], "bool"),
           oracle=np.isin)
    f.promise("x2 may be a list or a number", at="isin: x2")
    f.case("list", "ops.isin(x1, [0, 2])", x1=given([0, 1, 2, 5], "int32"),
           oracle=lambda x: np.isin(x, [0, 2]))
    f.case("number", "ops.isin(x1, 2)", x1=given([0, 1, 2, 5], "int32"), oracle=lambda x: np.isin(x, 2))
    f.promise("inverted, whether it is not", at="isin: invert")
    f.case("invert", "ops.isin(x1, x2, invert=True)", x1=given([0, 1, 2, 5], "int32"),
           x2=given([0, 2], "int32"), oracle=lambda a, b: ~np.isin(a, b))
    f.promise("assume_unique is a hint", at="isin: assume_unique")
    f.case("unique", "ops.isin(x1, x2, assume_unique=True)", x1=given([0, 1, 2, 5], "int32"),
           x2=given([0, 2], "int32"), oracle=np.isin)
    f.case("unique-invert", "ops.isin(x1, x2, assume_unique=True, invert=True)",
           x1=given([3, 1, 2, 5], "int32"), x2=given([7, 2, 3], "int32"), oracle=lambda a, b: ~np.isin(a, b))
    f.promise("a NaN is in nothing", at=NUMPY)
    f.case("nan", "ops.isin(x1, x2)", x1=given([np.nan, 1.0]), x2=given([np.nan, 2.0]), oracle=np.isin)
    f.promise("numbers of different dtypes are compared as numbers", at="result_type: returns")
    f.sweep("mixed", "ops.isin(x1, x2)", x1=values(6), x2=values(3), oracle=np.isin,
            dtypes=(("int8", "int32"), ("int32", "float32"), ("float16", "int8"), ("uint8", "int8")))
