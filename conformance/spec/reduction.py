"""Reductions: what is left of a tensor along some of its axes, or all of them."""
import numpy as np

from conformance.oracle import reduction as oracle
from conformance.spec.model import Area, bools, distinct, given, ints, normal, uniform

AREA = Area("reduction")


def _source(name, arguments):
    return "K.{}(a{})".format(name, "".join(", {}={!r}".format(*item) for item in sorted(arguments.items())))


def _want(function, arguments):
    return lambda a: function(a, **arguments)


def _row(name, variant, function, a, arguments=None, **options):
    arguments = arguments or {}
    AREA.row(name, variant, _source(name, arguments), _want(function, arguments), a=a, **options)


# The variants that every reduction owes: (variant, shape, unknown axes, arguments).
_VARIANTS = [
    ("1d", (5,), (0,), {}),
    ("all-axes", (2, 3, 4), (0,), {}),
    ("keepdims-all-axes", (2, 3, 4), (0,), {"keepdims": True}),
    ("axis-first", (4, 3), (0,), {"axis": 0}),
    ("axis-last", (2, 3, 4), (0,), {"axis": -1}),
    ("axis-middle", (2, 3, 4), (0,), {"axis": 1}),
    ("axis-negative-keepdims", (2, 3, 4), (0,), {"axis": -2, "keepdims": True}),
    ("axes-list", (2, 3, 4), (0,), {"axis": [0, 2]}),
    ("axes-list-keepdims", (2, 3, 4, 5), (0,), {"axis": [1, 2], "keepdims": True}),
    ("axes-negative-list", (3, 2, 4, 5), (0,), {"axis": [-1, 1]}),
    ("4d-several-unknown", (2, 3, 5, 4), (0, 1, 2), {"axis": 2}),
]

_FUNCTIONS = [
    ("max", oracle.largest, distinct), ("min", oracle.smallest, distinct), ("sum", oracle.total, normal),
    ("prod", oracle.product, lambda *shape: uniform(*shape, low=-1.5, high=1.5)),
    ("mean", oracle.mean, lambda *shape: uniform(*shape, low=-1, high=5)),
    ("std", oracle.deviation, lambda *shape: uniform(*shape, low=1, high=9)),
    ("var", oracle.variance, lambda *shape: uniform(*shape, low=1, high=9)),
    ("logsumexp", oracle.logsumexp, lambda *shape: uniform(*shape, low=-3, high=3)),
]
for _name, _function, _make in _FUNCTIONS:
    for _variant, _shape, _unknown, _arguments in _VARIANTS:
        _row(_name, _variant, _function, _make(*_shape).unknown(*_unknown), _arguments)

# "axis: An integer or list of integers": the list is its caller's.
AREA.row("sum", "axes-list-used-twice", "axes = [-1, 0]\nresult = [K.sum(a, axis=axes), K.sum(a, axis=axes)]",
         lambda a: [oracle.total(a, axis=(0, 2))] * 2, a=normal(2, 3, 4))

# A bool per element, zeros and ones in every line: an axis that is ignored or another shows.
_BITS = np.array([[[1, 0, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1]], [[0, 1, 0, 0], [0, 0, 0, 0], [1, 1, 0, 1]]], bool)
for _name, _function in (("any", oracle.some), ("all", oracle.every)):
    for _variant, _unknown, _arguments in [
            ("all-axes", (0,), {}), ("keepdims-all-axes", (0,), {"keepdims": True}), ("axis-first", (0,), {"axis": 0}),
            ("axis-last", (0,), {"axis": -1}), ("axis-middle-keepdims", (0,), {"axis": 1, "keepdims": True}),
            ("axes-list", (0,), {"axis": [0, 2]}), ("axes-list-keepdims", (0,), {"axis": [1, 2], "keepdims": True}),
            ("axes-negative-list-several-unknown", (0, 1), {"axis": [-1, 0]})]:
        _row(_name, _variant, _function, given(_BITS, "bool").unknown(*_unknown), _arguments)
    _row(_name, "dtype-uint8", _function, given(_BITS[0], "bool"), {"axis": 1}, dtype="uint8")
    _row(_name, "ints", _function, given([[0, 2, 0], [3, 5, -7], [0, 0, 0], [256, 512, 1024]], "int32"), {"axis": 1})
    _row(_name, "floats", _function, given([[0.5, 0.25, 2.0], [0.0, 0.5, 0.25], [0.0, 0.0, 0.0]]), {"axis": 1})
    # Neither is a sum asked for zero.
    _row(_name, "floats-cancelling", _function, given([[1.5, -1.5], [0.0, 0.0], [0.0, -2.0], [-1.0, -1.0]]), {"axis": -1})
    # Nor a product: the three together are below the smallest float32.
    _row(_name, "floats-tiny", _function, given([[1e-20, 1e-20, 1e-20], [0.0, 1e-20, 0.0]]), {"axis": -1})
    _row(_name, "true", _function, given([True, True, True], "bool"))
    _row(_name, "false", _function, given([False, False], "bool"))

