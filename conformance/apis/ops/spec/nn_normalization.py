"""Normalizations whose statistics come from the tensor itself."""
import numpy as np

from conformance.apis.ops.inputs import given, normal, plain, values
from conformance.apis.ops.language import SYMBOLIC, ops
from conformance.apis.ops.oracle import normalization as oracle
from conformance.apis.ops.promotion import FLOATS, same
from conformance.apis.ops.spec.nn_activations import HALF_STEPS, NOTHING_MORE


def along_axes(f, oracle):
    """What layer and RMS normalization, and `normalize`, say of their axes."""
    f.promise("axis is the last unless given; a negative one counts from the last", at=f.name + ": axis")
    f.case("axis-0", x=normal(4, 3), axis=0, oracle=oracle, profile="core")
    f.case("axis-1", x=normal(2, 4, 3), axis=1, oracle=oracle, profile="core")
    f.case("axis-negative", x=normal(2, 4, 3), axis=-2, oracle=oracle)
    f.case("axis-first-negative", x=normal(2, 4, 3), axis=-3, oracle=oracle)
    f.case("unknown-axis", x=normal(2, 4, 3).unknown(0, 1), axis=1, oracle=oracle, ways="unknown")
    f.promise("several axes are normalized together", at=f.name + ": axis")
    f.case("axes", x=normal(2, 4, 3), axis=(1, 2), oracle=oracle)
    f.case("axes-apart", x=normal(2, 4, 3), axis=(0, 2), oracle=oracle)
    f.case("axes-negative", x=normal(2, 4, 3), axis=(-2, -1), oracle=oracle)
    f.case("axes-all", x=normal(2, 3), axis=(0, 1), oracle=oracle)
    f.promise("x has any rank from 1", at=f.name + ": x")
    f.case("1d", x=normal(5), oracle=oracle)
    f.case("5d", x=normal(1, 2, 3, 2, 4), oracle=oracle, ways="eager")
    f.case("no-rows", x=given(np.zeros((0, 3))), oracle=lambda x: np.zeros((0, 3)))
    f.case("array", x=plain(normal(2, 3)), oracle=oracle, result_dtype=None)


with ops.function("layer_normalization", area="nn", dtype=same("x")) as f:
    f.promise("mean 0 and variance 1 within each example", at="layer_normalization: description")
    f.case("2d", x=normal(3, 4), oracle=oracle.layer, profile="core")
    f.case("3d", x=normal(2, 3, 4), oracle=oracle.layer, profile="core")
    f.case("example", x=given([0.0, 1.0, 2.0, 3.0, 4.0]), oracle=oracle.layer, profile="core")
    f.case("offset", x=normal(2, 5).but(_make=lambda random: random.standard_normal((2, 5)) + 300.0),
           oracle=oracle.layer, ulps=(4096.0, "float32 holds numbers near 300 to 2^-15"))
    along_axes(f, oracle.layer)
    f.promise("gamma scales", at="layer_normalization: gamma")
    f.case("gamma", x=normal(3, 4), gamma=normal(4).unknown(), oracle=oracle.layer, profile="core")
    f.case("gamma-axis-1", "ops.layer_normalization(x, g, axis=1)", x=normal(2, 4, 3), g=normal(4).unknown(),
           oracle=lambda x, g: oracle.layer(x, g, axis=1))
    f.case("gamma-axes", "ops.layer_normalization(x, g, axis=(1, 2))", x=normal(2, 4, 3),
           g=normal(4, 3).unknown(), oracle=lambda x, g: oracle.layer(x, g, axis=(1, 2)))
    f.case("gamma-axes-apart", "ops.layer_normalization(x, g, b, axis=(0, 2))", x=normal(2, 4, 3),
           g=normal(2, 3).unknown(), b=normal(2, 3).unknown(),
           oracle=lambda x, g, b: oracle.layer(x, g, b, axis=(0, 2)))
    f.promise("beta is added", at="layer_normalization: beta")
    f.case("both", x=normal(3, 4), gamma=normal(4).unknown(), beta=normal(4).unknown(), oracle=oracle.layer,
           profile="core")
    f.case("both-0", "ops.layer_normalization(x, g, b, axis=0)", x=normal(4, 3), g=normal(4).unknown(),
           b=normal(4).unknown(), oracle=lambda x, g, b: oracle.layer(x, g, b, axis=0))
    f.case("beta-alone", "ops.layer_normalization(x, beta=b)", x=normal(3, 4), b=normal(4).unknown(),
           oracle=lambda x, b: oracle.layer(x, None, b))
    f.case("beta-axis-1", "ops.layer_normalization(x, beta=b, axis=1)", x=normal(2, 4, 3),
           b=normal(4).unknown(), oracle=lambda x, b: oracle.layer(x, None, b, axis=1))
    f.promise("epsilon keeps the variance from 0, the configured one unless given",
              at="layer_normalization: epsilon")
    f.case("epsilon", x=normal(3, 4), epsilon=0.5, oracle=oracle.layer)
    f.case("epsilon-default", x=normal(2, 4, scale=1e-4), oracle=oracle.layer,
           ulps=(256.0, "small differences are scaled up"))
    f.case("constant", x=given([[2.0, 2.0, 2.0]]), want=np.zeros((1, 3)))
    f.case("configured", "keras.config.set_epsilon(0.5)\nresult = ops.layer_normalization(x)\n"
           "keras.config.set_epsilon(1e-7)", x=normal(3, 4), ways="eager",
           oracle=lambda x: oracle.layer(x, epsilon=0.5))
    f.case("positional", "ops.layer_normalization(x, g, b, 1, 0.25)", x=normal(2, 4, 3),
           g=normal(4).unknown(), b=normal(4).unknown(),
           oracle=lambda x, g, b: oracle.layer(x, g, b, 1, 0.25))
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    # Of float64 Keras makes float32 before most backends are asked: no backend can do much about it.
    f.sweep("of", dtypes=[dtype for dtype in FLOATS if dtype != "float64"], x=values(2, 4),
            oracle=oracle.layer, profile="core")
    f.sweep("of", dtypes=["float64"], x=values(2, 4), oracle=oracle.layer)
    f.case("float16-large", x=given([[300.0, -300.0, 100.0, 0.0]], "float16"), oracle=oracle.layer)
    f.case("scaled-float16", x=values(2, 4, dtype="float16"), gamma=values(4).but(dtype="float32").unknown(),
           oracle=oracle.layer)
    f.promise("the dtype that a symbolic call declares of integers is what evaluation gives",
              at="KerasTensor: dtype")
    f.case("declared-int32", x=given([[-2, 0, 3]], "int32"), ways=SYMBOLIC, want=NOTHING_MORE,
           result_dtype=None)

