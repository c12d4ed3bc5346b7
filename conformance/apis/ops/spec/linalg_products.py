"""Products of tensors."""
import numpy as np

from conformance.apis.ops.families import NUMPY
from conformance.apis.ops.inputs import given, ints, listed, normal, plain, values
from conformance.apis.ops.language import EAGER, UNKNOWN, ops
from conformance.apis.ops.promotion import same

WIDE = ("uint8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64")
MIXED = (("int8", "uint8"), ("int32", "float32"), ("float16", "float32"), ("bfloat16", "float16"),
         ("bool", "int32"), ("int64", "float16"))
NOT_TORCH = (("jax", "mlx", "numpy", "openvino", "paddle", "tensorflow", "tinygrad"),
             "cross documents that torch has no axisa, axisb and axisc")
HALF = {"float16": (16.0, "sums of a few products in half precision"),
        "bfloat16": (16.0, "sums of a few products in half precision")}


def _dtypes(f, function, first, second, **rest):
    f.promise("the operands are promoted", at="result_type: returns")
    f.sweep("of", x1=values(*first, low=0, high=3), x2=values(*second, low=0, high=3), dtypes=WIDE, ulps=HALF,
            oracle=function, **rest)
    f.sweep("mixed", x1=values(*first, low=0, high=3), x2=values(*second, low=0, high=3), dtypes=MIXED,
            ulps=(16.0, "sums of a few products in half precision"), oracle=function, **rest)


with ops.function("matmul", area="linalg", dtype=same()) as f:
    f.promise("the matrix product of two matrices", at="matmul: returns")
    f.case("2d", x1=normal(2, 3), x2=normal(3, 4), oracle=np.matmul, profile="core")
    f.case("unknown-rows", x1=normal(2, 3).unknown(0), x2=normal(3, 4), oracle=np.matmul, ways=UNKNOWN)
    f.case("unknown-inner", x1=normal(2, 3).unknown(1), x2=normal(3, 4).unknown(0), oracle=np.matmul,
           ways=UNKNOWN)
    f.case("empty-inner", x1=normal(2, 0), x2=normal(0, 4), oracle=np.matmul)
    f.case("empty-rows", x1=normal(0, 3), x2=normal(3, 4), oracle=np.matmul)
    f.promise("the last two axes are matrices, and those before them are broadcast", at="matmul: summary")
    f.case("3d", x1=normal(2, 3, 4), x2=normal(2, 4, 5), oracle=np.matmul, profile="core")
    f.case("batch-broadcast", x1=normal(2, 1, 3, 4), x2=normal(5, 4, 2), oracle=np.matmul, profile="core")
    f.case("3d-2d", x1=normal(2, 3, 4), x2=normal(4, 5), oracle=np.matmul, profile="core")
    f.case("2d-3d", x1=normal(3, 4), x2=normal(2, 4, 5), oracle=np.matmul)
    f.case("5d", x1=normal(2, 1, 2, 3, 2), x2=normal(1, 3, 1, 2, 4), oracle=np.matmul)
    f.case("batch-unknown", x1=normal(2, 3, 4).unknown(0, 1), x2=normal(2, 4, 5).unknown(0), oracle=np.matmul,
           ways=UNKNOWN)
    f.promise("a vector first gets an axis in front, a vector second one behind, which go away again",
              at="matmul: summary")
    f.case("1d-2d", x1=normal(3), x2=normal(3, 4), oracle=np.matmul, profile="core")
    f.case("2d-1d", x1=normal(2, 3), x2=normal(3), oracle=np.matmul, profile="core")
    f.case("1d-1d", x1=normal(3), x2=normal(3), oracle=np.matmul)
    f.case("1d-3d", x1=normal(3), x2=normal(2, 3, 4), oracle=np.matmul)
    f.case("3d-1d", x1=normal(2, 4, 3), x2=normal(3), oracle=np.matmul)
    f.promise("nan and infinity go through", at=NUMPY)
    f.case("nan", x1=given([[np.nan, 1.0], [2.0, 3.0]]), x2=given([[1.0, 2.0], [3.0, 4.0]]), oracle=np.matmul)
    f.case("inf", x1=given([[np.inf, 1.0], [2.0, 3.0]]), x2=given([[1.0, -2.0], [3.0, 4.0]]),
           oracle=np.matmul)
    f.promise("arrays and lists stand for tensors", at=NUMPY)
    f.case("array", x1=plain(normal(2, 3)), x2=normal(3, 4), oracle=np.matmul, ways=EAGER)
    f.case("list", x1=listed([[1.0, 2.0]]), x2=normal(2, 4), oracle=np.matmul, ways=EAGER)
    f.promise("matrices that do not fit are refused", at="matmul: summary")
    f.refuses("misfit", "ops.matmul(x1, x2)", "Exception", x1=normal(2, 3), x2=normal(4, 2))
    f.refuses("misfit-symbolic", "ops.matmul(x1, x2)", "Exception", x1=normal(2, 3), x2=normal(4, 2),
              ways="symbolic")
    f.refuses("misfit-batch", "ops.matmul(x1, x2)", "Exception", x1=normal(2, 3, 4), x2=normal(3, 4, 2))
    _dtypes(f, np.matmul, (2, 3), (3, 2))

