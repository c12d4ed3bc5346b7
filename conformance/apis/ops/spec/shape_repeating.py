"""Elements repeated, rolled, padded and rearranged by a pattern."""
import numpy as np

from conformance.apis.ops.families import NUMPY, any_dtype, not_tensors
from conformance.apis.ops.inputs import given, ints, listed, normal, plain
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.oracle import rearranging as oracle
from conformance.apis.ops.promotion import same

NOT_TF_OR_TORCH = ("jax", "numpy", "openvino", "mlx", "tinygrad", "paddle")

with ops.function("roll", area="shape", dtype=same("x")) as f:
    f.promise("elements move along an axis, and those beyond the last come first", at="roll: shift")
    f.case("axis", x=normal(2, 4), shift=1, axis=1, oracle=np.roll, profile="core")
    f.case("axis-negative", x=normal(2, 3, 4).unknown(0, 2), shift=2, axis=-1, oracle=np.roll)
    f.case("axis-0", x=normal(3, 2), shift=-1, axis=0, oracle=np.roll, profile="core")
    f.case("more-than-there-are", x=normal(2, 3), shift=7, axis=1, oracle=np.roll)
    f.case("none", x=normal(2, 3), shift=0, axis=1, oracle=np.roll)
    f.case("5d", x=normal(2, 1, 3, 2, 2), shift=1, axis=-3, oracle=np.roll)
    f.promise("without an axis, in one row, and the shape is restored", at="roll: axis")
    f.case("all", x=normal(2, 3), shift=2, oracle=np.roll, profile="core")
    f.case("all-negative", x=normal(2, 3).unknown(1), shift=-4, oracle=np.roll)
    f.case("all-3d", x=normal(2, 3, 2), shift=5, oracle=np.roll)
    f.case("empty", x=normal(0, 3), shift=1, axis=0, oracle=np.roll)
    f.promise("several axes have a shift each", at=NUMPY)
    f.case("axes", x=normal(2, 3, 4), shift=(1, -2), axis=(0, 2), oracle=np.roll)
    any_dtype(f, np.roll, shift=1, axis=1)
    not_tensors(f, np.roll, shift=1, axis=1)

with ops.function("tile", area="shape", dtype=same("x")) as f:
    f.promise("x follows itself along each axis", at="tile: repeats")
    f.case("each-axis", x=normal(2, 3), repeats=(2, 3), oracle=oracle.tile, profile="core")
    f.case("listed", x=normal(2, 3).unknown(0, 1), repeats=[1, 2], oracle=oracle.tile)
    f.case("once", x=normal(2, 3), repeats=(1, 1), oracle=oracle.tile)
    f.case("3d", x=normal(2, 1, 3), repeats=(1, 4, 2), oracle=oracle.tile)
    f.case("5d", x=normal(1, 2, 1, 3, 2), repeats=(2, 1, 2, 1, 1), oracle=oracle.tile)
    f.promise("more repeats than axes make new first axes", at="tile: description")
    f.case("more", x=normal(2, 3), repeats=(2, 1, 2), oracle=oracle.tile, profile="core")
    f.case("more-1d", x=normal(3), repeats=(2, 2), oracle=oracle.tile)
    f.case("0d", x=normal(), repeats=(3,), oracle=oracle.tile)
    f.promise("fewer repeats than axes belong to the last axes", at="tile: description")
    f.case("fewer", x=normal(2, 3), repeats=(2,), oracle=oracle.tile)
    f.case("fewer-3d", x=normal(2, 3, 4).unknown(1), repeats=(2, 1), oracle=oracle.tile)
    f.promise("an int is a single repeat", at=NUMPY)
    f.case("int", x=normal(2, 3), repeats=2, oracle=oracle.tile, profile="core")
    f.case("int-1d", x=normal(3), repeats=3, oracle=oracle.tile)
    f.promise("no repeat gives nothing", at=NUMPY)
    f.case("never", x=normal(2, 3), repeats=(0, 1), oracle=oracle.tile, ways=(EAGER, SYMBOLIC))
    any_dtype(f, oracle.tile, repeats=(2, 2))
    not_tensors(f, oracle.tile, repeats=(2, 1))

