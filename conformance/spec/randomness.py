"""Random variables: what they are filled with, their seeds, and that they keep their values.

The seed is an argument of its own rows: a backend that lacks it is still held to everything else. Rows without it seed
NumPy, from which the backends of Keras draw theirs, so that runs repeat; the checks hold for any seed (see the oracle).
"""
import numpy as np

from conformance.oracle import distribution
from conformance.spec.model import Area, Check, given

AREA = Area("random")
_SHAPE = (30, 20, 10)
_SIX = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
# What the functions share: name, the distribution's oracle, and how its two parameters are called.
_VARIABLES = (("random_uniform_variable", distribution.uniform, "low", "high"),
              ("random_normal_variable", distribution.normal, "mean", "scale"))


def _seeded(expression, seed=20201):
    return "np.random.seed({}); result = {}".format(seed, expression)


def _within(low, high):
    def problems(got):
        if got.shape != (3, 4):
            return "wrong shape: {} instead of (3, 4)".format(got.shape)
        if got.dtype.name != "float32":
            return "wrong dtype: {} instead of float32".format(got.dtype.name)
        if not (low <= got.min() and got.max() <= high):
            return "draws beyond [{}, {}]".format(low, high)
        # Twelve draws of float32 are all different, but for 1 in 10 ** 5; a third of them equal is out of the question.
        return "draws that repeat" if len(set(got.ravel().tolist())) < 9 else None
    return Check("twelve different draws in [{}, {}]".format(low, high), problems)


def _moments(mean, std):
    # Twelve draws: 6.5 standard errors of the mean; a standard deviation below a tenth or above three times the true one
    # has a probability below 1e-9 (chi squared with 11 degrees of freedom below 0.12, or above 108).
    def problems(got):
        bound = 6.5 * std / 12 ** 0.5
        if abs(got.astype("float64").mean() - mean) > bound:
            return "mean {:.4g}, beyond {} +- {:.4g}".format(got.mean(), mean, bound)
        if not std / 10 < got.astype("float64").std() < 3 * std:
            return "standard deviation {:.4g}, beyond a tenth to three times {}".format(got.std(), std)
        return None
    return Check("twelve draws of mean {}, standard deviation {}".format(mean, std), problems)


AREA.row("random_uniform_variable", "example", "K.random_uniform_variable(shape=(3, 4), low=0, high=1)", _within(0, 1),
         example=True)
AREA.row("random_uniform_variable", "example-moments", "K.random_uniform_variable(shape=(3, 4), low=0, high=1)",
         _moments(0.5, 12 ** -0.5), example=True)
# A normal draw is beyond 7 standard deviations with 3e-12.
AREA.row("random_normal_variable", "example", "K.random_normal_variable(shape=(3, 4), mean=0, scale=1)", _within(-7, 7),
         example=True)
AREA.row("random_normal_variable", "example-moments", "K.random_normal_variable(shape=(3, 4), mean=0, scale=1)", _moments(0, 1),
         example=True)
AREA.script("random_uniform_variable", "example-two-draws-differ", """
    draws = [K.eval(K.random_uniform_variable(shape=(3, 4), low=0, high=1)) for _ in range(2)]
""", {"draws": distribution.uncorrelated()}, example=True)
AREA.script("random_normal_variable", "example-two-draws-differ", """
    draws = [K.eval(K.random_normal_variable(shape=(3, 4), mean=0, scale=1)) for _ in range(2)]
""", {"draws": distribution.uncorrelated()}, example=True)

for _variant, _low, _high in (("0-to-1", 0.0, 1.0), ("asymmetric", -2.0, 3.0), ("narrow-away-from-zero", 5.0, 5.5),
                              ("negative", -4.0, -1.0), ("integers", 2, 7)):
    AREA.row("random_uniform_variable", "distribution-" + _variant,
             _seeded("K.random_uniform_variable({}, {}, {})".format(_SHAPE, _low, _high)),
             distribution.uniform(_low, _high, _SHAPE))
for _variant, _mean, _scale in (("standard", 0.0, 1.0), ("scaled", 0.0, 2.5), ("scaled-down", 0.0, 0.05),
                                ("shifted", 3.0, 1.0), ("shifted-and-scaled", -2.0, 0.5), ("integers", 4, 2)):
    AREA.row("random_normal_variable", "distribution-" + _variant,
             _seeded("K.random_normal_variable({}, {}, {})".format(_SHAPE, _mean, _scale)),
             distribution.normal(_mean, _scale, _SHAPE))

