"""Functions of one tensor, element by element."""
import numpy as np

from conformance.apis.ops.inputs import given, normal, values
from conformance.apis.ops.language import ops
from conformance.apis.ops.promotion import floating

with ops.function("exp", area="elementwise", dtype=floating()) as f:
    f.promise("e to the power of each element", at="exp: returns")
    f.case("2d", x=normal(2, 3), oracle=np.exp, profile="core")
    f.case("edges", x=given([np.nan, np.inf, -np.inf, 0.0]), oracle=np.exp)
    f.promise("integers and bools become floatx", at="result_type: returns")
    f.sweep("of", x=values(2, 3), oracle=np.exp)
