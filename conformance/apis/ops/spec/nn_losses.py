"""Cross-entropies and the signal-to-noise ratio."""
import numpy as np

from conformance.apis.ops.inputs import given, listed, normal, plain, uniform, values
from conformance.apis.ops.language import SYMBOLIC, ops
from conformance.apis.ops.promotion import FLOATS, always, same
from conformance.apis.ops.spec.nn_activations import NOTHING_MORE
from conformance.oracle import nn

CLASSES = [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]


def binary(target, output, from_logits=False):
    """What `ops.binary_crossentropy` gives."""
    return (nn.binary_of_logits if from_logits else nn.binary)(target, output)


def categorical(target, output, from_logits=False, axis=-1):
    """What `ops.categorical_crossentropy` gives."""
    return (nn.categorical_of_logits if from_logits else nn.categorical)(target, output, axis)


def sparse(target, output, from_logits=False, axis=-1):
    """What `ops.sparse_categorical_crossentropy` gives."""
    return categorical(nn.one_hot(target, output.shape[axis], axis), output, from_logits, axis)


def shares(*shape):
    """Probabilities that are far from 0 and 1."""
    return uniform(*shape, low=0.1, high=0.9)


with ops.function("binary_crossentropy", area="nn", dtype=same("output")) as f:
    f.promise("-t log(p) - (1 - t) log(1 - p), element by element", at="binary_crossentropy: returns")
    f.case("2d", target=uniform(3, 4), output=shares(3, 4), oracle=binary, profile="core")
    f.case("labels", target=given([[0.0, 1.0, 1.0, 0.0]]), output=given([[0.1, 0.9, 0.8, 0.2]]),
           oracle=binary,
           profile="core")
    f.case("1d", target=given([0.0, 1.0, 1.0]), output=shares(3), oracle=binary)
    f.case("4d", target=uniform(2, 1, 3, 2), output=shares(2, 1, 3, 2), oracle=binary, ways="eager")
    f.case("empty", target=given(np.zeros((0, 3))), output=given(np.zeros((0, 3))), want=np.zeros((0, 3)))
    f.promise("from_logits=True takes logits", at="binary_crossentropy: from_logits")
    f.case("logits", target=uniform(3, 4), output=normal(3, 4), from_logits=True, oracle=binary,
           profile="core")
    f.case("logits-labels", target=given([[0.0, 1.0, 1.0, 0.0]]), output=normal(1, 4), from_logits=True,
           oracle=binary)
    f.case("logits-large", target=given([[0.0, 1.0, 1.0, 0.0]]), output=given([[40.0, 40.0, -40.0, -40.0]]),
           from_logits=True, oracle=binary)
    f.case("logits-huge", target=given([[0.0, 1.0, 0.5]]), output=given([[1000.0, -1000.0, 500.0]]),
           from_logits=True, oracle=binary)
    f.case("positional", "ops.binary_crossentropy(t, p, True)", t=uniform(3, 4), p=normal(3, 4),
           oracle=lambda t, p: binary(t, p, True), rule=same("p"))
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=[(kind, kind) for kind in FLOATS], target=values(2, 3, low=0, high=1),
            output=values(2, 3, low=-3, high=3), from_logits=True, oracle=binary)
    f.promise("the labels may be NumPy arrays", at="binary_crossentropy: target")
    f.case("array", target=plain(uniform(3, 4)), output=plain(shares(3, 4)), oracle=binary, result_dtype=None)
    f.promise("the labels of the example are integers", at="binary_crossentropy: example")
    f.case("integers", target=given([0, 1, 1, 0], "int32"), output=given([0.1, 0.9, 0.8, 0.2]), oracle=binary)
    f.promise("inputs of two shapes are refused", at="binary_crossentropy: target")
    f.refuses("shapes", "ops.binary_crossentropy(t, p)", ("ValueError",), "shape", t=uniform(3, 4),
              p=shares(3, 5))
    f.silent("what a probability of 0 or 1 costs", at="binary_crossentropy: output")
    f.case("certain", target=given([1.0, 0.0, 1.0, 0.0]), output=given([0.0, 1.0, 1.0, 0.0]), oracle=binary,
           ulps=(2e6, "1 - 1e-7 is not a float32"))
    f.case("list", target=listed([0.0, 1.0]), output=listed([0.25, 0.75]), oracle=binary, result_dtype=None)

