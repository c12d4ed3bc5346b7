"""Arithmetic: products of tensors - `dot`, `batch_dot` - and `transpose`."""
import numpy as np

from conformance.oracle.arithmetic import batch_dot
from conformance.spec.model import Area, given, ints, normal, plain

AREA = Area("arithmetic")

AREA.row("dot", "2d-transposed", "K.dot(a, K.transpose(b))", lambda a, b: a.dot(b.T),
         a=normal(3, 4), b=normal(5, 4), example=True)


def _dot(variant, x, y, **options):
    # "it reproduces the Theano behavior": the last axis of x against the last but one of y, or its only one.
    AREA.row("dot", variant, "K.dot(x, y)", lambda x, y: np.dot(x, y), x=x, y=y, **options)


def _weights(variant, x, y, dtype="float32", **options):
    # The second factor is a variable whatever the first is, as in a layer.
    stated = "" if dtype == "float32" else ", dtype={!r}".format(dtype)
    AREA.row("dot", variant, "K.dot(x, K.variable(w{}))".format(stated), lambda x, w: np.dot(x, w), x=x, w=plain(y), **options)


_weights("2d-2d", normal(2, 3), normal(3, 4))
_weights("3d-2d", normal(2, 5, 3), normal(3, 4))
_weights("3d-2d-two-unknown", normal(2, 5, 3).unknown(0, 1), normal(3, 4), ways=("unknown",))
_weights("4d-2d", normal(2, 5, 6, 3), normal(3, 4))
_weights("4d-2d-three-unknown", normal(2, 5, 6, 3).unknown(0, 1, 2), normal(3, 4), ways=("unknown",))
_weights("2d-3d", normal(2, 3), normal(4, 3, 5))
_weights("3d-3d", normal(2, 6, 3), normal(4, 3, 5))
_weights("2d-4d", normal(2, 3), normal(4, 6, 3, 5))
_weights("4d-3d", normal(2, 5, 6, 3), normal(4, 3, 2))
_weights("3d-4d", normal(2, 6, 3), normal(4, 5, 3, 2))
_weights("column-by-row", normal(4, 1), normal(1, 3))
_weights("2d-1d", normal(2, 3), normal(3))
_weights("3d-1d", normal(2, 4, 3), normal(3))
_weights("float64", normal(2, 3, dtype="float64"), normal(3, 4, dtype="float64"), "float64")
_weights("float16", normal(2, 3, dtype="float16"), normal(3, 4, dtype="float16"), "float16")
_weights("int32", ints(2, 3), ints(3, 4), "int32")
_dot("2d-2d-tensors", normal(2, 3), normal(3, 4).unknown())
_dot("2d-2d-inner-unknown", normal(5, 3).unknown(0, 1), normal(3, 2).unknown(0), ways=("unknown",))
_dot("3d-2d-tensors", normal(2, 5, 3), normal(3, 4).unknown())
_dot("2d-3d-tensors", normal(2, 3), normal(4, 3, 5).unknown())
_dot("3d-3d-tensors", normal(2, 6, 3), normal(4, 3, 5).unknown())
_dot("3d-3d-unknown", normal(2, 6, 3).unknown(0, 1), normal(4, 3, 5).unknown(0, 2), ways=("unknown",))
_dot("row-by-column", normal(1, 4).unknown(), normal(4, 1).unknown(), ways=("variable", "known"))
_dot("1d-1d", normal(4).unknown(), normal(4).unknown(), ways=("variable", "known"))
_dot("1d-2d", normal(3).unknown(), normal(3, 4).unknown(), ways=("variable", "known"))
_dot("1d-3d", normal(3).unknown(), normal(4, 3, 5).unknown(), ways=("variable", "known"))
AREA.row("dot", "one-tensor-twice", "K.dot(x, x)", lambda x: x.dot(x), x=normal(3, 3).unknown(), ways=("variable", "known"))
AREA.row("dot", "chain-and-bias", "K.dot(K.dot(x, K.variable(w)), K.variable(v)) + K.variable(b)",
         lambda x, w, v, b: x.dot(w).dot(v) + b, x=normal(2, 3), w=plain(normal(3, 4)), v=plain(normal(4, 5)), b=plain(normal(5)))
