"""Parts of complex numbers, and complex numbers seen as pairs of real ones."""

import numpy as np

from conformance.apis.ops.families_elementwise import FLOATING
from conformance.apis.ops.inputs import given, normal, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, ops
from conformance.apis.ops.promotion import floating, same

NUMBERS = [[1 + 3j, 2 - 5j, -4.0], [4 - 3j, -3 + 2j, -1j]]

PARTS = (
    ("real", np.real, "float32", "the real part"),
    ("imag", np.imag, "float32", "the imaginary part"),
    ("conj", np.conj, "complex64", "the conjugate"),
    ("conjugate", np.conj, "complex64", "the conjugate"),
    ("angle", np.angle, "float32", "the angle in radians"),
)
for name, function, kind, text in PARTS:
    with ops.function(name, area="complex", dtype=floating("x") if name == "angle" else same("x")) as f:
        f.promise("{} of each complex number".format(text), at=name + ": returns")
        f.case("2d", x=given(NUMBERS, "complex64"), oracle=function, result_dtype=kind)
        f.case("0d", x=given(3 - 4j, "complex64"), oracle=function, result_dtype=kind)
        f.case("3d", x=given([NUMBERS, NUMBERS], "complex64").unknown(0), oracle=function, result_dtype=kind)
        f.case("empty", x=given(np.zeros((0, 3)), "complex64"), oracle=function, result_dtype=kind)
        f.case(
            "array", x=plain(np.array(NUMBERS, "complex64")), oracle=function, ways=EAGER, result_dtype=kind
        )
        if name == "angle":
            f.case(
                "edges",
                x=given([-1.0, 1j, -1j, 0.0, 1 + 1j, -1 - 1j], "complex64"),
                oracle=function,
                result_dtype=kind,
            )
            f.promise("x may be real: the angle is 0, or pi of negative numbers", at="angle: x")
        else:
            f.silent("what a real number gives, where a complex one is documented", at=name + ": returns")
        f.case("of-real", x=given([[1.5, -2.0, 0.0], [3.0, 4.0, -0.5]]).unknown(0), oracle=function)
        f.case("of-real-empty", x=normal(0, 3), oracle=function)
        f.sweep("of", dtypes=FLOATING, x=values(2, 3), oracle=function, ways=SYMBOLIC)

with ops.function("view_as_complex", area="complex") as f:
    f.promise("the last axis has the real and the imaginary part", at="view_as_complex: x")
    rest = {"oracle": lambda x: x[..., 0] + 1j * x[..., 1], "result_dtype": "complex64"}
    f.case("2d", x=normal(3, 2), **rest)
    f.case("1d", x=normal(2), **rest)
    f.case("3d", x=normal(2, 3, 2).unknown(0), **rest)
    f.case("array", x=plain(normal(3, 2)), ways=EAGER, **rest)
    f.promise("a last axis of another length is refused", at="view_as_complex: x")
    f.refuses("three", "ops.view_as_complex(x)", "Exception", x=normal(2, 3))

with ops.function("view_as_real", area="complex") as f:
    f.promise("the parts make a last axis", at="view_as_real: returns")
    rest = {"oracle": lambda x: np.stack([np.real(x), np.imag(x)], axis=-1), "result_dtype": "float32"}
    f.case("2d", x=given(NUMBERS, "complex64"), **rest)
    f.case("0d", x=given(3 - 4j, "complex64"), **rest)
    f.case("3d", x=given([NUMBERS, NUMBERS], "complex64").unknown(0), **rest)