with ops.function("categorical_crossentropy", area="nn", dtype=same("output")) as f:
    f.promise("minus the sum of t log(p) over the classes", at="categorical_crossentropy: returns")
    f.case("2d", target=given(CLASSES), output=shares(4, 3), oracle=categorical, profile="core")
    f.case("soft", target=uniform(4, 3), output=shares(4, 3), oracle=categorical, profile="core")
    f.case("1d", target=given([0.0, 1.0, 0.0]), output=shares(3), oracle=categorical)
    f.case("3d", target=uniform(2, 4, 3), output=shares(2, 4, 3), oracle=categorical, profile="core")
    f.case("example", target=given([[1, 0, 0], [0, 1, 0], [0, 0, 1]], "int32"), profile="core",
           output=given([[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.2, 0.3, 0.5]]), oracle=categorical)
    f.promise("from_logits=True takes logits", at="categorical_crossentropy: from_logits")
    f.case("logits", target=given(CLASSES), output=normal(4, 3), from_logits=True, oracle=categorical,
           profile="core")
    f.case("logits-large", target=given(CLASSES[:2]), output=given([[1000.0, 0.0, 2.0], [-500.0, 50.0, 0.0]]),
           from_logits=True, oracle=categorical)
    f.promise("axis holds the classes, the last one unless given", at="categorical_crossentropy: axis")
    f.case("axis-0", target=uniform(3, 4), output=shares(3, 4), axis=0, oracle=categorical)
    f.case("axis-1", target=uniform(2, 4, 3), output=shares(2, 4, 3), axis=1, oracle=categorical)
    f.case("axis-negative", target=uniform(2, 4, 3), output=shares(2, 4, 3), axis=-2, oracle=categorical)
    f.case("axis-logits", target=uniform(2, 4, 3), output=normal(2, 4, 3), axis=1, from_logits=True,
           oracle=categorical)
    f.case("axis-square", target=uniform(3, 3), output=shares(3, 3), axis=0, oracle=categorical)
    f.case("positional", "ops.categorical_crossentropy(t, p, True, 0)", t=uniform(3, 4), p=normal(3, 4),
           oracle=lambda t, p: categorical(t, p, True, 0), rule=same("p"))
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=[(kind, kind) for kind in FLOATS], target=values(2, 3, low=0, high=1),
            output=values(2, 3, low=-3, high=3), from_logits=True, oracle=categorical)
    f.promise("the inputs may be NumPy arrays", at="categorical_crossentropy: target")
    f.case("array", target=plain(uniform(4, 3)), output=plain(shares(4, 3)), oracle=categorical,
           result_dtype=None)
    f.case("no-rows", target=given(np.zeros((0, 3))), output=given(np.zeros((0, 3))), want=np.zeros(0))
    f.promise("inputs of two shapes are refused", at="categorical_crossentropy: target")
    f.refuses("shapes", "ops.categorical_crossentropy(t, p)", ("ValueError",), "shape", t=uniform(4, 3),
              p=shares(5, 3))

