"""Cases that elementwise functions share: of one tensor, of two, and of two dtypes."""

from conformance.apis.ops.families import NUMPY, WITHOUT_TORCH
from conformance.apis.ops.inputs import given, ints, listed, normal, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN
from conformance.apis.ops.promotion import COMMON

HALVES = ("float16", "bfloat16")
FLOATING = (*HALVES, "float32", "float64")
INTEGERS = ("uint8", "int8", "int16", "int32", "int64")
UNUSUAL = ("uint16", "uint32")
PAIRS = (
    ("bool", "uint8"), ("bool", "int32"), ("int8", "bool"), ("bool", "float16"), ("bfloat16", "bool"),
    ("uint8", "int8"), ("int8", "int16"), ("int16", "uint8"), ("int32", "uint8"), ("int8", "int64"),
    ("int32", "int64"), ("uint8", "float16"), ("float16", "int32"), ("int64", "bfloat16"),
    ("int64", "float32"), ("bfloat16", "float16"), ("float16", "float32"), ("float32", "bfloat16"),
    ("float64", "float32"), ("int32", "float64"),
)
"""Dtypes of two operands: at least one for each edge of the lattice, either way around."""
SCALARS = (
    ("uint8", int), ("int8", float), (int, "int16"), (float, "int32"), ("int64", float), ("bool", int),
    (float, "bool"), ("float16", int), ("float16", float), (float, "bfloat16"), (int, "float32"),
    ("float64", float),
)
"""A dtype and a Python scalar, on either side."""
BROADCASTS = "tensors of different shapes are broadcast"


def shapes(f, function, make=normal, **rest):
    """Scalars, five dimensions, and nothing."""
    f.case("0d", x=make(), oracle=function, **rest)
    f.case("5d", x=make(2, 1, 3, 1, 2).unknown(0, 2), oracle=function, **rest)
    f.case("empty", x=make(0, 3), oracle=function, **rest)
    f.case("unknown", x=make(3, 4).unknown(0, 1), oracle=function, ways=UNKNOWN, **rest)


def inputs(f, function, make=normal, number=0.5, **rest):
    """A NumPy array, a list and a Python number, which stand for tensors."""
    f.promise("x may be a NumPy array, a list or a number", at=NUMPY)
    f.case("array", x=plain(make(2, 3)), oracle=function, ways=EAGER, **rest)
    f.case("list", x=listed([[number, number], [number, number / 2]]), oracle=function, ways=EAGER, **rest)
    f.case("number", x=listed(number), oracle=function, ways=EAGER, **rest)


def unary(f, function, text, make=normal, profile="full", edges=None, signs=False, whole=None,
          halves=True, number=0.5, **rest):
    """What functions of one tensor have in common.

    `edges` are special values, with `signs` compared to the sign of zero; `whole` says what becomes of
    integers; `rest` goes to the sweeps over dtypes.
    """
    f.promise(text, at=f.name + ": returns")
    f.case("2d", x=make(2, 3), oracle=function, profile=profile)
    shapes(f, function, make)
    inputs(f, function, make, number)
    if edges is not None:
        f.promise("special values are mapped as NumPy maps them", at=NUMPY)
        f.case("edges", x=given(edges), oracle=function, signs=signs)
        for dtype in HALVES if halves else ():
            f.case("edges-" + dtype, x=given(edges, dtype), oracle=function, signs=signs, ways=EAGER)
    f.promise(whole or "integers and bools become floatx, and floats keep their dtype",
              at="result_type: returns")
    each_dtype(f, function, profile=profile, **rest)


def each_dtype(f, function, low=-4, high=4, dtypes=COMMON, unusual=UNUSUAL, **rest):
    """A case for each dtype."""
    if rest.get("profile") != "core":
        rest["ways"] = SYMBOLIC
    f.sweep("of", dtypes=dtypes, x=values(2, 3, low=low, high=high), oracle=function, **rest)
    if unusual:
        f.sweep("of", dtypes=unusual, x=values(2, 3, low=low, high=high), oracle=function,
                only=WITHOUT_TORCH, **rest)


def undeclared(floatx):
    """The options of a case with this floatx: what promotes to bfloat16 there is not documented, and only
    what was declared counts."""
    return {"result_dtype": None} if floatx == "bfloat16" else {}


def other_floatx(f, function, make=ints):
    """What integers become where floatx is another dtype."""
    f.promise("what becomes floatx follows the setting", at="config.set_floatx: value")
    for dtype in ("float16", "bfloat16", "float64"):
        f.case("floatx-" + dtype, x=make(2, 3), oracle=function, floatx=dtype, ways=SYMBOLIC,
               **undeclared(dtype))