# What no float32 tells apart shows whether float64 is kept all the way.
_CLOSE = given([[1.0, 1.0 + 1e-12, 1.0 - 1e-12], [2.0 - 1e-12, 2.0, 2.0 + 1e-12]], "float64")
_row("max", "float64", oracle.largest, _CLOSE, {"axis": 1})
_row("min", "float64", oracle.smallest, _CLOSE, {"axis": 1})
for _name, _function in (("sum", oracle.total), ("prod", oracle.product), ("mean", oracle.mean), ("std", oracle.deviation),
                         ("var", oracle.variance), ("logsumexp", oracle.logsumexp)):
    _row(_name, "float64", _function, uniform(3, 4, low=0.5, high=2, dtype="float64"), {"axis": 1})
_row("sum", "float16", oracle.total, given([[0.5, 0.25, 8.0], [-3.0, 16.0, 1.5]], "float16"), {"axis": 0})
_row("mean", "float16", oracle.mean, given([[0.5, 0.25, 8.0], [-3.0, 16.0, 1.5]], "float16"), {"axis": 0})

for _name, _function in (("max", oracle.largest), ("min", oracle.smallest), ("sum", oracle.total), ("prod", oracle.product)):
    _row(_name, "int32", _function, ints(3, 4, low=-5, high=6), {"axis": 1})
# Past 2**24 a float32 no longer holds every integer.
_row("max", "int32-large", oracle.largest, given([16777217, 16777216, -2147483647], "int32"))
_row("min", "int32-large", oracle.smallest, given([-16777217, -16777216, 2147483647], "int32"))
_row("sum", "int32-large", oracle.total, given([16777217, 16777216, 2], "int32"))
_row("prod", "int32-large", oracle.product, given([16777217, 1, 3], "int32"))
_row("max", "negative", oracle.largest, uniform(3, 4, low=-9, high=-1), {"axis": 1})
_row("min", "positive", oracle.smallest, uniform(3, 4, low=1, high=9), {"axis": 1})
_row("prod", "zero", oracle.product, given([[2.0, 0.0, 3.0], [1.5, -2.0, 4.0]]), {"axis": 1})

# The mean of integers and of bools is a number between them, and so are the other moments.
_INTS = given([[1, 2, 4], [7, 0, 4]], "int32")
_BOOLS = given([[True, False, True], [False, False, False]], "bool")
_row("mean", "int32", oracle.mean, _INTS, {"axis": 1}, dtype=None)
_row("mean", "bool", oracle.mean, _BOOLS, {"axis": 1})
_row("mean", "bool-all-axes-keepdims", oracle.mean, _BOOLS, {"keepdims": True})
_row("var", "bool", oracle.variance, _BOOLS, {"axis": 1}, dtype=None)
_row("std", "bool", oracle.deviation, _BOOLS, {"axis": 1}, dtype=None)
_row("mean", "uint8", oracle.mean, given([[200, 100, 250], [255, 254, 250]], "uint8"), {"axis": 1}, dtype=None)
AREA.script("mean", "bool-floatx-float64", """
    K.set_floatx('float64')
    x = K.mean(K.variable(np.array([True, False, False]), dtype='bool'))
    value, dtype = K.eval(x), K.dtype(x)
    """, {"value": np.float64(1) / 3, "dtype": "float64"})

# Far from zero the squares of the mean drown what E[x^2] - E[x]^2 is after.
for _name, _function in (("var", oracle.variance), ("std", oracle.deviation)):
    _row(_name, "far-from-zero", _function, uniform(3, 50, low=2000, high=2002), {"axis": 1},
         ulps=(4096, "the mean itself is rounded by 2**-13, a ten-thousandth of the spread"))
    _row(_name, "constant", _function, given([[0.1, 0.1, 0.1, 0.1], [3.0, 5.0, 3.0, 5.0]]), {"axis": 1})
    _row(_name, "one-element", _function, given([[3.5], [-2.5]]), {"axis": 1})
    _row(_name, "two-elements", _function, given([1.0, 3.0]))  # the population's 1, the sample's 2

