"""Conversion between dtypes, tensors and arrays, and the promotion rule itself."""
import itertools

import numpy as np

from conformance.apis.ops.families import WITHOUT_TORCH
from conformance.apis.ops.inputs import given, listed, normal, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, ops
from conformance.apis.ops.promotion import COMMON, lattice, same

TARGETS = ("bool", "uint8", "int8", "int16", "int32", "float16", "bfloat16", "float32")
RANGES = {"uint8": (0, 255), "int8": (-128, 127), "int16": (-32768, 32767)}


def cast_to(dtype):
    """An oracle: the elements as `dtype` has them; fractions of integers are cut off."""
    def oracle(x, **_):
        if dtype == "bool":
            return np.asarray(x) != 0
        return np.trunc(x) if "int" in dtype else np.asarray(x)
    return oracle


with ops.function("cast", area="dtype") as f:
    f.promise("a tensor of the given dtype", at="cast: dtype")
    for dtype in (*TARGETS, "int64", "float64"):
        ways = EAGER if "64" in dtype else None
        f.case("to-" + dtype, ways=ways, x=given([[1.5, 0.0, 3.75], [2.0, 0.25, 100.0]]), dtype=dtype,
               oracle=cast_to(dtype), result_dtype=dtype, profile="core")
        f.case("to-{}-of-int".format(dtype), ways=ways, x=given([0, 1, 7, 100], "int32"), dtype=dtype,
               oracle=cast_to(dtype), result_dtype=dtype, profile="core")
    for source in ("bool", "uint8", "int8", "int16", "int64", "float16", "bfloat16", "float64"):
        for dtype in ("float32", "int32", "bfloat16"):
            f.case("{}-to-{}".format(source, dtype), x=values(2, 3, dtype=source), dtype=dtype,
                   oracle=cast_to(dtype), result_dtype=dtype, ways=SYMBOLIC)
    f.case("0d", x=given(2.75), dtype="int32", oracle=cast_to("int32"), result_dtype="int32")
    f.case("empty", x=normal(0, 3), dtype="float16", oracle=cast_to("float16"), result_dtype="float16")
    f.case("5d", x=normal(2, 1, 3, 1, 2).unknown(0, 2), dtype="float16", oracle=cast_to("float16"),
           result_dtype="float16")
    f.case("list", x=listed([1.5, 2.5]), dtype="int32", oracle=cast_to("int32"), result_dtype="int32",
           ways=EAGER)
    f.case("array", x=plain(normal(2, 3)), dtype="float16", oracle=cast_to("float16"),
           result_dtype="float16", ways=EAGER)
    f.case("negative", x=given([-1.75, -0.5, 1.75]), dtype="int32", oracle=cast_to("int32"),
           result_dtype="int32")
    f.case("nan-to-half", x=given([np.nan, np.inf, -np.inf, 1e6]), dtype="float16", result_dtype="float16",
           oracle=lambda x, dtype: x)
    f.case("nan-to-bool", x=given([np.nan, 0.0, -0.0, 0.25]), dtype="bool", result_dtype="bool",
           oracle=cast_to("bool"))