with ops.function("repeat", area="shape", dtype=same("x")) as f:
    f.promise("each element several times along an axis", at="repeat: repeats")
    f.case("axis", x=normal(2, 3), repeats=2, axis=1, oracle=oracle.repeat, profile="core")
    f.case("axis-0", x=normal(2, 3).unknown(1), repeats=3, axis=0, oracle=oracle.repeat, profile="core")
    f.case("axis-negative", x=normal(2, 3, 4), repeats=2, axis=-2, oracle=oracle.repeat)
    f.case("axis-unknown", x=normal(2, 3).unknown(0), repeats=2, axis=0, oracle=oracle.repeat, ways=UNKNOWN)
    f.case("5d", x=normal(2, 1, 3, 2, 2), repeats=2, axis=1, oracle=oracle.repeat)
    f.case("once", x=normal(2, 3), repeats=1, axis=1, oracle=oracle.repeat)
    f.case("never", x=normal(2, 3), repeats=0, axis=1, oracle=oracle.repeat)
    f.promise("without an axis, of all elements in one row", at="repeat: axis")
    f.case("all", x=normal(2, 3), repeats=2, oracle=oracle.repeat, profile="core")
    f.case("all-unknown", x=normal(2, 3).unknown(1), repeats=2, oracle=oracle.repeat, ways=UNKNOWN)
    f.case("0d", x=normal(), repeats=3, oracle=oracle.repeat)
    f.promise("each element has its own number", at="repeat: repeats")
    f.case("numbers", x=normal(2, 3), repeats=[2, 0, 3], axis=1, oracle=oracle.repeat)
    f.case("numbers-0", x=normal(2, 3), repeats=[1, 3], axis=0, oracle=oracle.repeat)
    f.case("numbers-all", x=normal(2, 2), repeats=[1, 2, 0, 3], oracle=oracle.repeat)
    f.case("numbers-single", x=normal(2, 3), repeats=[2], axis=1, oracle=oracle.repeat)
    f.case("numbers-negative-axis", x=normal(2, 3, 2), repeats=[1, 2, 1], axis=-2, oracle=oracle.repeat)
    f.case("numbers-tensor", "ops.repeat(x, repeats, axis=1)", x=normal(2, 3), ways=EAGER,
           repeats=given([2, 1, 3], "int32"), oracle=lambda x, repeats: np.repeat(x, repeats, 1))
    f.case("numbers-array", "ops.repeat(x, repeats, axis=1)", x=normal(2, 3),
           repeats=plain(np.array([2, 1, 3])), oracle=lambda x, repeats: np.repeat(x, repeats, 1))
    any_dtype(f, oracle.repeat, repeats=2, axis=1)
    not_tensors(f, oracle.repeat, repeats=2, axis=1)

