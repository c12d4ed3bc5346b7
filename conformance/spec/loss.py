"""Cross-entropies: of probabilities and of logits, with one-hot, soft and integer targets."""
import math

import numpy as np

from conformance.oracle import nn
from conformance.spec.model import KNOWN, UNKNOWN, VARIABLE, Area, Check, Input, given, ints, normal, uniform

AREA = Area("loss")


def shares(*shape, **options):
    """Positive numbers that sum to one along `axis` (the last), all different. Options: `axis`, `dtype`."""
    axis, dtype = options.pop("axis", -1), options.pop("dtype", "float32")
    return Input(lambda random: nn.softmax(random.standard_normal(shape), axis), len(shape), dtype)


# Targets are soft: every class counts, and target and output cannot be swapped unseen.
for _rank, _shape in ((2, (4, 3)), (3, (2, 3, 5)), (4, (2, 3, 4, 5))):
    AREA.row("categorical_crossentropy", "{}d".format(_rank), "K.categorical_crossentropy(t, p)",
             lambda t, p: nn.categorical(t, p), t=shares(*_shape), p=shares(*_shape))
    AREA.row("categorical_crossentropy", "logits-{}d".format(_rank), "K.categorical_crossentropy(t, x, from_logits=True)",
             lambda t, x: nn.categorical_of_logits(t, x), t=shares(*_shape), x=normal(*_shape, scale=3))
for _shape, _axis in (((4, 3), 1), ((2, 3, 4), 1), ((2, 3, 4), 2), ((2, 3, 4, 5), 1), ((2, 3, 4, 5), 2), ((2, 3, 4, 5), 3)):
    AREA.row("categorical_crossentropy", "axis{}-{}d".format(_axis, len(_shape)),
             "K.categorical_crossentropy(t, p, axis={})".format(_axis),
             lambda t, p, axis=_axis: nn.categorical(t, p, axis),
             t=shares(*_shape, axis=_axis), p=shares(*_shape, axis=_axis))
    AREA.row("categorical_crossentropy", "logits-axis{}-{}d".format(_axis, len(_shape)),
             "K.categorical_crossentropy(t, x, True, {})".format(_axis),
             lambda t, x, axis=_axis: nn.categorical_of_logits(t, x, axis),
             t=shares(*_shape, axis=_axis), x=normal(*_shape, scale=3))
AREA.row("categorical_crossentropy", "axis-2-3d", "K.categorical_crossentropy(t, p, axis=-2)",
         lambda t, p: nn.categorical(t, p, -2), t=shares(2, 3, 4, axis=1), p=shares(2, 3, 4, axis=1),
         unspecified="`axis` is refused if it is neither -1 nor one of the axes of `output`: whether -2 is one is not said.")
AREA.row("categorical_crossentropy", "one-hot", "K.categorical_crossentropy(t, p)", lambda t, p: nn.categorical(t, p),
         t=given([[0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]]), p=shares(4, 3))
# Keras' own NumPy reference scales the outputs to sum to one, and so does every backend it shipped.
AREA.row("categorical_crossentropy", "unnormalised", "K.categorical_crossentropy(t, p)", lambda t, p: nn.categorical(t, p),
         t=shares(4, 3), p=uniform(4, 3, low=0.1, high=0.6))
AREA.row("categorical_crossentropy", "unnormalised-axis1", "K.categorical_crossentropy(t, p, axis=1)",
         lambda t, p: nn.categorical(t, p, 1), t=shares(2, 3, 4, axis=1), p=uniform(2, 3, 4, low=0.1, high=3.0))
AREA.row("categorical_crossentropy", "clipped", "K.categorical_crossentropy(t, p)", lambda t, p: nn.categorical(t, p),
         t=given([[1, 0, 0], [0, 1, 0], [0.25, 0.25, 0.5]]), p=given([[0, 0.25, 0.75], [0, 1, 0], [0, 0.5, 0.5]]))
AREA.row("categorical_crossentropy", "logits-large", "K.categorical_crossentropy(t, x, from_logits=True)",
         lambda t, x: nn.categorical_of_logits(t, x),
         t=given([[1, 0, 0], [0, 0.5, 0.5]]), x=given([[-300, 500, 499], [1000, 900, -1000]]))
