"""Cross-entropies: of probabilities and of logits, with one-hot, soft and integer targets."""
import math
from functools import partial

import numpy as np

from conformance.apis.k.language import KNOWN, UNKNOWN, VARIABLE, k
from conformance.case import FLOATX, Check, Input, given, ints, normal, uniform
from conformance.oracle import nn

# A float32 near 1000 is rounded by 3.1e-5 at most, and no loss is below 0.26.
_NEAR_1000 = (1000, "a logarithm near 1000 is rounded by 3e-5, which is 1.2e-4 of the loss")


def shares(*shape, axis=-1, dtype=FLOATX):
    """Positive numbers that sum to one along `axis`, all different."""
    return Input(lambda random: nn.softmax(random.standard_normal(shape), axis), len(shape), dtype)


def binary(t, p, from_logits=False):
    """Cross-entropy of each element by itself."""
    return nn.binary_of_logits(t, p) if from_logits else nn.binary(t, p)


def categorical(t, p, from_logits=False, axis=-1):
    """Cross-entropy of classes along `axis`."""
    return nn.categorical_of_logits(t, p, axis) if from_logits else nn.categorical(t, p, axis)


def sparse(t, p, from_logits=False, axis=-1):
    """The same with the numbers of the classes as targets."""
    numbers = np.reshape(t, np.delete(p.shape, axis))
    return categorical(nn.one_hot(numbers, p.shape[axis], axis), p, from_logits, axis)


def bounded_by(epsilon):
    """Certain and wrong, certain and right: what `epsilon` allows, as a bound of the share, added to it, or
    both. 1 - epsilon is rounded to float32."""
    rounded = [float(1 - np.float32(1 - epsilon)), epsilon]
    allowed = [-math.log(share) for share in (*rounded, *(2 * share for share in rounded), sum(rounded))]

    def problem(got):
        wrong, right = np.asarray(got, "float64")[0, :2], np.asarray(got, "float64")[0, 2:]
        if not all(any(abs(loss - bound) < 1e-3 for bound in allowed) for loss in wrong):
            about = ", ".join(f"{bound:.4f}" for bound in sorted(set(allowed)))
            return f"the loss of a certain and wrong answer is {wrong}, not one of {about}"
        if np.any(np.abs(right) > 1.01 * rounded[0]):
            return f"the loss of a certain and right answer is {right}, not {epsilon} at most"
        return None
    return Check(f"finite losses, bounded by an epsilon of {epsilon}", problem)


def refuses_missing_axes(f, t):
    """Both losses of classes refuse an axis that the output has not."""
    f.promise("an axis that is neither -1 nor an axis of the output is refused with a ValueError",
              at=f.name + ": raises")
    for axis, name in ((2, "2"), (7, "7"), (-5, "minus5")):
        f.refuses("axis-out-of-range-" + name, f"K.{f.name}(t, p, axis={axis})", "ValueError", None,
                  ways=(VARIABLE, KNOWN), p=shares(4, 3), t=t)
    f.refuses("logits-axis-out-of-range", f"K.{f.name}(t, p, from_logits=True, axis=3)", "ValueError", None,
              ways=(VARIABLE, KNOWN), p=normal(4, 3), t=t)


