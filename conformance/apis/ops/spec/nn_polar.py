"""Complex numbers out of polar coordinates."""
import numpy as np

from conformance.apis.ops.inputs import given, normal, plain, uniform
from conformance.apis.ops.language import EAGER, TRACED, ops


def polar(abs_, angle):
    """abs (cos(angle) + i sin(angle))."""
    return abs_ * np.exp(1j * angle)


EVALUATED = (EAGER, TRACED)
with ops.function("polar", area="nn") as f:
    f.promise("real part abs * cos(angle), imaginary part abs * sin(angle)", at="polar: description")
    f.case("2d", abs_=uniform(2, 3, low=0.5, high=2.0), angle=normal(2, 3), oracle=polar, ways=EVALUATED,
           result_dtype="complex64")
    f.case("0d", abs_=given(2.0), angle=given(1.0), oracle=polar, ways=EAGER, result_dtype="complex64")
    f.case("3d", abs_=uniform(2, 1, 3), angle=normal(2, 1, 3), oracle=polar, ways=EAGER,
           result_dtype="complex64")
    f.case("zero", abs_=given([0.0, 1.0, 1.0]), angle=given([1.0, 0.0, np.pi]), oracle=polar, ways=EAGER,
           result_dtype="complex64")
    f.case("negative", abs_=given([-1.5, 2.0]), angle=given([0.5, -7.0]), oracle=polar, ways=EAGER,
           result_dtype="complex64")
    f.case("array", abs_=plain(uniform(2, 3)), angle=plain(normal(2, 3)), oracle=polar, ways=EAGER)
    f.promise("the shape and the dtype that a symbolic call declares are those of evaluation",
              at="KerasTensor: dtype")
    f.case("declared", abs_=uniform(2, 3), angle=normal(2, 3), oracle=polar, ways=("symbolic", "unknown"))
