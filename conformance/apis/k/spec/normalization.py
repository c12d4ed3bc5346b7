"""Normalization by a norm, by given statistics and by those of a batch."""
import numpy as np

from conformance.apis.k.language import KNOWN, UNKNOWN, VARIABLE, k, weight
from conformance.case import FLOATX, given, normal, plain, uniform
from conformance.oracle import nn

_HALF = (16, "half precision is rounded in each of five steps: 1.6e-2 of the result")

with k.function("l2_normalize", area="normalization") as f:
    f.promise("x is divided by its Euclidean norm along the axis, and a negative axis counts from the last",
              at="l2_normalize: axis")
    for shape, axes in (((6,), (0,)), ((4, 5), (0, 1, -1, -2)), ((2, 3, 4), (0, 1, 2, -1, -2)),
                        ((2, 3, 4, 5), (1, 3, -3))):
        for axis in axes:
            f.case(f"axis{axis}-{len(shape)}d", x=normal(*shape), axis=axis, oracle=nn.l2_normalize)
    f.case("positional", "K.l2_normalize(x, 1)", x=normal(3, 4, 5), oracle=lambda x: nn.l2_normalize(x, 1))
    f.case("inner-unknown", x=normal(2, 3, 4).unknown(0, 1, 2), axis=-2, oracle=nn.l2_normalize, ways=UNKNOWN)

    f.promise("a vector has length 1 afterwards, however short or long it was", at="l2_normalize: summary")
    f.case("short-vectors", x=normal(3, 4, scale=1e-4), axis=1, oracle=nn.l2_normalize)
    f.case("long-vectors", x=normal(3, 4, scale=1e12), axis=-1, oracle=nn.l2_normalize)
    f.case("zero-entries", x=given([[3, 0, -4], [0, 0.5, 0]]), axis=-1,
           want=np.array([[0.6, 0.0, -0.8], [0.0, 1.0, 0.0]]))
    for dtype in ("float16", "float64"):
        f.case(dtype, x=normal(3, 4, dtype=dtype), axis=-1, oracle=nn.l2_normalize)

    # With a single axis, it does not matter what None means.
    f.promise("axis may be left out where x is a vector", at="l2_normalize: axis")
    f.case("no-axis-1d", x=normal(6), oracle=nn.l2_normalize)

    f.promise("int_shape of the result is that of x, before anything is fed", at="int_shape: returns")
    f.case("int-shape", "x = K.placeholder((None, 4, 5))\nresult = K.int_shape(K.l2_normalize(x, axis=-1))",
           want=(None, 4, 5))

    f.silent("what an axis of None means", at="l2_normalize: axis")
    f.case("no-axis-2d", x=normal(3, 4), oracle=nn.l2_normalize)
    f.silent("what a vector of zeros gives", at="l2_normalize: summary")
    f.case("zero-vector", x=given([[3, 4], [0, 0]]), axis=-1, want=np.array([[0.6, 0.8], [0.0, 0.0]]))


def by_statistics(f, variant, shape, axis=-1, arguments="", stats=None, dtype=FLOATX, epsilon=1e-3, beta=True,
                  gamma=True, **options):
    """A case with the statistics as variables, of the shape `stats` where it is not that of `axis` alone.

    `arguments` is source text of those after gamma.
    """
    stats = (shape[axis],) if stats is None else stats
    spread = stats
    if len(stats) == 1:
        spread = tuple(n if place == axis % len(shape) else 1 for place, n in enumerate(shape))
    vector = (int(np.prod(stats)),)
    made = {"m": True, "v": True, "b": beta, "g": gamma}
    texts = [f"K.variable({name}, dtype='{dtype}')" if there else None for name, there in made.items()]
    if vector != stats:
        texts = [text and f"K.reshape({text}, {stats})" for text in texts]
    given = ", ".join(["x", *map(str, texts), *([arguments] if arguments else [])])
    source = f"K.batch_normalization({given})"

    def oracle(x, m, v, *rest):
        rest = list(rest)
        b, g = (rest.pop(0) if there else None for there in (beta, gamma))
        spreads = [s if s is None else np.reshape(s, spread) for s in (m, v, b, g)]
        return nn.batch_norm(x, *spreads, epsilon=epsilon)

    bounds = {"m": (1, 3), "v": (0.2, 2), "b": (1, 3), "g": (0.5, 2.5)}
    inputs = {name: plain(uniform(*vector, low=bounds[name][0], high=bounds[name][1]))
              for name, there in made.items() if there}
    f.case(variant, source, x=uniform(*shape, low=-2, high=5, dtype=dtype), oracle=oracle,
           **dict(inputs, **options))