for _variant, _x, _y, _want in (("2d-2d", (2, 3), (3, 4), (2, 4)), ("3d-2d", (32, 28, 3), (3, 4), (32, 28, 4)),
                                ("2d-3d", (2, 3), (4, 3, 5), (2, 4, 5)), ("3d-3d", (2, 6, 3), (4, 3, 5), (2, 6, 4, 5))):
    AREA.row("dot", "int-shape-" + _variant, "K.int_shape(K.dot(x, y))", _want, x=normal(*_x), y=normal(*_y),
             ways=("variable", "known"))
AREA.row("dot", "int-shape-unknown-batch", "K.int_shape(K.dot(x, K.variable(w)))", (None, 5, 4), x=normal(2, 5, 3),
         w=plain(normal(3, 4)), ways=("unknown",))
AREA.row("dot", "int-shape-two-unknown", "K.int_shape(K.dot(x, K.variable(w)))", (None, None, 4), x=normal(2, 5, 3).unknown(0, 1),
         w=plain(normal(3, 4)), ways=("unknown",))


def _batch_dot(variant, x, y, axes, reduced, **options):
    # `axes` is what K gets, as source; `reduced` are the axes it means, written out.
    source = "K.batch_dot(x, y{})".format("" if axes is None else ", axes=" + axes)
    if axes and "-" in axes:
        # A backend that takes them for other axes may read stray memory: a wrong rank is enough to know, and is the result.
        source = "t = {}\nresult = t if K.ndim(t) == {} else K.ndim(t)".format(
            source, max(2, x.ndim + y.ndim - 3))
    AREA.row("batch_dot", variant, source, lambda x, y: batch_dot(x, y, reduced), x=x, y=y, **options)


AREA.row("batch_dot", "docstring-main-diagonal", "K.batch_dot(x, y, axes=1)", np.array([[17.0], [53.0]]),
         x=given([[1, 2], [3, 4]]), y=given([[5, 6], [7, 8]]))