with ops.function("dot", area="linalg", dtype=same()) as f:
    f.promise("the inner product of two vectors", at="dot: summary")
    f.case("1d", x1=normal(3), x2=normal(3), oracle=np.dot, profile="core")
    f.promise("the matrix product of two matrices", at="dot: summary")
    f.case("2d", x1=normal(2, 3), x2=normal(3, 4), oracle=np.dot, profile="core")
    f.case("2d-unknown", x1=normal(2, 3).unknown(0), x2=normal(3, 4).unknown(1), oracle=np.dot, ways=UNKNOWN)
    f.promise("a scalar multiplies", at="dot: summary")
    f.case("0d-2d", x1=normal(), x2=normal(2, 3), oracle=np.dot)
    f.case("2d-0d", x1=normal(2, 3), x2=normal(), oracle=np.dot)
    f.case("0d", x1=normal(), x2=normal(), oracle=np.dot)
    f.case("number", x1=normal(2, 3), x2=listed(2.0), oracle=np.dot)
    f.promise("a sum over the last axis of x1 and the only axis of x2", at="dot: summary")
    f.case("3d-1d", x1=normal(2, 3, 4), x2=normal(4), oracle=np.dot)
    f.case("2d-1d", x1=normal(2, 3), x2=normal(3), oracle=np.dot)
    f.promise("a sum over the last axis of x1 and the last but one of x2", at="dot: summary")
    f.case("1d-2d", x1=normal(3), x2=normal(3, 4), oracle=np.dot)
    f.case("3d", x1=normal(2, 3, 4), x2=normal(5, 4, 2), oracle=np.dot, profile="core")
    f.case("3d-2d", x1=normal(2, 3, 4), x2=normal(4, 5), oracle=np.dot)
    f.case("2d-3d", x1=normal(2, 3), x2=normal(4, 3, 2), oracle=np.dot)
    f.case("3d-unknown", x1=normal(2, 3, 4).unknown(0), x2=normal(5, 4, 2).unknown(0), oracle=np.dot,
           ways=UNKNOWN)
    f.refuses("misfit", "ops.dot(x1, x2)", "Exception", x1=normal(2, 3), x2=normal(2, 3))
    _dtypes(f, np.dot, (2, 3), (3, 2))

with ops.function("inner", area="linalg", dtype=same()) as f:
    f.promise("a sum over the last axes", at="inner: summary")
    f.case("1d", x1=normal(3), x2=normal(3), oracle=np.inner, profile="core")
    f.case("2d", x1=normal(2, 3), x2=normal(4, 3), oracle=np.inner)
    f.case("3d-1d", x1=normal(2, 4, 3), x2=normal(3), oracle=np.inner)
    f.case("3d", x1=normal(2, 4, 3), x2=normal(5, 3), oracle=np.inner)
    f.case("0d", x1=normal(), x2=normal(2, 3), oracle=np.inner)
    f.refuses("misfit", "ops.inner(x1, x2)", "Exception", x1=normal(2, 3), x2=normal(3, 2))
    _dtypes(f, np.inner, (2, 3), (2, 3))