with ops.function("rms_normalization", area="nn", dtype=same("x")) as f:
    f.promise("x over the root of its mean square", at="rms_normalization: definition")
    f.case("2d", x=normal(3, 4), oracle=oracle.rms, profile="core")
    f.case("3d", x=normal(2, 3, 4), oracle=oracle.rms)
    along_axes(f, oracle.rms)
    f.promise("scale multiplies", at="rms_normalization: scale")
    f.case("scale", x=normal(3, 4), scale=normal(4).unknown(), oracle=oracle.rms, profile="core")
    f.case("scale-3d", x=normal(2, 3, 4), scale=normal(4).unknown(), oracle=oracle.rms)
    f.case("scale-axes", "ops.rms_normalization(x, g, axis=(1, 2))", x=normal(2, 4, 3),
           g=normal(4, 3).unknown(), oracle=lambda x, g: oracle.rms(x, g, axis=(1, 2)))
    f.promise("epsilon keeps the root from 0, the configured one unless given",
              at="rms_normalization: epsilon")
    f.case("epsilon", x=normal(3, 4), epsilon=0.5, oracle=oracle.rms)
    f.case("epsilon-default", x=normal(2, 4, scale=1e-4), oracle=oracle.rms)
    f.case("zero", x=given([[0.0, 0.0, 0.0]]), want=np.zeros((1, 3)))
    f.case("positional", "ops.rms_normalization(x, g, -1, 0.25)", x=normal(3, 4), g=normal(4).unknown(),
           oracle=lambda x, g: oracle.rms(x, g, -1, 0.25))
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, x=values(2, 4), oracle=oracle.rms)
    f.case("float16-large", x=given([[300.0, -300.0, 1000.0, 0.0]], "float16"), oracle=oracle.rms)
    f.promise("the dtype that a symbolic call declares of integers is what evaluation gives",
              at="KerasTensor: dtype")
    f.case("declared-int32", x=given([[-2, 0, 3]], "int32"), ways=SYMBOLIC, want=NOTHING_MORE,
           result_dtype=None)

with ops.function("normalize", area="nn", dtype=same()) as f:
    f.promise("x over its norm", at="normalize: definition")
    f.case("2d", x=normal(3, 4), oracle=oracle.normalize, profile="core")
    f.case("example", x=given([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), oracle=oracle.normalize, profile="core")
    along_axes(f, oracle.normalize)
    f.promise("order is the exponent of the norm", at="normalize: order")
    f.case("order-1", x=normal(3, 4), order=1, oracle=oracle.normalize)
    f.case("order-3", x=normal(3, 4), order=3, oracle=oracle.normalize)
    f.case("order-4-axis", x=normal(2, 4, 3), axis=1, order=4, oracle=oracle.normalize)
    f.case("order-1-axis-0", x=normal(3, 4), axis=0, order=1, oracle=oracle.normalize)
    f.promise("epsilon bounds the norm from below", at="normalize: epsilon")
    f.case("epsilon", x=normal(3, 4, scale=0.1), epsilon=5.0, oracle=oracle.normalize)
    f.case("epsilon-order-1", x=normal(3, 4, scale=0.1), order=1, epsilon=5.0, oracle=oracle.normalize)
    f.case("zero", x=given([[0.0, 0.0], [3.0, 4.0]]), want=np.array([[0.0, 0.0], [0.6, 0.8]]))
    f.case("small", x=given([[3e-9, 4e-9], [3.0, 4.0]]), oracle=oracle.normalize)
    f.case("positional", "ops.normalize(x, 0, 3, 0.5)", x=normal(3, 4),
           oracle=lambda x: oracle.normalize(x, 0, 3, 0.5))
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, x=values(2, 4), oracle=oracle.normalize, ulps=HALF_STEPS)
    f.promise("integers, as in the example, become floatx", at="normalize: example")
    f.case("integers", x=given([[1, 2, 3], [4, 5, 6]], "int32"), oracle=oracle.normalize,
           result_dtype="float32")
