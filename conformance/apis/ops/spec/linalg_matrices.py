"""Decompositions, systems of equations, norms.

Most of these functions want the last two lengths known: only axes of a batch are unknown here.
"""
import numpy as np

from conformance.apis.ops.inputs import Tensor, given, normal
from conformance.apis.ops.language import EAGER, UNKNOWN, ops
from conformance.apis.ops.oracle import decompositions as oracle
from conformance.apis.ops.promotion import floating

SOLVED = (4096.0, "elimination multiplies the error of the entries by the condition of the matrix")
FLOATS = ("float32", "float64")


def positive(*shape, dtype="float32"):
    """Symmetric positive definite matrices of condition below 100."""
    def make(random):
        a = random.standard_normal(shape)
        return a @ np.swapaxes(a, -1, -2) + shape[-1] * np.eye(shape[-1])
    return Tensor(make, len(shape), dtype)


def regular(*shape, dtype="float32"):
    """Square matrices that are far from singular, and not symmetric."""
    def make(random):
        return random.standard_normal(shape) + 3 * np.eye(shape[-1])
    return Tensor(make, len(shape), dtype)


def symmetric(*shape):
    """Symmetric matrices."""
    def make(random):
        a = random.standard_normal(shape)
        return a + np.swapaxes(a, -1, -2)
    return Tensor(make, len(shape), "float32")


def floats(f, function, x, **rest):
    """The dtype of floats is kept."""
    f.promise("the dtype of floats is kept", at="result_type: returns")
    f.case("float64", x=x.but(dtype="float64"), oracle=function, ulps=SOLVED, ways=(EAGER, "symbolic"),
           **rest)


with ops.function("cholesky", area="linalg", dtype=floating()) as f:
    f.promise("the lower factor L of L L^T", at="cholesky: returns")
    f.case("2d", x=positive(3, 3).unknown(), oracle=np.linalg.cholesky, ulps=SOLVED, profile="core")
    f.case("batch", x=positive(2, 4, 3, 3).unknown(0), oracle=np.linalg.cholesky, ulps=SOLVED)
    floats(f, np.linalg.cholesky, positive(3, 3))
    f.promise("upper asks for the upper factor", at="cholesky: upper")
    f.case("upper", x=positive(3, 3).unknown(), upper=True, ulps=SOLVED,
           oracle=lambda x, upper: np.linalg.cholesky(x).T)
    f.case("upper-batch", x=positive(2, 3, 3), upper=True, ulps=SOLVED,
           oracle=lambda x, upper: np.swapaxes(np.linalg.cholesky(x), -1, -2))
    f.promise("what is not square is refused", at="cholesky: x")
    f.refuses("wide", "ops.cholesky(x)", "Exception", x=normal(2, 3))
    f.refuses("vector", "ops.cholesky(x)", "Exception", x=normal(3).unknown())

with ops.function("cholesky_inverse", area="linalg", dtype=floating()) as f:
    f.promise("the inverse of L L^T from its lower factor", at="cholesky_inverse: returns")
    f.case("2d", "ops.cholesky_inverse(ops.cholesky(x))", x=positive(3, 3).unknown(),
           oracle=np.linalg.inv, ulps=SOLVED)
    f.case("given", x=given([[2.0, 0.0], [1.0, 4.0]]).unknown(), ulps=SOLVED,
           oracle=lambda x: np.linalg.inv(x @ x.T))
    f.promise("upper says that the factor is the upper one", at="cholesky_inverse: upper")
    f.case("upper", x=given([[2.0, 1.0], [0.0, 4.0]]).unknown(), upper=True, ulps=SOLVED,
           oracle=lambda x, upper: np.linalg.inv(x.T @ x))

with ops.function("det", area="linalg", dtype=floating()) as f:
    f.promise("the determinant of each matrix", at="det: returns")
    f.case("2d", x=regular(3, 3).unknown(), oracle=np.linalg.det, ulps=SOLVED, profile="core")
    f.case("batch", x=regular(2, 3, 3).unknown(0), oracle=np.linalg.det, ulps=SOLVED)
    f.case("negative", x=given([[0.0, 1.0], [1.0, 0.0]]).unknown(), oracle=np.linalg.det, ulps=SOLVED)
    f.case("one", x=normal(1, 1).unknown(), oracle=np.linalg.det, ulps=SOLVED)
    f.refuses("wide", "ops.det(x)", "Exception", x=normal(2, 3))
    floats(f, np.linalg.det, regular(3, 3))

