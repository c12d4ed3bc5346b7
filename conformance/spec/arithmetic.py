"""Arithmetic: Python's operators on tensors, with scalars, NumPy arrays and broadcasting."""
import numpy as np

from conformance.spec.model import Area, given, ints, normal, plain, uniform

AREA = Area("arithmetic")
_BY_SIGN = {"+": lambda x, y: x + y, "-": lambda x, y: x - y, "*": lambda x, y: x * y, "/": lambda x, y: x / y}
# Of arrays as operands K's page says no more than this.
_ARRAYS = "Most tensor operations you will need can be done as you would in TensorFlow or Theano"

AREA.row("operators", "example-b-plus-c-times-abs-d", "b + c * K.abs(d)", lambda b, c, d: b + c * np.abs(d),
         b=uniform(3, 4), c=normal(3, 4), d=normal(3, 4), example=True)
AREA.row("sum", "axis-1", "K.sum(b, axis=1)", lambda b: np.sum(b, axis=1), b=normal(3, 4, 5), example=True)
AREA.row("sum", "axis-1-2d", "K.sum(b, axis=1)", lambda b: np.sum(b, axis=1), b=uniform(3, 4), example=True)

# Two tensors of the same shape. No operator is symmetric in its inputs by accident: all draws differ.
AREA.row("operators", "add", "x + y", lambda x, y: x + y, x=normal(2, 3), y=normal(2, 3))
AREA.row("operators", "subtract", "x - y", lambda x, y: x - y, x=normal(2, 3), y=normal(2, 3))
AREA.row("operators", "multiply", "x * y", lambda x, y: x * y, x=normal(2, 3), y=normal(2, 3))
AREA.row("operators", "divide", "x / y", lambda x, y: x / y, x=normal(2, 3), y=normal(2, 3))
AREA.row("operators", "power-tensor", "x ** y", lambda x, y: x ** y, x=uniform(2, 3, low=0.5, high=3.0), y=normal(2, 3))
AREA.row("operators", "negative", "-x", lambda x: -x, x=normal(2, 3, 4))
AREA.row("operators", "abs", "abs(x)", lambda x: np.abs(x), x=normal(2, 3))
AREA.row("operators", "power-2", "x ** 2", lambda x: x ** 2, x=normal(2, 3))
AREA.row("operators", "power-3-keeps-sign", "x ** 3", lambda x: x ** 3, x=normal(2, 3))
AREA.row("operators", "power-half", "x ** 0.5", lambda x: x ** 0.5, x=uniform(2, 3, low=0.1, high=5.0))
AREA.row("operators", "power-minus-1", "x ** -1", lambda x: 1 / x, x=normal(2, 3))
AREA.row("operators", "precedence", "-x * y + x * (y - x) - y / (x - 4.)", lambda x, y: -x * y + x * (y - x) - y / (x - 4.),
         x=uniform(2, 3), y=normal(2, 3))
AREA.row("operators", "one-tensor-twice", "x * x - x", lambda x: x * x - x, x=normal(2, 3))
AREA.row("operators", "several-outputs", "[x + y, x - y, x * y]", lambda x, y: [x + y, x - y, x * y],
         x=normal(2, 3), y=normal(2, 3))

# A Python number on either side: which side it is on must matter where it does in arithmetic.
_SCALAR = {
    "add": ("x + 2.5", "2.5 + x", lambda x, c: x + c, lambda x, c: c + x),
    "subtract": ("x - 2.5", "2.5 - x", lambda x, c: x - c, lambda x, c: c - x),
    "multiply": ("x * 2.5", "2.5 * x", lambda x, c: x * c, lambda x, c: c * x),
    "divide": ("x / 2.5", "2.5 / x", lambda x, c: x / c, lambda x, c: c / x),
}
for _name, (_right, _left, _want, _reflected) in sorted(_SCALAR.items()):
    AREA.row("operators", _name + "-scalar", _right, lambda x, want=_want: want(x, 2.5), x=normal(3, 2))
    AREA.row("operators", "scalar-" + _name, _left, lambda x, want=_reflected: want(x, 2.5), x=normal(3, 2))
    AREA.row("operators", _name + "-array", _right.replace("2.5", "n"), lambda x, n, want=_want: want(x, n),
             x=normal(3, 2), n=plain(normal(3, 2)), unspecified=_ARRAYS)
    AREA.row("operators", "array-" + _name, _left.replace("2.5", "n"), lambda x, n, want=_reflected: want(x, n),
             x=normal(3, 2), n=plain(normal(3, 2)), unspecified=_ARRAYS)
AREA.row("operators", "scalar-power", "2. ** x", lambda x: 2. ** x, x=normal(3, 2))
AREA.row("operators", "python-int-scalars", "3 * x - 1 + x / 4", lambda x: 3 * x - 1 + x / 4, x=normal(3, 2))
AREA.row("operators", "numpy-scalar", "x * np.float32(1.5) + np.float32(0.25)", lambda x: x * 1.5 + 0.25, x=normal(3, 2),
         unspecified=_ARRAYS)
