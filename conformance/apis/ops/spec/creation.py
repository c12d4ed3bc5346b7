"""Tensors made of a shape, a value or another tensor."""
import numpy as np

from conformance.apis.ops.families import NUMPY
from conformance.apis.ops.inputs import given, normal, values
from conformance.apis.ops.language import EAGER, ops
from conformance.apis.ops.promotion import COMMON, same
from conformance.case import Check

DTYPES = ("bool", "uint8", "int8", "int16", "int32", "float16", "bfloat16", "float32")


def of(value):
    """An oracle: an array of this value."""
    return lambda shape, dtype=None: np.full(shape, value)


def shaped(*shape):
    """A Check of the shape alone: the elements are arbitrary."""
    def problems(got):
        return [] if np.shape(got) == shape else ["the shape is {}".format(np.shape(got))]
    return Check("the shape is {}".format(shape), problems)


def of_shape(f, want, profile):
    """What zeros, ones and empty have in common; `want` makes the wanted value of a shape."""
    f.promise("a tensor of the given shape, of floatx", at=f.name + ": shape")
    f.case("2d", shape=(2, 3), result_dtype="float32", profile=profile, **want(2, 3))
    f.case("0d", shape=(), result_dtype="float32", **want())
    f.case("5d", shape=(2, 1, 3, 1, 2), result_dtype="float32", **want(2, 1, 3, 1, 2))
    f.case("nothing", shape=(0, 3), result_dtype="float32", **want(0, 3))
    f.case("list", shape=[2, 3], result_dtype="float32", **want(2, 3))
    for floatx in ("float16", "bfloat16", "float64"):
        f.case("floatx-" + floatx, shape=(2,), floatx=floatx, result_dtype=floatx, **want(2))
    f.promise("dtype is that of the tensor", at=f.name + ": dtype")
    for dtype in (*DTYPES, "int64", "float64"):
        f.case("dtype-" + dtype, shape=(2, 3), dtype=dtype, result_dtype=dtype, profile=profile,
               **want(2, 3))


for name, value in (("zeros", 0.0), ("ones", 1.0)):
    with ops.function(name, area="creation") as f:
        of_shape(f, lambda *shape, value=value: {"oracle": of(value)}, "core")

with ops.function("empty", area="creation") as f:
    of_shape(f, lambda *shape: {"want": shaped(*shape)}, "full")

with ops.function("full", area="creation") as f:
    f.promise("a tensor of the given shape, filled with a value", at="full: fill_value")
    f.case("2d", "ops.full((2, 3), 1.5, dtype='float32')", want=np.full((2, 3), 1.5),
           result_dtype="float32", profile="core")
    f.case("0d", "ops.full((), -2.5, dtype='float32')", want=np.array(-2.5), result_dtype="float32")
    f.case("nothing", "ops.full((0, 3), 1.0, dtype='float32')", want=np.zeros((0, 3)),
           result_dtype="float32")
    f.case("int", "ops.full((2, 3), 7, dtype='int32')", want=np.full((2, 3), 7), result_dtype="int32")
    f.case("infinity", "ops.full((2,), float('-inf'), dtype='float32')", want=np.full(2, -np.inf),
           result_dtype="float32")
    f.case("nan", "ops.full((2,), float('nan'), dtype='float32')", want=np.full(2, np.nan),
           result_dtype="float32")
    f.promise("dtype is that of the tensor", at="full: dtype")
    for dtype in DTYPES:
        f.case("dtype-" + dtype, "ops.full((2, 3), 1, dtype={!r})".format(dtype), want=np.full((2, 3), 1)
               if dtype != "bool" else np.full((2, 3), True), result_dtype=dtype, profile="core")
    f.promise("the value may be a tensor, which is broadcast", at=NUMPY)
    f.case("tensor", "ops.full((2, 3), fill_value, dtype='float32')", fill_value=normal(), ways=EAGER,
           oracle=lambda fill_value: np.full((2, 3), fill_value), result_dtype="float32")
    f.case("row", "ops.full((2, 3), fill_value, dtype='float32')", fill_value=given([1.0, 2.0, 3.0]),
           ways=EAGER, oracle=lambda fill_value: np.full((2, 3), fill_value), result_dtype="float32")
    f.silent("the dtype of a tensor that is filled without one", at="full: dtype")
    f.case("without-int", "ops.full((2, 3), 7)", want=np.full((2, 3), 7))

for name, value in (("zeros_like", 0), ("ones_like", 1)):
    with ops.function(name, area="creation", dtype=same("x")) as f:
        alike = lambda x, dtype=None, value=value: np.full(x.shape, value)  # noqa: E731 - a short oracle
        f.promise("the shape and the dtype are those of x", at=name + ": returns")
        f.case("2d", x=normal(2, 3), oracle=alike, profile="core")
        f.case("0d", x=normal(), oracle=alike)
        f.case("5d", x=normal(2, 1, 3, 1, 2).unknown(0, 2), oracle=alike)
        f.case("nothing", x=normal(0, 3), oracle=alike)
        f.case("nan", x=given([np.nan, np.inf, -np.inf]), oracle=alike)
        f.sweep("of", dtypes=COMMON, x=values(2, 3), oracle=alike, profile="core")
        f.promise("dtype stands above that of x", at=name + ": dtype")
        for dtype in DTYPES:
            f.case("dtype-" + dtype, x=normal(2, 3), dtype=dtype, oracle=alike, result_dtype=dtype)
        f.case("dtype-of-int", x=given([1, 2], "int32"), dtype="float16", oracle=alike,
               result_dtype="float16")

with ops.function("empty_like", area="creation", dtype=same("x")) as f:
    f.promise("the shape and the dtype are those of x", at="empty_like: returns")
    f.case("2d", x=normal(2, 3), want=shaped(2, 3))
    f.case("0d", x=normal(), want=shaped())
    f.case("nothing", x=normal(0, 3), want=shaped(0, 3))
    f.sweep("of", dtypes=COMMON, x=values(2, 3), want=shaped(2, 3))
    f.promise("dtype stands above that of x", at="empty_like: dtype")
    for dtype in DTYPES:
        f.case("dtype-" + dtype, x=normal(2, 3), dtype=dtype, want=shaped(2, 3), result_dtype=dtype)

with ops.function("full_like", area="creation", dtype=same("x")) as f:
    filled = lambda x, fill_value, dtype=None: np.full(x.shape, fill_value)  # noqa: E731 - a short oracle
    f.promise("the shape and the dtype are those of x, the elements the value", at="full_like: fill_value")
    f.case("2d", x=normal(2, 3), fill_value=1.5, oracle=filled, profile="core")
    f.case("0d", x=normal(), fill_value=-2.0, oracle=filled)
    f.case("5d", x=normal(2, 1, 3, 1, 2).unknown(0, 2), fill_value=2.5, oracle=filled)
    f.case("nothing", x=normal(0, 3), fill_value=2.5, oracle=filled)
    f.case("int-value", x=normal(2, 3), fill_value=3, oracle=filled)
    f.case("tensor", "ops.full_like(x, 0.5 * ops.ones(()))", x=normal(2, 3), ways=EAGER,
           oracle=lambda x: np.full(x.shape, 0.5))
    f.sweep("of", dtypes=COMMON[1:], x=values(2, 3), fill_value=2, oracle=filled, profile="core")
    f.promise("dtype stands above that of x", at="full_like: dtype")
    for dtype in DTYPES[1:]:
        f.case("dtype-" + dtype, x=normal(2, 3), fill_value=2, dtype=dtype, oracle=filled,
               result_dtype=dtype)