AREA.row("categorical_crossentropy", "logits-shifted", "K.categorical_crossentropy(t, x, from_logits=True)",
         lambda t, x: nn.categorical_of_logits(t, x), t=shares(2, 3), x=given([[1000, 1001, 1002.5], [-1000, -1003, -1001]]),
         ulps=(2048, "a logarithm of sums near 1000 is known to 1000 ULP of 1"))
AREA.row("categorical_crossentropy", "softmax-output", "K.categorical_crossentropy(t, K.softmax(x))",
         lambda t, x: nn.categorical_of_logits(t, x), t=shares(4, 3), x=normal(4, 3, scale=2))
for _dtype in ("float16", "float64"):
    AREA.row("categorical_crossentropy", _dtype, "K.categorical_crossentropy(t, p)", lambda t, p: nn.categorical(t, p),
             t=shares(4, 3, dtype=_dtype), p=shares(4, 3, dtype=_dtype))
    AREA.row("categorical_crossentropy", "logits-" + _dtype, "K.categorical_crossentropy(t, x, from_logits=True)",
             lambda t, x: nn.categorical_of_logits(t, x), t=shares(4, 3, dtype=_dtype), x=normal(4, 3, dtype=_dtype))
AREA.row("categorical_crossentropy", "inner-unknown", "K.categorical_crossentropy(t, p)", lambda t, p: nn.categorical(t, p),
         ways=(UNKNOWN,), t=shares(2, 3, 5).unknown(0, 1), p=shares(2, 3, 5).unknown(0, 1))

for _function, _target in (("categorical_crossentropy", {"t": shares(4, 3)}),
                           ("sparse_categorical_crossentropy", {"t": ints(4, high=3)})):
    for _axis, _name in ((2, "2"), (7, "7"), (-5, "minus5")):
        AREA.refuses(_function, "axis-out-of-range-" + _name, "K.{}(t, p, axis={})".format(_function, _axis), "ValueError", None,
                     ways=(VARIABLE, KNOWN), p=shares(4, 3), **_target)
    AREA.refuses(_function, "logits-axis-out-of-range", "K.{}(t, p, from_logits=True, axis=3)".format(_function), "ValueError",
                 None, ways=(VARIABLE, KNOWN), p=normal(4, 3), **_target)

# sparse: "Categorical crossentropy with integer targets"


def _sparse(t, p, axis=-1):
    classes = p.shape[axis]
    t = np.reshape(t, np.delete(p.shape, axis))
    return nn.categorical(nn.one_hot(t, classes, axis), p, axis)


def _sparse_of_logits(t, x, axis=-1):
    t = np.reshape(t, np.delete(x.shape, axis))
    return nn.categorical_of_logits(nn.one_hot(t, x.shape[axis], axis), x, axis)


for _variant, _target_shape, _shape in (("2d", (6,), (6, 4)), ("2d-column", (6, 1), (6, 4)), ("3d", (2, 3), (2, 3, 5)),
                                        ("3d-column", (2, 3, 1), (2, 3, 5)), ("4d", (2, 3, 4), (2, 3, 4, 5)),
                                        ("4d-column", (2, 3, 4, 1), (2, 3, 4, 5))):
    AREA.row("sparse_categorical_crossentropy", _variant, "K.sparse_categorical_crossentropy(t, p)", _sparse,
             t=ints(*_target_shape, high=_shape[-1]), p=shares(*_shape))
    AREA.row("sparse_categorical_crossentropy", "logits-" + _variant,
             "K.sparse_categorical_crossentropy(t, x, from_logits=True)",
             lambda t, x: _sparse_of_logits(t, x), t=ints(*_target_shape, high=_shape[-1]), x=normal(*_shape, scale=3))
for _shape, _axis in (((4, 3), 1), ((2, 3, 4), 1), ((2, 3, 4), 2), ((2, 3, 4, 5), 1), ((2, 3, 4, 5), 2)):
    _places = [n for n in range(len(_shape)) if n != _axis]
    AREA.row("sparse_categorical_crossentropy", "axis{}-{}d".format(_axis, len(_shape)),
             "K.sparse_categorical_crossentropy(t, p, axis={})".format(_axis),
             lambda t, p, axis=_axis: _sparse(t, p, axis),
             t=ints(*[_shape[n] for n in _places], high=_shape[_axis]), p=shares(*_shape, axis=_axis))
    AREA.row("sparse_categorical_crossentropy", "logits-axis{}-{}d".format(_axis, len(_shape)),
             "K.sparse_categorical_crossentropy(t, x, True, {})".format(_axis),
             lambda t, x, axis=_axis: _sparse_of_logits(t, x, axis),
             t=ints(*[_shape[n] for n in _places], high=_shape[_axis]), x=normal(*_shape, scale=3))