with ops.function("pad", area="shape", dtype=same("x")) as f:
    f.promise("each axis has a width before and after", at="pad: pad_width")
    f.case("widths", x=normal(2, 3), pad_width=((1, 0), (2, 1)), oracle=oracle.pad, profile="core")
    f.case("widths-3d", x=normal(2, 3, 4).unknown(0, 1), pad_width=((0, 1), (0, 0), (2, 3)),
           oracle=oracle.pad, profile="core")
    f.case("widths-listed", x=normal(2, 3), pad_width=[[1, 2], [0, 1]], oracle=oracle.pad)
    f.case("widths-5d", x=normal(1, 2, 1, 3, 2), pad_width=((0, 0), (1, 0), (0, 2), (0, 0), (1, 1)),
           oracle=oracle.pad)
    f.case("widths-zero", x=normal(2, 3), pad_width=((0, 0), (0, 0)), oracle=oracle.pad)
    f.promise("a pair holds for each axis", at="pad: pad_width")
    f.case("pair", x=normal(2, 3), pad_width=((1, 2),), oracle=oracle.pad)
    f.promise("a number holds before and after each axis", at="pad: pad_width")
    f.case("number", x=normal(2, 3), pad_width=2, oracle=oracle.pad, profile="core")
    f.case("number-tuple", x=normal(2, 3).unknown(1), pad_width=(1,), oracle=oracle.pad)
    f.case("number-3d", x=normal(2, 1, 3), pad_width=1, oracle=oracle.pad)
    f.promise("constant_values is the value", at="pad: constant_values")
    f.case("value", x=normal(2, 3), pad_width=((1, 0), (2, 1)), constant_values=2.5, oracle=oracle.pad,
           profile="core")
    f.case("value-int", x=ints(2, 3), pad_width=((1, 0), (0, 1)), constant_values=7, oracle=oracle.pad)
    f.case("value-mode", x=normal(2, 3), pad_width=1, mode="constant", constant_values=-1, oracle=oracle.pad)
    f.promise("a mode takes the values from x", at="pad: mode")
    for mode in ("reflect", "symmetric"):
        f.case(mode, x=normal(3, 4), pad_width=((1, 2), (2, 1)), mode=mode, oracle=oracle.pad,
               profile="core")
        f.case(mode + "-number", x=normal(3, 4), pad_width=2, mode=mode, oracle=oracle.pad)
        f.case(mode + "-3d", x=normal(2, 3, 4).unknown(0), pad_width=((0, 0), (1, 2), (1, 1)), mode=mode,
               oracle=oracle.pad)
        f.case(mode + "-1d", x=normal(4), pad_width=((2, 3),), mode=mode, oracle=oracle.pad)
        f.case(mode + "-4d", x=normal(2, 2, 3, 4), pad_width=((0, 0), (0, 0), (1, 1), (0, 2)), mode=mode,
               oracle=oracle.pad)
        f.case(mode + "-first", x=normal(3, 2, 2), pad_width=((2, 1), (0, 1), (1, 0)), mode=mode,
               oracle=oracle.pad)
        f.case(mode + "-int32", x=ints(3, 4), pad_width=((1, 2), (2, 1)), mode=mode, oracle=oracle.pad)
    for mode in ("edge", "maximum", "mean", "median", "minimum", "linear_ramp", "wrap"):
        f.case(mode, x=normal(3, 4), pad_width=((1, 2), (2, 1)), mode=mode, oracle=oracle.pad,
               only=(NOT_TF_OR_TORCH, "TensorFlow and torch are documented to lack the mode"))
    f.case("circular", x=normal(2, 3, 4), pad_width=((0, 0), (0, 0), (1, 2)), mode="circular",
           oracle=lambda x, pad_width, mode: np.pad(x, pad_width, "wrap"), ways=EAGER,
           only=(("torch",), "circular is torch's alone"))
    f.promise("constant_values go with the mode constant alone", at="pad: constant_values")
    f.refuses("value-of-reflect", "ops.pad(x, 1, mode='reflect', constant_values=0)", "ValueError",
              x=normal(2, 3))
    any_dtype(f, oracle.pad, pad_width=((1, 0), (0, 2)))
    not_tensors(f, oracle.pad, pad_width=1)

with ops.function("rearrange", area="shape", dtype=same("tensor")) as f:
    f.promise("the names of the axes say where they go", at="rearrange: pattern")
    for variant, pattern, shape in (
            ("permute", "b h w c -> b c h w", (2, 3, 4, 5)), ("merge", "b h w c -> (b h) w c", (2, 3, 4, 5)),
            ("merge-apart", "b h w c -> h (b w) c", (2, 3, 4, 5)),
            ("flatten", "b h w c -> b (c h w)", (2, 3, 4, 5)), ("transpose", "a b -> b a", (2, 3)),
            ("all", "a b c -> (c a b)", (2, 3, 4)), ("same", "a b -> a b", (2, 3))):
        f.case(variant, tensor=normal(*shape), pattern=pattern, oracle=oracle.rearrange)
    f.promise("an axis is taken apart, with lengths for its parts", at="rearrange: axes_lengths")
    for variant, pattern, shape, lengths in (
            ("patches", "b (h1 h) (w1 w) c -> (b h1 w1) h w c", (2, 4, 6, 3), {"h1": 2, "w1": 3}),
            ("depth", "b (h h1) (w w1) c -> b h w (c h1 w1)", (2, 4, 6, 3), {"h1": 2, "w1": 3}),
            ("last-of-three", "(a b c) d -> a d (b c)", (12, 2), {"a": 2, "c": 3}),
            ("all-given", "(a b) c -> b a c", (6, 2), {"a": 2, "b": 3})):
        f.case(variant, tensor=normal(*shape), pattern=pattern, oracle=oracle.rearrange, **lengths)
    f.case("permute-unknown", tensor=normal(2, 3, 4).unknown(0, 2), pattern="a b c -> c a b",
           oracle=oracle.rearrange, ways=UNKNOWN)
    any_dtype(f, oracle.rearrange, name="tensor", pattern="a b -> b a", dtypes=("bool", "int8", "bfloat16"))