AREA.row("operators", "numpy-scalar-reflected", "np.float32(1.5) - x", lambda x: 1.5 - x, x=normal(3, 2), unspecified=_ARRAYS)
AREA.row("operators", "array-of-lower-rank", "x * n", lambda x, n: x * n, x=normal(2, 3, 4), n=plain(normal(3, 4)),
         unspecified=_ARRAYS)

# Broadcasting. The ranks and sizes differ, so that a dimension aligned from the left would not fit.
for _variant, _source, _x, _y in (
        ("rank-3-1", "x - K.variable(y)", normal(2, 3, 4), plain(normal(4))),
        ("rank-1-3", "K.variable(x) - y", plain(normal(4)), normal(2, 3, 4)),
        ("rank-3-2", "x / K.variable(y)", normal(2, 3, 4), plain(normal(3, 4))),
        ("rank-4-2", "x * K.variable(y)", normal(2, 3, 4, 5), plain(normal(4, 5))),
        ("rank-3-1-tensors", "x - y", normal(2, 3, 4), normal(4).unknown()),
        ("rank-2-3-tensors", "x / y", normal(3, 4).unknown(), normal(2, 3, 4)),
        ("ones-last", "x - y", normal(2, 3, 4), normal(2, 3, 1)),
        ("ones-middle", "x * y", normal(2, 3, 4), normal(2, 1, 4)),
        ("ones-first", "x + K.variable(y)", normal(2, 3, 4), plain(normal(1, 3, 4))),
        ("ones-outer", "x - K.variable(y)", normal(3, 1), plain(normal(1, 4))),
        ("ones-and-rank", "x / K.variable(y)", normal(2, 1, 4), plain(normal(3, 1))),
        ("0d", "x - K.variable(y)", normal(2, 3), plain(1.75)),
        ("0d-left", "K.variable(x) / y", plain(1.75), normal(2, 3)),
        ("0d-tensors", "x - y", normal(2, 3), given(1.75))):
    AREA.row("operators", "broadcast-" + _variant, _source, _BY_SIGN[_source.split()[1]], x=_x, y=_y)
AREA.row("operators", "both-0d", "x / y - y", lambda x, y: x / y - y, x=given(1.75), y=given(-0.625))
AREA.row("operators", "rank-1", "x * y - x", lambda x, y: x * y - x, x=normal(5), y=normal(5))
AREA.row("operators", "rank-5", "x * y - x", lambda x, y: x * y - x, x=normal(2, 1, 3, 2, 4), y=normal(2, 1, 3, 2, 4))
AREA.row("operators", "two-unknown-dims", "x / y - x", lambda x, y: x / y - x,
         x=normal(2, 3, 4).unknown(0, 1), y=normal(2, 3, 4).unknown(0, 1), ways=("unknown",))
AREA.row("operators", "unknown-meets-known", "x * y", lambda x, y: x * y, x=normal(2, 3, 4).unknown(0, 1),
         y=normal(2, 3, 4).unknown(), ways=("unknown",))
AREA.row("operators", "int-shape-of-broadcast", "K.int_shape(x + y)", (2, 3, 4), x=normal(2, 3, 4), y=normal(3, 4),
         ways=("variable", "known"))

# Dtypes.
AREA.row("operators", "float64", "x * y - x / y", lambda x, y: x * y - x / y,
         x=normal(2, 3, dtype="float64"), y=normal(2, 3, dtype="float64"))
AREA.row("operators", "float64-with-scalar", "x * 0.1 - 0.3", lambda x: x * 0.1 - 0.3, x=normal(2, 3, dtype="float64"))
AREA.row("operators", "float16", "x * y - x / y", lambda x, y: x * y - x / y,
         x=normal(2, 3, dtype="float16"), y=normal(2, 3, dtype="float16"), ulps=(32, "three operations, each rounded to half"))
AREA.row("operators", "int32", "x * y - x + 7", lambda x, y: x * y - x + 7,
         x=ints(2, 3, low=-9, high=9), y=ints(2, 3, low=-9, high=9))
AREA.row("operators", "int32-negative-abs", "abs(-x - 3)", lambda x: abs(-x - 3), x=ints(2, 3, low=-9, high=9))
AREA.row("operators", "int64-beyond-32-bits", "x * y", lambda x, y: x * y,
         x=given([3000000019, -7], "int64"), y=given([5, 1000000007], "int64"))

# Operators make new tensors: the variable under them keeps its value, and so does the array it came from.
AREA.script("operators", "augmented-assignment-makes-a-new-tensor", """
    v = K.variable(a)
    t = v * 2.
    w = t
    w += 1.5
    w *= 3.
    w -= v
    w /= 2.
    changed = K.eval(w)
    kept = [K.eval(t), K.get_value(v)]
    untouched = a
""", lambda a: {"changed": ((a * 2 + 1.5) * 3 - a) / 2, "kept": [a * 2, a], "untouched": a},
            names=("changed", "kept", "untouched"), a=normal(2, 3))
AREA.script("operators", "follow-the-variable", """
    v = K.variable(a)
    t = v * 2. - 1.
    before = K.eval(t)
    K.set_value(v, b)
    after = K.eval(t)
""", lambda a, b: {"before": a * 2 - 1, "after": b * 2 - 1}, names=("before", "after"), a=normal(2, 3), b=normal(2, 3))
