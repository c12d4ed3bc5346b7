"""Activations of one tensor, element by element."""
import numpy as np

from conformance.apis.ops.inputs import given, listed, normal, plain, values
from conformance.apis.ops.language import SYMBOLIC, ops
from conformance.apis.ops.oracle import activation as oracle
from conformance.apis.ops.promotion import FLOATS, same
from conformance.case import Check
from conformance.oracle import nn

NOTHING_MORE = Check("what was declared, and no more", lambda got: None)
HALF_STEPS = {"float16": (24.0, "each step of the definition is rounded to half precision"),
               "bfloat16": (24.0, "each step of the definition is rounded to half precision")}


def of_floats(f, oracle, ulps=None, **arguments):
    """The shape and the dtype are those of x, whatever its rank."""
    f.promise("x may have any rank, 0 included, and the result has its shape", at=f.name + ": returns")
    f.case("0d", x=given(0.7), oracle=oracle, **arguments)
    f.case("1d", x=normal(5), oracle=oracle, ways="eager", **arguments)
    f.case("5d", x=normal(1, 2, 1, 3, 2), oracle=oracle, ways="eager", **arguments)
    f.case("empty", x=given(np.zeros((0, 3))), oracle=oracle, **arguments)
    f.promise("x may be a NumPy array, as in the example", at=f.name + ": example")
    f.case("array", x=plain(normal(2, 3)), oracle=oracle, result_dtype=None, **arguments)
    f.silent("whether a list is a tensor", at=f.name + ": x")
    f.case("list", x=listed([-0.75, 0.25, 2.5]), oracle=oracle, result_dtype=None, **arguments)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, x=values(2, 3, low=-3, high=3), oracle=oracle, ulps=ulps, **arguments)
    f.promise("the dtype that a symbolic call declares of integers is what evaluation gives",
              at="KerasTensor: dtype")
    f.case("declared-int32", x=given([[-2, 0, 3]], "int32"), ways=SYMBOLIC, want=NOTHING_MORE,
           result_dtype=None, **arguments)


def activation(name, oracle, text, profile="full"):
    """A function of the area, with the promise of its definition."""
    function = ops.function(name, area="nn", dtype=same(), profile=profile)
    function.promise(text, at=name + ": definition")
    function.case("2d", x=normal(3, 4, scale=2.0), oracle=oracle, profile="core")
    return function


