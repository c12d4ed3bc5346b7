"""Arithmetic: Python's operators on tensors, with Python numbers, NumPy arrays and broadcasting."""
import numpy as np

from conformance.apis.k.language import KNOWN, UNKNOWN, VARIABLE, k
from conformance.case import given, ints, normal, plain, uniform

# The only page that says anything of the operators.
PAGE = "backends page: Using the abstract Keras backend to write new code"


with k.function("operators", area="arithmetic", profile="core") as f:
    f.promise("the operators and the functions of K can be used in one expression", at=PAGE)
    f.case("example-b-plus-c-times-abs-d", "b + c * K.abs(d)", b=uniform(3, 4), c=normal(3, 4),
           d=normal(3, 4),
           oracle=lambda b, c, d: b + c * np.abs(d), profile="examples")

    # No operator gives the right result for exchanged operands by accident: all inputs differ.
    f.promise("an operator takes two tensors of the same shape element by element", at=PAGE)
    f.case("add", "x + y", x=normal(2, 3), y=normal(2, 3), oracle=lambda x, y: x + y)
    f.case("subtract", "x - y", x=normal(2, 3), y=normal(2, 3), oracle=lambda x, y: x - y)
    f.case("multiply", "x * y", x=normal(2, 3), y=normal(2, 3), oracle=lambda x, y: x * y)
    f.case("divide", "x / y", x=normal(2, 3), y=normal(2, 3), oracle=lambda x, y: x / y)
    f.case("power-tensor", "x ** y", x=uniform(2, 3, low=0.5, high=3.0), y=normal(2, 3), oracle=lambda x,
           y: x ** y)
    f.case("both-0d", "x / y - y", x=given(1.75), y=given(-0.625), oracle=lambda x, y: x / y - y)
    f.case("rank-1", "x * y - x", x=normal(5), y=normal(5), oracle=lambda x, y: x * y - x)
    f.case("rank-5", "x * y - x", x=normal(2, 1, 3, 2, 4), y=normal(2, 1, 3, 2, 4), oracle=lambda x,
           y: x * y - x)
    f.case("two-unknown-dims", "x / y - x", x=normal(2, 3, 4).unknown(0, 1), y=normal(2, 3, 4).unknown(0, 1),
           oracle=lambda x, y: x / y - x, ways=UNKNOWN)
    f.case("unknown-meets-known", "x * y", x=normal(2, 3, 4).unknown(0, 1), y=normal(2, 3, 4).unknown(),
           oracle=lambda x, y: x * y, ways=UNKNOWN)
    f.promise("minus and abs take one tensor", at=PAGE)
    f.case("negative", "-x", x=normal(2, 3, 4), oracle=lambda x: -x)
    f.case("abs", "abs(x)", x=normal(2, 3), oracle=np.abs)
    f.promise("the operators have Python's precedence, and a tensor may occur several times", at=PAGE)
    f.case("precedence", "-x * y + x * (y - x) - y / (x - 4.)", x=uniform(2, 3), y=normal(2, 3),
           oracle=lambda x, y: -x * y + x * (y - x) - y / (x - 4.))
    f.case("one-tensor-twice", "x * x - x", x=normal(2, 3), oracle=lambda x: x * x - x)
    f.case("several-outputs", "[x + y, x - y, x * y]", x=normal(2, 3), y=normal(2, 3),
           oracle=lambda x, y: [x + y, x - y, x * y])

    f.promise("a Python number may stand on either side of an operator", at=PAGE)
    f.case("add-scalar", "x + 2.5", x=normal(3, 2), oracle=lambda x: x + 2.5)
    f.case("scalar-add", "2.5 + x", x=normal(3, 2), oracle=lambda x: 2.5 + x)
    f.case("subtract-scalar", "x - 2.5", x=normal(3, 2), oracle=lambda x: x - 2.5)
    f.case("scalar-subtract", "2.5 - x", x=normal(3, 2), oracle=lambda x: 2.5 - x)
    f.case("multiply-scalar", "x * 2.5", x=normal(3, 2), oracle=lambda x: x * 2.5)
    f.case("scalar-multiply", "2.5 * x", x=normal(3, 2), oracle=lambda x: 2.5 * x)
    f.case("divide-scalar", "x / 2.5", x=normal(3, 2), oracle=lambda x: x / 2.5)
    f.case("scalar-divide", "2.5 / x", x=normal(3, 2), oracle=lambda x: 2.5 / x)
    f.case("scalar-power", "2. ** x", x=normal(3, 2), oracle=lambda x: 2. ** x)
    f.case("python-int-scalars", "3 * x - 1 + x / 4", x=normal(3, 2), oracle=lambda x: 3 * x - 1 + x / 4)
    f.promise("a tensor may be raised to an integer, a fraction or a negative number", at=PAGE)
    f.case("power-2", "x ** 2", x=normal(2, 3), oracle=lambda x: x ** 2)
    f.case("power-3-keeps-sign", "x ** 3", x=normal(2, 3), oracle=lambda x: x ** 3)
    f.case("power-half", "x ** 0.5", x=uniform(2, 3, low=0.1, high=5.0), oracle=lambda x: x ** 0.5)
    f.case("power-minus-1", "x ** -1", x=normal(2, 3), oracle=lambda x: 1 / x)

    f.silent("whether a NumPy array or a NumPy number may be an operand, and on which side", at=PAGE)
    f.case("add-array", "x + n", x=normal(3, 2), n=plain(normal(3, 2)), oracle=lambda x, n: x + n)
    f.case("array-add", "n + x", x=normal(3, 2), n=plain(normal(3, 2)), oracle=lambda x, n: n + x)
    f.case("subtract-array", "x - n", x=normal(3, 2), n=plain(normal(3, 2)), oracle=lambda x, n: x - n)
    f.case("array-subtract", "n - x", x=normal(3, 2), n=plain(normal(3, 2)), oracle=lambda x, n: n - x)
    f.case("multiply-array", "x * n", x=normal(3, 2), n=plain(normal(3, 2)), oracle=lambda x, n: x * n)
    f.case("array-multiply", "n * x", x=normal(3, 2), n=plain(normal(3, 2)), oracle=lambda x, n: n * x)
    f.case("divide-array", "x / n", x=normal(3, 2), n=plain(normal(3, 2)), oracle=lambda x, n: x / n)
    f.case("array-divide", "n / x", x=normal(3, 2), n=plain(normal(3, 2)), oracle=lambda x, n: n / x)
    f.case("array-of-lower-rank", "x * n", x=normal(2, 3, 4), n=plain(normal(3, 4)), oracle=lambda x,
           n: x * n)
    f.case("numpy-scalar", "x * np.float32(1.5) + np.float32(0.25)", x=normal(3, 2),
           oracle=lambda x: x * 1.5 + 0.25)
    f.case("numpy-scalar-reflected", "np.float32(1.5) - x", x=normal(3, 2), oracle=lambda x: 1.5 - x)

    # The ranks and lengths differ, so that an axis counted from the first would not fit.
    f.promise("a tensor of lower rank is repeated along the axes that it lacks in front", at=PAGE)
    f.case("broadcast-rank-3-1", "x - K.variable(y)", x=normal(2, 3, 4), y=plain(normal(4)), oracle=lambda x,
           y: x - y)
    f.case("broadcast-rank-1-3", "K.variable(x) - y", x=plain(normal(4)), y=normal(2, 3, 4), oracle=lambda x,
           y: x - y)
    f.case("broadcast-rank-3-2", "x / K.variable(y)", x=normal(2, 3, 4), y=plain(normal(3, 4)),
           oracle=lambda x, y: x / y)
    f.case("broadcast-rank-4-2", "x * K.variable(y)", x=normal(2, 3, 4, 5), y=plain(normal(4, 5)),
           oracle=lambda x, y: x * y)
    f.case("broadcast-rank-3-1-tensors", "x - y", x=normal(2, 3, 4), y=normal(4).unknown(), oracle=lambda x,
           y: x - y)
    f.case("broadcast-rank-2-3-tensors", "x / y", x=normal(3, 4).unknown(), y=normal(2, 3, 4),
           oracle=lambda x, y: x / y)
    f.case("broadcast-0d", "x - K.variable(y)", x=normal(2, 3), y=plain(1.75), oracle=lambda x, y: x - y)
    f.case("broadcast-0d-left", "K.variable(x) / y", x=plain(1.75), y=normal(2, 3), oracle=lambda x, y: x / y)
    f.case("broadcast-0d-tensors", "x - y", x=normal(2, 3), y=given(1.75), oracle=lambda x, y: x - y)
    f.promise("an axis of length 1 is repeated to the length that it meets", at=PAGE)
    f.case("broadcast-ones-last", "x - y", x=normal(2, 3, 4), y=normal(2, 3, 1), oracle=lambda x, y: x - y)
    f.case("broadcast-ones-middle", "x * y", x=normal(2, 3, 4), y=normal(2, 1, 4), oracle=lambda x, y: x * y)
    f.case("broadcast-ones-first", "x + K.variable(y)", x=normal(2, 3, 4), y=plain(normal(1, 3, 4)),
           oracle=lambda x, y: x + y)
    f.case("broadcast-ones-outer", "x - K.variable(y)", x=normal(3, 1), y=plain(normal(1, 4)),
           oracle=lambda x, y: x - y)
    f.case("broadcast-ones-and-rank", "x / K.variable(y)", x=normal(2, 1, 4), y=plain(normal(3, 1)),
           oracle=lambda x, y: x / y)
    f.promise("int_shape tells the lengths of the broadcast result", at="int_shape: returns")
    f.case("int-shape-of-broadcast", "K.int_shape(x + y)", x=normal(2, 3, 4), y=normal(3, 4), want=(2, 3, 4),
           ways=(VARIABLE, KNOWN))

    f.promise("floats keep their dtype, beside a Python number too", at=PAGE)
    f.case("float64", "x * y - x / y", x=normal(2, 3, dtype="float64"), y=normal(2, 3, dtype="float64"),
           oracle=lambda x, y: x * y - x / y)
    f.case("float64-with-scalar", "x * 0.1 - 0.3", x=normal(2, 3, dtype="float64"),
           oracle=lambda x: x * 0.1 - 0.3)
    f.case("float16", "x * y - x / y", x=normal(2, 3, dtype="float16"), y=normal(2, 3, dtype="float16"),
           oracle=lambda x, y: x * y - x / y)
    f.promise("integers are computed exactly, in 64 bits where the dtype has them", at=PAGE)
    f.case("int32", "x * y - x + 7", x=ints(2, 3, low=-9, high=9), y=ints(2, 3, low=-9, high=9),
           oracle=lambda x, y: x * y - x + 7)
    f.case("int32-negative-abs", "abs(-x - 3)", x=ints(2, 3, low=-9, high=9), oracle=lambda x: abs(-x - 3))
    f.case("int64-beyond-32-bits", "x * y", x=given([3000000019, -7], "int64"),
           y=given([5, 1000000007], "int64"),
           oracle=lambda x, y: x * y)

    f.promise("an operator makes a new tensor, and the variable and the array under it keep their values",
              at=PAGE)
    f.script("augmented-assignment-makes-a-new-tensor", """
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
        """, a=normal(2, 3), names=("changed", "kept", "untouched"),
             oracle=lambda a: {"changed": ((a * 2 + 1.5) * 3 - a) / 2, "kept": [a * 2, a], "untouched": a})
    f.promise("a tensor follows the variables that it was made of", at=PAGE)
    f.script("follow-the-variable", """
        v = K.variable(a)
        t = v * 2. - 1.
        before = K.eval(t)
        K.set_value(v, b)
        after = K.eval(t)
        """, a=normal(2, 3), b=normal(2, 3), names=("before", "after"),
             oracle=lambda a, b: {"before": a * 2 - 1, "after": b * 2 - 1})
