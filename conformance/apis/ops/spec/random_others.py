"""Draws that are not continuous or not uniform, dropout, shuffling, and the generator of seeds.

Seeds are fixed. A sound backend fails a check with a probability below 1e-8: each bound is six standard
deviations of the statistic.
"""
import numpy as np

from conformance.apis.ops.inputs import normal
from conformance.apis.ops.language import EAGER, ops
from conformance.case import Check

SHAPE = (60, 50)
SIZE = 3000
SIX = 6.0


def _near(what, got, want, deviation):
    """The problem with a mean of SIZE draws whose standard deviation is `deviation`, as a list."""
    limit = SIX * deviation / np.sqrt(SIZE)
    return [] if abs(got - want) <= limit else [
        "{} is {:.4g} instead of {:.4g}, more than {:.2g} away".format(what, got, want, limit)]


def moments(mean, variance, low, high, shape=SHAPE):
    """A check of the mean and the bounds of draws."""
    def problems(got):
        got = np.asarray(got).astype("float64")
        if got.shape != shape:
            return ["shape {} instead of {}".format(got.shape, shape)]
        found = _near("the mean", got.mean(), mean, np.sqrt(variance))
        if got.min() < low or got.max() > high:
            found.append("draws from {:.4g} to {:.4g}, not from {} to {}".format(
                got.min(), got.max(), low, high))
        ratio = got.var() / variance
        if not 0.6 < ratio < 1.6:
            found.append("the variance is {:.3g} times the right one".format(ratio))
        return found
    return Check("draws of mean {:.4g} and variance {:.4g}".format(mean, variance), problems)


def frequencies(chances, shape):
    """A check that index i is drawn with chance `chances[i]`, in each row."""
    def problems(got):
        got = np.asarray(got)
        if got.shape != shape:
            return ["shape {} instead of {}".format(got.shape, shape)]
        limits = [[SIX * np.sqrt(max(chance * (1 - chance), 1e-3) / shape[1]) for chance in wanted]
                  for wanted in chances]
        seen = [[float(np.mean(row == index)) for index in range(len(wanted))]
                for row, wanted in zip(got, chances, strict=True)]
        off = np.abs(np.subtract(seen, chances)) > limits
        return ["index {} of row {} is drawn with frequency {:.3f} instead of {:.3f}".format(
            index, row, seen[row][index], chances[row][index]) for row, index in np.argwhere(off)]
    return Check("indices by their chances", problems)


def seeds(f, call):
    """The promises of the argument seed; `call` has a place for it."""
    f.promise("the same integer gives the same draws", at=f.name + ": seed")
    same = "bool(ops.all({} == {}))".format(call.format(3), call.format(3))
    f.case("same-seed", same, want=True, ways=EAGER)
    f.promise("a SeedGenerator gives other draws with each call", at=f.name + ": seed")
    f.script("generator", """
        generator = keras.random.SeedGenerator(5)
        first, second = {call}, {call}
        again = keras.random.SeedGenerator(5)
        repeated = {other}
        same = bool(ops.all(first == repeated))
        different = bool(ops.any(first != second))
    """.format(call=call.format("generator"), other=call.format("again")),
             want={"same": True, "different": True})


with ops.function("random.randint", area="random") as f:
    f.promise("integers from minval to below maxval, all of the same chance",
              at="random.randint: minval, maxval")
    f.case("range", "keras.random.randint({}, 2, 7, seed=4)".format(SHAPE),
           want=moments(4.0, 2.0, 2, 6), result_dtype="int32", profile="core")
    f.case("negative", "keras.random.randint({}, -9, -3, seed=5)".format(SHAPE),
           want=moments(-6.5, 35 / 12, -9, -4), result_dtype="int32")
    f.case("one", "keras.random.randint((4, 5), 3, 4, seed=6)", want=np.full((4, 5), 3), result_dtype="int32")
    f.promise("dtype is an integer dtype", at="random.randint: dtype")
    for dtype in ("int8", "uint8", "int16", "int64"):
        f.case("dtype-" + dtype, "keras.random.randint({}, 2, 7, dtype={!r}, seed=7)".format(SHAPE, dtype),
               want=moments(4.0, 2.0, 2, 6), result_dtype=dtype)
    seeds(f, "keras.random.randint((6, 50), 0, 100, seed={})")