RANKS = ((2, (4, 3)), (3, (2, 3, 4)), (4, (2, 3, 4, 5)), (5, (2, 3, 2, 3, 4)))
# An axis, how it is written, and a shape. The layers give statistics that broadcast if it is not the last.
AXES = ((1, 1, (2, 3, 4)), (1, 1, (2, 3, 4, 5)), (1, -3, (2, 3, 4, 5)), (2, 2, (2, 3, 4, 5)),
        (3, 3, (2, 3, 4, 5)), (1, 1, (2, 3, 2, 3, 4)), (3, 3, (2, 3, 2, 4, 3)))

with k.function("batch_normalization", area="normalization") as f:
    f.promise("x less the mean is divided by the root of variance plus epsilon, times gamma, plus beta",
              at="batch_normalization: summary")
    for rank, shape in RANKS:
        by_statistics(f, f"{rank}d", shape)
    for ending, shape in (("", (4, 3)), ("-4d", (2, 3, 4, 5))):
        by_statistics(f, "float64" + ending, shape, dtype="float64")
        by_statistics(f, "float16" + ending, shape, dtype="float16", ulps=_HALF)

    f.promise("without beta nothing is added, and without gamma nothing is multiplied",
              at="batch_normalization: summary")
    for rank, shape in RANKS:
        by_statistics(f, f"no-beta-{rank}d", shape, beta=False)
        by_statistics(f, f"no-gamma-{rank}d", shape, gamma=False)
        by_statistics(f, f"no-beta-gamma-{rank}d", shape, beta=False, gamma=False)

    f.promise("epsilon is added to the variance, and is 0.001 by default", at="batch_normalization: epsilon")
    for rank, shape in RANKS:
        by_statistics(f, f"epsilon-{rank}d", shape, arguments="axis=-1, epsilon=0.4", epsilon=0.4)
    f.case("default-epsilon-counts", "K.batch_normalization(x, K.variable(m), K.variable(v), None, None)",
           x=uniform(4, 3, low=1, high=3), m=plain(given([1.5, 2, 2.5])), v=plain(given([1e-4, 2e-3, 0.0])),
           oracle=lambda x, m, v: nn.batch_norm(x, m, v, epsilon=1e-3))

    f.promise("the statistics are those of `axis`, the last by default, and broadcast to x",
              at="batch_normalization: axis")
    for rank, shape in RANKS:
        by_statistics(f, f"last-axis-{rank}d", shape, arguments=f"axis={rank - 1}")
    for axis, written, shape in AXES:
        stats = tuple(n if a == axis else 1 for a, n in enumerate(shape))
        name = f"axis{written}-{len(shape)}d"
        by_statistics(f, name, shape, axis, f"axis={written}", stats=stats)
        if written > 0:
            by_statistics(f, name + "-no-beta", shape, axis, f"axis={written}, epsilon=0.02", stats=stats,
                          epsilon=0.02, beta=False)
            by_statistics(f, name + "-no-gamma", shape, axis, f"axis={written}, epsilon=0.03", stats=stats,
                          epsilon=0.03, gamma=False)
    by_statistics(f, "axis1-epsilon-positional", (2, 3, 4, 5), 1, "1, 0.3", stats=(1, 3, 1, 1), epsilon=0.3)
    # A single channel: what has a single element must not lose its axis.
    by_statistics(f, "axis1-one-channel-4d", (2, 1, 3, 4), 1, "axis=1", stats=(1, 1, 1, 1))
    by_statistics(f, "last-axis-one-channel-4d", (2, 3, 4, 1), 3, "axis=3", stats=(1, 1, 1, 1))
    by_statistics(f, "one-channel-4d", (2, 3, 4, 1))
    f.case("axis1-statistics-made-wide",
           "K.batch_normalization(x, K.variable(m), K.variable(v), None, None, axis=1)",
           x=uniform(2, 3, 4, 5, low=-2, high=5), m=weight(uniform(1, 3, 1, 1, low=1, high=3)),
           v=weight(uniform(1, 3, 1, 1, low=0.2, high=2)), oracle=nn.batch_norm)

    for ending, shape in (("", (4, 3)), ("-4d", (2, 3, 4, 5))):
        by_statistics(f, "epsilon-small" + ending, shape, arguments="epsilon=1e-7", epsilon=1e-7)

    f.promise("the statistics are tensors, which may be fed like x", at="batch_normalization: mean")
    f.case("computed-statistics", "K.batch_normalization(x, K.mean(x, axis=[0, 1, 2]), "
           "K.var(x, axis=[0, 1, 2]), b * 2., K.exp(g))", x=uniform(2, 3, 4, 5, low=1, high=3),
           b=normal(5).unknown(), g=normal(5).unknown(), ways=KNOWN, oracle=lambda x, b, g: nn.batch_norm(
               x, x.mean((0, 1, 2)), x.var((0, 1, 2)), 2 * b, np.exp(g)))
    f.case("fed-statistics", x=uniform(4, 3, low=1, high=3), m=uniform(1, 3, low=1, high=3).unknown(),
           v=uniform(1, 3, low=0.2, high=2).unknown(), b=uniform(1, 3, low=1, high=3).unknown(),
           g=uniform(1, 3, low=0.5, high=2).unknown(), epsilon=0.05, oracle=nn.batch_norm)
    f.case("inner-unknown", "K.batch_normalization(x, K.variable(m), K.variable(v), None, None)",
           x=uniform(2, 3, 4, low=1, high=3).unknown(0, 1), m=plain(given([1.5, 2, 2.5, -1])),
           v=plain(given([0.5, 2, 1, 0.25])), oracle=nn.batch_norm, ways=UNKNOWN)

    f.promise("int_shape of the result is that of x, before anything is fed", at="int_shape: returns")
    f.case("int-shape", "image = K.placeholder((None, 6, 7, 3))\n"
           "result = K.int_shape(K.batch_normalization(image, K.variable(np.ones((3,))), "
           "K.variable(np.ones((3,))), K.variable(np.ones((3,))), K.variable(np.ones((3,)))))",
           want=(None, 6, 7, 3))