AREA.row("sparse_categorical_crossentropy", "axis-2-3d", "K.sparse_categorical_crossentropy(t, p, axis=-2)",
         lambda t, p: _sparse(t, p, 1), t=ints(2, 4, high=3), p=shares(2, 3, 4, axis=1),
         unspecified="`axis` is refused if it is neither -1 nor one of the axes of `output`: whether -2 is one is not said.")
AREA.row("sparse_categorical_crossentropy", "int64", "K.sparse_categorical_crossentropy(t, p)", _sparse,
         t=ints(6, high=4, dtype="int64"), p=shares(6, 4))
AREA.row("sparse_categorical_crossentropy", "float-target", "K.sparse_categorical_crossentropy(t, p)", _sparse,
         t=ints(6, 1, high=4, dtype="float32"), p=shares(6, 4), unspecified="`target` is called an integer tensor.")
AREA.row("sparse_categorical_crossentropy", "float64", "K.sparse_categorical_crossentropy(t, p)", _sparse,
         t=ints(6, high=4), p=shares(6, 4, dtype="float64"))
AREA.row("sparse_categorical_crossentropy", "first-and-last-class", "K.sparse_categorical_crossentropy(t, p)", _sparse,
         t=given([0, 3, 3, 0], "int32"), p=shares(4, 4))
# Two classes: whether the shares are clipped before or after they are scaled is not said and cannot be seen.
AREA.row("sparse_categorical_crossentropy", "clipped", "K.sparse_categorical_crossentropy(t, p)", _sparse,
         t=given([0, 1, 0], "int32"), p=given([[0, 1], [0, 1], [0.25, 0.75]]))
AREA.row("sparse_categorical_crossentropy", "unnormalised", "K.sparse_categorical_crossentropy(t, p)", _sparse,
         t=ints(6, high=4), p=uniform(6, 4, low=0.1, high=0.8))
AREA.row("sparse_categorical_crossentropy", "unnormalised-above-one", "K.sparse_categorical_crossentropy(t, p)", _sparse,
         t=ints(6, high=4), p=uniform(6, 4, low=0.5, high=5),
         unspecified="`output` is called a tensor resulting from a softmax: nothing is said of entries above one.")
AREA.row("sparse_categorical_crossentropy", "logits-large", "K.sparse_categorical_crossentropy(t, x, from_logits=True)",
         lambda t, x: _sparse_of_logits(t, x), t=given([0, 2], "int32"), x=given([[-300, 500, 499], [1000, 900, -1000]]))
AREA.row("sparse_categorical_crossentropy", "logits-shifted", "K.sparse_categorical_crossentropy(t, x, from_logits=True)",
         lambda t, x: _sparse_of_logits(t, x), t=given([2, 1], "int32"), x=given([[1000, 1001, 1002.5], [-1000, -1003, -1001]]),
         ulps=(2048, "a logarithm of sums near 1000 is known to 1000 ULP of 1"))
AREA.row("sparse_categorical_crossentropy", "unknown-classes", "K.sparse_categorical_crossentropy(t, p)", _sparse,
         ways=(UNKNOWN,),
         t=ints(6, high=4), p=shares(6, 4).unknown(0, 1))

for _variant, _shape in (("1d", (5,)), ("2d", (3, 4)), ("3d", (2, 3, 4)), ("4d", (2, 3, 4, 2))):
    AREA.row("binary_crossentropy", _variant, "K.binary_crossentropy(t, p)", lambda t, p: nn.binary(t, p),
             t=uniform(*_shape), p=uniform(*_shape, low=0.02, high=0.98))
    AREA.row("binary_crossentropy", "logits-" + _variant, "K.binary_crossentropy(t, x, from_logits=True)",
             lambda t, x: nn.binary_of_logits(t, x), t=uniform(*_shape), x=normal(*_shape, scale=2))