with ops.function("random.gamma", area="random") as f:
    f.promise("draws of the gamma distribution of shape alpha and scale 1", at="random.gamma: alpha")
    for alpha in (0.5, 1.0, 4.0):
        f.case("alpha-{:g}".format(alpha).replace(".", "-"),
               "keras.random.gamma({}, {}, seed=8)".format(SHAPE, alpha), result_dtype="float32",
               want=moments(alpha, alpha, 0.0, np.inf))
    seeds(f, "keras.random.gamma((6, 50), 2.0, seed={})")

with ops.function("random.beta", area="random") as f:
    f.promise("draws of the beta distribution", at="random.beta: alpha, beta")
    for a, b in ((2.0, 3.0), (0.5, 0.5), (5.0, 1.0)):
        f.case("of-{:g}-{:g}".format(a, b).replace(".", "-"),
               "keras.random.beta({}, {}, {}, seed=9)".format(SHAPE, a, b), result_dtype="float32",
               want=moments(a / (a + b), a * b / ((a + b) ** 2 * (a + b + 1)), 0.0, 1.0))
    seeds(f, "keras.random.beta((6, 50), 2.0, 3.0, seed={})")

with ops.function("random.binomial", area="random") as f:
    f.promise("the number of successes of `counts` trials", at="random.binomial: counts, probabilities")
    for n, p in ((10, 0.3), (1, 0.5), (20, 0.9)):
        f.case("of-{}-{:g}".format(n, p).replace(".", "-"),
               "keras.random.binomial({}, {}.0, {}, seed=10)".format(SHAPE, n, p), result_dtype="float32",
               want=moments(n * p, n * p * (1 - p), 0, n))
    seeds(f, "keras.random.binomial((6, 50), 10.0, 0.5, seed={})")

with ops.function("random.categorical", area="random") as f:
    logits = [[0.0, 1.0, -1.0], [2.0, 0.0, 0.0]]
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    f.promise("indices with chances in the proportion of exp(logits), for each row",
              at="random.categorical: logits")
    f.case("rows", "keras.random.categorical(ops.convert_to_tensor({}), 3000, seed=11)".format(logits),
           want=frequencies(chances, (2, 3000)), result_dtype="int32", profile="core", ways=EAGER)
    f.case("certain", "keras.random.categorical(ops.convert_to_tensor([[0.0, 90.0, 0.0]]), 5, seed=12)",
           want=np.ones((1, 5), "int32"), result_dtype="int32", ways=EAGER)
    f.promise("dtype is that of the indices", at="random.categorical: dtype")
    call = "keras.random.categorical(ops.convert_to_tensor([[0.0, 90.0]]), 4, dtype='int64', seed=1)"
    f.case("int64", call,
           want=np.ones((1, 4), "int64"), result_dtype="int64", ways=EAGER)
    seeds(f, "keras.random.categorical(ops.zeros((2, 9)), 40, seed={})")


def dropped(rate, shape, whole=()):
    """A check that a share `rate` of ones is 0 and the others are scaled; along the axes `whole` together."""
    def problems(got):
        got = np.asarray(got).astype("float64")
        if got.shape != shape:
            return ["shape {} instead of {}".format(got.shape, shape)]
        kept = got != 0
        scaled = np.allclose(got[kept], 1 / (1 - rate), rtol=1e-3)
        found = [] if scaled else ["what is kept is not scaled by 1 / (1 - rate)"]
        found += ["axis {} is not dropped as a whole".format(axis) for axis in whole
                  if not (kept == np.take(kept, [0], axis)).all()]
        count = kept.size / np.prod([shape[axis] for axis in whole] or [1])
        limit = SIX * np.sqrt(rate * (1 - rate) / count)
        share = 1 - kept.mean()
        return found if abs(share - rate) <= limit else found + ["a share of {:.3f} is dropped".format(share)]
    return Check("a share of {} is 0, the rest is scaled by 1 / (1 - {})".format(rate, rate), problems)