def of_batch(f, variant, shape, axes, part=slice(2), gamma=True, beta=True, epsilon=None, dtype=FLOATX,
             **options):
    """A case of two results, the normalized tensor and the mean, or of the third, where `part` is 2."""
    kept = tuple(n for axis, n in enumerate(shape) if axis not in axes)
    g = f"K.variable(g, dtype='{dtype}')" if gamma else None
    b = f"K.variable(b, dtype='{dtype}')" if beta else None
    last = "" if epsilon is None else f", epsilon={epsilon}"
    source = f"K.normalize_batch_in_training(x, {g}, {b}, {axes}{last})[{2 if part == 2 else ':2'}]"

    def oracle(x, *rest):
        rest = list(rest)
        g, b = (rest.pop(0) if there else None for there in (gamma, beta))
        return nn.normalize_batch(x, axes, g, b, 1e-3 if epsilon is None else epsilon)[part]

    inputs = {"x": uniform(*shape, low=1, high=4, dtype=dtype)}
    if gamma:
        inputs["g"] = plain(uniform(*kept, low=0.5, high=2.5))
    if beta:
        inputs["b"] = plain(uniform(*kept, low=1, high=3))
    f.case(variant, source, oracle=oracle, **dict(inputs, **options))


VARIANCE = 2
BATCHES = (("2d-0", (5, 3), [0]), ("3d-01", (2, 3, 4), [0, 1]), ("3d-02", (2, 3, 4), [0, 2]),
           ("4d-012", (2, 3, 4, 5), [0, 1, 2]), ("4d-023", (2, 3, 4, 5), [0, 2, 3]),
           ("4d-013", (2, 3, 4, 5), [0, 1, 3]), ("5d-0123", (2, 3, 2, 3, 4), [0, 1, 2, 3]),
           ("5d-0234", (2, 3, 2, 3, 4), [0, 2, 3, 4]))