with ops.function("slogdet", area="linalg") as f:
    f.promise("the sign and the logarithm of the absolute value of the determinant", at="slogdet: returns")
    f.case("2d", "tuple(ops.slogdet(x))", x=regular(3, 3).unknown(),
           oracle=lambda x: list(np.linalg.slogdet(x)),
           ulps=SOLVED, profile="core")
    f.case("batch", "tuple(ops.slogdet(x))", x=regular(2, 3, 3).unknown(0),
           oracle=lambda x: list(np.linalg.slogdet(x)), ulps=SOLVED)
    f.case("negative", "tuple(ops.slogdet(x))", x=given([[0.0, 2.0], [1.0, 0.0]]).unknown(),
           oracle=lambda x: list(np.linalg.slogdet(x)), ulps=SOLVED)

with ops.function("logdet", area="linalg", dtype=floating()) as f:
    f.promise("the logarithm of the determinant of positive definite matrices", at="logdet: returns")
    f.case("2d", x=positive(3, 3).unknown(), oracle=lambda x: np.linalg.slogdet(x)[1], ulps=SOLVED)
    f.case("batch", x=positive(2, 4, 3, 3).unknown(0), oracle=lambda x: np.linalg.slogdet(x)[1], ulps=SOLVED)

with ops.function("eigh", area="linalg", dtype=floating()) as f:
    f.promise("eigenvalues and orthonormal eigenvectors in columns", at="eigh: returns")
    f.case("2d", "tuple(ops.eigh(x))", x=symmetric(3, 3).unknown(), oracle=oracle.eigh, profile="core")
    f.case("batch", "tuple(ops.eigh(x))", x=symmetric(2, 4, 4).unknown(0), oracle=oracle.eigh)
    f.case("repeated", "tuple(ops.eigh(x))", x=given([[2.0, 0.0], [0.0, 2.0]]).unknown(), oracle=oracle.eigh)
    f.refuses("wide", "ops.eigh(x)", "Exception", x=normal(2, 3))

with ops.function("eig", area="linalg") as f:
    f.promise("eigenvalues and eigenvectors in columns", at="eig: returns")
    f.case("2d", "tuple(ops.eig(x))", x=symmetric(3, 3).unknown(), oracle=oracle.eig, ways=EAGER)
    f.case("rotation", "tuple(ops.eig(x))", x=given([[0.0, -1.0], [1.0, 0.0]]).unknown(),
           oracle=oracle.eig, ways=EAGER)
    f.case("batch", "tuple(ops.eig(x))", x=regular(2, 3, 3), oracle=oracle.eig, ways=EAGER)

with ops.function("inv", area="linalg", dtype=floating()) as f:
    f.promise("the inverse of each matrix", at="inv: returns")
    f.case("2d", x=regular(3, 3).unknown(), oracle=np.linalg.inv, ulps=SOLVED, profile="core")
    f.case("batch", x=regular(2, 4, 3, 3).unknown(0, 1), oracle=np.linalg.inv, ulps=SOLVED)
    f.case("permutation", x=given([[0.0, 1.0], [2.0, 0.0]]).unknown(), oracle=np.linalg.inv, ulps=SOLVED)
    f.refuses("wide", "ops.inv(x)", "Exception", x=normal(2, 3))
    floats(f, np.linalg.inv, regular(3, 3))

with ops.function("pinv", area="linalg", dtype=floating()) as f:
    f.promise("the pseudo-inverse, which turns rows into columns", at="pinv: returns")
    f.case("tall", x=normal(4, 2).unknown(), oracle=lambda x, **rest: np.linalg.pinv(x, **rest), ulps=SOLVED)
    f.case("wide", x=normal(2, 4).unknown(), oracle=np.linalg.pinv, ulps=SOLVED)
    f.case("batch", x=normal(3, 4, 2).unknown(0), oracle=np.linalg.pinv, ulps=SOLVED)

with ops.function("lu_factor", area="linalg") as f:
    f.promise("the factors in one matrix, and the pivots", at="lu_factor: returns")
    f.case("square", "tuple(ops.lu_factor(x))", x=regular(3, 3), oracle=oracle.lu_factor,
           ways=(EAGER, "symbolic"))
    f.silent("what pivots of swapped rows are, and whether x need not be square", at="lu_factor: returns")
    f.case("swapped", "tuple(ops.lu_factor(x))", x=given([[0.0, 1.0], [2.0, 3.0]]).unknown(),
           oracle=oracle.lu_factor,
           ways=EAGER)
    f.case("tall", "tuple(ops.lu_factor(x))", x=normal(4, 2).unknown(), oracle=oracle.lu_factor, ways=EAGER)

