"""Activations with a slope or a saturation: leaky and exponential units, gates, and hard variants."""
import numpy as np

from conformance.apis.ops.inputs import given, normal, values
from conformance.apis.ops.language import ops
from conformance.apis.ops.oracle import activation as oracle
from conformance.apis.ops.promotion import same
from conformance.apis.ops.spec.nn_activations import HALF_STEPS, activation, of_floats
from conformance.oracle import nn

with activation("leaky_relu", oracle.leaky_relu, "x, times the slope where it is negative", "core") as f:
    f.case("edges", x=given([0.0, -100.0, 100.0, np.inf, -np.inf, np.nan]), oracle=oracle.leaky_relu)
    f.promise("negative_slope is 0.2 unless given", at="leaky_relu: negative_slope")
    f.case("slope", x=normal(3, 4), negative_slope=0.75, oracle=oracle.leaky_relu)
    f.case("slope-0", x=normal(3, 4), negative_slope=0.0, oracle=oracle.leaky_relu)
    f.case("slope-above-1", x=normal(3, 4), negative_slope=3.0, oracle=oracle.leaky_relu)
    f.case("slope-negative", x=normal(3, 4), negative_slope=-0.5, oracle=oracle.leaky_relu)
    f.case("slope-whole", x=normal(3, 4), negative_slope=2, oracle=oracle.leaky_relu)
    f.case("positional", "ops.leaky_relu(x, 0.5)", x=normal(3, 4),
           oracle=lambda x: oracle.leaky_relu(x, 0.5))
    of_floats(f, oracle.leaky_relu)

with activation("hard_sigmoid", nn.hard_sigmoid,
                "0 below -2.5, 1 above 2.5, 0.2 x + 0.5 between", "core") as f:
    f.case("edges", x=given([-2.5, 2.5, -2.5625, 2.5625, 0.0, np.inf, -np.inf]), oracle=nn.hard_sigmoid)
    f.case("near", x=given([-3.0, -2.75, -2.25, 2.25, 2.75, 3.0]), oracle=nn.hard_sigmoid)
    f.promise("what is not a number lies in none of the pieces, and becomes no number",
              at="hard_sigmoid: definition")
    f.case("nan", x=given([np.nan, 0.0]), oracle=nn.hard_sigmoid)
    of_floats(f, nn.hard_sigmoid)

with activation("hard_silu", oracle.hard_silu, "0 below -3, x above 3, x (x + 3) / 6 between") as f:
    f.case("edges", x=given([-3.0, 3.0, -3.0625, 3.0625, 0.0, 100.0, -100.0, np.inf]),
           oracle=oracle.hard_silu)
    f.case("near", x=given([-2.75, -1.5, 1.5, 2.75]), oracle=oracle.hard_silu)
    of_floats(f, oracle.hard_silu, HALF_STEPS)

with ops.function("hard_swish", area="nn", dtype=same()) as f:
    f.promise("another name of hard_silu", at="hard_silu: definition")
    f.case("2d", x=normal(3, 4, scale=2.0), oracle=oracle.hard_silu)

with activation("elu", oracle.elu, "alpha (exp(x) - 1) below 0, x above", "core") as f:
    f.case("edges", x=given([0.0, 100.0, -100.0, 1000.0, np.inf, -np.inf, np.nan]), oracle=oracle.elu)
    f.promise("alpha scales what is below 0", at="elu: alpha")
    f.case("alpha", x=normal(3, 4), alpha=0.5, oracle=oracle.elu)
    f.case("alpha-whole", x=normal(3, 4), alpha=2, oracle=oracle.elu)
    f.case("positional", "ops.elu(x, 1.5)", x=normal(3, 4), oracle=lambda x: oracle.elu(x, 1.5))
    of_floats(f, oracle.elu)
    f.silent("how exact the difference is near 0, where the exponential is nearly 1", at="elu: definition")
    f.case("near-zero", x=given([-1e-4, -1e-6, -1e-8]), oracle=oracle.elu, ways="eager")

