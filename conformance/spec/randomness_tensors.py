"""Random tensors: their distribution and seeds, and that every evaluation draws anew."""
from conformance.oracle import distribution
from conformance.spec.model import Area, Check, normal

AREA = Area("random")
_SHAPE = (30, 20, 10)


def _call(name, shape, rest=""):
    return "K.{}({}{})".format(name, shape, ", " + rest if rest else "")


def _rows(name, cases):
    for variant, arguments, want in cases:
        AREA.row(name, "distribution-" + variant, _call(name, _SHAPE, arguments), want)


_rows("random_normal", [
    ("default", "seed=21", distribution.normal(0.0, 1.0, _SHAPE)),
    ("mean", "mean=3.0, seed=22", distribution.normal(3.0, 1.0, _SHAPE)),
    ("stddev", "stddev=0.2, seed=23", distribution.normal(0.0, 0.2, _SHAPE)),
    ("mean-and-stddev", "mean=-2.0, stddev=2.5, seed=24", distribution.normal(-2.0, 2.5, _SHAPE)),
    ("positional", "5.0, 0.5, 'float32', 25", distribution.normal(5.0, 0.5, _SHAPE)),
    ("integers", "mean=4, stddev=2, seed=26", distribution.normal(4.0, 2.0, _SHAPE)),
    ("float64", "mean=1.0, stddev=0.5, dtype='float64', seed=27", distribution.normal(1.0, 0.5, _SHAPE, "float64")),
    ("float16", "mean=1.0, stddev=0.5, dtype='float16', seed=28", distribution.normal(1.0, 0.5, _SHAPE, "float16")),
])
_rows("random_uniform", [
    ("default", "seed=31", distribution.uniform(0.0, 1.0, _SHAPE)),
    ("minval", "minval=-3.0, seed=32", distribution.uniform(-3.0, 1.0, _SHAPE)),
    ("maxval", "maxval=4.0, seed=33", distribution.uniform(0.0, 4.0, _SHAPE)),
    ("both", "minval=2.0, maxval=2.5, seed=34", distribution.uniform(2.0, 2.5, _SHAPE)),
    ("negative", "minval=-4.0, maxval=-1.0, seed=35", distribution.uniform(-4.0, -1.0, _SHAPE)),
    ("positional", "-1.0, 3.0, 'float32', 36", distribution.uniform(-1.0, 3.0, _SHAPE)),
    ("integers", "minval=-2, maxval=5, seed=37", distribution.uniform(-2.0, 5.0, _SHAPE)),
    ("float64", "minval=-1.0, maxval=2.0, dtype='float64', seed=38", distribution.uniform(-1.0, 2.0, _SHAPE, "float64")),
    ("float16", "minval=-1.0, maxval=2.0, dtype='float16', seed=39", distribution.uniform(-1.0, 2.0, _SHAPE, "float16")),
])
_rows("random_binomial", [
    ("default-p-0", "seed=41", distribution.binomial(0.0, _SHAPE)),
    ("p-0.3", "p=0.3, seed=42", distribution.binomial(0.3, _SHAPE)),
    ("p-0.9", "p=0.9, seed=43", distribution.binomial(0.9, _SHAPE)),
    ("p-0.05", "p=0.05, seed=44", distribution.binomial(0.05, _SHAPE)),
    ("p-1", "p=1.0, seed=45", distribution.binomial(1.0, _SHAPE)),
    ("positional", "0.7, 'float32', 46", distribution.binomial(0.7, _SHAPE)),
    ("float64", "p=0.3, dtype='float64', seed=47", distribution.binomial(0.3, _SHAPE, "float64")),
    ("float16", "p=0.3, dtype='float16', seed=48", distribution.binomial(0.3, _SHAPE, "float16")),
])
_rows("truncated_normal", [
    ("default", "seed=51", distribution.truncated(0.0, 1.0, _SHAPE)),
    ("mean", "mean=3.0, seed=52", distribution.truncated(3.0, 1.0, _SHAPE)),
    ("stddev", "stddev=0.2, seed=53", distribution.truncated(0.0, 0.2, _SHAPE)),
    ("stddev-large", "stddev=20.0, seed=57", distribution.truncated(0.0, 20.0, _SHAPE)),
    ("mean-and-stddev", "mean=-2.0, stddev=2.5, seed=54", distribution.truncated(-2.0, 2.5, _SHAPE)),
    ("positional", "5.0, 0.5, 'float32', 55", distribution.truncated(5.0, 0.5, _SHAPE)),
    ("float64", "stddev=0.5, dtype='float64', seed=56", distribution.truncated(0.0, 0.5, _SHAPE, "float64")),
    ("float16", "stddev=0.5, dtype='float16', seed=58", distribution.truncated(0.0, 0.5, _SHAPE, "float16")),
])