AREA.row("binary_crossentropy", "positional", "K.binary_crossentropy(t, x, True)", lambda t, x: nn.binary_of_logits(t, x),
         t=given([[0, 1, 1], [1, 0, 1]]), x=normal(2, 3, scale=2))
AREA.row("binary_crossentropy", "sigmoid-output", "K.binary_crossentropy(t, K.sigmoid(x))",
         lambda t, x: nn.binary_of_logits(t, x), t=uniform(3, 4), x=normal(3, 4, scale=2))
AREA.row("binary_crossentropy", "logits-large", "K.binary_crossentropy(t, x, from_logits=True)",
         lambda t, x: nn.binary_of_logits(t, x), t=given([[0, 1, 1, 0.25]]), x=given([[100, -500, 40, 1000]]))
for _dtype in ("float16", "float64"):
    AREA.row("binary_crossentropy", _dtype, "K.binary_crossentropy(t, p)", lambda t, p: nn.binary(t, p),
             t=uniform(3, 4, dtype=_dtype), p=uniform(3, 4, low=0.05, high=0.95, dtype=_dtype),
             ulps=None if _dtype == "float16" else (4e9, "the fuzz of 1e-7 may also be added inside the logarithms"))
    AREA.row("binary_crossentropy", "logits-" + _dtype, "K.binary_crossentropy(t, x, from_logits=True)",
             lambda t, x: nn.binary_of_logits(t, x), t=uniform(3, 4, dtype=_dtype), x=normal(3, 4, dtype=_dtype))
AREA.row("binary_crossentropy", "inner-unknown", "K.binary_crossentropy(t, p)", lambda t, p: nn.binary(t, p), ways=(UNKNOWN,),
         t=uniform(2, 3, 4).unknown(0, 2), p=uniform(2, 3, 4, low=0.1, high=0.9).unknown(0, 2))


def fuzzed(epsilon):
    """Certain and wrong, certain and right: the loss `epsilon` allows, whether it bounds the share or is added to it."""
    def problem(got):
        wrong, right = np.asarray(got, "float64")[0, :2], np.asarray(got, "float64")[0, 2:]
        if not np.all(np.isfinite(wrong)) or np.any(wrong < -math.log(2.4 * epsilon)) or np.any(wrong > -math.log(0.8 * epsilon)):
            return "the loss of a certain and wrong answer is {}, not about {:.4g}".format(wrong, -math.log(epsilon))
        if np.any(np.abs(right) > 2.4 * epsilon):
            return "the loss of a certain and right answer is {}, not about 0".format(right)
        return None
    return Check("finite losses, bounded by an epsilon of {}".format(epsilon), problem)


AREA.row("binary_crossentropy", "clipped", "K.binary_crossentropy(t, p)", fuzzed(1e-7),
         t=given([[1, 0, 1, 0]]), p=given([[0, 1, 1, 0]]))
AREA.script("binary_crossentropy", "set-epsilon", """
    K.set_epsilon(1e-3)
    result = K.eval(K.binary_crossentropy(K.variable(t), K.variable(p)))
    """, {"result": fuzzed(1e-3)}, t=given([[1, 0, 1, 0]]), p=given([[0, 1, 1, 0]]))
AREA.script("categorical_crossentropy", "set-epsilon", """
    K.set_epsilon(1e-2)
    result = K.eval(K.categorical_crossentropy(K.variable(t), K.variable(p)))
    """, lambda t, p: {"result": nn.categorical(t, p, epsilon=1e-2)}, names=("result",),
            t=given([[1, 0, 0], [0, 1, 0], [0.5, 0.25, 0.25]]), p=given([[0, 0.25, 0.75], [0, 1, 0], [0.5, 0.25, 0.25]]))
AREA.script("sparse_categorical_crossentropy", "set-epsilon", """
    K.set_epsilon(1e-2)
    result = K.eval(K.sparse_categorical_crossentropy(K.variable(t, dtype='int32'), K.variable(p)))
    """, lambda t, p: {"result": nn.categorical(nn.one_hot(t, 2), p, epsilon=1e-2)}, names=("result",),
            t=given([0, 1, 1], "int32"), p=given([[0, 1], [0, 1], [0.25, 0.75]]))