with ops.function("qr", area="linalg") as f:
    f.promise("Q and R, reduced unless mode says complete", at="qr: mode")
    f.case("tall", "tuple(ops.qr(x))", x=normal(4, 2).unknown(), oracle=oracle.qr("reduced"), profile="core")
    f.case("wide", "tuple(ops.qr(x))", x=normal(2, 4).unknown(), oracle=oracle.qr("reduced"))
    f.case("batch", "tuple(ops.qr(x))", x=normal(3, 4, 2).unknown(0), oracle=oracle.qr("reduced"))
    f.case("complete", "tuple(ops.qr(x, mode='complete'))", x=normal(4, 2).unknown(),
           oracle=oracle.qr("complete"))
    f.case("complete-wide", "tuple(ops.qr(x, mode='complete'))", x=normal(2, 4).unknown(),
           oracle=oracle.qr("complete"))
    f.promise("another mode is refused", at="qr: mode")
    f.refuses("mode", "ops.qr(x, mode='raw')", "ValueError", x=normal(3, 3).unknown())

with ops.function("svd", area="linalg") as f:
    f.promise("U, S and V^T; without full_matrices only as many as there are singular values",
              at="svd: full_matrices")
    f.case("full", "tuple(ops.svd(x))", x=normal(4, 2).unknown(), oracle=oracle.svd(True), profile="core")
    f.case("full-wide", "tuple(ops.svd(x))", x=normal(2, 4).unknown(), oracle=oracle.svd(True))
    f.case("thin", "tuple(ops.svd(x, full_matrices=False))", x=normal(4, 2).unknown(),
           oracle=oracle.svd(False))
    f.case("thin-wide", "tuple(ops.svd(x, full_matrices=False))", x=normal(2, 4).unknown(),
           oracle=oracle.svd(False))
    f.case("thin-batch", "tuple(ops.svd(x, full_matrices=False))", x=normal(3, 4, 2).unknown(0),
           oracle=oracle.svd(False))
    f.promise("without compute_uv only the singular values, largest first", at="svd: compute_uv")
    f.case("values", x=normal(4, 2).unknown(), compute_uv=False, ulps=SOLVED, result_dtype="float32",
           oracle=lambda x, compute_uv: np.linalg.svd(x, compute_uv=False))
    f.case("values-batch", x=normal(2, 3, 4), compute_uv=False, ulps=SOLVED, result_dtype="float32",
           oracle=lambda x, compute_uv: np.linalg.svd(x, compute_uv=False))

with ops.function("solve", area="linalg", dtype=floating()) as f:
    f.promise("x of a x = b, for a matrix or a vector b", at="solve: b")
    f.case("matrix", a=regular(3, 3).unknown(), b=normal(3, 2).unknown(), oracle=np.linalg.solve,
           ulps=SOLVED, profile="core")
    f.case("vector", a=regular(3, 3).unknown(), b=normal(3).unknown(), oracle=np.linalg.solve, ulps=SOLVED)
    f.case("batch", a=regular(2, 3, 3).unknown(0), b=normal(2, 3, 4).unknown(0), oracle=np.linalg.solve,
           ulps=SOLVED)
    f.refuses("wide", "ops.solve(a, b)", "Exception", a=normal(2, 3), b=normal(2, 1).unknown())

with ops.function("solve_triangular", area="linalg", dtype=floating()) as f:
    f.promise("x of a x = b, where only the upper triangle of a counts", at="solve_triangular: lower")
    f.case("upper", "ops.solve_triangular(a, b)", a=regular(3, 3).unknown(), b=normal(3, 2).unknown(),
           ulps=SOLVED, oracle=lambda a, b: np.linalg.solve(np.triu(a), b))
    f.case("upper-vector", "ops.solve_triangular(a, b)", a=regular(3, 3).unknown(),
           b=normal(3).unknown(), ulps=SOLVED, oracle=lambda a, b: np.linalg.solve(np.triu(a), b))
    f.promise("lower asks for the lower triangle", at="solve_triangular: lower")
    f.case("lower", "ops.solve_triangular(a, b, lower=True)", a=regular(3, 3).unknown(),
           b=normal(3, 2).unknown(), ulps=SOLVED, oracle=lambda a, b: np.linalg.solve(np.tril(a), b))
    f.case("lower-batch", "ops.solve_triangular(a, b, lower=True)", a=regular(2, 3, 3), b=normal(2, 3, 4),
           ulps=SOLVED, oracle=lambda a, b: np.linalg.solve(np.tril(a), b))