with ops.function("saturate_cast", area="dtype") as f:
    f.promise("values beyond the dtype become its ends", at="saturate_cast: example")
    for dtype, (low, high) in RANGES.items():
        for source in ("float32", "int32", "float16"):
            f.case("{}-to-{}".format(source, dtype), x=given([-1e4, -300, -1, 0, 1, 255, 256, 1e4], source),
                   dtype=dtype, result_dtype=dtype, profile="core",
                   oracle=lambda x, dtype, low=low, high=high: np.trunc(np.clip(x, low, high)))
        f.case("infinities-to-" + dtype, x=given([np.inf, -np.inf, 2.75]), dtype=dtype, result_dtype=dtype,
               oracle=lambda x, dtype, low=low, high=high: np.trunc(np.clip(x, low, high)))
    f.case("unsigned-to-int8", x=given([0, 127, 128, 255], "uint8"), dtype="int8", result_dtype="int8",
           oracle=lambda x, dtype: np.minimum(x, 127))
    f.case("signed-to-uint8", x=given([-128, -1, 0, 127], "int8"), dtype="uint8", result_dtype="uint8",
           oracle=lambda x, dtype: np.maximum(x, 0))
    f.case("to-uint16", x=given([-5.0, 7e4, 300.5]), dtype="uint16", result_dtype="uint16",
           oracle=lambda x, dtype: np.trunc(np.clip(x, 0, 65535)), only=WITHOUT_TORCH)
    f.case("to-float16", x=given([1e6, -1e6, 1.5]), dtype="float16", result_dtype="float16",
           oracle=lambda x, dtype: np.clip(x, -65504, 65504))
    f.case("to-float32-of-int", x=given([-7, 7], "int32"), dtype="float32", result_dtype="float32",
           oracle=lambda x, dtype: x)
    f.case("5d", x=normal(2, 1, 3, 1, 2).unknown(0), dtype="uint8", result_dtype="uint8",
           oracle=lambda x, dtype: np.trunc(np.clip(x, 0, 255)))

for name in ("convert_to_tensor", "array"):
    with ops.function(name, area="dtype", dtype=same("x")) as f:
        itself = lambda x, **_: x  # noqa: E731 - a short oracle
        f.promise("the elements of x as a tensor", at=name + ": x")
        f.case("tensor", x=normal(2, 3), oracle=itself, profile="core", ways=EAGER)
        for dtype in (*TARGETS, "int64", "float64"):
            if dtype != "bfloat16":
                f.case("array-" + dtype, x=plain(values(2, 3, dtype=dtype)), oracle=itself, ways=EAGER,
                       result_dtype=dtype, profile="core")
        f.case("ints", x=listed([1, 2, 3]), oracle=itself, ways=EAGER, result_dtype="int32", profile="core")
        f.case("floats", x=listed([[1.5, 2.0], [0.5, -1.0]]), oracle=itself, ways=EAGER, profile="core",
               result_dtype="float32")
        f.case("bools", x=listed([True, False]), oracle=itself, ways=EAGER, result_dtype="bool")
        f.case("mixed", x=listed([1, 2.5]), oracle=itself, ways=EAGER, result_dtype="float32")
        f.case("number", x=listed(2.5), oracle=itself, ways=EAGER, result_dtype="float32")
        f.case("int", x=listed(7), oracle=itself, ways=EAGER, result_dtype="int32")
        f.case("tuple", x=listed((1.5, 2.5)), oracle=itself, ways=EAGER, result_dtype="float32")
        f.case("empty", x=plain(np.zeros((0, 3), "float32")), oracle=itself, ways=EAGER,
               result_dtype="float32")
        f.promise("a tensor of the given dtype", at=name + ": dtype")
        for dtype in TARGETS:
            f.case("dtype-" + dtype, x=plain(np.array([0.0, 1.0, 3.0], "float32")), dtype=dtype, ways=EAGER,
                   oracle=cast_to(dtype), result_dtype=dtype, profile="core")
            f.case("dtype-{}-list".format(dtype), x=listed([0, 1, 3]), dtype=dtype, ways=EAGER,
                   oracle=cast_to(dtype), result_dtype=dtype)
            f.case("dtype-{}-tensor".format(dtype), x=given([0.0, 1.0, 3.0]), dtype=dtype, ways=EAGER,
                   oracle=cast_to(dtype), result_dtype=dtype)

with ops.function("convert_to_numpy", area="dtype") as f:
    f.promise("a NumPy array of the elements", at="convert_to_numpy: returns")
    for dtype in COMMON:
        f.case("of-" + dtype, "isinstance(ops.convert_to_numpy(x), np.ndarray)", x=values(2, 3, dtype=dtype),
               ways=EAGER, want=True, profile="core")
    f.case("values", "ops.convert_to_numpy(x).tolist()", x=given([[1.5, -2.0], [0.25, 4.0]]), ways=EAGER,
           want=[[1.5, -2.0], [0.25, 4.0]], profile="core")
    f.case("0d", "ops.convert_to_numpy(x).shape", x=normal(), ways=EAGER, want=())
    f.case("list", "ops.convert_to_numpy([1.5, 2.0]).tolist()", want=[1.5, 2.0])

