"""Normalization by given statistics and by a norm."""
import numpy as np

from conformance.oracle import nn
from conformance.spec.model import KNOWN, UNKNOWN, VARIABLE, Area, given, normal, plain, uniform

AREA = Area("normalization")

# l2_normalize: "Normalizes a tensor wrt the L2 norm alongside the specified axis."
for _shape, _axes in (((6,), (0,)), ((4, 5), (0, 1, -1, -2)), ((2, 3, 4), (0, 1, 2, -1, -2)), ((2, 3, 4, 5), (1, 3, -3))):
    for _axis in _axes:
        AREA.row("l2_normalize", "axis{}-{}d".format(_axis, len(_shape)), "K.l2_normalize(x, axis={})".format(_axis),
                 lambda x, axis=_axis: nn.l2_normalize(x, axis), x=normal(*_shape))
AREA.row("l2_normalize", "positional", "K.l2_normalize(x, 1)", lambda x: nn.l2_normalize(x, 1), x=normal(3, 4, 5))
# Where there is but one axis, it does not matter what None means.
AREA.row("l2_normalize", "no-axis-1d", "K.l2_normalize(x)", nn.l2_normalize, x=normal(6))
AREA.row("l2_normalize", "no-axis-2d", "K.l2_normalize(x)", nn.l2_normalize, x=normal(3, 4),
         unspecified="`axis` is None by default, and what None means is not said.")
AREA.row("l2_normalize", "zero-vector", "K.l2_normalize(x, axis=-1)", np.array([[0.6, 0.8], [0.0, 0.0]]),
         x=given([[3, 4], [0, 0]]), unspecified="What a vector of zeros gives is not said.")
AREA.row("l2_normalize", "short-vectors", "K.l2_normalize(x, axis=1)", lambda x: nn.l2_normalize(x, 1),
         x=normal(3, 4, scale=1e-4))
AREA.row("l2_normalize", "long-vectors", "K.l2_normalize(x, axis=-1)", lambda x: nn.l2_normalize(x, -1),
         x=normal(3, 4, scale=1e12))
AREA.row("l2_normalize", "zero-entries", "K.l2_normalize(x, axis=-1)", np.array([[0.6, 0.0, -0.8], [0.0, 1.0, 0.0]]),
         x=given([[3, 0, -4], [0, 0.5, 0]]))
AREA.row("l2_normalize", "float16", "K.l2_normalize(x, axis=-1)", lambda x: nn.l2_normalize(x, -1),
         x=normal(3, 4, dtype="float16"))
AREA.row("l2_normalize", "float64", "K.l2_normalize(x, axis=-1)", lambda x: nn.l2_normalize(x, -1),
         x=normal(3, 4, dtype="float64"))
AREA.row("l2_normalize", "inner-unknown", "K.l2_normalize(x, axis=-2)", lambda x: nn.l2_normalize(x, -2), ways=(UNKNOWN,),
         x=normal(2, 3, 4).unknown(0, 1, 2))

# batch_normalization: "output = (x - mean) / sqrt(var + epsilon) * gamma + beta"


def _normalization(variant, shape, axis, arguments="", stats=None, dtype="float32", **rest):
    """A row with the statistics as variables; `stats` is their shape, that of the last axis otherwise."""
    epsilon, scale, centre = rest.pop("epsilon", 1e-3), rest.pop("gamma", True), rest.pop("beta", True)
    stats = (shape[axis],) if stats is None else stats
    broadcast = stats if len(stats) > 1 else tuple(n if a == axis % len(shape) else 1 for a, n in enumerate(shape))
    vectors = (int(np.prod(stats)),)
    made = "K.variable({{}}, dtype='{}')".format(dtype)
    made = made if vectors == stats else "K.reshape({}, {})".format(made, stats)
    source = "K.batch_normalization(x, {}, {}, {}, {}{})".format(
        made.format("m"), made.format("v"), made.format("b") if centre else None, made.format("g") if scale else None,
        arguments and ", " + arguments)

    def want(x, m, v, b=None, g=None):
        spread = [None if s is None else np.reshape(s, broadcast) for s in (m, v, b, g)]
        return nn.batch_norm(x, *spread, epsilon=epsilon)
    given_too = {"b": plain(uniform(*vectors, low=1, high=3))} if centre else {}
    given_too.update({"g": plain(uniform(*vectors, low=0.5, high=2.5))} if scale else {})
    AREA.row("batch_normalization", variant, source, want, x=uniform(*shape, low=-2, high=5, dtype=dtype),
             m=plain(uniform(*vectors, low=1, high=3)), v=plain(uniform(*vectors, low=0.2, high=2)), **dict(given_too, **rest))


