"""Arithmetic: products of tensors, and transposes."""
import numpy as np

from conformance.apis.k.language import KNOWN, UNKNOWN, VARIABLE, k, weight
from conformance.case import given, ints, normal, plain
from conformance.oracle import arithmetic

SPARSE = given([[0, 2.5, 0], [0, 0, 0], [-1.5, 0, 3], [0, 0, 4]])
SCIPY = "sparse = __import__('scipy.sparse', fromlist=['csr_matrix'])\n"


with k.function("dot", area="arithmetic", profile="core") as f:
    def dot(variant, x, y, **options):
        f.case(variant, x=x, y=y, oracle=np.dot, **options)

    def layer(variant, x, w, **options):
        """A case whose second factor is a variable whatever the first is, as in a layer."""
        f.case(variant, x=x, w=weight(w), oracle=np.dot, **options)

    f.promise("dot multiplies a matrix by a transposed matrix",
              at="backends page: Using the abstract Keras backend to write new code")
    f.case("2d-transposed", "K.dot(a, K.transpose(b))", a=normal(3, 4), b=normal(5, 4),
           oracle=lambda a, b: a.dot(b.T), profile="examples")

    f.promise("dot multiplies two matrices, of which each may be a variable or a tensor", at="dot: x")
    layer("2d-2d", normal(2, 3), normal(3, 4))
    layer("column-by-row", normal(4, 1), normal(1, 3))
    dot("2d-2d-tensors", normal(2, 3), normal(3, 4).unknown())
    dot("2d-2d-inner-unknown", normal(5, 3).unknown(0, 1), normal(3, 2).unknown(0), ways=UNKNOWN)
    dot("row-by-column", normal(1, 4).unknown(), normal(4, 1).unknown(), ways=(VARIABLE, KNOWN))
    f.case("one-tensor-twice", "K.dot(x, x)", x=normal(3, 3).unknown(), oracle=lambda x: x.dot(x),
           ways=(VARIABLE, KNOWN))
    f.case("chain-and-bias", "K.dot(K.dot(x, K.variable(w)), K.variable(v)) + K.variable(b)", x=normal(2, 3),
           w=plain(normal(3, 4)), v=plain(normal(4, 5)), b=plain(normal(5)),
           oracle=lambda x, w, v, b: x.dot(w).dot(v) + b)
    f.promise("a tensor times a matrix keeps all axes of the tensor but the last", at="dot: examples")
    layer("3d-2d", normal(2, 5, 3), normal(3, 4))
    layer("3d-2d-two-unknown", normal(2, 5, 3).unknown(0, 1), normal(3, 4), ways=UNKNOWN)
    layer("4d-2d", normal(2, 5, 6, 3), normal(3, 4))
    layer("4d-2d-three-unknown", normal(2, 5, 6, 3).unknown(0, 1, 2), normal(3, 4), ways=UNKNOWN)
    dot("3d-2d-tensors", normal(2, 5, 3), normal(3, 4).unknown())
    f.promise("the last axis of x meets the last but one of y, and the other axes of y follow those of x",
              at="dot: summary")
    layer("2d-3d", normal(2, 3), normal(4, 3, 5))
    layer("3d-3d", normal(2, 6, 3), normal(4, 3, 5))
    layer("2d-4d", normal(2, 3), normal(4, 6, 3, 5))
    layer("4d-3d", normal(2, 5, 6, 3), normal(4, 3, 2))
    layer("3d-4d", normal(2, 6, 3), normal(4, 5, 3, 2))
    dot("2d-3d-tensors", normal(2, 3), normal(4, 3, 5).unknown())
    dot("3d-3d-tensors", normal(2, 6, 3), normal(4, 3, 5).unknown())
    dot("3d-3d-unknown", normal(2, 6, 3).unknown(0, 1), normal(4, 3, 5).unknown(0, 2), ways=UNKNOWN)
    # K names Theano's rule for tensors of n axes and shows it for two and three; of vectors it says nothing.
    f.silent("whether a vector may be a factor, and what it meets", at="dot: summary")
    layer("2d-1d", normal(2, 3), normal(3))
    layer("3d-1d", normal(2, 4, 3), normal(3))
    dot("1d-1d", normal(4).unknown(), normal(4).unknown(), ways=(VARIABLE, KNOWN))
    dot("1d-2d", normal(3).unknown(), normal(3, 4).unknown(), ways=(VARIABLE, KNOWN))
    dot("1d-3d", normal(3).unknown(), normal(4, 3, 5).unknown(), ways=(VARIABLE, KNOWN))
    f.promise("float64, float16 and integers are multiplied in their own dtype", at="dot: returns")
    layer("float64", normal(2, 3, dtype="float64"), normal(3, 4, dtype="float64"))
    layer("float16", normal(2, 3, dtype="float16"), normal(3, 4, dtype="float16"))
    layer("int32", ints(2, 3), ints(3, 4))
    f.promise("int_shape tells the lengths of the product, with None for an unknown length",
              at="dot: examples")
    for variant, first, second, product in (
            ("2d-2d", (2, 3), (3, 4), (2, 4)), ("3d-2d", (32, 28, 3), (3, 4), (32, 28, 4)),
            ("2d-3d", (2, 3), (4, 3, 5), (2, 4, 5)), ("3d-3d", (2, 6, 3), (4, 3, 5), (2, 6, 4, 5))):
        f.case("int-shape-" + variant, "K.int_shape(K.dot(x, y))", x=normal(*first), y=normal(*second),
               want=product,
               ways=(VARIABLE, KNOWN))
    f.case("int-shape-unknown-batch", "K.int_shape(K.dot(x, K.variable(w)))", x=normal(2, 5, 3),
           w=plain(normal(3, 4)), want=(None, 5, 4), ways=UNKNOWN)
    f.case("int-shape-two-unknown", "K.int_shape(K.dot(x, K.variable(w)))", x=normal(2, 5, 3).unknown(0, 1),
           w=plain(normal(3, 4)), want=(None, None, 4), ways=UNKNOWN)

    def sparse(variant, source, oracle, names=("got",), columns=2):
        """A script over `x`, a sparse matrix as an array, and the matrix `w`; `sparse` is SciPy's module."""
        f.script("variable-" + variant, SCIPY + source, x=SPARSE, w=normal(3, columns), oracle=oracle,
                 names=names, profile="full")

    f.promise("x may be a sparse variable", at="dot: x")
    sparse("dense-vector-wide", "got = K.eval(K.dot(K.variable(sparse.csr_matrix(x)), K.variable(w)))",
           lambda x, w: {"got": x.dot(w)}, columns=5)
    sparse("one-column", "got = K.eval(K.dot(K.variable(sparse.csr_matrix(x)), K.variable(w)))",
           lambda x, w: {"got": x.dot(w)}, columns=1)
    sparse("fed-dense", """
w_in = K.placeholder((3, 2))
got = K.function([w_in], [K.dot(K.variable(sparse.csr_matrix(x)), w_in)])([w])[0]
""", lambda x, w: {"got": x.dot(w)})
    sparse("gradient-of-dense", """
w_in = K.variable(w)
total = K.sum(K.square(K.dot(K.variable(sparse.csr_matrix(x)), w_in)))
got = K.eval(K.gradients(total, [w_in])[0])
""", lambda x, w: {"got": 2 * x.T.dot(x.dot(w))})
    f.promise("the product of a sparse and a dense matrix is a dense tensor", at="dot: returns")
    sparse("result-is-dense", """
product = K.dot(K.variable(sparse.csr_matrix(x)), K.variable(w))
got, shape, ndim, dtype = bool(K.is_sparse(product)), K.int_shape(product), K.ndim(product), K.dtype(product)
""", lambda x, w: {"got": False, "shape": (4, 2), "ndim": 2, "dtype": "float32"},
           names=("got", "shape", "ndim", "dtype"))
    sparse("used-further", """\
got = K.eval(K.relu(K.dot(K.variable(sparse.csr_matrix(x)), K.variable(w)) + 1.))
""", lambda x, w: {"got": np.maximum(x.dot(w) + 1, 0)})
    f.silent("what may be fed to a sparse placeholder", at="placeholder: sparse")
    for variant, shape in (("known", (4, 3)), ("unknown", (None, 3))):
        f.script("fed-" + variant, f"""
            csr = __import__('scipy.sparse', fromlist=['csr_matrix']).csr_matrix

            p = K.placeholder({shape}, sparse=True)
            got = K.function([p], [K.dot(p, K.variable(w))])([csr(x)])[0]
            """, x=SPARSE, w=normal(3, 2), names=("got",), oracle=lambda x, w: {"got": x.dot(w)},
                 profile="full")