# Parameters away from their defaults, so that what is drawn is neither constant nor of the default distribution.
_FUNCTIONS = (
    ("random_normal", "mean=1.0, stddev=3.0", distribution.normal(1.0, 3.0, _SHAPE)),
    ("random_uniform", "minval=-1.0, maxval=3.0", distribution.uniform(-1.0, 3.0, _SHAPE)),
    ("random_binomial", "p=0.4", distribution.binomial(0.4, _SHAPE)),
    ("truncated_normal", "mean=0.0, stddev=3.0", distribution.truncated(0.0, 3.0, _SHAPE)),
)
for _name, _arguments, _want in _FUNCTIONS:
    for _shape in ((), (1,), (7,), (4, 3), (2, 1, 3, 2), (2, 3, 1, 2, 4)):
        AREA.row(_name, "shape-{}d{}".format(len(_shape), "-of-1" if _shape == (1,) else ""), _call(_name, _shape, _arguments),
                 Check("shape {}".format(_shape), lambda got, shape=_shape: None if got.shape == shape else
                       "wrong shape: {} instead of {}".format(got.shape, shape)))
    AREA.row(_name, "shape-keyword", _call(_name, "shape={}".format(_SHAPE), _arguments + ", seed=8"), _want)
    AREA.row(_name, "int-shape", "K.int_shape({})".format(_call(_name, (2, 3, 4), _arguments)), (2, 3, 4))
    AREA.row(_name, "in-an-expression", _call(_name, (5, 4), _arguments) + " * 0. + x", lambda x: x, x=normal(5, 4),
             ways=("variable",))
    AREA.row(_name, "without-seed", "np.random.seed(20202); result = " + _call(_name, _SHAPE, _arguments), _want)
    AREA.script(_name, "floatx-float64", """
        K.set_floatx("float64")
        t = {}
        dtypes = [K.dtype(t), K.eval(t).dtype.name]
    """.format(_call(_name, (2, 3), _arguments)), {"dtypes": ["float64", "float64"]})
    AREA.script(_name, "dtype-over-floatx", """
        K.set_floatx("float64")
        t = {}
        dtypes = [K.dtype(t), K.eval(t).dtype.name]
    """.format(_call(_name, (2, 3), _arguments + ", dtype='float32'")), {"dtypes": ["float32", "float32"]})
    # `eval` of the same tensor, and calls of the same function, draw again.
    AREA.script(_name, "drawn-again-by-eval", """
        t = {}
        draws = [K.eval(t) for _ in range(2)]
    """.format(_call(_name, (40, 50), _arguments)), {"draws": distribution.uncorrelated()})
    AREA.script(_name, "drawn-again-by-function", """
        f = K.function([], [{}])
        draws = [f([])[0] for _ in range(2)]
    """.format(_call(_name, (40, 50), _arguments)), {"draws": distribution.uncorrelated()})
    AREA.script(_name, "drawn-again-with-seed", """
        f = K.function([], [{}])
        draws = [f([])[0] for _ in range(2)]
    """.format(_call(_name, (40, 50), _arguments + ", seed=5")), {"draws": distribution.uncorrelated()},
                unspecified="seed: Integer, random seed.")
    AREA.script(_name, "two-calls-differ", """
        draws = [K.eval({0}) for _ in range(2)]
    """.format(_call(_name, (40, 50), _arguments)), {"draws": distribution.uncorrelated()})
    AREA.script(_name, "two-tensors-in-one-function-differ", """
        draws = K.function([], [{0}, {0}])([])
    """.format(_call(_name, (40, 50), _arguments)), {"draws": distribution.uncorrelated()})
    AREA.script(_name, "one-tensor-twice-in-one-function", """
        t = {}
        first, second = K.function([], [t * 1., t * 2.])([])
        same = bool(np.array_equal(first * 2, second))
    """.format(_call(_name, (4, 5), _arguments)), {"same": True})
    for _seed in (1337, 0):
        AREA.script(_name, "same-seed-same-draw-{}".format(_seed), """
            first = K.eval({0})
            K.eval({1})
            second = K.eval({0})
            same = bool(np.array_equal(first, second))
            distinct = len(set(first.ravel().tolist())) > 1
        """.format(_call(_name, (8, 9), _arguments + ", seed={}".format(_seed)), _call(_name, (8, 9), _arguments)),
                    {"same": True, "distinct": True})
    AREA.script(_name, "different-seeds-differ", """
        draws = [K.eval({0}) for seed in (3, 4)]
    """.format(_call(_name, (40, 50), _arguments + ", seed=seed")), {"draws": distribution.uncorrelated()})
    AREA.script(_name, "seed-with-numpy-seeded", """
        draws = []
        for seed in (3, 4):
            np.random.seed(99)
            draws.append(K.eval({0}))
    """.format(_call(_name, (40, 50), _arguments + ", seed=seed")), {"draws": distribution.uncorrelated()})
    AREA.row(_name, "shape-of-a-placeholder", _call(_name, "K.shape(x)", _arguments),
             Check("shape (5, 4)", lambda got: None if got.shape == (5, 4) else "wrong shape: {}".format(got.shape)),
             x=normal(5, 4), ways=("unknown",), unspecified="shape: A tuple of integers, the shape of tensor to create.")

# Of dropout only what its seed does belongs here. What is dropped is an element that became zero.
_DROP = "(K.function([], [K.dropout(K.ones((40, 50)), 0.4{})])([])[0] != 0).astype('float32')"
AREA.script("dropout", "same-seed-same-mask", """
    masks = [{} for _ in range(2)]
    same = bool(np.array_equal(masks[0], masks[1]))
    mixed = [bool((masks[0] == 0).any()), bool((masks[0] == 1).any())]
""".format(_DROP.format(", seed=1337")), {"same": True, "mixed": [True, True]})
AREA.script("dropout", "seed-0-same-mask", """
    masks = [{} for _ in range(2)]
    same = bool(np.array_equal(masks[0], masks[1]))
""".format(_DROP.format(", seed=0")), {"same": True})
AREA.script("dropout", "different-seeds-differ", """
    masks = [{} for seed in (3, 4)]
""".format(_DROP.format(", seed=seed")), {"masks": distribution.uncorrelated()})
AREA.script("dropout", "two-calls-differ", """
    masks = [{} for _ in range(2)]
""".format(_DROP.format("")), {"masks": distribution.uncorrelated()})
AREA.script("dropout", "drawn-again-by-function", """
    f = K.function([], [K.dropout(K.ones((40, 50)), 0.4)])
    masks = [(f([])[0] != 0).astype('float32') for _ in range(2)]
""", {"masks": distribution.uncorrelated()})