for _name, _oracle, _first, _second in _VARIABLES:
    _call = "K." + _name + "({}, {}, {}{})"
    for _shape in ((), (1,), (7,), (2, 3, 4), (2, 1, 3, 2), (2, 3, 1, 2, 4)):
        AREA.row(_name, "shape-{}d{}".format(len(_shape), "-of-1" if _shape == (1,) else ""),
                 _call.format(_shape, 0.0, 2.0, ""), Check("shape {}".format(_shape), lambda got, shape=_shape: None if
                 got.shape == shape else "wrong shape: {} instead of {}".format(got.shape, shape)))
    AREA.row(_name, "int-shape", "K.int_shape({})".format(_call.format((2, 3, 4), 0.0, 2.0, "")), (2, 3, 4))
    AREA.row(_name, "ndim", "K.ndim({})".format(_call.format((2, 3, 4), 0.0, 2.0, "")), 3)
    AREA.row(_name, "is-variable", "K.is_variable({})".format(_call.format((2, 3), 0.0, 2.0, "")), True)
    AREA.row(_name, "count-params", "int(K.count_params({}))".format(_call.format((2, 3, 4), 0.0, 2.0, "")), 24)
    AREA.row(_name, "name", "'drawn_' in {}.name".format(_call.format((2, 3), 0.0, 2.0, ", name='drawn_'")), True)
    for _dtype in ("float64", "float16"):
        AREA.row(_name, "dtype-" + _dtype, _seeded(_call.format(_SHAPE, 0.0, 2.0, ", dtype='{}'".format(_dtype))),
                 _oracle(0.0, 2.0, _SHAPE, _dtype))
    AREA.row(_name, "keywords", _seeded("K.{}(shape={}, {}=0.0, {}=2.0, dtype='float32', name='drawn')".format(
        _name, _SHAPE, _first, _second)), _oracle(0.0, 2.0, _SHAPE))
    AREA.row(_name, "positional-with-seed", _call.format(_SHAPE, 0.0, 2.0, ", 'float32', 'drawn', 77"), _oracle(0.0, 2.0, _SHAPE))
    AREA.row(_name, "feeds-an-expression", _seeded(_call.format(_SHAPE, 0.0, 2.0, "") + " * 3. + x"),
             _oracle(*((1.0, 7.0) if _name == "random_uniform_variable" else (1.0, 6.0)), shape=_SHAPE), x=given(1.0),
             ways=("variable",))
    AREA.script(_name, "floatx-float64", """
        K.set_floatx("float64")
        v = {}
        dtypes = [K.dtype(v), K.eval(v).dtype.name]
    """.format(_call.format((2, 3), 0.0, 2.0, "")), {"dtypes": ["float64", "float64"]})
    AREA.script(_name, "dtype-over-floatx", """
        K.set_floatx("float64")
        v = {}
        dtypes = [K.dtype(v), K.eval(v).dtype.name]
    """.format(_call.format((2, 3), 0.0, 2.0, ", dtype='float32'")), {"dtypes": ["float32", "float32"]})
    AREA.script(_name, "keeps-its-value", """
        v = {}
        first = K.eval(v)
        t = v * 1.
        later = [K.eval(v), K.get_value(v), K.eval(t), K.eval(t), K.function([], [v * 1.])([])[0]]
        same = [bool(np.array_equal(first, value)) for value in later]
    """.format(_call.format((4, 5), 0.0, 2.0, "")), {"same": [True] * 5})
    AREA.script(_name, "can-be-set", """
        v = {}
        K.set_value(v, np.array([[1., 2., 3.], [4., 5., 6.]]))
        value = K.get_value(v)
        derived = K.eval(v * 2.)
    """.format(_call.format((2, 3), 0.0, 2.0, "")), {"value": _SIX, "derived": 2 * _SIX})
    AREA.script(_name, "two-calls-differ", """
        draws = [K.eval({0}) for _ in range(2)]
    """.format(_call.format((40, 50), 0.0, 2.0, "")), {"draws": distribution.uncorrelated()})
    for _seed in (1337, 0):
        AREA.script(_name, "same-seed-same-draw-{}".format(_seed), """
            first = K.eval({0})
            K.eval({1})
            second = K.eval({0})
            same = bool(np.array_equal(first, second))
            distinct = len(set(first.ravel().tolist())) > 10
        """.format(_call.format((4, 5), 0.0, 2.0, ", seed={}".format(_seed)), _call.format((4, 5), 0.0, 2.0, "")),
                    {"same": True, "distinct": True})
    AREA.script(_name, "different-seeds-differ", """
        draws = [K.eval({0}) for seed in (3, 4)]
    """.format(_call.format((40, 50), 0.0, 2.0, ", seed=seed")), {"draws": distribution.uncorrelated()})
    AREA.script(_name, "seed-with-numpy-seeded", """
        draws = []
        for seed in (3, 4):
            np.random.seed(99)
            draws.append(K.eval({0}))
    """.format(_call.format((40, 50), 0.0, 2.0, ", seed=seed")), {"draws": distribution.uncorrelated()})
    AREA.row(_name, "seeded-distribution", _call.format(_SHAPE, 0.0, 2.0, ", seed=12"), _oracle(0.0, 2.0, _SHAPE))