def batch_dot(x, y, axes=None):
    """The oracle with the axes as K takes them: a pair, an integer for both tensors, or None."""
    if axes is None:
        axes = x.ndim - 1, y.ndim - 1 if y.ndim == 2 else y.ndim - 2
    return arithmetic.batch_dot(x, y, (axes, axes) if isinstance(axes, int) else axes)


with k.function("batch_dot", area="arithmetic", profile="core") as f:
    def product(variant, x, y, axes=None, **options):
        arguments = {} if axes is None else {"axes": axes}
        f.case(variant, x=x, y=y, oracle=batch_dot, **arguments, **options)

    def counted_from_the_last(variant, x, y, axes):
        # A backend that takes negative axes for other axes may read stray memory. A wrong rank is enough to
        # know, and is then the result.
        ndim = max(2, x.ndim + y.ndim - 3)
        source = f"t = K.batch_dot(x, y, axes={axes})\nresult = t if K.ndim(t) == {ndim} else K.ndim(t)"
        f.case(variant, source, x=x, y=y, oracle=lambda x, y: batch_dot(x, y, axes))

    f.promise("each sample of x is multiplied by the same sample of y", at="batch_dot: examples")
    f.case("docstring-main-diagonal", x=given([[1, 2], [3, 4]]), y=given([[5, 6], [7, 8]]), axes=1,
           want=np.array([[17.0], [53.0]]))
    product("batch-of-1", normal(1, 3, 2), normal(1, 2, 4), (2, 1))
    product("3d-3d-axes-1-2-docstring", normal(6, 20, 1), normal(6, 30, 20), (1, 2))
    f.case("one-tensor-twice", "K.batch_dot(x, x, axes=2)", x=normal(4, 3, 2),
           oracle=lambda x: batch_dot(x, x, 2))
    f.promise("the result has a last axis of length 1 where nothing but the batch is left",
              at="batch_dot: returns")
    product("2d-2d-axes-1", normal(4, 3), normal(4, 3), 1)
    product("2d-2d-axes-1-1", normal(4, 3), normal(4, 3), (1, 1))
    f.promise("the pair axes names the axis of x and the axis of y that are summed over",
              at="batch_dot: axes")
    product("2d-3d-axes-1-2", normal(5, 2), normal(5, 3, 2), (1, 2))
    product("2d-3d-axes-1-1", normal(5, 2), normal(5, 2, 3), (1, 1))
    product("3d-2d-axes-2-1", normal(5, 3, 2), normal(5, 2), (2, 1))
    product("3d-2d-axes-1-1", normal(5, 2, 3), normal(5, 2), (1, 1))
    product("3d-3d-axes-2-1", normal(5, 3, 2), normal(5, 2, 4), (2, 1))
    product("3d-3d-axes-1-2", normal(5, 2, 3), normal(5, 4, 2), (1, 2))
    product("3d-3d-axes-1-1", normal(5, 2, 3), normal(5, 2, 4), (1, 1))
    product("3d-3d-axes-2-2", normal(5, 3, 2), normal(5, 4, 2), (2, 2))
    # Samples are square: a wrong axis gives the right shape and the wrong numbers.
    product("3d-3d-square-axes-1-2", normal(2, 3, 3), normal(2, 3, 3), (1, 2))
    product("contracted-1", normal(5, 3, 1), normal(5, 1, 4), (2, 1))
    f.promise("an integer names the same axis of both tensors", at="batch_dot: axes")
    product("2d-3d-axes-1", normal(5, 2), normal(5, 2, 3), 1)
    product("3d-2d-axes-1", normal(5, 2, 3), normal(5, 2), 1)
    product("3d-3d-axes-1", normal(5, 2, 3), normal(5, 2, 4), 1)
    product("3d-3d-axes-2", normal(5, 3, 2), normal(5, 4, 2), 2)
    f.promise("what is left of y follows what is left of x, at any rank from 2 on", at="batch_dot: returns")
    product("4d-2d-axes-1-1", normal(5, 2, 3, 4), normal(5, 2), (1, 1))
    product("2d-4d-axes-1-2", normal(5, 2), normal(5, 3, 2, 4), (1, 2))
    product("4d-3d-axes-2-1", normal(5, 3, 2, 4), normal(5, 2, 6), (2, 1))
    product("3d-4d-axes-1-3", normal(5, 2, 3), normal(5, 4, 6, 2), (1, 3))
    product("4d-4d-axes-3-1", normal(3, 4, 5, 2), normal(3, 2, 6, 7), (3, 1))
    product("4d-4d-axes-2", normal(3, 4, 2, 5), normal(3, 6, 2, 7), 2)
    f.promise("without axes, the last axis of x meets the last but one of y, or the only axis of its samples",
              at="batch_dot: axes")
    product("2d-2d-axes-none", normal(4, 3), normal(4, 3))
    product("2d-3d-axes-none", normal(5, 2), normal(5, 2, 3))
    product("3d-2d-axes-none", normal(5, 3, 2), normal(5, 2))
    product("3d-3d-axes-none", normal(5, 3, 2), normal(5, 2, 4))
    product("3d-3d-square-axes-none", normal(2, 3, 3), normal(2, 3, 3))
    product("4d-2d-axes-none", normal(5, 3, 4, 2), normal(5, 2))
    product("2d-4d-axes-none", normal(5, 2), normal(5, 3, 2, 4))
    product("4d-3d-axes-none", normal(5, 3, 4, 2), normal(5, 2, 6))
    product("3d-4d-axes-none", normal(5, 3, 2), normal(5, 4, 2, 6))
    product("4d-4d-axes-none", normal(3, 4, 5, 2), normal(3, 6, 2, 7))
    f.silent("whether an axis may be negative", at="batch_dot: axes")
    counted_from_the_last("2d-2d-axes-negative", normal(4, 3), normal(4, 3), -1)
    counted_from_the_last("2d-3d-axes-negative", normal(5, 2), normal(5, 3, 2), -1)
    counted_from_the_last("3d-2d-axes-negative", normal(5, 2, 3), normal(5, 2), (-2, -1))
    counted_from_the_last("3d-3d-axes-negative-int", normal(5, 3, 2), normal(5, 4, 2), -1)
    counted_from_the_last("3d-3d-axes-negative", normal(5, 2, 3), normal(5, 4, 2), (-2, -1))
    counted_from_the_last("3d-3d-axes-negative-mixed", normal(5, 3, 2), normal(5, 2, 4), (2, -2))
    counted_from_the_last("4d-4d-axes-negative", normal(3, 2, 4, 5), normal(3, 6, 7, 2), (-3, -1))
    f.silent("whether axes may be a list, and what becomes of it", at="batch_dot: axes")
    product("3d-3d-axes-list", normal(5, 3, 2), normal(5, 2, 4), [2, 1])
    f.case("axes-list-is-not-changed", "axes = [-1, -2]\nK.batch_dot(x, y, axes=axes)\nresult = axes",
           x=normal(5, 3, 2), y=normal(5, 2, 4), want=[-1, -2], ways=VARIABLE)
    f.promise("the lengths of batch, summed axes and other axes need not be known beforehand",
              at="placeholder: shape")
    product("unknown-batch-of-x", normal(5, 3, 2), normal(5, 2, 4).unknown(), (2, 1), ways=UNKNOWN)
    product("unknown-batch-and-rows", normal(5, 3, 2).unknown(0, 1), normal(5, 2, 4).unknown(0, 2), (2, 1),
            ways=UNKNOWN)
    product("unknown-contracted", normal(5, 3, 2).unknown(0, 2), normal(5, 2, 4).unknown(0, 1), (2, 1),
            ways=UNKNOWN)
    product("unknown-4d-3d", normal(5, 3, 2, 4).unknown(0, 1), normal(5, 2, 6).unknown(0, 2), (2, 1),
            ways=UNKNOWN)
    f.promise("the result keeps the dtype of float tensors", at="batch_dot: returns")
    product("float64", normal(5, 3, 2, dtype="float64"), normal(5, 4, 2, dtype="float64"), 2)
    product("float16", normal(5, 3, 2, dtype="float16"), normal(5, 4, 2, dtype="float16"), 2, ways=VARIABLE)
    f.promise("int_shape tells the lengths of the product, with None for an unknown length",
              at="batch_dot: examples")
    for variant, first, second, axes, lengths in (
            ("docstring", (32, 20, 1), (32, 30, 20), (1, 2), (32, 1, 30)),
            ("docstring-2d-3d", (100, 20), (100, 30, 20), (1, 2), (100, 30)),
            ("2d-2d", (4, 3), (4, 3), 1, (4, 1)), ("4d-3d", (5, 3, 2, 4), (5, 2, 6), (2, 1), (5, 3, 4, 6))):
        f.case("int-shape-" + variant, f"K.int_shape(K.batch_dot(x, y, axes={axes}))", x=normal(*first),
               y=normal(*second), want=lengths, ways=(VARIABLE, KNOWN))
    f.case("int-shape-unknown-batch", "K.int_shape(K.batch_dot(x, y, axes=(1, 2)))", x=normal(5, 2, 3),
           y=normal(5, 4, 2), want=(None, 3, 4), ways=UNKNOWN)
    # The ranks and axes that it takes are stated, and not what becomes of others: there is no Raises section.
    f.silent("how batch_dot refuses what it does not take: a vector, the batch, several axes, other lengths",
             at="batch_dot: axes")
    f.refuses("rank-1-x", "K.batch_dot(x, y, axes=1)", "ValueError", x=normal(3), y=normal(3, 4))
    f.refuses("rank-1-y", "K.batch_dot(x, y, axes=1)", "ValueError", x=normal(3, 4), y=normal(3))
    f.refuses("axis-0", "K.batch_dot(x, y, axes=0)", "ValueError", x=normal(4, 3), y=normal(4, 3))
    f.refuses("axis-0-of-y", "K.batch_dot(x, y, axes=(1, 0))", "ValueError", x=normal(4, 3), y=normal(4, 3))
    f.refuses("several-axes", "K.batch_dot(x, y, axes=((1, 2), (1, 2)))", "ValueError",
              x=normal(4, 3, 2), y=normal(4, 3, 2))
    f.refuses("batch-sizes-differ", "K.batch_dot(x, y, axes=1)", "ValueError", x=normal(4, 3), y=normal(5, 3))
    f.refuses("reduced-sizes-differ", "K.batch_dot(x, y, axes=(1, 1))", "ValueError",
              x=normal(4, 3, 2), y=normal(4, 5, 2))