with k.function("binary_crossentropy", area="loss") as f:
    f.promise("the output holds probabilities, and each element has a loss of its own",
              at="binary_crossentropy: from_logits")
    for rank, shape in ((1, (5,)), (2, (3, 4)), (3, (2, 3, 4)), (4, (2, 3, 4, 2))):
        f.case(f"{rank}d", t=uniform(*shape), p=uniform(*shape, low=0.02, high=0.98), oracle=binary)
    f.case("sigmoid-output", "K.binary_crossentropy(t, K.sigmoid(x))", t=uniform(3, 4),
           x=normal(3, 4, scale=2), oracle=nn.binary_of_logits)
    # K states no dtype of a loss: of halves it may be a float32.
    f.case("float16", t=uniform(3, 4, dtype="float16"), p=uniform(3, 4, low=0.05, high=0.95, dtype="float16"),
           oracle=binary, result_dtype=None)
    # Whether the fuzz factor is added inside the logarithms is left open. This one is lost among the digits.
    f.script("float64", """
        K.set_epsilon(1e-17)
        result = K.eval(K.binary_crossentropy(K.variable(t, 'float64'), K.variable(p, 'float64')))
        dtype = result.dtype.name
        """, t=uniform(3, 4, dtype="float64"), p=uniform(3, 4, low=0.05, high=0.95, dtype="float64"),
             names=("result", "dtype"), oracle=lambda t, p: {"result": binary(t, p), "dtype": "float64"})
    f.case("inner-unknown", t=uniform(2, 3, 4).unknown(0, 2),
           p=uniform(2, 3, 4, low=0.1, high=0.9).unknown(0, 2), oracle=binary, ways=UNKNOWN)

    f.promise("with from_logits, the output holds logits, however large",
              at="binary_crossentropy: from_logits")
    for rank, shape in ((1, (5,)), (2, (3, 4)), (3, (2, 3, 4)), (4, (2, 3, 4, 2))):
        f.case(f"logits-{rank}d", t=uniform(*shape), x=normal(*shape, scale=2), from_logits=True,
               oracle=binary)
    f.case("positional", "K.binary_crossentropy(t, x, True)", t=given([[0, 1, 1], [1, 0, 1]]),
           x=normal(2, 3, scale=2), oracle=nn.binary_of_logits)
    f.case("logits-large", t=given([[0, 1, 1, 0.25]]), x=given([[100, -500, 40, 1000]]), from_logits=True,
           oracle=binary)
    for dtype in ("float16", "float64"):
        f.case("logits-" + dtype, t=uniform(3, 4, dtype=dtype), x=normal(3, 4, dtype=dtype), from_logits=True,
               oracle=binary, result_dtype=None if dtype == "float16" else dtype)

    f.promise("the fuzz factor keeps the loss of a certain answer finite", at="set_epsilon: summary")
    f.case("clipped", t=given([[1, 0, 1, 0]]), p=given([[0, 1, 1, 0]]), want=bounded_by(1e-7))
    f.script("set-epsilon", """
        K.set_epsilon(1e-3)
        result = K.eval(K.binary_crossentropy(K.variable(t), K.variable(p)))
        """, want={"result": bounded_by(1e-3)}, t=given([[1, 0, 1, 0]]), p=given([[0, 1, 1, 0]]))

    f.promise("int_shape of the loss is that of the output, before anything is fed", at="int_shape: returns")
    f.case("int-shape", "x = K.placeholder((None, 4, 5))\ny = K.placeholder((None, 4, 5))\n"
           "result = K.int_shape(K.binary_crossentropy(x, y))", want=(None, 4, 5))


