"""The promotion table against JAX's published one (type promotion semantics, the table of jnp.add)."""

import itertools

import numpy as np
import pytest

from conformance.apis.ops import promotion
from conformance.apis.ops.promotion import accumulating, allowed, always, floating, lattice, same

# Rows and columns in this order; `*` marks weak types, as JAX writes them.
ORDER = ["bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "bfloat16",
         "float16", "float32", "float64", int, float]
PUBLISHED = """
b1  u1  u2  u4  u8  i1  i2  i4  i8  bf  f2  f4  f8  i*  f*
u1  u1  u2  u4  u8  i2  i2  i4  i8  bf  f2  f4  f8  u1  f*
u2  u2  u2  u4  u8  i4  i4  i4  i8  bf  f2  f4  f8  u2  f*
u4  u4  u4  u4  u8  i8  i8  i8  i8  bf  f2  f4  f8  u4  f*
u8  u8  u8  u8  u8  f*  f*  f*  f*  bf  f2  f4  f8  u8  f*
i1  i2  i4  i8  f*  i1  i2  i4  i8  bf  f2  f4  f8  i1  f*
i2  i2  i4  i8  f*  i2  i2  i4  i8  bf  f2  f4  f8  i2  f*
i4  i4  i4  i8  f*  i4  i4  i4  i8  bf  f2  f4  f8  i4  f*
i8  i8  i8  i8  f*  i8  i8  i8  i8  bf  f2  f4  f8  i8  f*
bf  bf  bf  bf  bf  bf  bf  bf  bf  bf  f4  f4  f8  bf  bf
f2  f2  f2  f2  f2  f2  f2  f2  f2  f4  f2  f4  f8  f2  f2
f4  f4  f4  f4  f4  f4  f4  f4  f4  f4  f4  f4  f8  f4  f4
f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8
i*  u1  u2  u4  u8  i1  i2  i4  i8  bf  f2  f4  f8  i*  f*
f*  f*  f*  f*  f*  f*  f*  f*  f*  bf  f2  f4  f8  f*  f*
"""
CODES = dict(zip(["b1", "u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "bf", "f2", "f4", "f8", "i*", "f*"],
                 [*ORDER[:13], "int32", "float32"], strict=True))


@pytest.mark.parametrize(("row", "column"), list(itertools.product(range(15), repeat=2)))
def test_the_table_is_that_of_jax(row, column):
    code = PUBLISHED.split("\n")[1 + row].split()[column]
    assert lattice(ORDER[row], ORDER[column]) == CODES[code]


def test_it_agrees_with_numpy_where_both_stay_below_floats():
    """NumPy turns what no integer holds into float64, and JAX never widens a float for an integer."""
    for a, b in itertools.combinations_with_replacement((*promotion.INTS, "bool"), 2):
        theirs = np.promote_types(a, b).name
        if not theirs.startswith("float"):
            assert lattice(a, b) == theirs


def test_what_stays_weak_has_the_width_of_floatx():
    assert lattice("bool", int, floatx="float16") == "int16"
    assert lattice("int8", float, floatx="float16") == "float16"
    assert lattice(int, float, floatx="bfloat16") == "bfloat16"
    assert lattice("uint64", "int8", floatx="float64") == "float64"


def test_several_dtypes_have_one_bound():
    assert lattice("int8", "uint8", "bfloat16", "float16") == "float32"
    assert lattice("bool") == "bool"


def test_rules():
    kinds = {"x1": "int8", "x2": float, "mask": "float64"}
    assert same("x1", "x2")(kinds, "float32") == "float32"
    assert same("x1")(kinds, "float32") == "int8"
    assert same()(kinds, "float32") == "float64"
    assert floating("x1")(kinds, "bfloat16") == "bfloat16"
    assert floating("mask")(kinds, "float16") == "float64"
    sums = {"bool": "int32", "int16": "int32", "uint8": "uint32", "int64": "int64", "float16": "float16"}
    assert {dtype: accumulating()({"x": dtype}, "float32") for dtype in sums} == sums
    assert always("bool")(kinds, "float32") == "bool"


def test_where_it_says_64_bits_32_are_allowed_too():
    assert allowed("int64") == ("int64", "int32")
    assert allowed("float64") == ("float64", "float32")
    assert allowed("float32") == ("float32",)