with ops.function("outer", area="linalg", dtype=same()) as f:
    f.promise("the products of each pair of elements; more than one axis is flattened", at="outer: x1")
    f.case("1d", x1=normal(2), x2=normal(3), oracle=np.outer, profile="core")
    f.case("2d", x1=normal(2, 3), x2=normal(2, 2), oracle=np.outer)
    f.case("0d", x1=normal(), x2=normal(3), oracle=np.outer)
    f.case("unknown", x1=normal(2, 3).unknown(0), x2=normal(4), oracle=np.outer, ways=UNKNOWN)
    f.case("empty", x1=normal(0), x2=normal(3), oracle=np.outer)
    f.case("number", x1=normal(3), x2=listed(2), oracle=np.outer)
    _dtypes(f, np.outer, (3,), (2,))

with ops.function("vdot", area="linalg", dtype=same()) as f:
    f.promise("the sum of the products of all elements; inputs are flattened", at="vdot: summary")
    f.case("1d", x1=normal(3), x2=normal(3), oracle=np.vdot, profile="core")
    f.case("2d", x1=normal(2, 3), x2=normal(2, 3), oracle=np.vdot)
    f.case("2d-1d", x1=normal(2, 3), x2=normal(6), oracle=np.vdot)
    f.case("0d", x1=normal(), x2=normal(), oracle=np.vdot)
    _dtypes(f, np.vdot, (3,), (3,))

with ops.function("tensordot", area="linalg", dtype=same()) as f:
    f.promise("without axes, the last two axes of x1 meet the first two of x2", at="tensordot: axes")
    f.case("default", x1=normal(2, 3, 4), x2=normal(3, 4, 5), oracle=np.tensordot, profile="core")
    f.promise("a number of axes: the last of x1 meet the first of x2, in their order", at="tensordot: axes")
    f.case("one", x1=normal(2, 3), x2=normal(3, 4), axes=1, oracle=np.tensordot, profile="core")
    f.case("two", x1=normal(5, 2, 3), x2=normal(2, 3), axes=2, oracle=np.tensordot)
    f.case("none", x1=normal(2, 3), x2=normal(2), axes=0, oracle=np.tensordot)
    f.case("one-unknown", x1=normal(2, 3).unknown(0), x2=normal(3, 4), axes=1, oracle=np.tensordot,
           ways=UNKNOWN)
    f.promise("two lists name the axes", at="tensordot: axes")
    f.case("lists", x1=normal(2, 3, 4), x2=normal(4, 2, 5), axes=[[0, 2], [1, 0]], oracle=np.tensordot,
           profile="core")
    f.case("negative", x1=normal(2, 3, 4), x2=normal(4, 5), axes=[[-1], [-2]], oracle=np.tensordot)
    f.case("tuples", x1=normal(2, 3, 4), x2=normal(4, 3), axes=((1, 2), (1, 0)), oracle=np.tensordot)
    f.case("all", x1=normal(2, 3), x2=normal(2, 3), axes=[[0, 1], [0, 1]], oracle=np.tensordot)
    f.silent("whether a pair of axes may be two numbers", at="tensordot: axes")
    f.case("pair", x1=normal(2, 3, 4), x2=normal(5, 3), axes=[1, 1], oracle=np.tensordot)
    f.promise("axes of different lengths are refused", at="tensordot: axes")
    f.refuses("misfit", "ops.tensordot(x1, x2, axes=1)", "Exception", x1=normal(2, 3), x2=normal(4, 2))
    _dtypes(f, lambda x1, x2, axes: np.tensordot(x1, x2, axes), (2, 3), (3, 2), axes=1)