with k.function("normalize_batch_in_training", area="normalization") as f:
    f.promise("the first result is x normalized by its own mean and variance, and the second is the mean",
              at="normalize_batch_in_training: returns")
    for name, shape, axes in BATCHES:
        of_batch(f, name, shape, axes)
    of_batch(f, "float64", (5, 3), [0], dtype="float64")
    of_batch(f, "float16", (5, 3), [0], dtype="float16", ulps=_HALF)
    of_batch(f, "float64-4d-012", (2, 3, 4, 5), [0, 1, 2], dtype="float64")
    f.case("inner-unknown", "K.normalize_batch_in_training(x, None, None, [0, 1])[:2]",
           x=uniform(2, 3, 4, low=1, high=4).unknown(0, 1),
           oracle=lambda x: nn.normalize_batch(x, [0, 1])[:2], ways=UNKNOWN)
    f.case("constant-feature", "K.normalize_batch_in_training(x, None, K.variable(b), [0])[:2]",
           x=given([[5, -3]] * 3), b=plain(given([1, 2])),
           want=[np.array([[1.0, 2.0]] * 3), np.array([5.0, -3.0])])

    f.promise("the third result is the variance that normalizes, of a whole population and without epsilon",
              at="normalize_batch_in_training: returns")
    for name, shape, axes in BATCHES:
        of_batch(f, "variance-" + name, shape, axes, VARIANCE)
    of_batch(f, "variance-float64", (5, 3), [0], VARIANCE, dtype="float64")
    # So small that a variance which includes it is still right: what else is wrong with it is seen.
    of_batch(f, "variance-tiny-2d-0", (5, 3), [0], VARIANCE, epsilon=1e-7)
    of_batch(f, "variance-tiny-3d-02", (2, 3, 4), [0, 2], VARIANCE, epsilon=1e-7)
    f.promise("the results are three: normalized tensor, mean and variance",
              at="normalize_batch_in_training: returns")
    f.case("three-results", "K.normalize_batch_in_training(x, None, None, [0, 1])",
           x=uniform(2, 3, 4, low=1, high=4).unknown(0, 1), oracle=lambda x: nn.normalize_batch(x, [0, 1]),
           ways=(VARIABLE, KNOWN))

    f.case("results-in-a-tuple", "made = K.normalize_batch_in_training(x, None, None, [0])\n"
           "result = [isinstance(made, tuple), len(made)]", x=uniform(5, 3), want=[True, 3], ways=KNOWN)

    f.promise("without gamma nothing is multiplied, and without beta nothing is added",
              at="normalize_batch_in_training: summary")
    for name, shape, axes in BATCHES:
        of_batch(f, name + "-no-gamma", shape, axes, gamma=False)
        of_batch(f, name + "-no-beta", shape, axes, beta=False)
    of_batch(f, "2d-0-no-beta-gamma", (5, 3), [0], gamma=False, beta=False)
    of_batch(f, "variance-2d-0-no-beta-gamma", (5, 3), [0], VARIANCE, gamma=False, beta=False)
    of_batch(f, "4d-012-no-beta-gamma", (2, 3, 4, 5), [0, 1, 2], gamma=False, beta=False)
    of_batch(f, "4d-023-no-beta-gamma", (2, 3, 4, 5), [0, 2, 3], gamma=False, beta=False)

    f.promise("reduction_axes may stand in any order, in a list or a tuple",
              at="normalize_batch_in_training: reduction_axes")
    of_batch(f, "3d-10-unsorted", (2, 3, 4), [1, 0])
    of_batch(f, "variance-3d-10-unsorted", (2, 3, 4), [1, 0], VARIANCE)
    of_batch(f, "4d-201-unsorted", (2, 3, 4, 5), [2, 0, 1])
    of_batch(f, "variance-4d-201-unsorted", (2, 3, 4, 5), [2, 0, 1], VARIANCE)
    of_batch(f, "4d-012-tuple", (2, 3, 4, 5), (0, 1, 2))
    of_batch(f, "4d-023-tuple", (2, 3, 4, 5), (0, 2, 3))

    # As where an instance has statistics of its own.
    f.promise("reduction_axes may leave several axes, each place of which has its own statistics",
              at="normalize_batch_in_training: reduction_axes")
    for name, shape, axes in (("4d-12", (2, 3, 4, 5), [1, 2]), ("3d-1", (2, 3, 4), [1]),
                              ("3d-0", (4, 2, 3), [0])):
        of_batch(f, name + "-no-beta-gamma", shape, axes, gamma=False, beta=False)
        of_batch(f, "variance-" + name + "-no-beta-gamma", shape, axes, VARIANCE, gamma=False, beta=False)

    f.promise("epsilon is added to the variance that x is divided by",
              at="normalize_batch_in_training: epsilon")
    for name, shape, axes in BATCHES:
        of_batch(f, name + "-epsilon", shape, axes, epsilon=0.3)
    of_batch(f, "no-beta-gamma-epsilon", (5, 3), [0], gamma=False, beta=False, epsilon=2.0)

    f.promise("int_shape of the normalized tensor is that of x, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "image = K.placeholder((None, 6, 7, 3))\n"
           "result = K.int_shape(K.normalize_batch_in_training(image, K.variable(np.ones((3,))), "
           "K.variable(np.ones((3,))), [0, 1, 2])[0])",
           want=(None, 6, 7, 3))
