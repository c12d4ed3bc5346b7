"""Trigonometric and hyperbolic functions, their inverses, and angles."""
import numpy as np

from conformance.apis.ops.families import NUMPY
from conformance.apis.ops.families_elementwise import FLOATING, binary, other_floatx, promoting, unary
from conformance.apis.ops.inputs import given, ints, uniform
from conformance.apis.ops.language import ops
from conformance.apis.ops.promotion import floating, widening

INF, NAN = np.inf, np.nan
ZERO_ONE = ("bool", "uint8", "int8", "int16", "int32", "int64", *FLOATING)


def inside(*shape, dtype="float32"):
    """Numbers between -1 and 1."""
    return uniform(*shape, low=-0.95, high=0.95, dtype=dtype)


def above(*shape, dtype="float32"):
    """Numbers from 1 to 5."""
    return uniform(*shape, low=1.05, high=5.0, dtype=dtype)


def units(*shape):
    """Zeros and ones."""
    return ints(*shape, low=0, high=2)


for name, function, edges, profile in (
        ("sin", np.sin, [NAN, INF, -INF, 0.0, -0.0, 100.0], "core"),
        ("cos", np.cos, [NAN, INF, -INF, 0.0, -0.0, 100.0], "core"),
        ("tan", np.tan, [NAN, INF, -INF, 0.0, -0.0, 1.5], "full"),
        ("arctan", np.arctan, [NAN, INF, -INF, 0.0, -0.0, 1.0, 1e9], "full"),
        ("sinh", np.sinh, [NAN, INF, -INF, 0.0, -0.0, 4.0, 100.0], "full"),
        ("cosh", np.cosh, [NAN, INF, -INF, 0.0, -0.0, 4.0, -100.0], "full"),
        ("tanh", np.tanh, [NAN, INF, -INF, 0.0, -0.0, 20.0, -0.5], "core"),
        ("arcsinh", np.arcsinh, [NAN, INF, -INF, 0.0, -0.0, 1e4, -1e4], "full")):
    with ops.function(name, area="elementwise", dtype=floating()) as f:
        unary(f, function, "the function of that name, of radians or real numbers", edges=edges,
              signs=name not in ("cos", "cosh"), profile=profile)
        other_floatx(f, function)

for name, function, edges in (
        ("arcsin", np.arcsin, [NAN, INF, 1.5, -1.5, 0.0, -0.0, 1.0, -1.0]),
        ("arccos", np.arccos, [NAN, INF, 1.5, -1.5, 0.0, 1.0, -1.0]),
        ("arctanh", np.arctanh, [NAN, INF, 1.5, -1.5, 0.0, -0.0, 1.0, -1.0])):
    with ops.function(name, area="elementwise", dtype=floating()) as f:
        unary(f, function, "the inverse, NaN outside of its domain", make=inside, edges=edges,
              signs=name != "arccos", low=-1, high=1)
        other_floatx(f, function, units)

with ops.function("arccosh", area="elementwise", dtype=floating()) as f:
    unary(f, np.arccosh, "the inverse of cosh, NaN below 1", make=above, number=1.5,
          edges=[NAN, INF, -INF, 0.5, -2.0, 1.0, 1e4], low=1, high=8)
    other_floatx(f, np.arccosh, lambda *shape: ints(*shape, low=1))

with ops.function("sinc", area="elementwise", dtype=floating()) as f:
    unary(f, np.sinc, "sin(pi x) / (pi x), and 1 at 0", low=0, high=1,
          edges=[NAN, 0.0, -0.0, 0.5, -1.5, 0.25])
    other_floatx(f, np.sinc, units)
    f.promise("the limit at 0 is 1, of any shape", at="sinc: x")
    f.case("zeros", x=given([[0.0, 1.0], [-0.0, 0.5]]), oracle=np.sinc)

with ops.function("deg2rad", area="elementwise", dtype=widening()) as f:
    unary(f, np.deg2rad, "x * (pi / 180)", edges=[NAN, INF, -INF, 0.0, -0.0, 180.0, -90.0, 360.0],
          signs=True, ulps=(8, "one product"))
    other_floatx(f, np.deg2rad)

with ops.function("rad2deg", area="elementwise", dtype=widening()) as f:
    unary(f, np.rad2deg, "x * (180 / pi)", edges=[NAN, INF, -INF, 0.0, -0.0, 1.5, -3.0],
          signs=True, ulps=(8, "one product"))
    other_floatx(f, np.rad2deg)

with ops.function("arctan2", area="elementwise", dtype=floating("x1", "x2")) as f:
    binary(f, np.arctan2, "the angle of the point (x2, x1) in [-pi, pi]")
    promoting(f, np.arctan2, weak=False)
    f.promise("each quadrant has its angle", at="arctan2: example")
    f.case("quadrants", x1=given([-1.0, 1.0, 1.0, -1.0]), x2=given([-1.0, -1.0, 1.0, 1.0]),
           oracle=np.arctan2)
    f.promise("zeros have signs, and infinities directions", at="arctan2: IEEE convention")
    f.case("zeros", x1=given([0.0, -0.0, 0.0, -0.0, 1.0, -1.0, 0.0, -0.0]),
           x2=given([0.0, 0.0, -0.0, -0.0, 0.0, -0.0, -2.0, -2.0]), oracle=np.arctan2, signs=True)
    f.case("infinities", x1=given([INF, INF, -INF, -INF, INF, 1.0, -1.0, 1.0]),
           x2=given([INF, -INF, INF, -INF, 1.0, INF, -INF, -INF]), oracle=np.arctan2, signs=True)
    f.case("nan", x1=given([NAN, 1.0]), x2=given([1.0, NAN]), oracle=np.arctan2)

with ops.function("hypot", area="elementwise", dtype=widening("x1", "x2")) as f:
    binary(f, np.hypot, "sqrt(x1 ** 2 + x2 ** 2)")
    promoting(f, np.hypot, weak=False)
    f.promise("the squares do not overflow, nor vanish", at=NUMPY)
    f.case("large", x1=given([3e30, 1e20, 3e-30]), x2=given([4e30, 0.0, 4e-30]), oracle=np.hypot)
    f.promise("infinity stands above NaN", at=NUMPY)
    f.case("edges", x1=given([INF, -INF, NAN, NAN, -0.0]), x2=given([1.0, NAN, INF, 1.0, -0.0]),
           oracle=np.hypot, signs=True)