def binary(f, function, text, one=normal, other=normal, profile="full", number=1.5, **rest):
    """What functions of two tensors have in common: shapes that differ, and what goes in."""
    f.promise(text, at=f.name + ": returns")
    f.case("2d", x1=one(2, 3), x2=other(2, 3), oracle=function, profile=profile, **rest)
    f.case("0d", x1=one(), x2=other(), oracle=function, **rest)
    f.case("empty", x1=one(0, 3), x2=other(3), oracle=function, **rest)
    f.promise(BROADCASTS, at="add: broadcasts" if f.name == "add" else NUMPY)
    f.case("broadcast-rank", x1=one(2, 3), x2=other(3), oracle=function, profile=profile, **rest)
    f.case("broadcast-left", x1=one(3), x2=other(2, 3), oracle=function, **rest)
    f.case("broadcast-both", x1=one(2, 1, 3).unknown(0), x2=other(4, 1).unknown(0), oracle=function, **rest)
    f.case("broadcast-0d", x1=one(2, 3), x2=other(), oracle=function, **rest)
    f.case("broadcast-5d", x1=one(2, 1, 3, 1, 2), x2=other(2, 1, 4, 1), oracle=function, **rest)
    f.promise("an unknown length stays unknown, unless the other tensor settles it", at="KerasTensor: shape")
    f.case("unknown-settled", x1=one(2, 3).unknown(0, 1), x2=other(3), oracle=function, ways=UNKNOWN, **rest)
    f.case("unknown-ones", x1=one(2, 3).unknown(0), x2=other(1, 3), oracle=function, ways=UNKNOWN, **rest)
    f.case("unknown-both", x1=one(2, 3).unknown(0), x2=other(2, 3).unknown(0), oracle=function,
           ways=UNKNOWN, **rest)
    f.promise("an operand may be a Python number, a list or a NumPy array", at=NUMPY)
    f.case("number-right", x1=one(2, 3), x2=listed(number), oracle=function, profile=profile, **rest)
    f.case("number-left", x1=listed(number), x2=other(2, 3), oracle=function, **rest)
    row = [number, 1.0, 2.0] if isinstance(number, float) else [number, 1, 2]
    f.case("list-right", x1=one(2, 3), x2=listed(row), oracle=function, ways=EAGER, **rest)
    f.case("array-right", x1=one(2, 3), x2=plain(other(3)), oracle=function, ways=EAGER, **rest)
    f.case("array-left", x1=plain(one(2, 3)), x2=other(2, 3), oracle=function, ways=EAGER, **rest)
    f.case("arrays", x1=plain(one(2, 3)), x2=plain(other(2, 3)), oracle=function, ways=EAGER, **rest)


def promoting(f, function, one=(-4, 4), other=(-4, 4), dtypes=COMMON, pairs=PAIRS, scalars=SCALARS,
              unusual=UNUSUAL, profile="full", weak=True):
    """A case for each dtype, for pairs of dtypes, and for a dtype and a Python scalar; where that is not
    documented to be `weak`, only what was declared counts. `one` and `other` are the least and the largest
    values."""
    x1, x2 = values(2, 3, low=one[0], high=one[1]), values(2, 3, low=other[0], high=other[1])
    f.promise("dtypes are promoted", at="result_type: returns")
    ways = (EAGER, SYMBOLIC) if profile == "core" else SYMBOLIC
    f.sweep("of", dtypes=[(dtype, dtype) for dtype in dtypes], x1=x1, x2=x2, oracle=function,
            profile=profile, ways=ways)
    if unusual:
        mixed = [("uint16", "int8"), ("int32", "uint32")]
        f.sweep("of", dtypes=[(dtype, dtype) for dtype in unusual] + mixed, x1=x1, x2=x2, oracle=function,
                only=WITHOUT_TORCH, ways=SYMBOLIC)
    f.sweep("of", dtypes=pairs, x1=x1, x2=x2, oracle=function, ways=SYMBOLIC)
    rest = {}
    if weak:
        f.promise("a Python scalar is weak: it does not widen a tensor of its kind",
                  at="result_type: returns")
    else:
        f.promise("with a Python scalar, the dtype is the declared one", at="KerasTensor: dtype")
        rest["result_dtype"] = None
    f.sweep("of", dtypes=scalars, x1=x1, x2=x2, oracle=function, ways=SYMBOLIC, **rest)