with ops.function("einsum", area="linalg") as f:
    f.promise("sums of products over the axes that the result lacks", at="einsum: subscripts")
    for name, text, shapes in (
            ("matmul", "ij,jk->ik", [(2, 3), (3, 4)]), ("batch", "bij,bjk->bik", [(2, 3, 4), (2, 4, 5)]),
            ("outer", "i,j->ij", [(2,), (3,)]), ("inner", "i,i->", [(3,), (3,)]),
            ("transposed", "ij->ji", [(2, 3)]), ("sum", "ij->", [(2, 3)]), ("rows", "ij->i", [(2, 3)]),
            ("diagonal", "ii->i", [(3, 3)]), ("trace", "ii->", [(3, 3)]),
            ("implicit", "ij,jk", [(2, 3), (3, 4)]), ("implicit-order", "ba", [(2, 3)]),
            ("three", "ij,jk,kl->il", [(2, 3), (3, 4), (4, 2)]),
            ("attention", "bthd,bshd->bhts", [(2, 3, 2, 4), (2, 5, 2, 4)]),
            ("elementwise", "ij,ij->ij", [(2, 3), (2, 3)]),
            ("upper", "aB,Bc->ac", [(2, 3), (3, 4)]), ("reordered", "abc,cd->dba", [(2, 3, 4), (4, 5)]),
            ("summed-alone", "ij,k->i", [(2, 3), (4,)]), ("shared-batch", "abc,ab->ac", [(2, 3, 4), (2, 3)])):
        letters = "xyz"[:len(shapes)]
        f.case(name, "ops.einsum({!r}, {})".format(text, ", ".join(letters)),
               oracle=lambda *arrays, text=text: np.einsum(text, *arrays), result_dtype="float32",
               profile="core" if name in ("matmul", "batch", "attention", "transposed", "sum") else "full",
               **{letter: normal(*shape) for letter, shape in zip(letters, shapes, strict=True)})
    f.promise("an ellipsis stands for the axes without a letter, which are broadcast",
              at="einsum: subscripts")
    for name, text, shapes in (
            ("ellipsis", "...ij,...jk->...ik", [(2, 3, 4), (2, 4, 5)]),
            ("ellipsis-broadcast", "...ij,jk->...ik", [(2, 1, 3, 4), (4, 5)]),
            ("ellipsis-last", "i...->...i", [(2, 3, 4)]),
            ("ellipsis-implicit", "...ij,...jk", [(2, 3, 4), (2, 4, 5)])):
        letters = "xy"[:len(shapes)]
        f.case(name, "ops.einsum({!r}, {})".format(text, ", ".join(letters)),
               oracle=lambda *arrays, text=text: np.einsum(text, *arrays), result_dtype="float32",
               **{letter: normal(*shape) for letter, shape in zip(letters, shapes, strict=True)})
    f.promise("the operands are promoted", at="result_type: returns")
    f.sweep("of", "ops.einsum('ij,jk->ik', x, y)", x=values(2, 3, low=0, high=3),
            y=values(3, 2, low=0, high=3), dtypes=WIDE, oracle=lambda x, y: np.einsum("ij,jk->ik", x, y),
            rule=same(), ulps=HALF)
    f.sweep("mixed", "ops.einsum('ij,jk->ik', x, y)", x=values(2, 3, low=0, high=3),
            y=values(3, 2, low=0, high=3), dtypes=MIXED, oracle=lambda x, y: np.einsum("ij,jk->ik", x, y),
            rule=same(), ulps=(16.0, "sums of a few products in half precision"))

with ops.function("cross", area="linalg", dtype=same("x1", "x2")) as f:
    f.promise("the cross product of vectors along the last axis", at="cross: summary")
    f.case("1d", x1=normal(3), x2=normal(3), oracle=np.cross, profile="core",
           ways=("eager", "symbolic", "traced"))
    f.case("2d", x1=normal(2, 3), x2=normal(2, 3), oracle=np.cross)
    f.case("broadcast", x1=normal(4, 1, 3), x2=normal(2, 3), oracle=np.cross)
    f.case("int", x1=ints(2, 3), x2=ints(2, 3), oracle=np.cross)
    f.promise("axis names where the vectors are", at="cross: axis")
    f.case("axis", x1=normal(3, 2), x2=normal(3, 2), axis=0, oracle=np.cross)
    f.promise("the vectors of each tensor may lie along another axis", at="cross: axisa, axisb, axisc")
    for variant, one, other in (("axisa", (3, 2), (2, 3)), ("axisb", (2, 3), (3, 2)),
                                ("axisc", (2, 3), (2, 3))):
        f.case(variant, x1=normal(*one), x2=normal(*other), oracle=np.cross, only=NOT_TORCH, **{variant: 0})

with ops.function("kron", area="linalg", dtype=same()) as f:
    f.promise("blocks of the second scaled by each element of the first", at="kron: summary")
    f.case("2d", x1=normal(2, 3), x2=normal(3, 2), oracle=np.kron, profile="core")
    f.case("1d", x1=normal(2), x2=normal(3), oracle=np.kron)
    f.case("3d", x1=normal(2, 1, 3), x2=normal(1, 2, 2), oracle=np.kron)
    f.sweep("of", x1=values(2, 2, low=0, high=3), x2=values(2, 1, low=0, high=3),
            dtypes=("int32", "float16", "float64"), oracle=np.kron)