with activation("relu", oracle.relu, "the larger of x and 0", "core") as f:
    f.case("edges", x=given([-100.0, -1e-30, 0.0, 1e-30, 100.0, np.inf, -np.inf]), oracle=oracle.relu)
    f.case("nan", x=given([np.nan, 1.0]), oracle=oracle.relu)
    of_floats(f, oracle.relu)
    f.promise("integers stay integers of their dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=("int8", "int16", "int32", "int64", "uint8"), x=values(2, 3), oracle=oracle.relu)

with activation("relu6", oracle.relu6, "x between 0 and 6", "core") as f:
    f.case("edges", x=given([-1.0, 0.0, 5.9375, 6.0, 6.0625, np.inf, -np.inf]), oracle=oracle.relu6)
    f.case("nan", x=given([np.nan, 1.0]), oracle=oracle.relu6)
    of_floats(f, oracle.relu6)

with activation("sigmoid", nn.sigmoid, "1 / (1 + exp(-x))", "core") as f:
    f.case("edges", x=given([0.0, 100.0, -100.0, np.inf, -np.inf, np.nan]), oracle=nn.sigmoid)
    f.case("tail", x=given([-30.0, -50.0, -80.0]), oracle=nn.sigmoid)
    of_floats(f, nn.sigmoid)

with activation("sparse_sigmoid", oracle.sparse_sigmoid, "0 up to -1, 1 from 1, a line between") as f:
    f.case("edges", x=given([-1.0, 1.0, 0.0, -1.25, 1.25, np.inf, -np.inf]), oracle=oracle.sparse_sigmoid)
    f.case("inside", x=given([-0.9375, -0.5, 0.25, 0.9375]), oracle=oracle.sparse_sigmoid)
    of_floats(f, oracle.sparse_sigmoid)

with activation("softplus", nn.softplus, "log(exp(x) + 1)", "core") as f:
    f.case("large", x=given([20.0, 50.0, 100.0, 1000.0, np.inf]), oracle=nn.softplus)
    f.case("small", x=given([-5.0, -1000.0, -np.inf, np.nan]), oracle=nn.softplus)
    f.case("float16-large", x=given([11.5, 20.0, 300.0], "float16"), oracle=nn.softplus)
    of_floats(f, nn.softplus)
    f.silent("how exact it is where the exponential is lost beside 1", at="softplus: definition")
    f.case("tail", x=given([-15.0, -20.0, -50.0]), oracle=nn.softplus, ways="eager")

with activation("softsign", oracle.softsign, "x / (abs(x) + 1)", "core") as f:
    f.case("edges", x=given([0.0, 1e10, -1e10, 1e-10, np.nan]), oracle=oracle.softsign)
    of_floats(f, oracle.softsign)

with activation("soft_shrink", oracle.soft_shrink, "x moved towards 0 by the threshold, 0 within it") as f:
    f.case("edges", x=given([0.5, -0.5, 0.5625, -0.5625, 0.0, np.inf, -np.inf]), oracle=oracle.soft_shrink)
    f.case("nan", x=given([np.nan, 2.0]), oracle=oracle.soft_shrink)
    f.promise("threshold says how far", at="soft_shrink: threshold")
    f.case("threshold", x=normal(3, 4), threshold=0.25, oracle=oracle.soft_shrink)
    f.case("threshold-0", x=normal(3, 4), threshold=0.0, oracle=oracle.soft_shrink)
    f.case("threshold-whole", x=normal(3, 4, scale=3.0), threshold=1, oracle=oracle.soft_shrink)
    f.case("positional", "ops.soft_shrink(x, 1.5)", x=normal(3, 4, scale=2.0),
           oracle=lambda x: oracle.soft_shrink(x, 1.5))
    of_floats(f, oracle.soft_shrink)

with activation("hard_shrink", oracle.hard_shrink, "x where abs(x) exceeds the threshold, else 0") as f:
    f.case("edges", x=given([0.5, -0.5, 0.5625, -0.5625, 0.0, np.inf, -np.inf]), oracle=oracle.hard_shrink)
    f.case("nan", x=given([np.nan, 2.0]), oracle=oracle.hard_shrink)
    f.promise("threshold says where", at="hard_shrink: threshold")
    f.case("threshold", x=normal(3, 4), threshold=0.75, oracle=oracle.hard_shrink)
    f.case("threshold-0", x=normal(3, 4), threshold=0.0, oracle=oracle.hard_shrink)
    f.case("threshold-whole", x=normal(3, 4, scale=3.0), threshold=1, oracle=oracle.hard_shrink)
    f.case("positional", "ops.hard_shrink(x, 1.5)", x=normal(3, 4, scale=2.0),
           oracle=lambda x: oracle.hard_shrink(x, 1.5))
    of_floats(f, oracle.hard_shrink)

with ops.function("threshold", area="nn", dtype=same("x")) as f:
    f.promise("x where it exceeds the threshold, else the default value", at="threshold: definition")
    f.case("2d", x=normal(3, 4), threshold=0.5, default_value=-7.0, oracle=oracle.threshold)
    f.case("edges", x=given([1.0, 0.9375, 1.0625, np.inf, -np.inf]), threshold=1.0, default_value=20.0,
           oracle=oracle.threshold)
    f.case("nan", x=given([np.nan, 2.0]), threshold=1.0, default_value=20.0, oracle=oracle.threshold)
    f.case("below", x=normal(3, 4), threshold=-0.75, default_value=3.0, oracle=oracle.threshold)
    f.case("positional", "ops.threshold(x, 1, 0)", x=given([-1.0, 0.0, 1.0, 2.0]), want=np.array([0., 0, 0,
           2]))
    of_floats(f, oracle.threshold, threshold=0.5, default_value=-7.0)

with activation("sparse_plus", oracle.sparse_plus, "0 up to -1, x from 1, (x + 1)^2 / 4 between") as f:
    f.case("edges", x=given([-1.0, 1.0, 0.0, -1.25, 1.25, 100.0, np.inf, -np.inf]),
           oracle=oracle.sparse_plus)
    f.case("inside", x=given([-0.9375, -0.5, 0.25, 0.9375]), oracle=oracle.sparse_plus)
    of_floats(f, oracle.sparse_plus)

with activation("silu", oracle.silu, "x times its sigmoid", "core") as f:
    f.case("edges", x=given([0.0, 100.0, -100.0, np.inf, np.nan]), oracle=oracle.silu)
    of_floats(f, oracle.silu, HALF_STEPS)

with ops.function("swish", area="nn", dtype=same()) as f:
    f.promise("another name of silu: x times its sigmoid", at="silu: definition")
    f.case("2d", x=normal(3, 4, scale=2.0), oracle=oracle.silu)

with activation("squareplus", oracle.squareplus, "(x + sqrt(x^2 + b)) / 2") as f:
    f.case("edges", x=given([0.0, 100.0, 1000.0, np.nan]), oracle=oracle.squareplus)
    f.promise("b is how smooth the corner is", at="squareplus: b")
    f.case("b", x=normal(3, 4), b=0.5, oracle=oracle.squareplus)
    f.case("b-0", x=normal(3, 4), b=0, oracle=oracle.squareplus)
    f.case("b-whole", x=normal(3, 4), b=9, oracle=oracle.squareplus)
    f.case("positional", "ops.squareplus(x, 2)", x=normal(3, 4), oracle=lambda x: oracle.squareplus(x, 2))
    of_floats(f, oracle.squareplus, HALF_STEPS)

with activation("log_sigmoid", oracle.log_sigmoid, "the logarithm of the sigmoid") as f:
    f.case("small", x=given([-20.0, -100.0, -1000.0, -np.inf, np.nan]), oracle=oracle.log_sigmoid)
    f.case("large", x=given([2.0, 5.0, 1000.0, np.inf]), oracle=oracle.log_sigmoid)
    f.case("float16-small", x=given([-11.5, -20.0, -300.0], "float16"), oracle=oracle.log_sigmoid)
    of_floats(f, oracle.log_sigmoid)
    f.silent("how exact it is where the exponential is lost beside 1", at="log_sigmoid: definition")
    f.case("tail", x=given([15.0, 20.0, 50.0]), oracle=oracle.log_sigmoid, ways="eager")