with ops.function("dtype", area="dtype") as f:
    f.promise("the dtype as a standardized string", at="dtype: returns")
    for dtype in ("bool", "uint8", "int8", "int16", "int32", "float16", "bfloat16", "float32"):
        f.case("of-" + dtype, "ops.dtype(x)", x=values(2, 3, dtype=dtype), ways=EAGER, want=dtype,
               profile="core")

with ops.function("shape", area="dtype") as f:
    f.promise("the shape as a tuple", at="shape: returns")
    f.case("2d", "ops.shape(x)", x=normal(2, 3), ways=(EAGER, SYMBOLIC), want=(2, 3), profile="core")
    f.case("0d", "ops.shape(x)", x=normal(), ways=(EAGER, SYMBOLIC), want=())
    f.case("5d", "ops.shape(x)", x=normal(2, 1, 3, 0, 2), ways=(EAGER, SYMBOLIC), want=(2, 1, 3, 0, 2))
    f.case("tuple", "type(ops.shape(x)) is tuple", x=normal(2, 3), ways=EAGER, want=True)
    f.case("unknown", "ops.shape(keras.KerasTensor((None, 3)))", want=(None, 3), profile="core")

with ops.function("is_tensor", area="dtype") as f:
    f.promise("whether it is a tensor of the backend", at="is_tensor: returns")
    f.case("tensor", "ops.is_tensor(x)", x=normal(2, 3), ways=EAGER, want=True, profile="core")
    f.case("result", "ops.is_tensor(ops.add(x, 1.0))", x=normal(2, 3), ways=EAGER, want=True)
    for variant, text in (("list", "[1.0]"), ("number", "1.0"), ("none", "None"), ("text", "'a'")):
        f.case(variant, "ops.is_tensor({})".format(text), want=False)

with ops.function("backend.result_type", area="dtype", call="keras.backend.result_type") as f:
    f.promise("the least upper bound of the lattice", at="backend.result_type: returns")
    for one, other in itertools.combinations_with_replacement(
            (*COMMON, "uint16", "uint32", "int", "float"), 2):
        if "64" in one + other or {one, other} <= {"int", "float"}:
            continue
        spelled = ", ".join(kind if kind in ("int", "float") else repr(kind) for kind in (other, one))
        found = lattice(*({"int": int, "float": float}.get(kind, kind) for kind in (one, other)))
        if "64" not in found:
            f.case("{}-{}".format(one, other), "keras.backend.result_type({})".format(spelled), want=found,
                   profile="core")
    f.case("three", "keras.backend.result_type('int8', 'uint8', 'float16')", want="float16")
    f.case("single", "keras.backend.result_type('int8')", want="int8")

for name, kinds in (("is_float_dtype", ("float16", "bfloat16", "float32", "float64")),
                    ("is_int_dtype", ("uint8", "uint16", "uint32", "int8", "int16", "int32", "int64"))):
    with ops.function("backend." + name, area="dtype", call="keras.backend." + name) as f:
        f.promise("whether the dtype is of that kind", at="backend.{}: dtype".format(name))
        for dtype in (*COMMON, "uint16", "uint32"):
            f.case("of-" + dtype, "bool(keras.backend.{}({!r}))".format(name, dtype), want=dtype in kinds)

with ops.function("backend.standardize_dtype", area="dtype", call="keras.backend.standardize_dtype") as f:
    f.promise("the dtype as a string of Keras", at="dtype: standardized string")
    for dtype in COMMON:
        f.case("of-" + dtype, "keras.backend.standardize_dtype({!r})".format(dtype), want=dtype)
    for dtype in ("uint8", "int8", "int16", "int32", "float16", "bfloat16", "float32"):
        f.case("of-tensor-" + dtype, "keras.backend.standardize_dtype(x.dtype)",
               x=values(2, 3, dtype=dtype), ways=EAGER, want=dtype)