# Rank 2 by rank 2: nothing but the batch is left, and a last axis of 1 stands in for it.
_batch_dot("2d-2d-axes-1", normal(4, 3), normal(4, 3), "1", (1, 1))
_batch_dot("2d-2d-axes-none", normal(4, 3), normal(4, 3), None, (1, 1))
_batch_dot("2d-2d-axes-1-1", normal(4, 3), normal(4, 3), "(1, 1)", (1, 1))
_batch_dot("2d-2d-axes-negative", normal(4, 3), normal(4, 3), "-1", (1, 1))
# Rank 2 and 3.
_batch_dot("2d-3d-axes-1-2", normal(5, 2), normal(5, 3, 2), "(1, 2)", (1, 2))
_batch_dot("2d-3d-axes-1-1", normal(5, 2), normal(5, 2, 3), "(1, 1)", (1, 1))
_batch_dot("2d-3d-axes-1", normal(5, 2), normal(5, 2, 3), "1", (1, 1))
_batch_dot("2d-3d-axes-none", normal(5, 2), normal(5, 2, 3), None, (1, 1))
_batch_dot("2d-3d-axes-negative", normal(5, 2), normal(5, 3, 2), "-1", (1, 2))
_batch_dot("3d-2d-axes-2-1", normal(5, 3, 2), normal(5, 2), "(2, 1)", (2, 1))
_batch_dot("3d-2d-axes-1-1", normal(5, 2, 3), normal(5, 2), "(1, 1)", (1, 1))
_batch_dot("3d-2d-axes-1", normal(5, 2, 3), normal(5, 2), "1", (1, 1))
_batch_dot("3d-2d-axes-none", normal(5, 3, 2), normal(5, 2), None, (2, 1))
_batch_dot("3d-2d-axes-negative", normal(5, 2, 3), normal(5, 2), "(-2, -1)", (1, 1))
# Rank 3 and 3: every pair of axes.
_batch_dot("3d-3d-axes-none", normal(5, 3, 2), normal(5, 2, 4), None, (2, 1))
_batch_dot("3d-3d-axes-2-1", normal(5, 3, 2), normal(5, 2, 4), "(2, 1)", (2, 1))
_batch_dot("3d-3d-axes-1-2", normal(5, 2, 3), normal(5, 4, 2), "(1, 2)", (1, 2))
_batch_dot("3d-3d-axes-1-2-docstring", normal(6, 20, 1), normal(6, 30, 20), "(1, 2)", (1, 2))
_batch_dot("3d-3d-axes-1-1", normal(5, 2, 3), normal(5, 2, 4), "(1, 1)", (1, 1))
_batch_dot("3d-3d-axes-2-2", normal(5, 3, 2), normal(5, 4, 2), "(2, 2)", (2, 2))
_batch_dot("3d-3d-axes-1", normal(5, 2, 3), normal(5, 2, 4), "1", (1, 1))
_batch_dot("3d-3d-axes-2", normal(5, 3, 2), normal(5, 4, 2), "2", (2, 2))
_batch_dot("3d-3d-axes-list", normal(5, 3, 2), normal(5, 2, 4), "[2, 1]", (2, 1))
_batch_dot("3d-3d-axes-negative-int", normal(5, 3, 2), normal(5, 4, 2), "-1", (2, 2))
_batch_dot("3d-3d-axes-negative", normal(5, 2, 3), normal(5, 4, 2), "(-2, -1)", (1, 2))
_batch_dot("3d-3d-axes-negative-mixed", normal(5, 3, 2), normal(5, 2, 4), "(2, -2)", (2, 1))
# Square samples: a wrong axis gives the right shape and the wrong numbers.
_batch_dot("3d-3d-square-axes-1-2", normal(2, 3, 3), normal(2, 3, 3), "(1, 2)", (1, 2))
_batch_dot("3d-3d-square-axes-none", normal(2, 3, 3), normal(2, 3, 3), None, (2, 1))
# Rank 4.
_batch_dot("4d-2d-axes-none", normal(5, 3, 4, 2), normal(5, 2), None, (3, 1))
_batch_dot("4d-2d-axes-1-1", normal(5, 2, 3, 4), normal(5, 2), "(1, 1)", (1, 1))
_batch_dot("2d-4d-axes-1-2", normal(5, 2), normal(5, 3, 2, 4), "(1, 2)", (1, 2))
_batch_dot("2d-4d-axes-none", normal(5, 2), normal(5, 3, 2, 4), None, (1, 2))
_batch_dot("4d-3d-axes-2-1", normal(5, 3, 2, 4), normal(5, 2, 6), "(2, 1)", (2, 1))
_batch_dot("4d-3d-axes-none", normal(5, 3, 4, 2), normal(5, 2, 6), None, (3, 1))
_batch_dot("3d-4d-axes-1-3", normal(5, 2, 3), normal(5, 4, 6, 2), "(1, 3)", (1, 3))
_batch_dot("3d-4d-axes-none", normal(5, 3, 2), normal(5, 4, 2, 6), None, (2, 2))
_batch_dot("4d-4d-axes-3-1", normal(3, 4, 5, 2), normal(3, 2, 6, 7), "(3, 1)", (3, 1))
_batch_dot("4d-4d-axes-2", normal(3, 4, 2, 5), normal(3, 6, 2, 7), "2", (2, 2))
_batch_dot("4d-4d-axes-none", normal(3, 4, 5, 2), normal(3, 6, 2, 7), None, (3, 2))
_batch_dot("4d-4d-axes-negative", normal(3, 2, 4, 5), normal(3, 6, 7, 2), "(-3, -1)", (1, 3))
# Batches of one, one batch unknown, contracted and free dimensions unknown.
_batch_dot("batch-of-1", normal(1, 3, 2), normal(1, 2, 4), "(2, 1)", (2, 1))
_batch_dot("contracted-1", normal(5, 3, 1), normal(5, 1, 4), "(2, 1)", (2, 1))
_batch_dot("unknown-batch-of-x", normal(5, 3, 2), normal(5, 2, 4).unknown(), "(2, 1)", (2, 1), ways=("unknown",))
_batch_dot("unknown-batch-and-rows", normal(5, 3, 2).unknown(0, 1), normal(5, 2, 4).unknown(0, 2), "(2, 1)", (2, 1),
           ways=("unknown",))
_batch_dot("unknown-contracted", normal(5, 3, 2).unknown(0, 2), normal(5, 2, 4).unknown(0, 1), "(2, 1)", (2, 1),
           ways=("unknown",))
_batch_dot("unknown-4d-3d", normal(5, 3, 2, 4).unknown(0, 1), normal(5, 2, 6).unknown(0, 2), "(2, 1)", (2, 1),
           ways=("unknown",))
_batch_dot("float64", normal(5, 3, 2, dtype="float64"), normal(5, 4, 2, dtype="float64"), "2", (2, 2))
_batch_dot("float16", normal(5, 3, 2, dtype="float16"), normal(5, 4, 2, dtype="float16"), "2", (2, 2), ways=("variable",))
AREA.row("batch_dot", "one-tensor-twice", "K.batch_dot(x, x, axes=2)", lambda x: batch_dot(x, x, (2, 2)), x=normal(4, 3, 2))
AREA.row("batch_dot", "axes-list-is-not-changed", "axes = [-1, -2]\nK.batch_dot(x, y, axes=axes)\nresult = axes", [-1, -2],
         x=normal(5, 3, 2), y=normal(5, 2, 4), ways=("variable",))