for _name, _function in (("sum", oracle.total), ("max", oracle.largest), ("mean", oracle.mean), ("logsumexp", oracle.logsumexp)):
    _row(_name, "0d", _function, given(-2.5))
_row("sum", "axis-of-length-1", oracle.total, normal(3, 1, 4), {"axis": 1})
_row("max", "axes-all-listed", oracle.largest, distinct(2, 3, 4), {"axis": [0, 1, 2]})
_row("sum", "axes-one-listed", oracle.total, normal(2, 3, 4), {"axis": [1]})
_row("mean", "axes-all-listed-keepdims", oracle.mean, uniform(2, 3, 4, low=1, high=5), {"axis": [0, 1, 2], "keepdims": True})
_row("mean", "5d", oracle.mean, uniform(2, 3, 4, 1, 5, low=1, high=5), {"axis": [2, 4]})
_row("sum", "all-unknown", oracle.total, normal(2, 3, 4).unknown(0, 1, 2), {"axis": [0, 1]})
_row("max", "all-unknown-keepdims", oracle.largest, distinct(2, 3, 4).unknown(0, 1, 2), {"axis": -1, "keepdims": True})
_row("sum", "axes-empty", lambda a, axis: a, normal(2, 3), {"axis": []},
     unspecified="\"axis: An integer or list of integers\" does not say what an empty list means.")
AREA.row("sum", "positional", "K.sum(a, 1, True)", lambda a: np.sum(a, axis=1, keepdims=True), a=normal(2, 3, 4))

# Where exp leaves float32, log(sum(exp(x))) says inf or -inf and the stable form does not.
_row("logsumexp", "large", oracle.logsumexp, given([[1000.0, 999.0, 998.5], [800.0, -800.0, 0.0]]), {"axis": 1})
_row("logsumexp", "very-negative", oracle.logsumexp, given([[-1000.0, -999.0, -998.5], [-200.0, -201.0, -5000.0]]), {"axis": 1})
_row("logsumexp", "large-all-axes", oracle.logsumexp, given([[1e4, 1e4], [1e4, 9e3]]))
_row("logsumexp", "large-axes-list-keepdims", oracle.logsumexp, uniform(2, 3, 4, low=400, high=404),
     {"axis": [0, 2], "keepdims": True})
# Each line has a maximum of its own: taking out the maximum of all of them underflows.
_row("logsumexp", "large-and-small-lines", oracle.logsumexp, given([[500.0, 501.0], [-500.0, -501.0], [0.5, 0.25]]), {"axis": -1})

for _name, _function in (("argmax", np.argmax), ("argmin", np.argmin)):
    for _variant, _shape, _unknown, _arguments in [
            ("1d", (6,), (0,), {}), ("2d-default-axis", (3, 5), (0,), {}), ("3d-default-axis", (2, 3, 4), (0, 1), {}),
            ("axis-0", (5, 3), (0,), {"axis": 0}), ("axis-1-of-3", (2, 5, 3), (0,), {"axis": 1}),
            ("axis-negative", (2, 5, 3), (0,), {"axis": -2}), ("axis-negative-first", (5, 2, 3), (0,), {"axis": -3}),
            ("4d-axis-2", (2, 3, 6, 4), (0, 2), {"axis": 2})]:
        _row(_name, _variant, lambda a, _function=_function, axis=-1: _function(a, axis=axis),
             distinct(*_shape).unknown(*_unknown), _arguments)
    _row(_name, "int32", lambda a, _function=_function, axis=-1: _function(a, axis=axis), distinct(3, 4, dtype="int32"),
         {"axis": 0})
    _row(_name, "float64-close", lambda a, _function=_function, axis=-1: _function(a, axis=axis), _CLOSE)
    _row(_name, "ties", lambda a, _function=_function, axis=-1: _function(a, axis=axis),
         given([[1.0, 3.0, 3.0, 1.0], [2.0, 2.0, 2.0, 2.0]]),
         unspecified="\"Returns the index of the maximum value along an axis\" does not say which of equal ones.")

_row("mean", "bools-random", oracle.mean, bools(4, 5), {"axis": 0})