with k.function("transpose", area="arithmetic", profile="core") as f:
    f.promise("the rows of a matrix become its columns", at="transpose: examples")
    f.case("docstring", x=given([[1, 2, 3], [4, 5, 6]]), want=np.array([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]))
    f.case("2d", x=normal(3, 5), oracle=np.transpose)
    f.case("2d-unknown-columns", x=normal(3, 5).unknown(1), oracle=np.transpose, ways=UNKNOWN)
    f.case("2d-square", x=normal(3, 3), oracle=np.transpose)
    f.case("int32", x=ints(2, 3), oracle=np.transpose)
    f.promise("a matrix that is transposed twice is the same matrix", at="transpose: summary")
    f.case("twice", "K.transpose(K.transpose(x)) - x", x=normal(2, 3), oracle=lambda x: x * 0)
    f.promise("the axes of a tensor of any rank are reversed", at="transpose: summary")
    f.case("1d", x=normal(4), oracle=np.transpose)
    f.case("3d", x=normal(2, 3, 4), oracle=np.transpose)
    f.case("4d", x=normal(2, 3, 4, 5), oracle=np.transpose)
    f.case("3d-two-unknown", x=normal(2, 3, 4).unknown(0, 2), oracle=np.transpose, ways=UNKNOWN)
    f.promise("int_shape tells the reversed lengths, with None for an unknown length",
              at="int_shape: returns")
    f.case("int-shape-2d", "K.int_shape(K.transpose(x))", x=normal(3, 5), want=(5, 3), ways=(VARIABLE, KNOWN))
    f.case("int-shape-unknown", "K.int_shape(K.transpose(x))", x=normal(2, 3, 4), want=(4, 3, None),
           ways=UNKNOWN)
    f.case("int-shape-3d", "K.int_shape(K.transpose(x))", x=normal(2, 3, 4), want=(4, 3, 2),
           ways=(VARIABLE, KNOWN))