with k.function("categorical_crossentropy", area="loss") as f:
    # Targets are soft: every class counts, and target and output cannot be swapped unseen.
    f.promise("the output holds a softmax over the last axis, and the loss sums over its classes",
              at="categorical_crossentropy: output")
    for rank, shape in ((2, (4, 3)), (3, (2, 3, 5)), (4, (2, 3, 4, 5))):
        f.case(f"{rank}d", t=shares(*shape), p=shares(*shape), oracle=categorical)
    f.case("one-hot", t=given([[0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]]), p=shares(4, 3),
           oracle=categorical)
    f.case("softmax-output", "K.categorical_crossentropy(t, K.softmax(x))", t=shares(4, 3),
           x=normal(4, 3, scale=2), oracle=nn.categorical_of_logits)
    for dtype in ("float16", "float64"):
        f.case(dtype, t=shares(4, 3, dtype=dtype), p=shares(4, 3, dtype=dtype), oracle=categorical,
               result_dtype=None if dtype == "float16" else dtype)
    f.case("inner-unknown", t=shares(2, 3, 5).unknown(0, 1), p=shares(2, 3, 5).unknown(0, 1),
           oracle=categorical, ways=UNKNOWN)

    # Keras' own NumPy reference scales it to sum to one, and so does every backend it shipped.
    f.silent("what an output that does not sum to one gives", at="categorical_crossentropy: output")
    f.case("unnormalised", t=shares(4, 3), p=uniform(4, 3, low=0.1, high=0.6), oracle=categorical)
    f.case("unnormalised-axis1", t=shares(2, 3, 4, axis=1), p=uniform(2, 3, 4, low=0.1, high=3.0), axis=1,
           oracle=categorical)

    f.promise("with from_logits, the output holds logits, however large",
              at="categorical_crossentropy: from_logits")
    for rank, shape in ((2, (4, 3)), (3, (2, 3, 5)), (4, (2, 3, 4, 5))):
        f.case(f"logits-{rank}d", t=shares(*shape), x=normal(*shape, scale=3), from_logits=True,
               oracle=categorical)
    f.case("logits-large", t=given([[1, 0, 0], [0, 0.5, 0.5]]),
           x=given([[-300, 500, 499], [1000, 900, -1000]]), from_logits=True, oracle=categorical)
    f.case("logits-shifted", t=shares(2, 3), x=given([[1000, 1001, 1002.5], [-1000, -1003, -1001]]),
           from_logits=True, oracle=categorical, ulps=_NEAR_1000)
    for dtype in ("float16", "float64"):
        f.case("logits-" + dtype, t=shares(4, 3, dtype=dtype), x=normal(4, 3, dtype=dtype), from_logits=True,
               oracle=categorical, result_dtype=None if dtype == "float16" else dtype)

    f.promise("axis is the axis of the classes, which the loss does not have",
              at="categorical_crossentropy: axis")
    for axis, shape in ((1, (4, 3)), (1, (2, 3, 4)), (2, (2, 3, 4)), (1, (2, 3, 4, 5)), (2, (2, 3, 4, 5)),
                        (3, (2, 3, 4, 5))):
        f.case(f"axis{axis}-{len(shape)}d", t=shares(*shape, axis=axis), p=shares(*shape, axis=axis),
               axis=axis, oracle=categorical)
        f.case(f"logits-axis{axis}-{len(shape)}d", f"K.categorical_crossentropy(t, x, True, {axis})",
               t=shares(*shape, axis=axis), x=normal(*shape, scale=3),
               oracle=partial(nn.categorical_of_logits, axis=axis))
    refuses_missing_axes(f, t=shares(4, 3))

    f.promise("the fuzz factor keeps the shares of the output away from 0 and 1", at="set_epsilon: summary")
    f.case("clipped", t=given([[1, 0, 0], [0, 1, 0], [0.25, 0.25, 0.5]]),
           p=given([[0, 0.25, 0.75], [0, 1, 0], [0, 0.5, 0.5]]), oracle=categorical)
    f.script("set-epsilon", """
        K.set_epsilon(1e-2)
        result = K.eval(K.categorical_crossentropy(K.variable(t), K.variable(p)))
        """, t=given([[1, 0, 0], [0, 1, 0], [0.5, 0.25, 0.25]]),
             p=given([[0, 0.25, 0.75], [0, 1, 0], [0.5, 0.25, 0.25]]), names=("result",),
             oracle=lambda t, p: {"result": nn.categorical(t, p, epsilon=1e-2)})

    f.promise("int_shape of the loss is that of the output without the classes, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "x = K.placeholder((None, 4, 5))\ny = K.placeholder((None, 4, 5))\n"
           "result = K.int_shape(K.categorical_crossentropy(x, y))", want=(None, 4))

    f.silent("whether -2 is an axis of the output", at="categorical_crossentropy: raises")
    f.case("axis-2-3d", t=shares(2, 3, 4, axis=1), p=shares(2, 3, 4, axis=1), axis=-2, oracle=categorical)