with ops.function("view", area="shape") as f:
    f.promise("the same bits as another dtype", at="view: dtype")
    for dtype, other, value in (
            ("int32", "float32", [[1, 2, 1065353216], [-1, 0, 5]]), ("float32", "int32", [[1.5, -2.0, 0.0]]),
            ("float16", "int16", [[1.5, -2.0, 0.0]]), ("int8", "uint8", [[-1, 2, 127], [-128, 0, 1]]),
            ("float32", "float32", [[1.5, -2.0]]), ("int16", "float16", [15360, -16384])):
        f.case("{}-{}".format(dtype, other), x=given(value, dtype), dtype=other, result_dtype=other,
               oracle=lambda x, dtype, kind=dtype: x.astype(kind).view(dtype))
    f.promise("of another width, the last axis is longer or shorter", at=NUMPY)
    for dtype, other, value in (
            ("int32", "int16", [[1, 65536, -1], [2, 3, 4]]),
            ("int16", "int32", [[1, 2, 3, 4], [5, 6, -7, 8]]),
            ("float32", "uint8", [[1.5, -2.0, 0.0]]), ("uint8", "int32", [[1, 2, 3, 4, 5, 6, 7, 255]])):
        f.case("{}-{}".format(dtype, other), x=given(value, dtype), dtype=other, result_dtype=other,
               oracle=lambda x, dtype, kind=dtype: x.astype(kind).view(dtype))
    f.silent("what no dtype means", at="view: dtype")
    f.case("default", x=normal(2, 3), oracle=lambda x: x, result_dtype="float32")

with ops.function("size", area="shape") as f:
    f.promise("the number of elements", at="size: returns")
    f.case("3d", x=normal(2, 3, 4), want=24, ways=EAGER, profile="core")
    f.case("0d", x=normal(), want=1, ways=EAGER)
    f.case("empty", x=normal(0, 3), want=0, ways=EAGER)
    f.case("array", x=plain(np.ones((2, 3))), want=6)
    f.case("list", x=listed([[1, 2, 3], [4, 5, 6]]), want=6)
    f.case("declared", x=normal(2, 3), want=6, ways=SYMBOLIC)

with ops.function("ndim", area="shape") as f:
    f.promise("the number of dimensions", at="ndim: returns")
    f.case("3d", x=normal(2, 3, 4), want=3, ways=EAGER, profile="core")
    f.case("0d", x=normal(), want=0, ways=EAGER)
    f.case("empty", x=normal(0, 3), want=2, ways=EAGER)
    f.case("array", x=plain(np.ones((2, 3))), want=2)
    f.case("list", x=listed([[1, 2, 3], [4, 5, 6]]), want=2)
    f.case("declared", x=normal(2, 3), want=2, ways=SYMBOLIC)

with ops.function("copy", area="shape", dtype=same("x")) as f:
    f.promise("a tensor of the same elements", at="copy: returns")
    f.case("3d", x=normal(2, 3, 4), oracle=lambda x: x, profile="core")
    f.case("0d", x=normal(), oracle=lambda x: x)
    f.case("edges", x=given([np.nan, -0.0, np.inf]), oracle=lambda x: x, signs=True)
    any_dtype(f, lambda x: x)
    not_tensors(f, lambda x: x)