with ops.function("random.dropout", area="random") as f:
    f.silent("what dropout does: it has no docstring, and is what the layer Dropout says",
             at="random.dropout: docstring")
    f.case("rate", "keras.random.dropout(ops.ones({}), 0.3, seed=13)".format(SHAPE), want=dropped(0.3, SHAPE),
           result_dtype="float32", ways=EAGER)
    f.case("noise-shape",
           "keras.random.dropout(ops.ones((200, 6, 3)), 0.5, noise_shape=(200, 1, 3), seed=14)",
           want=dropped(0.5, (200, 6, 3), (1,)), result_dtype="float32", ways=EAGER)

with ops.function("random.shuffle", area="random") as f:
    f.promise("the same elements along the axis, in another order", at="random.shuffle: summary")
    for axis, profile in ((0, "core"), (1, "full"), (-1, "full")):
        f.script("axis-{}".format(axis).replace("--", "-minus-"), """
            got = ops.convert_to_numpy(keras.random.shuffle(ops.convert_to_tensor(x), axis={0}, seed=15))
            kept = bool((np.sort(got, {0}) == np.sort(x, {0})).all())
            moved = bool((got != x).any())
        """.format(axis), x=normal(12, 10), oracle=lambda x: {"kept": True, "moved": True},
                 names=("kept", "moved"), profile=profile)
    f.silent("whether the slices along the axis stay whole", at="random.shuffle: summary")
    f.script("slices", """
        got = ops.convert_to_numpy(keras.random.shuffle(ops.convert_to_tensor(x), seed=16))
        whole = sorted(map(tuple, got.tolist())) == sorted(map(tuple, x.tolist()))
    """, x=normal(12, 3), oracle=lambda x: {"whole": True}, names=("whole",))
    f.promise("the same integer gives the same order", at="random.shuffle: seed")
    f.script("same-seed", """
        first = keras.random.shuffle(ops.convert_to_tensor(x), seed=3)
        second = keras.random.shuffle(ops.convert_to_tensor(x), seed=3)
        same = bool(ops.all(first == second))
    """, x=normal(12, 3), oracle=lambda x: {"same": True}, names=("same",))

with ops.function("random.SeedGenerator", area="random") as f:
    f.promise("its state advances with each draw, and two of the same seed give the same draws",
              at="random.SeedGenerator: summary")
    f.script("advances", """
        one, two = keras.random.SeedGenerator(seed=42), keras.random.SeedGenerator(seed=42)
        before = ops.convert_to_numpy(one.state.value).copy()
        first = keras.random.normal((4, 5), seed=one)
        second = keras.random.normal((4, 5), seed=one)
        after = ops.convert_to_numpy(one.state.value)
        moved = bool((before != after).any())
        different = bool(ops.any(first != second))
        same = bool(ops.all(first == keras.random.normal((4, 5), seed=two)))
        then = bool(ops.all(second == keras.random.normal((4, 5), seed=two)))
    """, want={"moved": True, "different": True, "same": True, "then": True}, profile="core")
    f.script("other-seed", """
        first = keras.random.uniform((4, 5), seed=keras.random.SeedGenerator(1))
        different = bool(ops.any(first != keras.random.uniform((4, 5), seed=keras.random.SeedGenerator(2))))
    """, want={"different": True})
    f.promise("next returns a seed, another each time", at="random.SeedGenerator: summary")
    f.script("next", """
        generator = keras.random.SeedGenerator(7)
        first, second = ops.convert_to_numpy(generator.next()), ops.convert_to_numpy(generator.next())
        different = bool((first != second).any())
    """, want={"different": True})