with activation("celu", oracle.celu, "alpha (exp(x / alpha) - 1) below 0, x above") as f:
    f.case("edges", x=given([0.0, 100.0, -100.0, 1000.0, np.inf, -np.inf, np.nan]), oracle=oracle.celu)
    f.promise("alpha is the scale on both axes", at="celu: alpha")
    f.case("alpha", x=normal(3, 4), alpha=0.5, oracle=oracle.celu)
    f.case("alpha-whole", x=normal(3, 4), alpha=2, oracle=oracle.celu)
    f.case("positional", "ops.celu(x, 1.5)", x=normal(3, 4), oracle=lambda x: oracle.celu(x, 1.5))
    of_floats(f, oracle.celu)
    f.silent("how exact the difference is near 0, where the exponential is nearly 1", at="celu: definition")
    f.case("near-zero", x=given([-1e-4, -1e-6, -1e-8]), oracle=oracle.celu, ways="eager")

with activation("selu", oracle.selu, "an elu with two fixed constants", "core") as f:
    f.case("edges", x=given([0.0, 100.0, -100.0, np.inf, -np.inf, np.nan]), oracle=oracle.selu)
    of_floats(f, oracle.selu)

with activation("gelu", oracle.gelu, "by default the approximation with a tanh", "core") as f:
    f.case("edges", x=given([0.0, 10.0, -10.0, 100.0, np.inf, np.nan]), oracle=oracle.gelu)
    f.promise("approximate=False is x times the normal distribution function", at="gelu: approximate")
    f.case("exact", x=normal(3, 4), approximate=False, oracle=oracle.gelu)
    f.case("exact-edges", x=given([0.0, 10.0, -10.0, 100.0, np.inf, np.nan]), approximate=False,
           oracle=oracle.gelu)
    f.case("approximate", x=normal(3, 4), approximate=True, oracle=oracle.gelu)
    f.case("positional", "ops.gelu(x, False)", x=normal(3, 4), oracle=lambda x: oracle.gelu(x, False))
    of_floats(f, oracle.gelu, HALF_STEPS)
    f.promise("the exact form keeps the dtype of a float too", at="KerasTensor: dtype")
    f.sweep("exact", dtypes=("float16", "bfloat16", "float64"), x=values(2, 3, low=-3, high=3),
            approximate=False,
            oracle=oracle.gelu, ulps=HALF_STEPS)

with ops.function("glu", area="nn", dtype=same()) as f:
    f.promise("the first half times the sigmoid of the second half", at="glu: definition")
    f.case("2d", x=normal(3, 4), oracle=oracle.glu, profile="core")
    f.promise("axis is split, the last by default", at="glu: axis")
    f.case("axis-0", x=normal(4, 3), axis=0, oracle=oracle.glu)
    f.case("axis-1", x=normal(2, 6, 3), axis=1, oracle=oracle.glu)
    f.case("axis-negative", x=normal(2, 6, 3), axis=-2, oracle=oracle.glu)
    f.case("positional", "ops.glu(x, 0)", x=normal(2, 3), oracle=lambda x: oracle.glu(x, 0))
    f.case("1d", x=normal(6), oracle=oracle.glu)
    f.case("unknown-split", x=normal(2, 6).unknown(1), oracle=oracle.glu, ways="unknown")
    f.case("edges", x=given([1.0, -2.0, 3.0, 100.0, -100.0, 0.0]), oracle=oracle.glu)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=("float16", "bfloat16", "float64"), x=values(2, 4), oracle=oracle.glu,
            ulps=HALF_STEPS)

with activation("tanh_shrink", oracle.tanh_shrink, "x - tanh(x)") as f:
    f.case("edges", x=given([0.0, 100.0, -100.0, np.inf, -np.inf, np.nan]), oracle=oracle.tanh_shrink)
    of_floats(f, oracle.tanh_shrink, HALF_STEPS)

with activation("hard_tanh", oracle.hard_tanh, "x between -1 and 1") as f:
    f.case("edges", x=given([-1.0, 1.0, -1.0625, 1.0625, 0.0, np.inf, -np.inf]), oracle=oracle.hard_tanh)
    f.case("nan", x=given([np.nan, 0.5]), oracle=oracle.hard_tanh)
    of_floats(f, oracle.hard_tanh)