with ops.function("lstsq", area="linalg", dtype=floating()) as f:
    f.promise("the x for which a x is nearest to b", at="lstsq: returns")
    f.case("matrix", "ops.lstsq(a, b)", a=normal(5, 3).unknown(), b=normal(5, 2).unknown(), ulps=SOLVED,
           oracle=lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0])
    f.case("vector", "ops.lstsq(a, b)", a=normal(5, 3).unknown(), b=normal(5).unknown(), ulps=SOLVED,
           oracle=lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0])
    f.promise("of several such x, the shortest", at="lstsq: returns")
    f.case("wide", "ops.lstsq(a, b)", a=normal(2, 4).unknown(), b=normal(2).unknown(), ulps=SOLVED,
           oracle=lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0])

with ops.function("matrix_rank", area="linalg", dtype=None) as f:
    f.promise("the number of singular values above the tolerance", at="matrix_rank: returns")
    f.case("full", x=regular(3, 3).unknown(), oracle=np.linalg.matrix_rank, result_dtype="int32")
    f.case("one", x=given([[1.0, 2.0], [2.0, 4.0], [0.0, 0.0]]).unknown(), oracle=np.linalg.matrix_rank)
    f.case("zero", x=given([[0.0, 0.0], [0.0, 0.0]]).unknown(), oracle=np.linalg.matrix_rank)
    f.case("batch", x=normal(2, 3, 4).unknown(0), oracle=np.linalg.matrix_rank)
    f.promise("tol is the tolerance", at="matrix_rank: tol")
    f.case("tol", x=given([[1.0, 0.0], [0.0, 0.01]]).unknown(), tol=0.1, oracle=np.linalg.matrix_rank)

with ops.function("norm", area="linalg", dtype=floating()) as f:
    norm = np.linalg.norm
    f.promise("without ord and axis, the 2-norm of all elements", at="norm: ord")
    f.case("1d", x=normal(4), oracle=norm, profile="core")
    f.case("2d", x=normal(2, 3), oracle=norm, profile="core")
    f.silent("the norm of more than two axes", at="norm: axis")
    f.case("3d", x=normal(2, 3, 4), oracle=norm)
    f.promise("with axis, the norms of vectors or, for two axes, of matrices", at="norm: axis")
    f.case("axis", x=normal(2, 3, 4).unknown(0), axis=1, oracle=norm, profile="core")
    f.case("axis-negative", x=normal(2, 3, 4), axis=-1, keepdims=True, oracle=norm)
    f.case("axes", x=normal(2, 3, 4), axis=(0, 2), oracle=norm)
    f.case("axes-keepdims", x=normal(2, 3, 4), axis=(-1, 0), keepdims=True, oracle=norm)
    f.case("keepdims", x=normal(2, 3), keepdims=True, oracle=norm)
    f.promise("ord of a vector is a number, inf or -inf", at="norm: ord")
    for ord in (0, 1, 2, 3, -1, -2, 0.5, float("inf"), float("-inf")):
        name = str(ord).replace("-", "minus-").replace(".", "-")
        text = "float({!r})".format(str(ord)) if np.isinf(ord) else repr(ord)
        f.case("vector-" + name, "ops.norm(x, ord={})".format(text),
               x=given([3.0, -4.0, 0.5]), oracle=lambda x, ord=ord: norm(x, ord), ways=(EAGER, "symbolic"))
    f.case("vector-axis", "ops.norm(x, ord=1, axis=0, keepdims=True)", x=normal(3, 2),
           oracle=lambda x: norm(x, 1, 0, True))
    f.promise("ord of a matrix is 1, 2, inf, their negatives, fro or nuc", at="norm: ord")
    for ord in (1, -1, 2, -2, float("inf"), float("-inf"), "fro", "nuc"):
        name = str(ord).replace("-", "minus-")
        text = repr(ord) if isinstance(ord, str) or not np.isinf(ord) else "float({!r})".format(str(ord))
        f.case("matrix-" + name, "ops.norm(x, ord={})".format(text), x=normal(3, 2), ulps=SOLVED,
               oracle=lambda x, ord=ord: norm(x, ord), ways=(EAGER, "symbolic"))
        f.case("matrices-" + name, "ops.norm(x, ord={}, axis=(0, 2))".format(text), x=normal(3, 2, 4),
               ulps=SOLVED,
               oracle=lambda x, ord=ord: norm(x, ord, (0, 2)), ways=(EAGER, "symbolic"))
    f.promise("integers become floats", at="result_type: returns")
    f.case("int32", x=given([3, 4], "int32"), oracle=lambda x: norm(x))
    f.case("float64", x=normal(4, dtype="float64"), oracle=norm, ways=(EAGER, "symbolic"))
    f.case("float16", x=given([3.0, 4.0], "float16"), oracle=norm, ways=(EAGER, "symbolic"))
    f.case("unknown", x=normal(2, 3).unknown(0, 1), axis=1, oracle=norm, ways=UNKNOWN)
