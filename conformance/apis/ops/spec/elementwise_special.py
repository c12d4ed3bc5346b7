"""The error functions, a Bessel function, and logarithms of sums of exponentials."""
import numpy as np

from conformance.apis.ops.families import NUMPY
from conformance.apis.ops.families_elementwise import FLOATING, binary, other_floatx, promoting, unary
from conformance.apis.ops.inputs import given, uniform
from conformance.apis.ops.language import ops
from conformance.apis.ops.oracle import elementwise as oracle
from conformance.apis.ops.promotion import floating, widening

INF, NAN = np.inf, np.nan


def inside(*shape, dtype="float32"):
    """Numbers between -1 and 1."""
    return uniform(*shape, low=-0.95, high=0.95, dtype=dtype)


with ops.function("erf", area="elementwise", dtype=floating()) as f:
    unary(f, oracle.erf, "the error function", edges=[NAN, INF, -INF, 0.0, -0.0, 5.0, -3.0], signs=True,
          dtypes=FLOATING, unusual=(), whole="the result has the dtype of x", profile="core")

with ops.function("erfc", area="elementwise", dtype=floating()) as f:
    unary(f, oracle.erfc, "one minus the error function", edges=[NAN, INF, -INF, 0.0, 2.0, -3.0],
          dtypes=FLOATING, unusual=(), whole="the result has the dtype of x")
    f.promise("it is exact where the error function is near 1", at="erfc: returns")
    f.case("tail", x=given([2.5, 3.5, 4.5]), oracle=oracle.erfc, ulps=(512, "x squared, exponentiated"))

with ops.function("erfinv", area="elementwise", dtype=floating()) as f:
    unary(f, oracle.erfinv, "what the error function maps to x", make=inside,
          edges=[NAN, 1.0, -1.0, 0.0, -0.0, 1.5, -2.0, 0.999], halves=False, low=-0.9, high=0.9,
          dtypes=FLOATING, unusual=(), whole="the result has the dtype of x")

with ops.function("i0", area="elementwise", dtype=widening()) as f:
    unary(f, np.i0, "the modified Bessel function of order 0", edges=[NAN, 0.0, -0.0, 8.0, -8.0, 20.0],
          halves=False)
    other_floatx(f, np.i0)

for name, function, base in (("logaddexp", np.logaddexp, "e"), ("logaddexp2", np.logaddexp2, "2")):
    with ops.function(name, area="elementwise", dtype=floating("x1", "x2")) as f:
        binary(f, function, "the logarithm to the base {0} of {0} ** x1 + {0} ** x2".format(base))
        promoting(f, function, weak=False)
        f.promise("large numbers do not overflow, nor do small ones vanish", at=NUMPY)
        f.case("large", x1=given([1000.0, -1000.0, 500.0]), x2=given([1000.0, -1001.0, -500.0]),
               oracle=function)
        f.case("infinities", x1=given([INF, -INF, INF, -INF, INF]), x2=given([INF, -INF, -INF, 1.0, 2.0]),
               oracle=function)
        f.case("nan", x1=given([NAN, 1.0]), x2=given([1.0, NAN]), oracle=function)
