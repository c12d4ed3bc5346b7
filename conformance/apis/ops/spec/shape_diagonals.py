"""Diagonals and triangles."""
import numpy as np

from conformance.apis.ops.families import any_dtype, not_tensors
from conformance.apis.ops.inputs import given, normal, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.oracle import rearranging as oracle
from conformance.apis.ops.promotion import COMMON, accumulating, same

KNOWN = ("eager", "symbolic", "traced")
"""A diagonal of unknown lengths has an unknown length, also where it is as long for two lengths of these."""

with ops.function("diag", area="shape", dtype=same("x")) as f:
    f.promise("the k-th diagonal of a matrix", at="diag: x")
    f.case("of-matrix", x=normal(3, 4), oracle=np.diag, ways=KNOWN, profile="core")
    f.case("of-matrix-tall", x=normal(4, 2), oracle=np.diag, ways=KNOWN)
    for k in (1, -1, 2, -2, 3):
        f.case("of-matrix-k{}".format(k), x=normal(3, 4), k=k, oracle=np.diag, ways=KNOWN)
    f.case("of-matrix-tall-k1", x=normal(4, 2), k=1, oracle=np.diag, ways=KNOWN)
    f.case("of-matrix-tall-k-2", x=normal(4, 2), k=-2, oracle=np.diag, ways=KNOWN)
    f.case("of-matrix-outside", x=normal(2, 3), k=3, oracle=np.diag, ways=KNOWN)
    f.promise("a matrix with x on its k-th diagonal", at="diag: x")
    f.case("of-vector", x=normal(3), oracle=np.diag, profile="core")
    for k in (1, -1, 2, -3):
        f.case("of-vector-k{}".format(k), x=normal(3), k=k, oracle=np.diag)
    f.case("of-empty", x=normal(0), k=1, oracle=np.diag)
    any_dtype(f, np.diag, k=1)
    f.sweep("vector", x=values(3), oracle=np.diag, dtypes=("bool", "int8", "int64", "bfloat16"),
            ways=SYMBOLIC)
    not_tensors(f, np.diag)
    f.promise("x has one or two dimensions", at="diag: x")
    f.refuses("3d", "ops.diag(x)", "Exception", x=normal(2, 2, 2))

with ops.function("diagflat", area="shape", dtype=same("x")) as f:
    f.promise("a matrix with all elements on its k-th diagonal", at="diagflat: x")
    f.case("1d", x=normal(3), oracle=np.diagflat)
    f.case("2d", x=normal(2, 2), oracle=np.diagflat)
    f.case("3d", x=normal(1, 2, 2).unknown(), oracle=np.diagflat)
    f.case("0d", x=normal(), oracle=np.diagflat)
    f.case("unknown", x=normal(2, 2).unknown(0), oracle=np.diagflat, ways=UNKNOWN)
    for k in (1, -1, 3, -2):
        f.case("k{}".format(k), x=normal(2, 2), k=k, oracle=np.diagflat)
    any_dtype(f, np.diagflat)
    not_tensors(f, np.diagflat, k=1)

with ops.function("diagonal", area="shape", dtype=same("x")) as f:
    f.promise("the elements x[i, i + offset]", at="diagonal: offset")
    f.case("2d", x=normal(3, 4), oracle=np.diagonal, ways=KNOWN, profile="core")
    f.case("2d-tall", x=normal(4, 3), oracle=np.diagonal, ways=KNOWN)
    for offset in (1, 3, -1, -2):
        f.case("offset{}".format(offset), x=normal(3, 4), offset=offset, oracle=np.diagonal, ways=KNOWN)
    f.case("tall-offset-2", x=normal(4, 2), offset=-2, oracle=np.diagonal, ways=KNOWN)
    f.case("tall-offset1", x=normal(4, 2), offset=1, oracle=np.diagonal, ways=KNOWN)
    f.case("outside", x=normal(2, 3), offset=3, oracle=np.diagonal, ways=KNOWN)
    f.promise("of the two axes, which go; the diagonals are last", at="diagonal: axis1, axis2")
    f.case("3d", x=normal(2, 3, 4), oracle=np.diagonal, ways=KNOWN)
    f.case("axes", x=normal(2, 3, 4).unknown(0), axis1=1, axis2=2, oracle=np.diagonal, profile="core")
    f.case("axes-reversed", x=normal(2, 3, 4), axis1=2, axis2=0, oracle=np.diagonal, ways=KNOWN)
    f.case("axes-negative", x=normal(2, 3, 4), offset=1, axis1=-2, axis2=-1, oracle=np.diagonal, ways=KNOWN)
    f.case("axes-reversed-offset", x=normal(2, 3, 4), offset=-1, axis1=2, axis2=1, oracle=np.diagonal,
           ways=KNOWN)
    f.case("5d", x=normal(2, 1, 3, 2, 3), offset=1, axis1=2, axis2=4, oracle=np.diagonal, ways=KNOWN)
    f.case("axes-unknown", x=normal(2, 3, 4).unknown(1, 2), axis1=1, axis2=2, oracle=np.diagonal,
           ways=UNKNOWN)
    any_dtype(f, np.diagonal)
    not_tensors(f, np.diagonal)