for _variant, _x, _y, _axes, _want in (
        ("docstring", (32, 20, 1), (32, 30, 20), (1, 2), (32, 1, 30)),
        ("docstring-2d-3d", (100, 20), (100, 30, 20), (1, 2), (100, 30)),
        ("2d-2d", (4, 3), (4, 3), 1, (4, 1)), ("4d-3d", (5, 3, 2, 4), (5, 2, 6), (2, 1), (5, 3, 4, 6))):
    AREA.row("batch_dot", "int-shape-" + _variant, "K.int_shape(K.batch_dot(x, y, axes={}))".format(_axes), _want,
             x=normal(*_x), y=normal(*_y), ways=("variable", "known"))
AREA.row("batch_dot", "int-shape-unknown-batch", "K.int_shape(K.batch_dot(x, y, axes=(1, 2)))", (None, 3, 4),
         x=normal(5, 2, 3), y=normal(5, 4, 2), ways=("unknown",))
AREA.refuses("batch_dot", "rank-1-x", "K.batch_dot(x, y, axes=1)", "ValueError", "", x=normal(3), y=normal(3, 4))
AREA.refuses("batch_dot", "rank-1-y", "K.batch_dot(x, y, axes=1)", "ValueError", "", x=normal(3, 4), y=normal(3))
AREA.refuses("batch_dot", "axis-0", "K.batch_dot(x, y, axes=0)", "ValueError", "", x=normal(4, 3), y=normal(4, 3))
AREA.refuses("batch_dot", "axis-0-of-y", "K.batch_dot(x, y, axes=(1, 0))", "ValueError", "", x=normal(4, 3), y=normal(4, 3))
_REFUSAL = "batch_dot says which tensors and axes it takes, and not how it refuses others"
AREA.refuses("batch_dot", "several-axes", "K.batch_dot(x, y, axes=((1, 2), (1, 2)))", "ValueError", "",
             x=normal(4, 3, 2), y=normal(4, 3, 2), unspecified=_REFUSAL)
AREA.refuses("batch_dot", "batch-sizes-differ", "K.batch_dot(x, y, axes=1)", "ValueError", "",
             x=normal(4, 3), y=normal(5, 3), unspecified=_REFUSAL)
AREA.refuses("batch_dot", "reduced-sizes-differ", "K.batch_dot(x, y, axes=(1, 1))", "ValueError", "",
             x=normal(4, 3, 2), y=normal(4, 5, 2), unspecified=_REFUSAL)


def _reversed(x):
    return np.transpose(x)


AREA.row("transpose", "docstring", "K.transpose(x)", np.array([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]),
         x=given([[1, 2, 3], [4, 5, 6]]))
AREA.row("transpose", "2d", "K.transpose(x)", _reversed, x=normal(3, 5))
AREA.row("transpose", "2d-unknown-columns", "K.transpose(x)", _reversed, x=normal(3, 5).unknown(1), ways=("unknown",))
AREA.row("transpose", "2d-square", "K.transpose(x)", _reversed, x=normal(3, 3))
AREA.row("transpose", "1d", "K.transpose(x)", _reversed, x=normal(4))
AREA.row("transpose", "3d", "K.transpose(x)", _reversed, x=normal(2, 3, 4))
AREA.row("transpose", "4d", "K.transpose(x)", _reversed, x=normal(2, 3, 4, 5))
AREA.row("transpose", "3d-two-unknown", "K.transpose(x)", _reversed, x=normal(2, 3, 4).unknown(0, 2), ways=("unknown",))
AREA.row("transpose", "int32", "K.transpose(x)", _reversed, x=ints(2, 3))
AREA.row("transpose", "twice", "K.transpose(K.transpose(x)) - x", lambda x: x * 0, x=normal(2, 3))
AREA.row("transpose", "int-shape-2d", "K.int_shape(K.transpose(x))", (5, 3), x=normal(3, 5), ways=("variable", "known"))
AREA.row("transpose", "int-shape-unknown", "K.int_shape(K.transpose(x))", (4, 3, None), x=normal(2, 3, 4), ways=("unknown",))
AREA.row("transpose", "int-shape-3d", "K.int_shape(K.transpose(x))", (4, 3, 2), x=normal(2, 3, 4), ways=("variable", "known"))