with ops.function("sparse_categorical_crossentropy", area="nn", dtype=same("output")) as f:
    f.promise("minus log(p) of the labelled class", at="sparse_categorical_crossentropy: returns")
    f.case("2d", target=given([2, 0, 1, 1], "int32"), output=shares(4, 3), oracle=sparse, profile="core")
    f.case("1d", target=given(2, "int32"), output=shares(3), oracle=sparse)
    f.case("3d", target=given([[2, 0, 1], [1, 1, 0]], "int32"), output=shares(2, 3, 4), oracle=sparse,
           profile="core")
    f.case("example", target=given([0, 1, 2], "int32"), profile="core",
           output=given([[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.2, 0.3, 0.5]]), oracle=sparse)
    f.sweep("labels", dtypes=("int8", "uint8", "int64"), target=values(4, low=0, high=2), output=shares(4, 3),
            oracle=sparse, ways="eager")
    f.promise("from_logits=True takes logits", at="sparse_categorical_crossentropy: from_logits")
    f.case("logits", target=given([2, 0, 1, 1], "int32"), output=normal(4, 3), from_logits=True,
           oracle=sparse, profile="core")
    f.case("logits-large", target=given([0, 2], "int32"), output=given([[1000.0, 0.0, 2.0], [-500.0, 50.,
           0.]]),
           from_logits=True, oracle=sparse)
    f.case("logits-3d", target=given([[2, 0, 1], [1, 1, 0]], "int32"), output=normal(2, 3, 4),
           from_logits=True, oracle=sparse)
    f.promise("axis holds the classes, the last one unless given", at="sparse_categorical_crossentropy: axis")
    f.case("axis-negative", target=given([2, 0, 1, 1], "int32"), output=shares(4, 3), axis=-1, oracle=sparse)
    f.case("axis-last", target=given([2, 0, 1, 1], "int32"), output=shares(4, 3), axis=1, oracle=sparse)
    f.case("positional", "ops.sparse_categorical_crossentropy(t, p, True, -1)",
           t=given([2, 0, 1, 1], "int32"), p=normal(4, 3), oracle=lambda t, p: sparse(t, p, True),
           rule=same("p"))
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, target=given([2, 0], "int32"), output=values(2, 3, low=-3, high=3),
            from_logits=True, oracle=sparse)
    f.promise("the inputs may be NumPy arrays", at="sparse_categorical_crossentropy: target")
    f.case("array", target=plain(np.array([2, 0, 1, 1])), output=plain(shares(4, 3)), oracle=sparse,
           result_dtype=None)
    f.promise("a label for each vector of classes is wanted", at="sparse_categorical_crossentropy: target")
    f.refuses("shapes", "ops.sparse_categorical_crossentropy(t, p)", ("ValueError",), "shape",
              t=given([0, 1], "int32"), p=shares(4, 3))
    f.silent("what another axis than the last means for the shape of the labels",
             at="sparse_categorical_crossentropy: axis")
    f.case("axis-1", target=given([[2, 0, 1], [1, 3, 0]], "int32"), output=shares(2, 4, 3), axis=1,
           oracle=sparse)
    f.case("axis-1-square", target=given([[2, 0, 1], [1, 2, 0]], "int32"), output=shares(2, 3, 3), axis=1,
           oracle=sparse)
    f.silent("whether labels may have an axis of length 1 in place of the classes",
             at="sparse_categorical_crossentropy: target")
    f.case("column", target=given([[2], [0], [1], [1]], "int32"), output=shares(4, 3),
           oracle=lambda target, output: sparse(target[:, 0], output))
    f.silent("what a label outside the classes costs", at="sparse_categorical_crossentropy: target")
    f.case("outside", target=given([5, -1], "int32"), output=shares(2, 3), want=np.zeros(2), ways="eager")


def psnr(x1, x2, max_val):
    """20 log10(max) - 10 log10(mean square error)."""
    return 20 * np.log10(max_val) - 10 * np.log10(np.mean((x1 - x2) ** 2))


with ops.function("psnr", area="nn", dtype=same("x1", "x2")) as f:
    f.promise("the peak signal over the noise, in decibels: a scalar", at="psnr: returns")
    f.case("4d", x1=normal(2, 4, 3, 3), x2=normal(2, 4, 3, 3), max_val=1.0, oracle=psnr)
    f.case("2d", x1=normal(3, 4), x2=normal(3, 4), max_val=2.5, oracle=psnr)
    f.case("1d", x1=normal(5), x2=normal(5), max_val=1.0, oracle=psnr)
    f.promise("max_val is the largest value of a signal", at="psnr: max_val")
    f.case("max-255", x1=uniform(2, 3, high=255.0), x2=uniform(2, 3, high=255.0), max_val=255, oracle=psnr)
    f.case("positional", "ops.psnr(a, b, 0.5)", a=normal(3, 4), b=normal(3, 4), rule=same(),
           oracle=lambda a, b: psnr(a, b, 0.5))
    f.promise("signals that are equal have no noise", at="psnr: description")
    f.case("equal", "ops.psnr(x, x, 1.0)", x=normal(3, 4), want=np.array(np.inf), rule=same())
    f.promise("the dtype that a symbolic call declares is what evaluation gives", at="KerasTensor: dtype")
    f.sweep("declared", dtypes=[("float16", "float16"), ("bfloat16", "bfloat16"), ("float64", "float64")],
            x1=values(2, 3), x2=values(2, 3), max_val=1.0, ways=SYMBOLIC, want=NOTHING_MORE,
            rule=always(None))
    f.promise("signals of two shapes are refused", at="psnr: x2")
    f.refuses("shapes", "ops.psnr(a, b, 1.0)", ("ValueError",), "shape", a=normal(3, 4), b=normal(3, 5))