with ops.function("trace", area="shape", dtype=accumulating("x")) as f:
    f.promise("the sum of the elements x[i, i + offset]", at="trace: offset")
    f.case("2d", x=normal(3, 4), oracle=oracle.trace, profile="core")
    f.case("2d-tall", x=normal(4, 3), oracle=oracle.trace)
    for offset in (1, 3, -1, -2):
        f.case("offset{}".format(offset), x=normal(3, 4), offset=offset, oracle=oracle.trace)
    f.case("outside", x=normal(2, 3), offset=3, oracle=oracle.trace)
    f.promise("of the two axes, which go", at="trace: axis1, axis2")
    f.case("3d", x=normal(2, 3, 4), oracle=oracle.trace)
    f.case("axes", x=normal(2, 3, 4).unknown(0), axis1=1, axis2=2, oracle=oracle.trace)
    f.case("axes-reversed", x=normal(2, 3, 4), axis1=2, axis2=0, oracle=oracle.trace)
    f.case("axes-negative", x=normal(2, 3, 4), offset=1, axis1=-2, axis2=-1, oracle=oracle.trace)
    f.case("axes-reversed-offset", x=normal(2, 3, 4), offset=-1, axis1=2, axis2=1, oracle=oracle.trace)
    f.case("5d", x=normal(2, 1, 3, 2, 3), offset=1, axis1=2, axis2=4, oracle=oracle.trace)
    f.promise("bools and narrow integers are summed in 32 bits, floats keep their dtype",
              at="result_type: returns")
    f.sweep("of", x=values(2, 3, 2), oracle=oracle.trace)
    f.case("overflow-int8", x=given([[[100], [1]], [[1], [100]]], "int8"), oracle=oracle.trace)
    f.case("array", x=plain(normal(3, 4)), oracle=oracle.trace, ways=EAGER)

for name, function, side in (("tril", np.tril, "above"), ("triu", np.triu, "below")):
    with ops.function(name, area="shape", dtype=same("x")) as f:
        f.promise("zeros {} the k-th diagonal".format(side), at=name + ": k")
        f.case("2d", x=normal(3, 4), oracle=function, profile="core")
        f.case("2d-tall", x=normal(4, 3), oracle=function)
        for k in (1, -1, 2, -2, 5, -5):
            f.case("k{}".format(k), x=normal(3, 4), k=k, oracle=function)
        f.promise("of the last two axes", at=name + ": description")
        f.case("3d", x=normal(2, 3, 4), oracle=function, profile="core")
        f.case("3d-k1", x=normal(2, 3, 4).unknown(0, 1), k=1, oracle=function)
        f.case("5d", x=normal(2, 1, 2, 3, 2), k=-1, oracle=function)
        f.case("unknown", x=normal(2, 3, 4).unknown(1, 2), k=-1, oracle=function, ways=UNKNOWN)
        f.promise("what is not kept is zero, whatever it was", at=name + ": returns")
        f.case("edges", x=given([[np.nan, np.inf, 1.0], [np.inf, np.nan, np.inf], [1.0, np.nan, np.nan]]),
               oracle=function)
        any_dtype(f, function, dtypes=COMMON, k=0)
        not_tensors(f, function)