for _rank, _shape in ((2, (4, 3)), (3, (2, 3, 4)), (4, (2, 3, 4, 5)), (5, (2, 3, 2, 3, 4))):
    _normalization("{}d".format(_rank), _shape, -1)
    _normalization("last-axis-{}d".format(_rank), _shape, _rank - 1, "axis={}".format(_rank - 1))
    _normalization("epsilon-{}d".format(_rank), _shape, -1, "axis=-1, epsilon=0.4", epsilon=0.4)
    _normalization("no-beta-{}d".format(_rank), _shape, -1, beta=False)
    _normalization("no-gamma-{}d".format(_rank), _shape, -1, gamma=False)
    _normalization("no-beta-gamma-{}d".format(_rank), _shape, -1, beta=False, gamma=False)
# The layers give statistics that broadcast where the axis is not the last.
for _axis, _written, _shape in ((1, 1, (2, 3, 4)), (1, 1, (2, 3, 4, 5)), (1, -3, (2, 3, 4, 5)), (2, 2, (2, 3, 4, 5)),
                                (3, 3, (2, 3, 4, 5)), (1, 1, (2, 3, 2, 3, 4)), (3, 3, (2, 3, 2, 4, 3))):
    _stats = tuple(n if a == _axis else 1 for a, n in enumerate(_shape))
    _name = "axis{}-{}d".format(_written, len(_shape))
    _normalization(_name, _shape, _axis, "axis={}".format(_written), stats=_stats)
    if _written > 0:
        _normalization(_name + "-no-beta", _shape, _axis, "axis={}, epsilon=0.02".format(_written), stats=_stats, epsilon=0.02,
                       beta=False)
        _normalization(_name + "-no-gamma", _shape, _axis, "axis={}, epsilon=0.03".format(_written), stats=_stats, epsilon=0.03,
                       gamma=False)
_normalization("axis1-epsilon-positional", (2, 3, 4, 5), 1, "1, 0.3", stats=(1, 3, 1, 1), epsilon=0.3)
# One channel: what has a single element must not lose its axis.
_normalization("axis1-one-channel-4d", (2, 1, 3, 4), 1, "axis=1", stats=(1, 1, 1, 1))
_normalization("last-axis-one-channel-4d", (2, 3, 4, 1), 3, "axis=3", stats=(1, 1, 1, 1))
_normalization("one-channel-4d", (2, 3, 4, 1), -1)
AREA.row("batch_normalization", "axis1-statistics-made-wide",
         "K.batch_normalization(x, K.variable(m), K.variable(v), None, None, axis=1)",
         lambda x, m, v: nn.batch_norm(x, m, v), x=uniform(2, 3, 4, 5, low=-2, high=5),
         m=plain(uniform(1, 3, 1, 1, low=1, high=3)),
         v=plain(uniform(1, 3, 1, 1, low=0.2, high=2)))
_normalization("float64", (4, 3), -1, dtype="float64")
HALF = (32, "half precision is computed step by step")
_normalization("float16", (4, 3), -1, dtype="float16", ulps=HALF)
_normalization("float64-4d", (2, 3, 4, 5), -1, dtype="float64")
_normalization("float16-4d", (2, 3, 4, 5), -1, dtype="float16", ulps=HALF)
AREA.row("batch_normalization", "default-epsilon-counts", "K.batch_normalization(x, K.variable(m), K.variable(v), None, None)",
         lambda x, m, v: nn.batch_norm(x, m, v, epsilon=1e-3), x=uniform(4, 3, low=1, high=3), m=plain(given([1.5, 2, 2.5])),
         v=plain(given([1e-4, 2e-3, 0.0])))
AREA.row("batch_normalization", "fed-statistics", "K.batch_normalization(x, m, v, b, g, epsilon=0.05)",
         lambda x, m, v, b, g: nn.batch_norm(x, m, v, b, g, 0.05), x=uniform(4, 3, low=1, high=3),
         m=uniform(1, 3, low=1, high=3).unknown(), v=uniform(1, 3, low=0.2, high=2).unknown(),
         b=uniform(1, 3, low=1, high=3).unknown(), g=uniform(1, 3, low=0.5, high=2).unknown())
AREA.row("batch_normalization", "inner-unknown", "K.batch_normalization(x, K.variable(m), K.variable(v), None, None)",
         lambda x, m, v: nn.batch_norm(x, m, v), ways=(UNKNOWN,), x=uniform(2, 3, 4, low=1, high=3).unknown(0, 1),
         m=plain(given([1.5, 2, 2.5, -1])), v=plain(given([0.5, 2, 1, 0.25])))

# normalize_batch_in_training: "Computes mean and std for batch then apply batch_normalization on batch.", and returns
# `(normalized_tensor, mean, variance)`. The variance is the one that normalizes, so the population's. It has rows of its own.
_BY_VARIABLES = "K.normalize_batch_in_training(x, {g}, {b}, {axes}{rest})"


