"""Comparisons, logical connectives, and tests of each element."""

import numpy as np

from conformance.apis.ops.families import NUMPY
from conformance.apis.ops.families_elementwise import (
    FLOATING,
    HALVES,
    INTEGERS,
    PAIRS,
    SCALARS,
    binary,
    each_dtype,
    inputs,
    shapes,
)
from conformance.apis.ops.inputs import bools, given, ints, listed, normal, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, ops
from conformance.apis.ops.promotion import COMMON, always

INF, NAN = np.inf, np.nan
LEFT = [NAN, 1.0, NAN, INF, -INF, -0.0, 2.0, 3.0]
RIGHT = [NAN, NAN, 1.0, INF, INF, 0.0, 1.0, 3.0]


def few(*shape, dtype="int32"):
    """Integers among which equal ones are frequent."""
    return ints(*shape, low=-1, high=2, dtype=dtype)


for name, function, profile in (
    ("equal", np.equal, "core"),
    ("not_equal", np.not_equal, "core"),
    ("greater", np.greater, "core"),
    ("greater_equal", np.greater_equal, "core"),
    ("less", np.less, "core"),
    ("less_equal", np.less_equal, "core"),
):
    with ops.function(name, area="logic", dtype=always("bool")) as f:
        binary(f, function, "the comparison of elements", one=few, other=few, profile=profile, number=1)
        f.promise("NaN equals nothing, and zeros of either sign are equal", at=NUMPY)
        f.case("edges", x1=given(LEFT), x2=given(RIGHT), oracle=function, profile=profile)
        for dtype in HALVES:
            f.case(
                "edges-" + dtype, x1=given(LEFT, dtype), x2=given(RIGHT, dtype), oracle=function, ways=EAGER
            )
        f.promise("tensors of different dtypes are compared by value", at=NUMPY)
        f.sweep(
            "of",
            dtypes=[(dtype, dtype) for dtype in COMMON],
            x1=values(2, 3, low=-1, high=1),
            x2=values(2, 3, low=-1, high=1),
            oracle=function,
            ways=SYMBOLIC,
            profile=profile,
        )
        f.sweep(
            "of", dtypes=(*PAIRS, *SCALARS), x1=values(2, 3), x2=values(2, 3), oracle=function, ways=SYMBOLIC
        )
        f.case(
            "large-int32",
            x1=given([2**24 + 1, 2**31 - 1], "int32"),
            x2=given([2**24, 2**31 - 2], "int32"),
            oracle=function,
        )
        f.case(
            "mixed-signs", x1=given([200, 3, 255], "uint8"), x2=given([-56, 3, -1], "int8"), oracle=function
        )
        f.case("number-half", x1=few(2, 3), x2=listed(0.5), oracle=function)

for name, function in (
    ("logical_and", np.logical_and),
    ("logical_or", np.logical_or),
    ("logical_xor", np.logical_xor),
):
    with ops.function(name, area="logic", dtype=always("bool")) as f:
        binary(f, function, "the connective of elements", one=bools, other=bools, number=1, profile="core")
        f.promise("zeros are False, all other numbers True", at=name + ": description")
        f.sweep(
            "of",
            dtypes=[(dtype, dtype) for dtype in COMMON],
            x1=values(2, 3, low=-1, high=1),
            x2=values(2, 3, low=-1, high=1),
            oracle=function,
            ways=SYMBOLIC,
        )
        f.sweep(
            "of",
            dtypes=PAIRS,
            x1=values(2, 3, low=-1, high=1),
            x2=values(2, 3, low=-1, high=1),
            oracle=function,
            ways=SYMBOLIC,
        )
        f.case(
            "fractions",
            x1=given([0.5, 0.0, -0.25, -0.0]),
            x2=given([0.5, 0.25, 0.0, 0.0]),
            oracle=function,
            profile="core",
        )
        f.case("edges", x1=given([NAN, INF, NAN, -0.0]), x2=given([0.0, 0.0, INF, -INF]), oracle=function)

with ops.function("logical_not", area="logic", dtype=always("bool")) as f:
    f.promise("zeros are False, all other numbers True", at="logical_not: description")
    f.case("2d", x=bools(2, 3), oracle=np.logical_not, profile="core")
    shapes(f, np.logical_not, bools)
    inputs(f, np.logical_not, bools)
    f.case("edges", x=given([NAN, INF, 0.0, -0.0, 0.5, -3.0]), oracle=np.logical_not)
    each_dtype(f, np.logical_not, low=-1, high=1)

for name, function, profile in (
    ("isfinite", np.isfinite, "core"),
    ("isinf", np.isinf, "full"),
    ("isnan", np.isnan, "core"),
    ("isneginf", np.isneginf, "full"),
    ("isposinf", np.isposinf, "full"),
):
    with ops.function(name, area="logic", dtype=always("bool")) as f:
        f.promise("True where the element is of that kind", at=name + ": returns")
        f.case("2d", x=given([[NAN, INF, -INF], [0.0, 1.5, -3e38]]), oracle=function, profile=profile)
        shapes(f, function)
        inputs(f, function)
        for dtype in (*HALVES, "float64"):
            f.case("edges-" + dtype, x=given([NAN, INF, -INF, 0.0, 1.5], dtype), oracle=function)
        f.promise("integers and bools are finite numbers", at=NUMPY)
        each_dtype(f, function)