with k.function("sparse_categorical_crossentropy", area="loss") as f:
    f.promise("the target holds the numbers of the right classes, with or without an axis of length 1",
              at="sparse_categorical_crossentropy: target")
    f.case("first-and-last-class", t=given([0, 3, 3, 0], "int32"), p=shares(4, 4), oracle=sparse,
           ways=UNKNOWN)
    for rank, shape in ((2, (6, 4)), (3, (2, 3, 5)), (4, (2, 3, 4, 5))):
        places, classes = shape[:-1], shape[-1]
        f.case(f"{rank}d", t=ints(*places, high=classes), p=shares(*shape), oracle=sparse)
        f.case(f"{rank}d-column", t=ints(*places + (1,), high=classes), p=shares(*shape), oracle=sparse)
    f.case("int64", t=ints(6, high=4, dtype="int64"), p=shares(6, 4), oracle=sparse)

    f.promise("the output holds a softmax over the last axis", at="sparse_categorical_crossentropy: output")
    f.case("float64", t=ints(6, high=4), p=shares(6, 4, dtype="float64"), oracle=sparse)
    f.case("unknown-classes", t=ints(6, high=4), p=shares(6, 4).unknown(0, 1), oracle=sparse, ways=UNKNOWN)

    f.silent("what an output that does not sum to one gives", at="sparse_categorical_crossentropy: output")
    f.case("unnormalised", t=ints(6, high=4), p=uniform(6, 4, low=0.1, high=0.8), oracle=sparse)

    f.promise("with from_logits, the output holds logits, however large",
              at="sparse_categorical_crossentropy: from_logits")
    for rank, shape in ((2, (6, 4)), (3, (2, 3, 5)), (4, (2, 3, 4, 5))):
        places, classes = shape[:-1], shape[-1]
        f.case(f"logits-{rank}d", t=ints(*places, high=classes), x=normal(*shape, scale=3), from_logits=True,
               oracle=sparse)
        f.case(f"logits-{rank}d-column", t=ints(*places + (1,), high=classes), x=normal(*shape, scale=3),
               from_logits=True, oracle=sparse)
    f.case("logits-large", t=given([0, 2], "int32"), x=given([[-300, 500, 499], [1000, 900, -1000]]),
           from_logits=True, oracle=sparse)
    f.case("logits-shifted", t=given([2, 1], "int32"), x=given([[1000, 1001, 1002.5], [-1000, -1003, -1001]]),
           from_logits=True, oracle=sparse, ulps=_NEAR_1000)

    f.promise("axis is the axis of the classes, which the loss does not have",
              at="sparse_categorical_crossentropy: axis")
    for axis, shape in ((1, (4, 3)), (1, (2, 3, 4)), (2, (2, 3, 4)), (1, (2, 3, 4, 5)), (2, (2, 3, 4, 5))):
        numbers = ints(*shape[:axis] + shape[axis + 1:], high=shape[axis])
        f.case(f"axis{axis}-{len(shape)}d", t=numbers, p=shares(*shape, axis=axis), axis=axis, oracle=sparse)
        f.case(f"logits-axis{axis}-{len(shape)}d", f"K.sparse_categorical_crossentropy(t, x, True, {axis})",
               t=numbers, x=normal(*shape, scale=3), oracle=partial(sparse, from_logits=True, axis=axis))
    refuses_missing_axes(f, t=ints(4, high=3))

    f.promise("the fuzz factor keeps the shares of the output away from 0 and 1", at="set_epsilon: summary")
    # Two classes: whether shares are clipped before or after they are scaled is not said and cannot be seen.
    f.case("clipped", t=given([0, 1, 0], "int32"), p=given([[0, 1], [0, 1], [0.25, 0.75]]), oracle=sparse)
    f.script("set-epsilon", """
        K.set_epsilon(1e-2)
        result = K.eval(K.sparse_categorical_crossentropy(K.variable(t, dtype='int32'), K.variable(p)))
        """, t=given([0, 1, 1], "int32"), p=given([[0, 1], [0, 1], [0.25, 0.75]]), names=("result",),
             oracle=lambda t, p: {"result": nn.categorical(nn.one_hot(t, 2), p, epsilon=1e-2)})

    f.promise("int_shape of the loss is that of the output without the classes, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "row = K.placeholder((None, 4))\nresult = K.int_shape("
           "K.sparse_categorical_crossentropy(K.placeholder((None,), dtype='int32'), row))", want=(None,))

    f.silent("whether -2 is an axis of the output", at="sparse_categorical_crossentropy: raises")
    f.case("axis-2-3d", t=ints(2, 4, high=3), p=shares(2, 3, 4, axis=1), axis=-2, oracle=sparse)
    f.silent("what a target of floats gives", at="sparse_categorical_crossentropy: target")
    f.case("float-target", t=ints(6, 1, high=4, dtype="float32"), p=shares(6, 4), oracle=sparse)
    f.silent("what an output with entries above one gives", at="sparse_categorical_crossentropy: output")
    f.case("unnormalised-above-one", t=ints(6, high=4), p=uniform(6, 4, low=0.5, high=5), oracle=sparse)