def _training(variant, shape, axes, gamma=True, beta=True, epsilon=None, parts=(2, 3), dtype="float32", **options):
    kept = tuple(n for a, n in enumerate(shape) if a not in tuple(axes))
    source = _BY_VARIABLES.format(g="K.variable(g, dtype='{}')".format(dtype) if gamma else None,
                                  b="K.variable(b, dtype='{}')".format(dtype) if beta else None,
                                  axes=axes, rest="" if epsilon is None else ", epsilon={}".format(epsilon))
    inputs = {"x": uniform(*shape, low=1, high=4, dtype=dtype)}
    inputs.update({"g": plain(uniform(*kept, low=0.5, high=2.5))} if gamma else {})
    inputs.update({"b": plain(uniform(*kept, low=1, high=3))} if beta else {})

    def want(x, g=None, b=None):
        return nn.normalize_batch(x, axes, g, b, 1e-3 if epsilon is None else epsilon)
    if 2 in parts:
        AREA.row("normalize_batch_in_training", variant, source + "[:2]", lambda **given_: want(**given_)[:2],
                 **dict(inputs, **options))
    if 3 in parts:
        AREA.row("normalize_batch_in_training", "variance-" + variant, source + "[2]", lambda **given_: want(**given_)[2],
                 **dict(inputs, **options))


for _shape, _axes in (
        ((5, 3), [0]), ((2, 3, 4), [0, 1]), ((2, 3, 4), [0, 2]), ((2, 3, 4, 5), [0, 1, 2]), ((2, 3, 4, 5), [0, 2, 3]),
        ((2, 3, 4, 5), [0, 1, 3]), ((2, 3, 2, 3, 4), [0, 1, 2, 3]), ((2, 3, 2, 3, 4), [0, 2, 3, 4])):
    _name = "{}d-{}".format(len(_shape), "".join(map(str, _axes)))
    _training(_name, _shape, _axes)
    _training(_name + "-no-gamma", _shape, _axes, gamma=False, parts=(2,))
    _training(_name + "-no-beta", _shape, _axes, beta=False, parts=(2,))
    _training(_name + "-epsilon", _shape, _axes, epsilon=0.3, parts=(2,))
_training("2d-0-no-beta-gamma", (5, 3), [0], gamma=False, beta=False)
_training("4d-012-no-beta-gamma", (2, 3, 4, 5), [0, 1, 2], gamma=False, beta=False, parts=(2,))
_training("4d-023-no-beta-gamma", (2, 3, 4, 5), [0, 2, 3], gamma=False, beta=False, parts=(2,))
_training("3d-10-unsorted", (2, 3, 4), [1, 0])
_training("4d-201-unsorted", (2, 3, 4, 5), [2, 0, 1])
_training("4d-012-tuple", (2, 3, 4, 5), (0, 1, 2), parts=(2,))
_training("4d-023-tuple", (2, 3, 4, 5), (0, 2, 3), parts=(2,))
# Several axes are left: an instance's own statistics.
_training("4d-12-no-beta-gamma", (2, 3, 4, 5), [1, 2], gamma=False, beta=False)
_training("3d-1-no-beta-gamma", (2, 3, 4), [1], gamma=False, beta=False)
_training("3d-0-no-beta-gamma", (4, 2, 3), [0], gamma=False, beta=False)
# So small that a variance which includes it is still right: what else is wrong with it is seen.
_training("tiny-2d-0", (5, 3), [0], epsilon=1e-7, parts=(3,))
_training("tiny-3d-02", (2, 3, 4), [0, 2], epsilon=1e-7, parts=(3,))
_training("no-beta-gamma-epsilon", (5, 3), [0], gamma=False, beta=False, epsilon=2.0, parts=(2,))
_training("float64", (5, 3), [0], dtype="float64")
_training("float16", (5, 3), [0], dtype="float16", parts=(2,), ulps=HALF)
_training("float64-4d-012", (2, 3, 4, 5), [0, 1, 2], dtype="float64", parts=(2,))
AREA.row("normalize_batch_in_training", "three-results", "K.normalize_batch_in_training(x, None, None, [0, 1])",
         lambda x: nn.normalize_batch(x, [0, 1]), x=uniform(2, 3, 4, low=1, high=4).unknown(0, 1), ways=(VARIABLE, KNOWN))
AREA.row("normalize_batch_in_training", "inner-unknown", "K.normalize_batch_in_training(x, None, None, [0, 1])[:2]",
         lambda x: nn.normalize_batch(x, [0, 1])[:2], x=uniform(2, 3, 4, low=1, high=4).unknown(0, 1), ways=(UNKNOWN,))
AREA.row("normalize_batch_in_training", "constant-feature", "K.normalize_batch_in_training(x, None, K.variable(b), [0])[:2]",
         [np.array([[1.0, 2.0]] * 3), np.array([5.0, -3.0])], x=given([[5, -3]] * 3), b=plain(given([1, 2])))