with ops.function("isreal", area="logic", dtype=always("bool")) as f:
    f.promise("True where there is no imaginary part", at="isreal: example")
    f.case("complex", x=given([1 + 1j, 1, 4.5, 3, 2, 2j], "complex64"), oracle=np.isreal)
    f.case("2d", x=normal(2, 3), oracle=np.isreal)
    shapes(f, np.isreal)
    inputs(f, np.isreal)
    f.case("edges", x=given([NAN, INF, -INF, 0.0]), oracle=np.isreal)
    each_dtype(f, np.isreal)


def close(f, function, call):
    """What isclose and allclose have in common; the tolerance is rtol * |x2| + atol."""

    def case(variant, x1, x2, *ways, **options):
        text = "".join(", {}={!r}".format(*item) for item in options.items())
        f.case(
            variant,
            call.format(text),
            x1=x1,
            x2=x2,
            ways=ways or None,
            oracle=lambda x1, x2: function(x1, x2, **options),
            profile="core" if variant in ("2d", "rtol", "atol", "equal-nan") else "full",
        )

    near = given([[1.0, 2.0, -3.0], [1e-9, 100.0, 0.0]])
    far = given([[1.000001, 2.001, -3.0], [2e-9, 100.0005, 1e-7]])
    f.promise("the difference is at most atol + rtol * |x2|", at="allclose: description")
    case("2d", near, far)
    case("same", near, near)
    case("0d", given(2.0), given(2.00001))
    case("empty", normal(0, 3), normal(0, 3))
    f.promise("rtol is the relative tolerance", at=f.name + ": rtol")
    case("rtol", near, far, rtol=1e-3)
    case("of-x2", given([10.0]), given([11.0]), rtol=0.095, atol=0.0)
    case("of-x1", given([11.0]), given([10.0]), rtol=0.095, atol=0.0)
    case("rtol-negative-x2", given([-10.0]), given([-11.0]), rtol=0.095, atol=0.0)
    f.promise("atol is the absolute tolerance", at=f.name + ": atol")
    case("atol", near, far, atol=0.01)
    case("atol-0", given([1e-9, 0.0]), given([0.0, 0.0]), atol=0.0)
    case("both", near, far, rtol=1e-8, atol=1e-10)
    f.promise("tensors of different shapes are broadcast", at=NUMPY)
    case("broadcast", given([[1.0, 2.0], [1.0, 3.0]]).unknown(0), given([1.0, 2.0]))
    f.case(
        "number",
        call.replace("x2", "0.5").format(""),
        x1=given([0.5, 1.0]),
        ways=EAGER,
        oracle=lambda x1: function(x1, 0.5),
    )
    case("array", given([0.5, 1.0]), plain(np.array([0.5, 1.0], "float32")), EAGER)
    f.promise("integers have the same tolerances", at=NUMPY)
    case("ints", given([1, 2, 300000], "int32"), given([1, 3, 300001], "int32"))
    case("ints-atol", given([1, 2, 5], "int32"), given([2, 3, 4], "int32"), atol=1.5)
    case("int-float", given([1, 2], "int32"), given([1.0, 2.5]))
    f.promise("NaNs are equal only when equal_nan says so", at=f.name + ": equal_nan")
    case("nan", given([NAN, 1.0]), given([NAN, 1.0]))
    case("equal-nan", given([NAN, 1.0]), given([NAN, 1.0]), equal_nan=True)
    case("equal-nan-one", given([NAN, 1.0]), given([1.0, NAN]), equal_nan=True)
    f.promise("infinities are close to themselves alone", at=NUMPY)
    case("infinities", given([INF, -INF]), given([INF, -INF]))
    case("infinities-differ", given([INF, INF, 1.0]), given([-INF, 1.0, INF]))
    f.promise("any dtypes are compared", at=NUMPY)
    f.sweep(
        "of",
        call.format(""),
        dtypes=[(dtype, dtype) for dtype in (*INTEGERS, *FLOATING)],
        x1=values(2, 3, low=0, high=1),
        x2=values(2, 3, low=0, high=1),
        oracle=function,
        ways=SYMBOLIC,
    )


with ops.function("isclose", area="logic", dtype=always("bool")) as f:
    close(f, np.isclose, "ops.isclose(x1, x2{})")

# Whether allclose gives a tensor or a bool of Python is not documented; logical_not makes a tensor of either.
with ops.function("allclose", area="logic", dtype=always("bool")) as f:
    close(
        f,
        lambda x1, x2, **rest: np.asarray(not np.allclose(x1, x2, **rest)),
        "ops.logical_not(ops.allclose(x1, x2{}))",
    )
